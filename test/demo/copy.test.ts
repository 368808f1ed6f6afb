import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyCity, generateCity, sourceOf } from '../../src/demo/index.ts';
import { TABLE_NAMES } from '../../src/demo/tables.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { ANCHOR } from './reading.ts';

const city = generateCity({ seed: 1, dwellings: 300, anchor: ANCHOR });

/** Every constraint and index with its definition. */
async function shape(db: Database): Promise<unknown[]> {
  return rows(
    db,
    `select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid <> 0
     union all select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
     where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1, 2, 3`,
  );
}

describe('copying a city', () => {
  let database: TestDatabase;
  let before: unknown[];
  beforeAll(async () => {
    database = await cloneDatabase();
    before = await shape(database.owner);
  });
  afterAll(() => database.drop());

  it('refuses rows that a constraint forbids and leaves the database as it was', async () => {
    const [first] = city.lease_terms.filter(({ covers, closed_change_id }) => covers === 'whole' && closed_change_id === null);
    if (first === undefined) throw new Error('no lease');
    const number = city.leases.length + 1;
    const twice = {
      ...city,
      leases: [...city.leases, { id: number, number: 'ZBK/1/1', dwelling_id: first.dwelling_id }],
      lease_terms: [...city.lease_terms, { ...first, lease_id: number }],
    };
    await expect(copyCity(database.ownerUrl, sourceOf(twice))).rejects.toThrow(/lease_terms_two_leases/);
    expect(await row(database.owner, 'select count(*)::int as left from buildings')).toEqual({ left: 0 });
    expect(await shape(database.owner)).toEqual(before);
  });

  it('is accepted by every constraint, which all stand as before, beside changes that were noted earlier', async () => {
    await database.owner.raw(`insert into changes (recorded_at, actor, kind, reason) values ('2026-11-20', 'system', 'law', 'Wczytanie prawa')`);
    const told: string[] = [];
    const copied = await copyCity(database.ownerUrl, sourceOf(city), { onTable: ({ table }) => void told.push(table) });
    expect(told).toEqual(TABLE_NAMES);
    for (const { table, rows: count } of copied) {
      const there = table === 'changes' ? count + 1 : count;
      expect(await row(database.owner, `select count(*)::int as there from ${table}`), table).toEqual({ there });
    }
    const stray = `select count(*)::int as stray from lease_terms t join changes c on c.id = t.change_id where c.recorded_at <> lower(t.recorded)`;
    expect(await row(database.owner, stray)).toEqual({ stray: 0 });
    expect(await shape(database.owner)).toEqual(before);
  });

  it('continues the numbers after the last row', async () => {
    const { id } = await row<{ id: string }>(database.owner, `insert into persons (code, name) values ('O-X', 'Jan Nowak') returning id`);
    expect(id).toBe(String(city.persons.length + 1));
  });

  it('refuses a database that has rows already', async () => {
    await expect(copyCity(database.ownerUrl, sourceOf(city))).rejects.toThrow(/demo_database_not_empty.*buildings/);
  });
});
