/** The file `osoby`: what it adds, fills in, corrects, leaves alone and refuses. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../src/platform/context.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { openPersonal } from '../../src/platform/secrets/index.ts';
import { addPerson } from '../../src/persons/commands.ts';
import { findByPesel, findPerson, identityOf } from '../../src/persons/read.ts';
import type { Identity } from '../../src/persons/read.ts';
import { peselOf } from '../../src/persons/rules.ts';
import { limited } from '../support/asking.ts';
import { CITY } from '../support/cluster.ts';
import { cloneDatabase } from '../support/database.ts';
import { people } from '../support/instance.ts';
import { SECRETS } from '../support/secrets.ts';
import type { Imported, Place } from '../exchange/support.ts';
import { importLines, told } from '../exchange/support.ts';

const HEADER = 'kod_osoby;nazwa;pesel;bez_peselu;dokument;data_urodzenia';
const TODAY = parsePlainDate('2026-11-22');

let here: Place;
let anna: Context;
beforeAll(async () => {
  const database = await cloneDatabase(CITY);
  anna = people(database, TODAY).anna;
  here = { database, ctx: anna, close: () => database.drop() };
});
afterAll(() => here.close());

let serial = 0;
const fresh = (born = '1990-02-28'): string => peselOf(parsePlainDate(born), (serial += 1));
/** Codes of persons nobody has used yet. */
let code = '';
beforeEach(() => {
  code = `P-${(serial += 1)}`;
});

const load = (...lines: readonly string[]): Promise<Imported> => importLines(here, 'osoby', [HEADER, ...lines]);
const as = (ctx: Context): Place => ({ ...here, ctx });

async function stored(person: string): Promise<Identity & { name: string }> {
  const found = await findPerson(anna.db, person);
  return { name: found.name, ...identityOf(SECRETS, found) };
}

interface Noted { readonly event: string; readonly actor: string; readonly details: Readonly<Record<string, unknown>>; readonly id: string }

async function eventsOf(person: string): Promise<Noted[]> {
  const { id } = await findPerson(anna.db, person);
  return rows<Noted>(anna.db, `select event, actor, details, id from audit_events where targets::jsonb @> ?::jsonb order by id`, [JSON.stringify({ person: id })]);
}

async function saidIn(person: string, { details }: Noted): Promise<unknown> {
  const { id } = await findPerson(anna.db, person);
  return openPersonal(anna.db, SECRETS, id, (details['personal'] as { sealed: string }).sealed);
}

describe('somebody new in the file', () => {
  it('is added with a PESEL, by which the person is found, and the trail says so under the key of the person', async () => {
    const pesel = fresh();
    expect(told(await load(`${code};  Zofia Nowa ;${pesel};;;1990-02-28`))).toBe('rows 1, added 1');
    expect(await stored(code)).toEqual({ name: 'Zofia Nowa', pesel, withoutPesel: null, document: null, born: '1990-02-28' });
    expect(await findByPesel(anna.db, SECRETS, pesel)).toMatchObject({ code });
    const [added, ...others] = await eventsOf(code);
    expect(others).toEqual([]);
    const { change } = await row<{ change: string }>(anna.db, 'select max(id)::text as change from changes');
    expect(added).toMatchObject({ event: 'person.add', actor: 'anna.referent', details: { withoutPesel: null, change } });
    expect(added && (await saidIn(code, added))).toEqual({ name: 'Zofia Nowa', pesel, withoutPesel: null, document: null, born: '1990-02-28' });
  });

  it('is added without a PESEL for each of the reasons, with document and birth date', async () => {
    const lines = [`${code}-1;Oksana Wzorcowa;;cudzoziemiec;FE 123456;1985-03-04`, `${code}-2;Nie Wiadomo;;Nieustalony;;`, `${code}-3;Fundacja;;nie jest osobą fizyczną;;`];
    expect(told(await load(...lines))).toBe('rows 3, added 3');
    expect(await stored(`${code}-1`)).toEqual({ name: 'Oksana Wzorcowa', pesel: null, withoutPesel: 'foreigner', document: 'FE 123456', born: '1985-03-04' });
    expect([await stored(`${code}-2`), await stored(`${code}-3`)]).toMatchObject([{ withoutPesel: 'unknown' }, { withoutPesel: 'organisation' }]);
    for (const [person, name] of [[`${code}-2`, 'Nie Wiadomo'], [`${code}-3`, 'Fundacja']] as const) {
      const [added] = await eventsOf(person);
      expect(added && (await saidIn(person, added))).toMatchObject({ name });
    }
  });

  it('stands nowhere in the database with name, number or document that could be read', async () => {
    const [pesel, document] = [fresh('1971-07-21'), 'ZZZ 987654'];
    const report = await load(`${code};Ktoś Inny;${pesel};;;`, `${code}-2;Ktoś Trzeci;;cudzoziemiec;${document};1971-07-22`, `${code}-3;Ktoś Czwarty;${pesel};;;`);
    expect(told(report)).toBe('rows 3, added 2, rejected 1');
    for (const table of ['persons', 'person_keys', 'audit_events', 'changes', 'operations']) {
      const text = JSON.stringify(await rows(here.database.owner, `select t::text from ${table} t`));
      expect(text).not.toContain(pesel);
      expect(text).not.toContain(document);
      if (table === 'audit_events' || table === 'operations') expect(text).not.toMatch(/Ktoś|1971-07/);
    }
  });

  it('waits in the import sealed: no statement carries a number, and the rejects lie on the disk unreadable', async () => {
    const [good, bad] = [fresh('1972-05-05'), '72050500000'];
    const asked: string[] = [];
    const note = ({ bindings }: { bindings?: unknown }): void => void asked.push(JSON.stringify(bindings ?? []));
    anna.db.on('query', note);
    const report = await load(`${code};Ktoś;${good};;;`, `${code}-2;Ktoś;${bad};;;`).finally(() => anna.db.off('query', note));
    expect(report).toMatchObject({ added: 1, rejected: 1, rejects: [expect.stringContaining(bad) as string] });
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((text) => text.includes(good) || text.includes(bad))).toEqual([]);
  });
});

describe('a file that comes again', () => {
  it('changes nothing and leaves no event', async () => {
    const lines = [`${code};Stała Osoba;${fresh()};;;`, `${code}-2;Bez Numeru;;cudzoziemiec;AB 1;1990-01-01`];
    await load(...lines);
    const before = await eventsOf(code);
    expect(told(await load(...lines))).toBe('rows 2, unchanged 2');
    expect(await eventsOf(code)).toEqual(before);
  });

  it('fills in who was not established, as whoever came by the file of parties', async () => {
    await here.database.owner.raw(`insert into persons (code, name) values (?, 'Przez Strony')`, [code]);
    const pesel = fresh();
    expect(told(await load(`${code};Przez Strony;${pesel};;;`))).toBe('rows 1, changed 1');
    expect(await stored(code)).toMatchObject({ pesel, withoutPesel: null });
    expect((await eventsOf(code)).map(({ event, details }) => [event, details['changed']])).toEqual([['person.correct', ['pesel', 'withoutPesel', 'born']]]);
  });

  it('corrects name and number; before, after and the reason of the import stand under the key of the person', async () => {
    const [wrong, right] = [fresh(), fresh()];
    await load(`${code};Anna Panieńska;${wrong};;;`);
    expect(told(await load(`${code};Anna Mężatka;${right};;;`))).toBe('rows 1, corrected 1');
    expect(await findByPesel(anna.db, SECRETS, wrong)).toBeNull();
    const corrected = (await eventsOf(code)).at(-1);
    expect(corrected).toMatchObject({ event: 'person.correct', details: { changed: ['name', 'pesel'] } });
    expect(JSON.stringify(corrected)).not.toMatch(/Panieńska|Mężatka/);
    expect(corrected && (await saidIn(code, corrected))).toMatchObject({
      before: { name: 'Anna Panieńska', pesel: wrong }, after: { name: 'Anna Mężatka', pesel: right }, reason: 'test importu (plik „osoby.csv”)',
    });
  });

  it('leaves the name where the cell is empty, empties an empty document, and leaves what it has no column for', async () => {
    await load(`${code};Oksana Wzorcowa;;cudzoziemiec;FE 1;1985-03-04`);
    expect(told(await importLines(here, 'osoby', ['kod_osoby;nazwa;bez_peselu', `${code};;cudzoziemiec`]))).toBe('rows 1, unchanged 1');
    expect(told(await load(`${code};;;cudzoziemiec;;1985-03-04`))).toBe('rows 1, corrected 1');
    expect(await stored(code)).toEqual({ name: 'Oksana Wzorcowa', pesel: null, withoutPesel: 'foreigner', document: null, born: '1985-03-04' });
  });

  it('takes a number away for a reason, but not because the sender does not know it', async () => {
    const pesel = fresh();
    await load(`${code};Ktoś;${pesel};;;`);
    const refused = await load(`${code};Ktoś;;nieustalony;;`);
    expect(refused.rejects[0]).toBe(`2;bez_peselu;Osoba o kodzie „${code}” ma już zapisany numer PESEL, a „nieustalony” go nie usuwa. Podaj numer, inną przyczynę jego braku albo usuń wiersz.;${code};Ktoś;;nieustalony;;`);
    expect(await stored(code)).toMatchObject({ pesel });
    expect(told(await load(`${code};Ktoś;;cudzoziemiec;XY 1;1990-02-28`))).toBe('rows 1, corrected 1');
    expect(await findByPesel(anna.db, SECRETS, pesel)).toBeNull();
  });

  it('on trial says what it would do and does nothing', async () => {
    const report = await importLines(here, 'osoby', [HEADER, `${code};Na Próbę;${fresh()};;;`], { dryRun: true });
    expect(told(report)).toBe('rows 1, added 1');
    await expect(stored(code)).rejects.toMatchObject({ code: 'person_unknown' });
  });
});

describe('a row that is wrong', () => {
  it.each([
    ['ten digits', '9002280001', 'pesel', 'Numer PESEL ma 11 cyfr.'],
    ['no such day', '90023000010', 'pesel', 'nie zaczyna się od prawdziwej daty urodzenia'],
    ['a slip', '44051401358', 'pesel', 'nie zgadza się cyfra kontrolna'],
    ['born tomorrow', peselOf(parsePlainDate('2026-11-23'), 7), 'pesel', 'data urodzenia, która jeszcze nie nadeszła'],
  ])('has a PESEL of %s', async (_, pesel, column, words) => {
    expect((await load(`${code};Ktoś;${pesel};;;`)).rejects).toEqual([expect.stringMatching(new RegExp(`^2;${column};.*${words}`)) as string]);
    await expect(stored(code)).rejects.toMatchObject({ code: 'person_unknown' });
  });

  it.each([
    ['neither number nor reason', 'Ktoś;;;;', 'pesel', 'Podaj numer PESEL albo przyczynę jego braku.'],
    ['both', 'Ktoś;44051401359;nieustalony;;', 'bez_peselu', 'Zostaw jedno z nich.'],
    ['a document beside the number', 'Ktoś;44051401359;;AB 1;', 'dokument', 'Dokument podaje się tylko za osobę bez numeru PESEL.'],
    ['another birth date than the number tells', 'Ktoś;44051401359;;;1944-05-15', 'data_urodzenia', 'Z numeru PESEL wynika inna data urodzenia.'],
    ['a birth date of tomorrow', 'Ktoś;;cudzoziemiec;;2026-11-23', 'data_urodzenia', 'Ta data urodzenia jeszcze nie nadeszła.'],
    ['a reason nobody knows', 'Ktoś;;zgubiony;;', 'bez_peselu', 'nie należy do dopuszczalnych słów'],
    ['no name', ';;cudzoziemiec;;', 'nazwa', 'jeszcze nie ma. Podaj jej nazwę.'],
    ['two faults', 'Ktoś;44051401359;;AB 1;1944-05-15', '"dokument\ndata_urodzenia"', 'Dokument podaje się'],
  ])('has %s', async (_, cells, column, words) => {
    const report = await load(`${code};${cells}`);
    expect(told(report)).toBe('rows 1, rejected 1');
    expect(report.rejects.join('\n')).toContain(`2;${column};`);
    expect(report.rejects.join('\n')).toContain(words);
  });

  it.each([
    ['a PESEL of today', () => `Ktoś;${fresh('2026-11-22')};;;`], ['the same birth date as the number tells', () => `Ktoś;${fresh('1944-05-14')};;;14.05.1944`],
    ['a birth date of today', () => 'Ktoś;;cudzoziemiec;;2026-11-22'], ['a birth date of 1800', () => 'Ktoś;;cudzoziemiec;;1800-01-01'],
  ])('would be right with %s', async (_, cells) => {
    expect(told(await load(`${code};${cells()}`))).toBe('rows 1, added 1');
  });

  it('is about somebody whose data were erased', async () => {
    await here.database.owner.raw(`insert into persons (code, name, without_pesel, erased_at) values (?, 'usunięto', 'erased', now())`, [code]);
    expect((await load(`${code};Znowu Ktoś;${fresh()};;;`)).rejects[0]).toMatch(/^2;kod_osoby;Dane tej osoby usunięto/);
  });
});

describe('a PESEL', () => {
  it('of somebody else is refused, and who has it is named', async () => {
    const pesel = fresh();
    const { person } = await addPerson(anna, { name: 'Pierwsza', pesel });
    expect((await load(`${code};Druga;${pesel};;;`)).rejects[0]).toMatch(new RegExp(`^2;pesel;Ten numer PESEL ma już osoba o kodzie „${person}”`));
  });

  it('that two rows give goes to the first', async () => {
    const pesel = fresh();
    const report = await load(`${code};Pierwsza;${pesel};;;`, `${code}-2;Druga;${pesel};;;`);
    expect(told(report)).toBe('rows 2, added 1, rejected 1');
    expect(report.rejects[0]).toMatch(new RegExp(`^3;pesel;Wiersz 2 tego pliku podaje ten sam numer PESEL osobie o kodzie „${code}”`));
  });

  it('that was mixed up with another is put right by one file', async () => {
    const [one, two] = [fresh(), fresh()];
    await load(`${code}-1;Pierwsza;${one};;;`, `${code}-2;Druga;${two};;;`);
    expect(told(await load(`${code}-1;Pierwsza;${two};;;`, `${code}-2;Druga;${one};;;`))).toBe('rows 2, corrected 2');
    expect([(await stored(`${code}-1`)).pesel, (await stored(`${code}-2`)).pesel]).toEqual([two, one]);
  });

  it('stays where the row that would give it up is refused itself', async () => {
    const [one, two, taken] = [fresh(), fresh(), fresh()];
    await addPerson(anna, { name: 'Obca', pesel: taken });
    await load(`${code}-1;Pierwsza;${one};;;`, `${code}-2;Druga;${two};;;`);
    const report = await load(`${code}-1;Pierwsza;${two};;;`, `${code}-2;Druga;${taken};;;`);
    expect(told(report)).toBe('rows 2, rejected 2');
    expect((await stored(`${code}-2`)).pesel).toBe(two);
  });

  it('is one for one person, though two files give it at the same time to two', async () => {
    const pesel = fresh();
    const reports = await Promise.all([load(`${code}-1;Jedna;${pesel};;;`), load(`${code}-2;Druga;${pesel};;;`), addPerson(anna, { name: 'Trzecia', pesel }).catch(() => null)]);
    const { holders } = await row<{ holders: number }>(anna.db, 'select count(*)::int as holders from persons where pesel_hash = any(?::bytea[])', [SECRETS.hashes(pesel, 'pesel')] as never[]);
    expect(holders).toBe(1);
    expect(reports.slice(0, 2).every((report) => report !== null && 'rejected' in report && report.added + report.rejected === 1)).toBe(true);
  });
});

describe('somebody limited to districts', () => {
  const OWN = 'I Stare Miasto';
  const halina = (): Place => as({ ...anna, actor: limited('halina.stare', ['clerk'], OWN) });
  /** A party there alone, and one elsewhere alone. */
  async function party(own: boolean): Promise<string> {
    const lies = `exists (select 1 from leases l join dwellings d on d.id = l.dwelling_id join building_details b on b.building_id = d.building_id
      where l.id = f.lease_id and b.district = :own and upper_inf(b.recorded) and b.valid @> :day::date)`;
    const sql = `select p.code from persons p join lease_parties f on f.person_id = p.id where p.pesel_hash is not null group by p.id having ${own ? `bool_and(${lies})` : `not bool_or(${lies})`} order by p.id limit 1`;
    return (await row<{ code: string }>(here.database.owner, sql, { own: OWN, day: TODAY })).code;
  }

  it('corrects the persons of the own leases and adds new ones, but not those of others', async () => {
    const [own, foreign] = [await party(true), await party(false)];
    const before = await stored(foreign);
    const [mine, pesel] = [await stored(own), fresh()];
    const lines = [HEADER, `${own};Nowe Nazwisko;${mine.pesel ?? ''};;;`, `${foreign};Cudze Nazwisko;${before.pesel ?? ''};;;`, `${code};Nowa;${pesel};;;`];
    const report = await importLines(halina(), 'osoby', lines);
    expect(told(report)).toBe('rows 3, added 1, corrected 1, rejected 1');
    expect(report.rejects[0]).toMatch(/^3;kod_osoby;Wiersz dotyczy czegoś spoza Twoich dzielnic \(I Stare Miasto\)/);
    expect(await stored(foreign)).toEqual(before);
  });

  it('is told that a number is taken, and by whom only where that person is seen', async () => {
    const [own, foreign] = [await party(true), await party(false)];
    const lines = [`${code}-1;Nowa;${(await stored(own)).pesel ?? ''};;;`, `${code}-2;Nowa;${(await stored(foreign)).pesel ?? ''};;;`];
    const { rejects } = await importLines(halina(), 'osoby', [HEADER, ...lines]);
    expect(rejects[0]).toContain(`ma już osoba o kodzie „${own}”`);
    expect(rejects[1]).toContain('ma już inna osoba, spoza Twoich dzielnic');
    expect(rejects[1]).not.toContain(foreign);
  });
});
