/** What drafts and rents stand on, counted again by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/platform/context.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import type { Statement } from '../../src/platform/statement/types.ts';
import { beginResting, latestResting } from '../../src/rents/runs/resting.ts';
import { useOfTariff } from '../../src/rents/tariff-use.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

const DISTRICT = 'I Stare Miasto';
let database: TestDatabase;
let who: People;
let limited: Context;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, addDays(CITY_DAY, 1));
  limited = { ...who.anna, actor: { code: 'z.ograniczony', name: 'Z', roles: ['clerk'], districts: [DISTRICT], person: null } };
});
afterAll(() => database.drop());

interface Drawn {
  readonly lease: string;
  readonly district: string | null;
  readonly statement: Statement;
}

/** Last steps of the run's leases that came to a rent. */
async function drawn(run: string): Promise<Drawn[]> {
  return rows<Drawn>(database.owner, `select distinct on (lease_id) lease_id as lease, district, statement, outcome from run_drafts where run_id = ? order by lease_id, step desc`, [run]).then((all) =>
    (all as (Drawn & { outcome: string })[]).filter(({ outcome }) => outcome !== 'exception'));
}

/** Leases whose statement names the value; of a tariff the rate of that category. */
function counted(drafts: readonly Drawn[], law: string, category: string | null): number {
  const same = (args: Readonly<Record<string, string>> | undefined): boolean => !law.startsWith('tariff.') || (args?.['category'] ?? null) === category;
  return drafts.filter(({ statement }) => statement.lines.some((line) => line.law === law && same(line.args))).length;
}

describe('what a run stands on', () => {
  it('is counted lease by lease over its statements, and kept', async () => {
    const drafts = await drawn('2');
    const { finished } = await beginResting(who.anna, '2');
    const { leases, values, districts } = await finished;
    expect(districts).toBeNull();
    expect(leases).toBe(drafts.length);
    const laws = new Set(drafts.flatMap(({ statement }) => statement.lines.flatMap(({ law }) => (law === undefined ? [] : [law]))));
    expect(new Set(values.map(({ law }) => law))).toEqual(laws);
    for (const { law, category, leases: told } of values) expect({ law, category, told }).toEqual({ law, category, told: counted(drafts, law, category) });
    expect(values.some(({ category }) => category !== null)).toBe(true);
    expect((await latestResting(who.barbara, '2')).done?.resting.values).toEqual(values);
    expect((await latestResting(who.barbara, '1')).done).toBeNull();
  });

  it('is told to a reader of one district of their leases alone, and never by what others counted', async () => {
    expect((await latestResting(limited, '2')).done).toBeNull();
    const mine = (await drawn('2')).filter(({ district }) => district === DISTRICT);
    const { leases, values } = await (await beginResting(limited, '2')).finished;
    expect(leases).toBe(mine.length);
    expect(leases).toBeGreaterThan(0);
    for (const { law, category, leases: told } of values) expect(told).toBe(counted(mine, law, category));
    expect((await latestResting(limited, '2')).done?.resting.leases).toBe(mine.length);
    expect((await latestResting(who.anna, '2')).done?.resting.leases).toBeGreaterThan(mine.length);
  });

  it('is refused for a run that is not there', async () => {
    for (const run of ['999999', 'x']) await expect(beginResting(who.anna, run)).rejects.toMatchObject({ code: 'run_unknown' });
  });
});

describe('the rents that stand on a tariff', () => {
  it('are those in force today by it, and the drafts of its latest run', async () => {
    const [truth] = await rows<{ tariff: string; rents: number }>(
      database.owner, `select r.tariff, count(*)::int as rents from rent_periods p join rents r on r.id = p.rent_id where r.tariff is not null and p.valid @> ?::date and upper_inf(p.recorded) group by 1 order by 2 desc limit 1`, [addDays(CITY_DAY, 1)],
    );
    const { run, rows: found } = await useOfTariff(who.anna, truth?.tariff ?? '');
    expect(found.reduce((all, { inForce }) => all + inForce, 0)).toBe(truth?.rents);
    expect(found.reduce((all, { drafts }) => all + drafts, 0)).toBe((await drawn(run ?? '0')).length);
    const some = await useOfTariff(limited, truth?.tariff ?? '');
    expect(some.rows.reduce((all, { inForce }) => all + inForce, 0)).toBeLessThan(truth?.rents ?? 0);
    expect(some.rows.length).toBeGreaterThan(0);
    expect(await useOfTariff(who.anna, 'nie-ma')).toEqual({ run: null, rows: [] });
  });
});
