import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPersonal } from '../../src/platform/secrets/index.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import type { PersonView } from '../../src/persons/read.ts';
import { peselOf } from '../../src/persons/rules.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import type { TestApp } from '../support/app.ts';
import { bodyOf, cityApp, places, problemOf } from '../support/app.ts';
import { SECRETS } from '../support/secrets.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

/** A number of the nineties that the city has not got. */
let serial = 0;
const fresh = (): string => peselOf(parsePlainDate('1990-02-28'), (serial += 1));

async function added(body: object): Promise<string> {
  return bodyOf<{ person: string }>(await city.as('anna.referent').post('/persons', body), 201).person;
}

async function shown(person: string, as = 'anna.referent'): Promise<PersonView> {
  return bodyOf<PersonView>(await city.as(as).get(`/persons/${person}`));
}

async function lastEvent(event: string): Promise<{ targets: Record<string, string>; details: Record<string, unknown>; actor: string }> {
  return row(city.database.db, 'select targets, details, actor from audit_events where event = ? order by id desc limit 1', [event]);
}

async function idOf(person: string): Promise<string> {
  return (await row<{ id: string }>(city.database.db, 'select id from persons where code = ?', [person])).id;
}

describe('a person', () => {
  it('is added with a PESEL, which the database holds in no readable form', async () => {
    const pesel = fresh();
    const answer = await city.as('anna.referent').post('/persons', { name: '  Zofia Przykładowa ', pesel });
    const { person } = bodyOf<{ person: string }>(answer, 201);
    expect(answer.get('location')).toBe(`/api/v1/persons/${person}`);
    expect(await shown(person)).toEqual({ person, name: 'Zofia Przykładowa', pesel, withoutPesel: null, document: null, born: '1990-02-28', whole: true, erasedAt: null });
    const stored = JSON.stringify(await rows(city.database.db, 'select p.*, p.pesel_hash::text as hash from persons p where code = ?', [person]));
    expect(stored).not.toContain(pesel);
    expect(stored).not.toContain('1990');
    const trail = JSON.stringify(await rows(city.database.db, `select targets, details from audit_events where event like 'person.%'`));
    expect(trail).not.toContain(pesel);
    expect(trail).not.toContain('Przykładowa');
  });

  it('is added without a PESEL where there is a reason, with a document and a birth date', async () => {
    const person = await added({ name: 'Oksana Wzorcowa', withoutPesel: 'foreigner', document: 'FE 123456', born: '1985-03-04' });
    expect(await shown(person)).toMatchObject({ pesel: null, withoutPesel: 'foreigner', document: 'FE 123456', born: '1985-03-04' });
    expect(JSON.stringify(await rows(city.database.db, 'select * from persons where code = ?', [person]))).not.toContain('123456');
  });

  it.each([
    ['neither PESEL nor a reason', {}, ['pesel: Podaj numer PESEL albo przyczynę jego braku.']],
    ['both', { pesel: '44051401359', withoutPesel: 'unknown' }, ['withoutPesel: Podano numer PESEL i przyczynę jego braku. Zostaw jedno z nich.']],
    ['a slip in the PESEL', { pesel: '44051401358' }, [expect.stringContaining('pesel: W numerze PESEL jest pomyłka')]],
    ['zeros', { pesel: '00000000000' }, [expect.stringContaining('prawdziwej daty')]],
    ['another birth date than the PESEL tells, and a document', { pesel: '44051401359', born: '1944-05-15', document: 'AB 1' }, [expect.stringContaining('document: '), expect.stringContaining('born: Z numeru PESEL wynika inna')]],
    ['a birth date to come', { withoutPesel: 'foreigner', born: '2031-01-01' }, [expect.stringContaining('born: ')]],
  ])('is refused with %s, and every wrong place is named', async (_, identity, expected) => {
    const told = problemOf(await city.as('anna.referent').post('/persons', { name: 'Jan Błędny', ...identity }), 422, 'person_refused');
    expect(places(told)).toEqual(expected);
    expect(JSON.stringify(told)).not.toMatch(/4405140|1944-05/);
  });

  it.each([
    ['a name of blanks', { name: '   ' }], ['a name of two lines', { name: 'Jan\nNowak' }], ['a code with a blank', { name: 'Jan', code: 'O 1' }],
    ['an unknown field', { name: 'Jan', nip: '1' }], ['a day that is none', { name: 'Jan', born: '1990-02-30' }],
  ])('is refused with %s before anything is looked at', async (_, body) => {
    problemOf(await city.as('anna.referent').post('/persons', { withoutPesel: 'unknown', ...body }), 422, 'invalid_input');
  });

  it('gets a code that nobody has, also where an import has used up the next ones', async () => {
    const { next } = await row<{ next: number }>(city.database.owner, 'select max(id)::int + 1 as next from persons');
    const taken = [0, 1, 2].map((more) => `O-${String(next + more).padStart(6, '0')}`);
    for (const code of taken) await city.database.owner.raw(`insert into persons (id, code, name) values (?, ?, 'Z importu')`, [900_000 + Number(code.slice(2)), code]);
    const person = await added({ name: 'Następna Osoba', withoutPesel: 'unknown' });
    expect(taken).not.toContain(person);
    expect(person).toMatch(/^O-\d{6}$/);
    expect(problemOf(await city.as('anna.referent').post('/persons', { name: 'X', code: person, withoutPesel: 'unknown' }), 409, 'person_code_taken').detail).toContain(person);
  });

  it('is one for one PESEL, though ten add it at the same time', async () => {
    const pesel = fresh();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => city.as('anna.referent').post('/persons', { name: `Osoba ${index}`, pesel })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const [good] = answers.filter(({ status }) => status === 201).map((answer) => bodyOf<{ person: string }>(answer, 201));
    const person = good?.person ?? 'nobody';
    const later = problemOf(await city.as('anna.referent').post('/persons', { name: 'Jeszcze raz', pesel }), 409, 'pesel_twice');
    expect(later.detail).toContain(person);
    expect(JSON.stringify(later)).not.toContain(pesel);
  });

  it('cannot be written by those who only read, nor read by those who have nothing to do with persons', async () => {
    problemOf(await city.as('edyta.audytor').post('/persons', { name: 'X', withoutPesel: 'unknown' }), 403, 'not_permitted');
    problemOf(await city.as('cezary.prawo').get('/persons/O-000001'), 403, 'not_permitted');
    problemOf(await city.as('anna.referent').get('/persons/NIE-MA'), 404, 'person_unknown');
  });
});

describe('a PESEL', () => {
  it('is whole for those who may see it, and every look is an event; the others see four digits and leave none', async () => {
    const pesel = fresh();
    const person = await added({ name: 'Pokazywana Osoba', pesel });
    const looks = async (): Promise<number> => (await row<{ count: number }>(city.database.db, `select count(*)::int as count from audit_events where event = 'person.pesel_read' and targets->>'person' = ?`, [await idOf(person)])).count;
    expect(await shown(person, 'filip.windykacja')).toMatchObject({ pesel: `*******${pesel.slice(-4)}`, born: null, whole: false });
    expect(await looks()).toBe(0);
    expect(await shown(person, 'edyta.audytor')).toMatchObject({ pesel, born: '1990-02-28', whole: true });
    expect(await looks()).toBe(1);
    expect(await lastEvent('person.pesel_read')).toMatchObject({ actor: 'edyta.audytor', targets: { person: await idOf(person) } });
  });

  it('moved to another person in the database does not open, and the refusal tells no secret', async () => {
    const [victim, thief] = [await added({ name: 'Pierwsza', pesel: fresh() }), await added({ name: 'Druga', withoutPesel: 'unknown' })];
    await city.database.owner.raw(
      `update persons set pesel_sealed = v.pesel_sealed, pesel_hash = decode(md5('x') || md5('y'), 'hex'), without_pesel = null from persons v where persons.code = ? and v.code = ?`,
      [thief, victim],
    );
    problemOf(await city.as('anna.referent').get(`/persons/${thief}`), 503, 'secret_unreadable');
    await city.database.owner.raw(`update persons set pesel_sealed = null, pesel_hash = null, without_pesel = 'unknown' where code = ?`, [thief]);
  });
});

describe('a search', () => {
  interface Found { readonly items: readonly PersonView[]; readonly total: number }
  const search = async (body: object, as = 'anna.referent'): Promise<Found> => bodyOf<Found>(await city.as(as).post('/persons/search', body));

  it('finds by the whole PESEL, masks it, and keeps the number out of trail and address', async () => {
    const pesel = fresh();
    const person = await added({ name: 'Szukana Osoba', pesel });
    expect(await search({ pesel })).toMatchObject({ total: 1, items: [{ person, pesel: `*******${pesel.slice(-4)}`, whole: false }] });
    expect(await lastEvent('person.search')).toMatchObject({ targets: { person: await idOf(person) }, details: { by: ['pesel'], found: 1 } });
    expect(await search({ pesel: fresh() })).toEqual({ items: [], page: 1, perPage: 50, total: 0 });
    problemOf(await city.as('anna.referent').post('/persons/search', { pesel: '44051401358' }), 422, 'person_refused');
    problemOf(await city.as('anna.referent').get(`/persons/search?pesel=${pesel}`), 405, 'method_unknown');
  });

  it('finds by any part of the name whatever its case, and takes signs of patterns as they are', async () => {
    const person = await added({ name: 'Świętosława 100%_Żółć', withoutPesel: 'unknown' });
    expect((await search({ name: 'ŚWIĘTOSŁAWA' })).items.map((found) => found.person)).toEqual([person]);
    expect((await search({ name: '0%_ż' })).items.map((found) => found.person)).toEqual([person]);
    expect((await search({ name: '%%' })).total).toBe(0);
    expect((await lastEvent('person.search')).details).toEqual({ by: ['name'], found: 0 });
  });

  it('gives pages that together are all, in the order of the names', async () => {
    const all = await search({ code: 'O-0000', perPage: 200 });
    const pages = await Promise.all([1, 2, 3].map((page) => search({ code: 'O-0000', perPage: 20, page })));
    expect(all.total).toBeGreaterThan(60);
    expect(pages.flatMap(({ items }) => items)).toEqual(all.items.slice(0, 60));
  });

  it('is for nobody without the permission', async () => {
    problemOf(await city.as('cezary.prawo').post('/persons/search', {}), 403, 'not_permitted');
  });
});

describe('a correction', () => {
  const correct = (person: string, body: object): ReturnType<ReturnType<TestApp['as']>['post']> => city.as('dawid.referent').post(`/persons/${person}/correction`, body);

  it('changes what is given and keeps before, after and reason in the trail, readable with the key of the person alone', async () => {
    const pesel = fresh();
    const person = await added({ name: 'Anna Panieńska', withoutPesel: 'unknown' });
    expect((await correct(person, { name: 'Anna Mężatka', pesel, reason: 'Ślub Anny Mężatki.' })).status).toBe(204);
    expect(await shown(person)).toMatchObject({ name: 'Anna Mężatka', pesel, withoutPesel: null });
    const id = await idOf(person);
    const { details, actor } = await lastEvent('person.correct');
    expect(actor).toBe('dawid.referent');
    expect(details['changed']).toEqual(['name', 'pesel', 'withoutPesel', 'born']);
    expect(JSON.stringify(details)).not.toMatch(/Mężatk|Panieńska/);
    const { person: of, sealed } = details['personal'] as { person: string; sealed: string };
    expect(of).toBe(id);
    expect(await openPersonal(city.database.db, SECRETS, id, sealed)).toMatchObject({
      before: { name: 'Anna Panieńska', pesel: null, withoutPesel: 'unknown' }, after: { name: 'Anna Mężatka', pesel }, reason: 'Ślub Anny Mężatki.',
    });
    await expect(openPersonal(city.database.db, SECRETS, await idOf('O-000001'), sealed)).resolves.toBeNull();
  });

  it('takes a wrong PESEL away again, with the reason why there is none', async () => {
    const person = await added({ name: 'Bez Numeru', pesel: fresh() });
    expect((await correct(person, { withoutPesel: 'foreigner', document: 'XY 99', reason: 'Numer innej osoby.' })).status).toBe(204);
    expect(await shown(person)).toMatchObject({ pesel: null, withoutPesel: 'foreigner', document: 'XY 99' });
  });

  it('is refused without a change, without a reason, with a document beside the PESEL, or with the PESEL of another', async () => {
    const [pesel, other] = [fresh(), fresh()];
    const person = await added({ name: 'Stała Osoba', pesel });
    const holder = await added({ name: 'Inna Osoba', pesel: other });
    problemOf(await correct(person, { name: 'Stała Osoba', pesel, reason: 'Bez zmiany.' }), 422, 'person_unchanged');
    problemOf(await correct(person, { reason: 'Nic nie podano.' }), 422, 'person_unchanged');
    problemOf(await correct(person, { name: 'X Y' }), 422, 'invalid_input');
    problemOf(await correct(person, { document: 'AB 1', reason: 'Dokument.' }), 422, 'person_refused');
    expect(problemOf(await correct(person, { pesel: other, reason: 'Pomyłka.' }), 409, 'pesel_twice').detail).toContain(holder);
    problemOf(await correct('NIE-MA', { name: 'X Y', reason: 'Pomyłka.' }), 404, 'person_unknown');
    expect(await shown(person)).toMatchObject({ name: 'Stała Osoba', pesel });
  });
});

describe('the database', () => {
  it('lets the application neither delete persons and their keys nor change a code', async () => {
    for (const sql of ['delete from persons', 'delete from person_keys', `update persons set code = 'X'`, 'update person_keys set made_at = now()']) {
      await expect(city.database.db.raw(sql), sql).rejects.toThrow(/permission denied/);
    }
  });

  it.each([
    ['a PESEL beside a reason why there is none', `update persons set without_pesel = 'unknown' where pesel_sealed is not null`, 'persons_pesel_unexplained'],
    ['neither', `update persons set pesel_sealed = null, pesel_hash = null where pesel_sealed is not null`, 'persons_pesel_unexplained'],
    ['a PESEL that cannot be found', `update persons set pesel_hash = null where pesel_sealed is not null`, 'persons_pesel_unfindable'],
    ['a birth date beside a PESEL', `update persons set born_on = '1990-01-01' where pesel_sealed is not null`, 'persons_pesel_with_born'],
    ['a person erased in part', `update persons set erased_at = now()`, 'persons_erased_in_part'],
  ])('forbids %s', async (_, sql, constraint) => {
    await expect(city.database.owner.raw(sql)).rejects.toThrow(constraint);
  });
});
