import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/platform/database/connect.ts';
import { bodyOf, cityApp, places, problemOf } from '../support/app.ts';
import type { Person, TestApp } from '../support/app.ts';

let city: TestApp;
let anna: Person;
let dwelling: string;
let building: string;
beforeAll(async () => {
  city = await cityApp();
  anna = city.as('anna.referent');
  const [found] = await rows<{ dwelling: string; building: string }>(city.database.db,
    `select d.code as dwelling, b.code as building from dwellings d join buildings b on b.id = d.building_id
     where not exists (select 1 from dwelling_options o where o.dwelling_id = d.id and o.slot = 'mould') order by d.id limit 1`);
  dwelling = found?.dwelling ?? '';
  building = found?.building ?? '';
});
afterAll(() => city.drop());

const reason = 'Wizja lokalna.';

interface Fact {
  readonly slot: string;
  readonly value: string;
  readonly from: string;
  readonly to: string | null;
  readonly knownTo: string | null;
  readonly actor: string;
}

/** What is known of the slot now: `value from to`. */
async function known(slot: string): Promise<string[]> {
  const { facts } = bodyOf<{ facts: Fact[] }>(await anna.get(`/dwellings/${dwelling}/facts`));
  return facts.filter((fact) => fact.slot === slot && fact.knownTo === null).map(({ value, from, to }) => `${value} ${from} ${to ?? ''}`.trim());
}

describe('a fact', () => {
  it('is recorded, changed from a day on, corrected and ended; all of it stays in the history', async () => {
    const fact = { slot: 'mould', subject: dwelling, reason };
    expect((await anna.post('/facts', { ...fact, value: 'independent', from: '2025-03-01' })).status).toBe(204);
    expect(await known('mould')).toEqual(['independent 2025-03-01']);
    expect((await anna.post('/facts', { ...fact, value: 'tenant', from: '2026-01-01', as: 'change' })).status).toBe(204);
    expect(await known('mould')).toEqual(['independent 2025-03-01 2026-01-01', 'tenant 2026-01-01']);
    expect((await anna.post('/facts', { ...fact, value: 'independent', from: '2026-01-01', as: 'correction' })).status).toBe(204);
    expect((await known('mould')).at(-1)).toBe('independent 2026-01-01');
    expect((await anna.post('/facts/end', { slot: 'mould', subject: dwelling, on: '2026-06-01', reason })).status).toBe(204);
    expect((await known('mould')).at(-1)).toBe('independent 2026-01-01 2026-06-01');
    const { facts } = bodyOf<{ facts: Fact[] }>(await anna.get(`/dwellings/${dwelling}/facts`));
    const history = facts.filter(({ slot }) => slot === 'mould');
    expect(history.length).toBeGreaterThan(4);
    expect(history.every(({ actor }) => actor === 'anna.referent')).toBe(true);
  });

  it('is not recorded a second time for the same days: a building has one zone', async () => {
    const told = problemOf(await anna.post('/facts', { slot: 'zone', subject: building, value: 'S', from: '2026-05-01', reason }), 409, 'fact_exists');
    expect(told.detail).toMatch(/^Na te dni zapisano już: strefa = strefa „[SABC]” – .* \(od 20\d\d-\d\d-\d\d do .*\)\. Zakończ ten wpis albo zaznacz, że to zmiana lub korekta\.$/);
  });

  it('must be of a slot, a subject, a value and days that there are', async () => {
    const fact = { slot: 'mould', subject: dwelling, value: 'independent', from: '2026-05-01', reason };
    expect(problemOf(await anna.post('/facts', { ...fact, slot: 'grzyb' }), 404, 'slot_unknown').detail).toContain('/api/v1/law/slots');
    problemOf(await anna.post('/facts', { ...fact, slot: 'shared_dwelling' }), 404, 'slot_unknown');
    expect(problemOf(await anna.post('/facts', { ...fact, subject: 'NIE-MA' }), 404, 'subject_unknown').detail).toContain('Nie ma lokalu o kodzie „NIE-MA”');
    expect(problemOf(await anna.post('/facts', { ...fact, slot: 'zone' }), 422, 'fact_option').detail).toContain('S (strefa „S” – specjalna)');
    expect(problemOf(await anna.post('/facts', { ...fact, slot: 'stop_distance', subject: building, value: '12,5' }), 422, 'fact_decimal').detail).toContain('z kropką');
    expect(problemOf(await anna.post('/facts', { ...fact, slot: 'stop_distance', subject: building, value: '999999' }), 422, 'fact_range').detail).toContain('od 0 do 20000');
    problemOf(await anna.post('/facts', { ...fact, to: '2026-05-01' }), 422, 'fact_days');
    problemOf(await anna.post('/facts', { ...fact, from: '2020-01-01', as: 'correction' }), 404, 'fact_not_found');
    problemOf(await anna.post('/facts/end', { slot: 'damp', subject: dwelling, on: '1999-01-01', reason }), 404, 'fact_not_found');
    expect(places(problemOf(await anna.post('/facts', { ...fact, reason: 'x', as: 'zmiana' }), 422, 'invalid_input')).length).toBe(2);
  });

  it('of a staircase is recorded by building and staircase', async () => {
    const [found] = await rows<{ code: string }>(city.database.db, `select b.code || '/' || s.code as code from staircases s join buildings b on b.id = s.building_id order by s.id limit 1`);
    expect((await anna.post('/facts', { slot: 'lift', subject: found?.code, value: 'yes', from: '2026-11-01', reason, as: 'change' })).status).toBe(204);
    expect(problemOf(await anna.post('/facts', { slot: 'lift', subject: building, value: 'yes', from: '2026-11-01', reason, as: 'change' }), 404, 'subject_unknown').detail).toBe(
      `Nie ma klatki o kodzie „${building}”. Kod klatki podaj razem z budynkiem, na przykład B00001/klatka 1.`,
    );
  });
});
