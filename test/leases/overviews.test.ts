/** What the lists are read from is what was recorded, for every day, whatever is recorded in whatever order. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listLeases } from '../../src/leases/lists.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import type { Queryable } from '../../src/platform/database/connect.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import { listDwellings } from '../../src/stock/lists.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

let database: TestDatabase;
let who: People;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, CITY_DAY);
});
afterAll(() => database.drop());

const ALL = { limit: 100_000, offset: 0 } as const;
const PLACES = `left join building_details bd on bd.building_id = d.building_id and bd.valid @> :day::date and upper_inf(bd.recorded)
  left join dwelling_details dd on dd.dwelling_id = d.id and dd.valid @> :day::date and upper_inf(dd.recorded)`;

/** The lists of the day from the recorded rows themselves. */
async function recorded(day: PlainDate): Promise<{ dwellings: object[]; leases: object[] }> {
  const dwellings = await rows<object>(database.db, `
    select d.code as dwelling, b.code as building, bd.street, bd.number as "buildingNumber", dd.number, bd.postcode, bd.district, s.code as staircase, dd.shared, dd.holder
    from dwellings d join buildings b on b.id = d.building_id ${PLACES} left join staircases s on s.id = dd.staircase_id order by d.code`, { day });
  const leases = await rows<object>(database.db, `
    select l.number as lease, d.code as dwelling, t.kind, t.covers, f.basis, lower(t.valid) as from, upper(t.valid) as to, bd.district, bd.street, bd.number as "buildingNumber", dd.number
    from leases l join lease_terms t on t.lease_id = l.id and t.valid @> :day::date and upper_inf(t.recorded) join dwellings d on d.id = l.dwelling_id ${PLACES}
    left join lease_bases f on f.lease_id = l.id and f.valid @> :day::date and upper_inf(f.recorded) order by l.number`, { day });
  return { dwellings, leases };
}

async function listed(day: PlainDate): Promise<{ dwellings: object[]; leases: object[] }> {
  const dwellings = await listDwellings(who.anna, day, {}, { ...ALL, sort: { by: 'code', descending: false } });
  const leases = await listLeases(who.anna, day, {}, { ...ALL, sort: { by: 'lease', descending: false } });
  expect([dwellings.total, leases.total]).toEqual([dwellings.items.length, leases.items.length]);
  return { dwellings: dwellings.items, leases: leases.items };
}

/** The days on which anything begins or ends, and those beside them. */
async function turns(): Promise<PlainDate[]> {
  const tables = ['building_details', 'dwelling_details', 'lease_terms', 'lease_bases'];
  const found = await rows<{ day: PlainDate }>(database.db, `select distinct day from (${tables.flatMap((table) => ['lower', 'upper'].map((end) => `select ${end}(valid) as day from ${table}`)).join(' union ')}) z where day is not null`);
  return found.flatMap(({ day }) => [addDays(day, -1), day]);
}

const TABLES = {
  building_details: { key: 'building_id', change: `street = street || ' Nowa'`, columns: 'building_id, street, number, postcode, district, ownership, manager' },
  dwelling_details: { key: 'dwelling_id', change: `number = number || 'a'`, columns: 'dwelling_id, staircase_id, number, shared, holder' },
  lease_terms: { key: 'lease_id', change: `kind = case kind when 'social' then 'fixed' else 'social' end, eviction_stayed = false`, columns: 'lease_id, dwelling_id, kind, covers, notice_months, eviction_stayed' },
  lease_bases: { key: 'lease_id', change: `basis = case basis when 'social' then 'points' else 'social' end`, columns: 'lease_id, basis, document, own_rate' },
} as const;
type Table = keyof typeof TABLES;

/** A row that counts is closed; of its days remain those before and after the given ones, as they were. In between nothing, or something else. */
async function record(db: Queryable, table: Table, place: number, from: PlainDate, to: PlainDate, leaveEmpty: boolean): Promise<void> {
  const { columns, change } = TABLES[table];
  const { id: changeId } = await row<{ id: string }>(db, `insert into changes (recorded_at, actor, kind, reason) values (now(), 'anna.referent', 'facts', 'Próba') returning id`);
  const one = await rows<{ ctid: string; valid: string }>(db, `select ctid::text, valid::text from ${table} where upper_inf(recorded) order by change_id, valid, ctid offset :place % (select count(*) from ${table} where upper_inf(recorded)) limit 1`, { place });
  const [old] = one;
  if (!old) throw new Error(`nothing in ${table}`);
  await db.raw('create temporary table piece on commit drop as select * from ' + table + ' where ctid = ?::tid', [old.ctid]);
  await db.raw(`update ${table} set recorded = tstzrange(lower(recorded), greatest(now(), lower(recorded) + interval '1 second')), closed_change_id = ? where ctid = ?::tid`, [changeId, old.ctid]);
  const middle = leaveEmpty ? '' : ` union all select valid * daterange(:from::date, :to::date), true from piece`;
  await db.raw(`
    create temporary table pieces on commit drop as
      select p.*, v.part, v.other from piece p, (
        select valid * daterange(null, :from::date) as part, false as other from piece union all select valid * daterange(:to::date, null), false from piece${middle}
      ) v where not isempty(v.part)`, { from, to });
  await db.raw(`update pieces set ${change} where other`);
  await db.raw(`
    insert into ${table} (${columns}, valid, recorded, change_id)
    select ${columns}, part, tstzrange(greatest(now(), lower(recorded) + interval '1 second'), null), ?::bigint from pieces`, [changeId]);
  await db.raw('drop table piece, pieces');
}

/** A day inside the row that `record` will take: so many thousandths of its days after the first. */
async function dayInside(table: Table, place: number, thousandths: number): Promise<PlainDate> {
  const { day } = await row<{ day: PlainDate }>(database.db, `
    select lower(valid) + (greatest(least(coalesce(upper(valid), :latest::date), :latest::date) - lower(valid), 1) * :thousandths::int / 1000) as day from ${table} where upper_inf(recorded)
    order by change_id, valid, ctid offset :place % (select count(*) from ${table} where upper_inf(recorded)) limit 1`, { latest: addDays(CITY_DAY, 400), thousandths, place });
  return day;
}

describe('the lists of the city', () => {
  it('show on every day on which something begins or ends what is recorded for that day', async () => {
    const days = await turns();
    const step = Math.max(1, Math.floor(days.length / 40));
    for (const one of days.filter((_, index) => index % step === 0)) expect({ day: one, ...(await listed(one)) }).toEqual({ day: one, ...(await recorded(one)) });
  });

  it('follow whatever is recorded', { timeout: 60_000 }, async () => {
    const happening = fc.record({ table: fc.constantFrom(...(Object.keys(TABLES) as Table[])), place: fc.nat(100_000), thousandths: fc.integer({ min: 0, max: 999 }), days: fc.integer({ min: 1, max: 4_000 }), leaveEmpty: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 4 }), async (happenings) => {
        const turned: PlainDate[] = [];
        for (const { table, place, thousandths, days, leaveEmpty } of happenings) {
          const from = await dayInside(table, place, thousandths);
          turned.push(from, addDays(from, days));
          await database.db.transaction((trx) => record(trx, table, place, from, addDays(from, days), leaveEmpty));
        }
        for (const one of turned) expect({ day: one, ...(await listed(one)) }).toEqual({ day: one, ...(await recorded(one)) });
      }),
      { numRuns: 15 },
    );
    expect(await listed(CITY_DAY)).toEqual(await recorded(CITY_DAY));
  });

  it('show both of two things about one dwelling that are recorded at the same moment', async () => {
    const { db } = database;
    const [one] = await rows<{ dwelling: string; house: number; flat: number }>(db, `
      select d.code as dwelling, (select count(*)::int from building_details x where upper_inf(x.recorded) and (x.change_id, x.valid, x.ctid) < (bd.change_id, bd.valid, bd.ctid)) as house,
        (select count(*)::int from dwelling_details x where upper_inf(x.recorded) and (x.change_id, x.valid, x.ctid) < (dd.change_id, dd.valid, dd.ctid)) as flat
      from dwellings d join building_details bd on bd.building_id = d.building_id and bd.valid @> :day::date and upper_inf(bd.recorded)
      join dwelling_details dd on dd.dwelling_id = d.id and dd.valid @> :day::date and upper_inf(dd.recorded) order by d.id desc limit 1`, { day: CITY_DAY });
    if (!one) throw new Error('no dwelling');
    const first = await db.transaction();
    const second = await db.transaction();
    await record(first, 'building_details', one.house, CITY_DAY, addDays(CITY_DAY, 90), false);
    const waiting = record(second, 'dwelling_details', one.flat, CITY_DAY, addDays(CITY_DAY, 90), false).then(() => second.commit());
    await new Promise((resolve) => setTimeout(resolve, 100));
    await first.commit();
    await waiting;
    const { items } = await listDwellings(who.anna, CITY_DAY, { code: one.dwelling }, { ...ALL, sort: { by: 'code', descending: false } });
    expect(items.find(({ dwelling }) => dwelling === one.dwelling)).toMatchObject({ street: expect.stringMatching(/ Nowa$/) as string, number: expect.stringMatching(/a$/) as string });
    expect(await listed(CITY_DAY)).toEqual(await recorded(CITY_DAY));
  });

  it('are written by nobody', async () => {
    for (const table of ['dwelling_places', 'lease_overviews']) await expect(database.db.raw(`delete from ${table}`)).rejects.toThrow(/permission denied/);
  });
});
