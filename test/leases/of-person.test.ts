import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leasesOfPerson } from '../../src/leases/of-person.ts';
import { duePersons, erasableFrom, keepingOf } from '../../src/leases/retention.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { addDays, addMonths, parsePlainDate } from '../../src/platform/dates/plain.ts';
import type { TestApp } from '../support/app.ts';
import { TODAY, bodyOf, cityApp } from '../support/app.ts';
import { limited } from '../support/asking.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

const anna = () => city.instance.context(personOf('anna.referent'));

describe('the first day on which a file may be erased', () => {
  it.each([
    ['2016-11-22', '2026-11-22'],
    ['2016-03-01', '2026-03-01'],
    // Ten years before 28 February 2026 is 28 February 2016, when it still ran.
    ['2016-02-29', '2026-03-01'],
  ])('after a lease whose first day without it is %s is %s', (ended, first) => {
    const found = erasableFrom(parsePlainDate(ended), 10);
    expect(found).toBe(first);
    expect(addMonths(found, -120) >= ended).toBe(true);
    expect(addMonths(addDays(found, -1), -120) >= ended).toBe(false);
  });
});

describe('how long a file is kept', () => {
  it('is told of everybody as the list of those who are due has it', { timeout: 60_000 }, async () => {
    const due = new Set((await duePersons(city.database.db, addMonths(TODAY, -120), null)).map(({ id }) => id));
    const persons = await rows<{ id: string; code: string }>(city.database.owner, 'select id, code from persons order by id');
    const states = new Map<string, number>();
    const wrong: string[] = [];
    for (const { id, code } of persons) {
      const keeping = await keepingOf(anna(), code);
      states.set(keeping.state, (states.get(keeping.state) ?? 0) + 1);
      if ((keeping.state === 'over' && keeping.until <= TODAY) !== due.has(id)) wrong.push(`${code}: ${JSON.stringify(keeping)}`);
    }
    expect(wrong).toEqual([]);
    expect(due.size).toBeGreaterThan(0);
    expect([...states.keys()].sort()).toEqual(expect.arrayContaining(['in use', 'over']));
  });

  it('has no end where there is no lease, or one whose terms are not known', async () => {
    const { person } = bodyOf<{ person: string }>(await city.as('anna.referent').post('/persons', { name: 'Bez Umowy', withoutPesel: 'unknown' }), 201);
    expect(await keepingOf(anna(), person)).toEqual({ state: 'none' });
    const { owner } = city.database;
    await owner.raw(`insert into leases (number, dwelling_id) select 'NIEZNANA/1', min(id) from dwellings`);
    await owner.raw(
      `insert into lease_parties (lease_id, person_id, role, valid, recorded, change_id)
       select l.id, p.id, 'tenant', '[2001-01-01,2002-01-01)', '[2020-01-01 10:00+00,)', (select min(id) from changes) from leases l, persons p where l.number = 'NIEZNANA/1' and p.code = ?`,
      [person],
    );
    expect(await keepingOf(anna(), person)).toEqual({ state: 'in use' });
  });
});

describe('the leases of a person', () => {
  it('are those of the reader’s part of the city: all for the whole, of somebody with two districts one', async () => {
    const parties = (districts: string): string => `select distinct bd.district from lease_parties f join leases l on l.id = f.lease_id join dwellings d on d.id = l.dwelling_id
      join building_details bd on bd.building_id = d.building_id and bd.valid @> '${TODAY}'::date and upper_inf(bd.recorded) where ${districts}`;
    const [one] = await rows<{ code: string; lease: string; district: string }>(
      city.database.owner,
      `select p.code, l.number as lease, bd.district from lease_parties f join persons p on p.id = f.person_id join leases l on l.id = f.lease_id join dwellings d on d.id = l.dwelling_id
       join building_details bd on bd.building_id = d.building_id and bd.valid @> ?::date and upper_inf(bd.recorded) where upper_inf(f.recorded) order by l.number limit 1`,
      [TODAY],
    );
    const { code = '', lease = '', district = '' } = one ?? {};
    // A lease elsewhere besides.
    await city.database.owner.raw(
      `insert into lease_parties (lease_id, person_id, role, valid, recorded, change_id)
       select l.id, p.id, 'co_tenant', '[2024-01-01,)', '[2024-01-01 10:00+00,)', (select min(id) from changes) from persons p, leases l
       join dwellings d on d.id = l.dwelling_id join building_details bd on bd.building_id = d.building_id and bd.valid @> ?::date and upper_inf(bd.recorded)
       where p.code = ? and bd.district <> ? order by l.id limit 1`,
      [TODAY, code, district],
    );
    const districts = (await rows<{ district: string }>(city.database.owner, parties('f.person_id = (select id from persons where code = ?)'), [code])).map((found) => found.district);
    expect(districts.length).toBeGreaterThan(1);
    const all = (await leasesOfPerson(anna(), code)).map((found) => found.lease);
    const own = (await leasesOfPerson(city.instance.context(limited('x.referent', ['clerk'], district)), code)).map((found) => found.lease);
    expect(all).toEqual(expect.arrayContaining([lease, ...own]));
    expect(own).toContain(lease);
    expect(own.length).toBeLessThan(all.length);
    expect(await leasesOfPerson(city.instance.context(limited('y.referent', ['clerk'], 'Nie ma takiej')), code)).toEqual([]);
  });
});
