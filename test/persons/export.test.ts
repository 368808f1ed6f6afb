import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonExport } from '../../src/leases/person-export.ts';
import { signInTenant } from '../../src/platform/access/arrivals.ts';
import { makeLetterCode } from '../../src/platform/access/letter-codes.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { peselFlaw } from '../../src/persons/rules.ts';
import type { TestApp } from '../support/app.ts';
import { TODAY, bodyOf, cityApp, problemOf } from '../support/app.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

describe('the export of a person', () => {
  it('tells identity, leases with their dates, and every event about the person, this one included', async () => {
    const { code, leases } = await row<{ code: string; leases: number }>(
      city.database.db,
      `select p.code, count(*)::int as leases from persons p join lease_parties f on f.person_id = p.id and upper_inf(f.recorded)
       where p.pesel_sealed is not null group by p.code order by 2 desc, 1 limit 1`,
    );
    expect((await city.as('dawid.referent').post(`/persons/${code}/correction`, { name: 'Nowe Nazwisko', reason: 'Akt małżeństwa.' })).status).toBe(204);
    bodyOf(await city.as('anna.referent').get(`/persons/${code}`));
    const answer = await city.as('anna.referent').post(`/persons/${code}/export`);
    expect(answer.get('content-disposition')).toBe(`attachment; filename=osoba-${code}.json`);
    const told = bodyOf<PersonExport>(answer);
    expect(told.person).toMatchObject({ code, name: 'Nowe Nazwisko', withoutPesel: null });
    expect(peselFlaw(told.person.pesel ?? '', TODAY)).toBeNull();
    expect(told.leases).toHaveLength(leases);
    for (const lease of told.leases) expect(lease).toMatchObject({ lease: expect.stringMatching(/^(ZBK|BT)\//) as string, from: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string });
    expect(told.events.map(({ event }) => event)).toEqual(['person.correct', 'person.pesel_read', 'person.export']);
    expect(told.events[0]?.personal).toMatchObject({ reason: 'Akt małżeństwa.', after: { name: 'Nowe Nazwisko', pesel: told.person.pesel } });
  });

  it('tells the rents of the leases on the days of the person, and those of nobody else', async () => {
    const { code, id } = await row<{ code: string; id: string }>(
      city.database.db,
      `select p.code, p.id from persons p join lease_parties f on f.person_id = p.id and upper_inf(f.recorded) join rent_periods r on r.lease_id = f.lease_id and r.valid && f.valid order by p.id limit 1`,
    );
    const { rents, leases } = bodyOf<PersonExport>(await city.as('anna.referent').post(`/persons/${code}/export`));
    const { count } = await row<{ count: number }>(
      city.database.db,
      `select count(*)::int as count from rent_periods r where upper_inf(r.recorded)
       and exists (select 1 from lease_parties f where f.person_id = ? and f.lease_id = r.lease_id and f.valid && r.valid and upper_inf(f.recorded))`,
      [id],
    );
    expect(count).toBeGreaterThan(0);
    expect(rents).toHaveLength(count);
    for (const rent of rents) {
      expect(leases.map(({ lease }) => lease)).toContain(rent.lease);
      expect(rent.amount).toMatch(/^\d+\.\d\d$/);
    }
  });

  it('leaves out a rent from before the person was a party', async () => {
    const { code, lease } = await row<{ code: string; lease: string }>(
      city.database.db,
      `select p.code, l.number as lease from persons p join lease_parties f on f.person_id = p.id and upper_inf(f.recorded) join leases l on l.id = f.lease_id
       join rent_periods r on r.lease_id = l.id and upper_inf(r.recorded) and r.valid && f.valid and upper(r.valid) <= '2026-01-01' order by p.id desc limit 1`,
    );
    const before = bodyOf<PersonExport>(await city.as('anna.referent').post(`/persons/${code}/export`)).rents.filter((rent) => rent.lease === lease);
    await city.database.owner.raw(`update lease_parties f set valid = '[2026-02-01,)' from persons p, leases l where p.id = f.person_id and l.id = f.lease_id and p.code = ? and l.number = ?`, [code, lease]);
    const after = bodyOf<PersonExport>(await city.as('anna.referent').post(`/persons/${code}/export`)).rents.filter((rent) => rent.lease === lease);
    expect(after.length).toBeLessThan(before.length);
    expect(after).toEqual(before.filter(({ to }) => to === null || to > '2026-02-01'));
  });

  it('tells what the person did with accounts of their own, and that codes were made for letters, not which', async () => {
    const anna = city.instance.context(personOf('anna.referent'));
    const { code, id } = await row<{ code: string; id: string }>(city.database.db, 'select code, id from persons where pesel_sealed is not null order by id desc offset 7 limit 1');
    const letter = await makeLetterCode(anna, id);
    const { actor } = await signInTenant(anna, { issuer: 'https://próba', subject: 'zofia', code: 'najemca.zofia', name: 'Zofia', person: id });
    const answer = await city.as('anna.referent').post(`/persons/${code}/export`);
    const told = bodyOf<PersonExport>(answer);
    expect(told.letterCodes).toEqual([{ madeAt: expect.any(String) as string, expiresAt: letter.expiresAt, usedAt: null, withdrawnAt: null }]);
    expect(JSON.stringify(told)).not.toContain(letter.code);
    expect(told.accounts).toHaveLength(1);
    expect(told.events.map(({ event }) => event)).toEqual(['person.letter_code', 'session.begin', 'person.export']);
    expect(await rows(city.database.db, `select 1 from audit_events where actor = ? and event = 'session.begin'`, [actor.code])).toHaveLength(1);
  });

  it('is refused to those who may not see a PESEL, and of nobody', async () => {
    problemOf(await city.as('filip.windykacja').post('/persons/O-000001/export'), 403, 'not_permitted');
    problemOf(await city.as('anna.referent').post('/persons/NIE-MA/export'), 404, 'person_unknown');
  });
});
