/** A PESEL is neither a code nor something to be guessed at by whoever does not see its holder. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personsSeen } from '../../src/leases/sql.ts';
import { addPerson, correctPerson } from '../../src/persons/commands.ts';
import { peselOf } from '../../src/persons/rules.ts';
import { personOf } from '../../src/platform/access/people.ts';
import type { Context } from '../../src/platform/context.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { importLines } from '../exchange/support.ts';
import type { TestApp } from '../support/app.ts';
import { bodyOf, cityApp, places, problemOf } from '../support/app.ts';
import { asking, limited, refusalOf } from '../support/asking.ts';

const OWN = 'I Stare Miasto';

let city: TestApp;
let anna: Context;
beforeAll(async () => {
  city = await cityApp();
  anna = city.instance.context(personOf('anna.referent'));
});
afterAll(() => city.drop());

let serial = 0;
const fresh = (): string => peselOf(parsePlainDate('1960-03-03'), (serial += 1));
const halina = limited('halina.stare', ['clerk'], OWN);

/** Somebody with a PESEL whom a clerk of the district does not see, and somebody whom she does. */
async function holder(seen: boolean): Promise<{ id: string; code: string; pesel: string }> {
  const mine = asking(city, halina);
  for (const { id, code } of await rows<{ id: string; code: string }>(city.database.db, 'select id, code from persons where pesel_hash is not null order by id')) {
    if (((await refusalOf(mine('GET /persons/:person', { params: { person: code } }))) === null) !== seen) continue;
    const { pesel } = bodyOf<{ pesel: string }>(await city.as('anna.referent').get(`/persons/${code}`));
    return { id, code, pesel };
  }
  throw new Error('the small city has nobody like that');
}

const met = (actor: string): Promise<unknown[]> => rows(city.database.db, `select targets, details from audit_events where event = 'person.pesel_met' and actor = ? order by id`, [actor]);

describe('the PESEL of somebody else', () => {
  it('whom the clerk does not see is refused without a word about who that is, and the look is an event', async () => {
    const { id, code, pesel } = await holder(false);
    const before = (await met('halina.stare')).length;
    const mine = asking(city, halina);
    const added = await refusalOf(mine('POST /persons', { body: { name: 'Ktoś', pesel } }));
    expect(added?.code).toBe('pesel_twice_elsewhere');
    const own = await holder(true);
    const corrected = await refusalOf(mine('POST /persons/:person/correction', { params: { person: own.code }, body: { pesel, reason: 'Z dokumentu.' } }));
    expect(corrected?.code).toBe('pesel_twice_elsewhere');
    for (const refused of [added, corrected]) expect(refused?.text).not.toContain(code);
    expect((await met('halina.stare')).slice(before)).toEqual([0, 1].map(() => ({ targets: { person: id }, details: { seen: false } })));
    expect(await rows(city.database.db, `select 1 from persons where name = 'Ktoś'`)).toEqual([]);
  });

  it('whom the clerk sees is named, and that look is an event too', async () => {
    const { id, code, pesel } = await holder(true);
    await expect(addPerson(city.instance.context(halina), { name: 'Ktoś', pesel }, personsSeen)).rejects.toMatchObject({ code: 'pesel_twice', args: { person: code } });
    expect((await met('halina.stare')).at(-1)).toEqual({ targets: { person: id }, details: { seen: true } });
  });

  it('that nobody has leaves no such event', async () => {
    const { person } = await addPerson(anna, { name: 'Nikt Inny', pesel: fresh() });
    await correctPerson(anna, person, { pesel: fresh(), reason: 'Pomyłka.' });
    expect(await met('anna.referent')).toEqual([]);
  });
});

describe('eleven digits', () => {
  it('are no code of a person', async () => {
    const pesel = fresh();
    for (const code of [pesel, '00000000000']) {
      const told = problemOf(await city.as('anna.referent').post('/persons', { name: 'Kod', code, pesel: fresh() }), 422, 'invalid_input');
      expect(places(told)).toEqual([expect.stringMatching(/^code: To wygląda na numer PESEL\..*nadaj inny\.$/)]);
    }
    expect(await rows(city.database.db, `select 1 from persons where code ~ '^[0-9]{11}$'`)).toEqual([]);
    for (const code of ['1234567890', '123456789012', 'O-44051401359x']) expect((await city.as('anna.referent').post('/persons', { name: 'Kod', code, withoutPesel: 'unknown' })).status).toBe(201);
  });

  it('are not looked for as a code, which would put them into what was searched', async () => {
    problemOf(await city.as('anna.referent').post('/persons/search', { code: fresh() }), 422, 'invalid_input');
  });

  it('in a file are rejected in the column of the code, and the other rows go in', async () => {
    const here = { database: city.database, ctx: anna, close: () => Promise.resolve() };
    const { lease, dwelling } = await row<{ lease: string; dwelling: string }>(city.database.db, 'select l.number as lease, d.code as dwelling from leases l join dwellings d on d.id = l.dwelling_id order by l.id limit 1');
    const pesel = fresh();
    const persons = await importLines(here, 'osoby', ['kod_osoby;nazwa;pesel;bez_peselu', `${pesel};Z Pliku;${pesel};`, 'Z-PLIKU;Z Pliku;;nieustalony']);
    expect([persons.added, persons.rejects]).toEqual([1, [expect.stringMatching(/kod_osoby.*To wygląda na numer PESEL/)]]);
    const parties = await importLines(here, 'strony', ['numer_umowy;kod_osoby;nazwa;rola;od;do', `${lease};${pesel};Z Pliku;współnajemca;2026-01-01;`, `${lease};Z-PLIKU-2;Z Pliku;współnajemca;2026-01-01;`]);
    expect([parties.added, parties.rejects]).toEqual([1, [expect.stringMatching(/kod_osoby.*To wygląda na numer PESEL/)]]);
    const leases = await importLines(here, 'umowy', ['numer_umowy;kod_lokalu;rodzaj;od;do', `${pesel};${dwelling};na czas nieoznaczony;1950-01-01;1950-12-31`]);
    expect(leases.rejects).toEqual([expect.stringMatching(/numer_umowy.*To wygląda na numer PESEL/)]);
    expect(await rows(city.database.db, `select code from persons where code = ? union all select number from leases where number = ?`, [pesel, pesel])).toEqual([]);
  });
});

describe('the birth date of a person without a PESEL', () => {
  it('is masked like the document to whoever may not see it, and shown with it to others', async () => {
    const { person } = await addPerson(anna, { name: 'Oksana Wzorcowa', withoutPesel: 'foreigner', document: 'FE 1', born: parsePlainDate('1985-03-04') });
    expect(bodyOf(await city.as('filip.windykacja').get(`/persons/${person}`))).toMatchObject({ document: '*******', born: null, whole: false });
    expect(bodyOf(await city.as('anna.referent').get(`/persons/${person}`))).toMatchObject({ document: 'FE 1', born: '1985-03-04', whole: true });
  });
});
