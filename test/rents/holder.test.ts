/** RATE-9: rates and the rules on compensation bind dwellings that municipal legal persons hold as they bind all others. P ch. III */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importFile } from '../../src/exchange/index.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { rentOn } from '../../src/rents/explain.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import { listDrafts, viewDraft } from '../../src/rents/runs/drafts.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

const TODAY = addDays(CITY_DAY, 1);
const NEXT = 'krk-2027-projekt';

let database: TestDatabase;
let who: People;

beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, TODAY);
});
afterAll(() => database.drop());

async function drawn(): Promise<string> {
  const run = await startRun(who.anna, { tariff: NEXT, delivered: parsePlainDate('2026-12-10') });
  await run.finished;
  return run.runId;
}

/** From today on the dwelling is held by a municipal legal person. */
async function handOver(dwelling: string, holder: string): Promise<void> {
  const [place] = await rows<{ building: string; staircase: string | null; number: string; shared: boolean }>(
    database.db,
    `select b.code as building, s.code as staircase, f.number, f.shared from dwelling_details f join dwellings d on d.id = f.dwelling_id
     join buildings b on b.id = d.building_id left join staircases s on s.id = f.staircase_id
     where d.code = ? and upper_inf(f.recorded) and upper_inf(f.valid)`,
    [dwelling],
  );
  if (!place) throw new Error(`no dwelling ${dwelling}`);
  const row = [dwelling, place.building, place.staircase ?? '', place.number, place.shared ? 'tak' : 'nie', holder, TODAY, ''].join(';');
  const source = Buffer.from(`kod_lokalu;kod_budynku;klatka;numer;wspólny;dysponent;od;do\n${row}\n`);
  expect(await importFile(who.anna, { sheet: 'lokale', source, fileName: 'lokale.csv', reason: 'przekazanie lokalu', dryRun: false })).toMatchObject({ changed: 1 });
}

it('a dwelling held by a municipal legal person has the rent, the run and the warnings it had under the city', async () => {
  const before = await drawn();
  const { items } = await listDrafts(who.anna, before, { outcome: 'increase', basis: 'points' }, { limit: 1, offset: 0, sort: { by: 'lease', descending: false } });
  const [draft] = items;
  if (!draft) throw new Error('no rising lease');
  const rent = await rentOn(who.anna, { lease: draft.lease, day: TODAY });

  await handOver(draft.dwelling, 'Miejskie Centrum Opieki');

  const held = await rentOn(who.anna, { lease: draft.lease, day: TODAY });
  expect(held.calculated).toEqual(rent.calculated);
  const [was, is] = [await viewDraft(who.anna, before, draft.lease), await viewDraft(who.anna, await drawn(), draft.lease)];
  expect(is.map(({ outcome, newAmount, warnings }) => ({ outcome, newAmount, warnings }))).toEqual(was.map(({ outcome, newAmount, warnings }) => ({ outcome, newAmount, warnings })));
});
