import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row, rows } from '../../src/platform/database/connect.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { recordFact } from '../../src/stock/commands.ts';
import { PAST_KINDS, dwellingPast } from '../../src/stock/history.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

let database: TestDatabase;
let who: People;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, addDays(CITY_DAY, 1));
});
afterAll(() => database.drop());

const reason = 'Wizja lokalna.';

describe('the history of a dwelling', () => {
  it('holds every row that was ever recorded about it, its staircase and its building', async () => {
    // One with everything: rooms, a street, a business, an installation.
    const { code, rows: expected } = await row<{ code: string; rows: number }>(database.db, `
      select d.code, (
        (select count(*) from dwelling_options f where f.dwelling_id = d.id) + (select count(*) from dwelling_measures f where f.dwelling_id = d.id)
        + (select count(*) from building_options f where f.building_id = d.building_id) + (select count(*) from building_measures f where f.building_id = d.building_id)
        + (select count(*) from staircase_options f where f.staircase_id = dd.staircase_id) + (select count(*) from staircase_measures f where f.staircase_id = dd.staircase_id)
        + (select count(*) from dwelling_details f where f.dwelling_id = d.id) + (select count(*) from building_details f where f.building_id = d.building_id)
        + (select count(*) from room_parts f where f.dwelling_id = d.id) + (select count(*) from building_traffic f where f.building_id = d.building_id)
        + (select count(*) from dwelling_businesses f where f.dwelling_id = d.id)
        + (select count(*) from technical_findings f where f.building_id = d.building_id and coalesce(f.dwelling_id, d.id) = d.id and coalesce(f.staircase_id, dd.staircase_id) = dd.staircase_id)
      )::int as rows
      from dwellings d join dwelling_details dd on dd.dwelling_id = d.id and upper_inf(dd.recorded) and upper_inf(dd.valid)
      order by (exists (select 1 from dwelling_businesses f where f.dwelling_id = d.id))::int + (exists (select 1 from technical_findings f where f.building_id = d.building_id))::int
        + (exists (select 1 from building_traffic f where f.building_id = d.building_id))::int desc, d.id limit 1`);
    const { recorded, changes } = await dwellingPast(who.anna, code);
    expect(recorded).toHaveLength(expected);
    expect(new Set(recorded.map(({ kind }) => kind))).toEqual(new Set(PAST_KINDS));
    const known = new Set(changes.map(({ change }) => change));
    expect(recorded.filter(({ change, closedBy }) => !known.has(change) || (closedBy !== null && !known.has(closedBy)))).toEqual([]);
    expect(changes.map(({ at }) => at)).toEqual(changes.map(({ at }) => at).sort().reverse());
  });

  it('tells a change by what was recorded and what no longer counts, and leaves out what only remained', async () => {
    const [one] = await rows<{ code: string }>(database.db, `select d.code from dwellings d where not exists (select 1 from dwelling_options o where o.dwelling_id = d.id and o.slot = 'mould') order by d.id limit 1`);
    const subject = one?.code ?? '';
    await recordFact(who.anna, { slot: 'mould', subject, value: 'independent', from: parsePlainDate('2026-01-01'), reason, as: 'new' });
    await recordFact(who.dawid, { slot: 'mould', subject, value: 'tenant', from: parsePlainDate('2026-05-01'), reason: 'Nowa wizja.', as: 'change' });
    const { recorded, changes } = await dwellingPast(who.anna, subject);
    const [last] = changes;
    expect(last).toMatchObject({ actor: 'dawid.referent', reason: 'Nowa wizja.' });
    const told = (rest: typeof recorded): string[] => rest.map(({ content, from, to, remainder }) => `${content['value'] ?? ''} ${from} ${to ?? ''}${remainder ? ' remains' : ''}`.trim());
    expect(told(recorded.filter(({ closedBy }) => closedBy === last?.change))).toEqual(['independent 2026-01-01']);
    expect(told(recorded.filter(({ change }) => change === last?.change)).sort()).toEqual(['independent 2026-01-01 2026-05-01 remains', 'tenant 2026-05-01']);
  });
});
