import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonExport } from '../../src/leases/person-export.ts';
import { row } from '../../src/platform/database/connect.ts';
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

  it('is refused to those who may not see a PESEL, and of nobody', async () => {
    problemOf(await city.as('filip.windykacja').post('/persons/O-000001/export'), 403, 'not_permitted');
    problemOf(await city.as('anna.referent').post('/persons/NIE-MA/export'), 404, 'person_unknown');
  });
});
