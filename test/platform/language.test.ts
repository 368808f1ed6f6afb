import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { reasonText } from '../../src/platform/exchange/reasons.ts';
import { REASONS as REASONS_EN } from '../../src/platform/exchange/reasons/en.ts';
import { REASONS as REASONS_PL } from '../../src/platform/exchange/reasons/pl.ts';
import { DomainError } from '../../src/platform/errors.ts';
import type { Language, Speech } from '../../src/platform/language.ts';
import { speaking, spoken } from '../../src/platform/language.ts';
import { LawFileError, readTariffFile } from '../../src/platform/law/files.ts';
import { LAW_FILE_WORDS } from '../../src/platform/law/files-words.ts';
import { PROBLEM_TEXTS, isProblemCode, problemText, said } from '../../src/platform/problem-texts.ts';
import { describeError, retold } from '../../src/platform/problems.ts';
import * as CELLS_EN from '../../src/platform/tabular/words/en.ts';
import type { Saying } from '../../src/platform/tabular/words/pl.ts';
import * as CELLS_PL from '../../src/platform/tabular/words/pl.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');
const ENGLISH: Speech = { language: 'en', onPage: false };
const PAGE: Readonly<Record<Language, Speech>> = { pl: { language: 'pl', onPage: true }, en: { language: 'en', onPage: true } };

type Texts = Readonly<Record<string, string>>;

/** Names of the arguments that a text takes. */
const namesIn = (text: string | undefined): string[] => [...new Set([...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort();

/** Names of the arguments that words ask for, whatever their values are. */
function askedBy(say: Saying): string[] {
  const names = new Set<string>();
  for (const value of ['', 'x', '0']) {
    say((name) => {
      names.add(name);
      return value;
    });
  }
  return [...names].sort();
}

/** What is Polish in an English text: letters that English has not, save in the currency, in examples and in what is quoted from files. */
const polishIn = (text: string): string | undefined => /\p{L}*[ąćęłńóśźż]\p{L}*/iu.exec(text.replace(/“[^”]*”|zł|ó as/g, ''))?.[0];

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

describe('the words of problems', () => {
  const { pl, en } = PROBLEM_TEXTS;
  const pairs: readonly (readonly [name: string, polish: Texts, english: Texts])[] = [
    ['texts', pl.texts, en.texts], ['on pages', pl.onPage, en.onPage], ['titles', pl.titles, en.titles], ['law files', LAW_FILE_WORDS.pl, LAW_FILE_WORDS.en],
    ...(['state', 'able', 'kind'] as const).map((name) => [name, pl.words[name], en.words[name]] as const),
  ];

  it.each(pairs)('are there in both languages with the same arguments: %s', (_, polish, english) => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(polish).sort());
    for (const code of Object.keys(polish)) expect({ code, names: namesIn(english[code]) }).toEqual({ code, names: namesIn(polish[code]) });
  });

  it.each([['rows', REASONS_PL, REASONS_EN], ['cells', CELLS_PL.CELL, CELLS_EN.CELL], ['files', CELLS_PL.FILE, CELLS_EN.FILE]] as const)('ask for the same arguments where they are put together: %s', (_, polish, english) => {
    const those = (words: Readonly<Record<string, Saying>>): [string, string[]][] => Object.entries(words).map(([code, say]) => [code, askedBy(say)]);
    expect(those(english)).toEqual(those(polish));
  });

  it('say on a page nothing of arguments that the problem does not bring', () => {
    for (const language of ['pl', 'en'] as const) {
      const { texts, onPage } = PROBLEM_TEXTS[language];
      for (const [code, text] of Object.entries(onPage)) expect(namesIn((texts as Texts)[code])).toEqual(expect.arrayContaining(namesIn(text)));
    }
  });

  it('are English in English, and end like sentences', () => {
    const spokenWords = [...Object.values(en.texts), ...Object.values(en.onPage), ...Object.values(en.titles), ...Object.values(LAW_FILE_WORDS.en)];
    expect(spokenWords.map(polishIn).filter((found) => found !== undefined)).toEqual([]);
    for (const say of [...Object.values(REASONS_EN), ...Object.values(CELLS_EN.CELL), ...Object.values(CELLS_EN.FILE)]) expect(polishIn(say(() => 'x'))).toBeUndefined();
    for (const text of [...Object.values(en.texts), ...Object.values(pl.texts)]) expect(text).toMatch(/[.)}*…]$/);
  });

  it('are there for every refusal that the program knows', () => {
    const thrown = sources(SRC).flatMap((text) => [...text.matchAll(/(?:DomainError\('[a-z ]+'|HttpProblem\(\d+|refusal\('[a-z ]+'|\bproblem\(\d+), '([a-z_]+)'|code: '(pesel_[a-z]+|[a-z]+_unknown)'/g)].map(([, one, other]) => one ?? other ?? ''));
    expect(thrown.length).toBeGreaterThan(150);
    expect(thrown.filter((code) => !isProblemCode(code))).toEqual([]);
  });
});

describe('words', () => {
  it('are Polish where nobody said otherwise, and an unknown code shows itself', () => {
    expect(spoken()).toEqual({ language: 'pl', onPage: false });
    expect(problemText('dwelling_unknown', { dwelling: 'B00001-001' })).toBe('Nie ma lokalu o kodzie „B00001-001”.');
    expect(speaking(ENGLISH, () => problemText('dwelling_unknown', { dwelling: 'B00001-001' }))).toBe('There is no dwelling with the code “B00001-001”.');
    expect(speaking(ENGLISH, () => [problemText('no_such_code'), problemText('toString')])).toEqual(['no_such_code', 'toString']);
  });

  it('put arguments that are codes into the language too', () => {
    const args = { permission: 'run.approve', able: 'supervisor, law_administrator' };
    expect(problemText('not_permitted', args)).toContain('Mają je: kierownik, administrator prawa.');
    expect(speaking(ENGLISH, () => problemText('not_permitted', args))).toContain('Those who have it: supervisor, law administrator.');
    expect(speaking(ENGLISH, () => problemText('run_not_draft', { run: '4', state: 'void' }))).toContain('(state: interrupted, void)');
    expect(speaking(ENGLISH, () => problemText('import_file', { file: 'a.csv', reason: 'header_missing', columns: 'numer', known: 'kod' }))).toBe('The file “a.csv” cannot be loaded. Missing columns: numer. Add them. Known columns: kod.');
  });

  it('name on a page the forms people type there, and no codes to choose from', () => {
    expect(speaking(PAGE.pl, () => problemText('fact_days', { from: '2026-02-01', to: '2026-01-31' }))).toBe('Koniec (31.01.2026) musi być późniejszy niż początek (01.02.2026).');
    expect(speaking(PAGE.pl, () => problemText('fact_range', { value: '900.5', unit: 'cm', slot: 'x', min: '1', max: '500' }))).toContain('900,5 cm');
    expect(problemText('choice_unknown', { known: 'all, district' })).toContain('all, district');
    expect(speaking(PAGE.pl, () => problemText('choice_unknown', { known: 'all, district' }))).toBe('Wybierz jedną z pozycji listy.');
    for (const speech of Object.values(PAGE)) expect(speaking(speech, () => problemText('want_day'))).toMatch(/31\.01\.2026\.$/);
  });

  it('of a schema are those of whoever is refused, not of whoever made it', () => {
    const schema = z.strictObject({ day: z.string().refine(() => false, said('want_day')), kind: z.enum(['a', 'b']), number: z.int(), text: z.string().min(3), list: z.array(z.string()).max(1), code: z.string().regex(/^x$/) });
    const refused = (): string[] => schema.safeParse({ day: 'x', kind: 'c', number: 'x', text: 'a', list: ['a', 'b'], code: 'y' }).error?.issues.map(({ message }) => message) ?? [];
    const english = ['Enter a day in the form YYYY-MM-DD, for example 2026-01-31.', 'Choose one of the values: a, b.', 'Enter a number.', 'Enter at least 3 characters.', 'The number of entries must be at most 1.'];
    expect(speaking(ENGLISH, refused)).toEqual([...english, 'Invalid string: must match pattern /^x$/']);
    expect(refused().slice(0, 3)).toEqual(['Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-01-31.', 'Wybierz jedną z wartości: a, b.', 'Podaj liczbę.']);
    expect(speaking(PAGE.en, refused).at(-1)).toBe('This value does not have the right form. Correct it.');
  });

  it('of files and of rows are those of whoever reads them', () => {
    const read = (): string => {
      try {
        readTariffFile('code: krk\nfoo: 1\n', 't.yaml');
      } catch (error) {
        if (error instanceof LawFileError) return error.problems.map(({ place, message }) => `${place}: ${message}`).join('; ');
      }
      return '';
    };
    expect(read()).toContain('pole „order”: brak pola');
    expect(speaking(ENGLISH, read)).toContain('field “order”: missing');
    expect(speaking(ENGLISH, read)).toContain('unknown field “foo”');
    expect(speaking(ENGLISH, () => [reasonText({ code: 'pesel_form', args: {} }), reasonText({ code: 'room_common', args: { room: '1', dwelling: 'D' } }), reasonText({ code: 'line_break', args: {} })])).toEqual([
      'A PESEL number has 11 digits. Copy it again.',
      'The room “1” of the dwelling “D” is a common one and cannot be let to one tenant alone. Remove it from the list.',
      'The text is broken into lines. Write it in one line.',
    ]);
  });

  it('of what is done at once in two languages do not mix', async () => {
    const told = async (language: Language, ms: number): Promise<string> => speaking({ language, onPage: false }, async () => {
      await pause(ms);
      const before = problemText('reason_missing');
      await pause(ms);
      return `${before} ${problemText('reason_missing')}`;
    });
    const both = await Promise.all(Array.from({ length: 20 }, (_, index) => told(index % 2 === 0 ? 'pl' : 'en', 20 - index)));
    expect(both).toEqual(both.map((_, index) => (index % 2 === 0 ? 'Podaj powód. Podaj powód.' : 'Give a reason. Give a reason.')));
  });
});

describe('a problem that was kept', () => {
  const kept = JSON.parse(JSON.stringify(describeError(new DomainError('invalid', 'import_not_recognised', { file: 'x.csv', known: 'lokale' }, [{ field: 'file', code: 'import_file_empty', args: { file: 'x.csv' } }])))) as unknown;

  it('is worded anew for whoever looks', () => {
    expect(retold(kept)).toEqual(kept);
    expect(speaking(ENGLISH, () => retold(kept))).toMatchObject({
      title: 'Data not accepted', detail: 'It is not known what data the file “x.csv” holds. Name it like one of the kinds (lokale) or say which kind it is.',
      errors: [{ field: 'file', message: 'The file “x.csv” is empty. Choose a file with data.' }],
    });
  });

  it('stays as it was where its words came from elsewhere or are not known any more', () => {
    const older = { type: 't', title: 'Błąd', status: 422, code: 'gone_code', detail: 'Dawne słowa.', errors: [{ field: 'a', message: 'Dawne.' }] };
    expect(speaking(ENGLISH, () => retold(older))).toEqual(older);
    expect(speaking(ENGLISH, () => retold({ ...older, code: 'law_file' }))?.errors).toEqual(older.errors);
    expect([retold(null), retold(undefined)]).toEqual([null, null]);
  });
});
