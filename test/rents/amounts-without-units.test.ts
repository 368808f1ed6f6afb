/** A database from before `line_amounts` lost its units is brought to what a run writes today. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { up } from '../../migrations/0004_amounts_without_units.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { Statement } from '../../src/platform/statement/types.ts';
import { CITY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase(CITY);
});

afterAll(async () => {
  await database.drop();
});

const AMOUNTS = `select r.id, r.line_amounts as rent, d.line_amounts as draft, d.statement, d.run_id as run, d.lease_id as lease, d.step
  from rents r join run_drafts d on d.run_id = r.run_id and d.lease_id = r.lease_id and d.step = r.step order by r.id`;

interface Amounts {
  readonly id: string;
  readonly rent: string;
  readonly draft: string;
  readonly statement: Statement;
  readonly run: string;
  readonly lease: string;
  readonly step: number;
}

it('the amounts of stored rents and drafts lose their units, and nothing else', async () => {
  const { owner } = database;
  const before = await rows<Amounts>(owner, AMOUNTS, []);
  expect(before.length).toBeGreaterThan(300);
  for (const { id, statement, run, lease, step } of before) {
    const withUnits = statement.lines.flatMap((line) => (line.amount === undefined ? [] : [`${line.id}=${line.amount}`])).join(';');
    expect(withUnits).toMatch(/ zł;/);
    await owner.raw('update rents set line_amounts = ? where id = ?', [withUnits, id]);
    await owner.raw('update run_drafts set line_amounts = ? where run_id = ? and lease_id = ? and step = ?', [withUnits, run, lease, step]);
  }
  await up(owner);
  expect(await rows<Amounts>(owner, AMOUNTS, [])).toEqual(before);
});
