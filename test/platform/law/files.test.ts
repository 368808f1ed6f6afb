import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LawFileProblem } from '../../../src/platform/law/files.ts';
import { LawFileError, readLawFile, readLawFolder, readTariffFile } from '../../../src/platform/law/files.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kamienica-law-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function problemsOf(read: () => unknown): readonly LawFileProblem[] {
  try {
    read();
  } catch (error) {
    if (error instanceof LawFileError) return error.problems;
    throw error;
  }
  return [];
}

/** `place: message` of each problem. */
const lines = (problems: readonly LawFileProblem[]): string[] => problems.map(({ place, message }) => `${place}: ${message}`);

const parameter = (values: string): string => `parameters:\n  - key: k\n    rule: VAL-9\n    unit: "%"\n    name: próba\n    values:\n${values}`;

describe('a law file', () => {
  test('keeps decimals and days exactly as they are written', () => {
    const [value] = readLawFile(parameter('      - {from: 2019-01-01, value: 4.90, reference: R, certainty: printed}'), 'p.yaml').parameters;
    expect(value).toEqual({ key: 'k', rule: 'VAL-9', unit: '%', name: 'próba', from: '2019-01-01', to: null, value: '4.90', reference: 'R', certainty: 'printed' });
  });

  test('keeps yes, no, on and numbers in lists as words', () => {
    const [value] = readLawFile(parameter('      - {from: 2019-01-01, value: [yes, no, 08:00, 1e3], reference: R, certainty: printed}'), 'p.yaml').parameters;
    expect(value?.value).toEqual(['yes', 'no', '08:00', '1e3']);
  });

  test('leaves a value open when it names no end', () => {
    const text = parameter('      - {from: 2019-01-01, to: 2020-01-01, value: 1, reference: R, certainty: printed}\n      - {from: 2020-01-01, value: 2, reference: R, certainty: printed}');
    expect(readLawFile(text, 'p.yaml').parameters.map(({ from, to }) => [from, to])).toEqual([['2019-01-01', '2020-01-01'], ['2020-01-01', null]]);
  });
});

describe('an edition', () => {
  const zone = (fields: string): string => `zones:\n  - {zone: S, name: S, precedence: 1, boundary: Planty${fields}}`;
  const editions = 'editions:\n  - {from: 2019-01-01, to: 2026-01-01, reference: OLD, certainty: assumed}\n  - {from: 2026-01-01, reference: NEW}\n';

  test('gives its dates, reference and certainty to entries that have none of their own', () => {
    expect(readLawFile(editions + zone(', certainty: reconstructed, strength: strong'), 'z.yaml').zones).toEqual([
      { zone: 'S', name: 'S', precedence: 1, boundary: 'Planty', from: '2019-01-01', to: '2026-01-01', reference: 'OLD', certainty: 'assumed' },
      { zone: 'S', name: 'S', precedence: 1, boundary: 'Planty', from: '2026-01-01', to: null, reference: 'NEW', certainty: 'reconstructed', strength: 'strong' },
    ]);
  });

  test('does not touch an entry with a start of its own', () => {
    const zones = readLawFile(editions + zone(', from: 2024-05-01, reference: OWN, certainty: printed'), 'z.yaml').zones;
    expect(zones.map(({ from, to, reference, certainty }) => [from, to, reference, certainty])).toEqual([['2024-05-01', null, 'OWN', 'printed']]);
  });

  test('leaves an entry its own reference', () => {
    expect(readLawFile(editions + zone(', reference: OWN, certainty: printed'), 'z.yaml').zones.map(({ reference }) => reference)).toEqual(['OWN', 'OWN']);
  });

  test('is not borrowed by an entry that starts by itself but names no reference', () => {
    expect(lines(problemsOf(() => readLawFile(editions + zone(', from: 2024-05-01, certainty: printed'), 'z.yaml')))).toEqual(['strefa „S”, pole „reference”: brak pola']);
  });
});

describe('problems of a file', () => {
  test('are all named at once, in Polish, with entry and field', () => {
    const text = `items:
  - {item: 12a, group: setting, value: '2,5', unit: zł, from: 2026-02-30, reference: R, certainty: sure, when: {a: {from: x}, b: often, c: {}}, text: próba, colour: red}
  - {group: setting, value: 1, unit: pkt, from: 2026-01-01, reference: '', certainty: printed, when: {}, text: próba}
strets: []`;
    const problems = problemsOf(() => readLawFile(text, 'points.yaml'));
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['points.yaml']));
    expect(lines(problems).sort()).toEqual([
      ': nieznana część pliku „strets”',
      'cecha nr 2, pole „item”: brak pola',
      'cecha nr 2, pole „reference”: pole jest puste',
      'cecha „12a”, pole „certainty”: dozwolone: printed, reconstructed, reported, assumed',
      'cecha „12a”, pole „from”: to nie jest dzień RRRR-MM-DD',
      'cecha „12a”, pole „unit”: dozwolone: pkt, %',
      'cecha „12a”, pole „value”: to nie jest liczba zapisana zwykle, z kropką (na przykład -2 albo 6.64)',
      'cecha „12a”, pole „when.a.from”: to nie jest liczba zapisana zwykle, z kropką (na przykład -2 albo 6.64)',
      'cecha „12a”, pole „when.b”: podaj listę opcji albo granice from, over, to, below',
      'cecha „12a”, pole „when.c”: podaj listę opcji albo granice from, over, to, below',
      'cecha „12a”: nieznane pole „colour”',
    ].sort());
  });

  test('of syntax name the line', () => {
    expect(lines(problemsOf(() => readLawFile('zones: []\nzones: []\n', 'z.yaml')))).toEqual(['wiersz 2, kolumna 1: powtórzone pole']);
    expect(lines(problemsOf(() => readLawFile('zones: *z\n', 'z.yaml')))).toEqual([': nieznana nazwa po znaku „*” albo za wiele powtórzeń']);
    expect(lines(problemsOf(() => readLawFile('', 'z.yaml')))).toEqual([': plik ma zawierać pola „nazwa: wartość”']);
  });

  test('tell a slot with options from a measure', () => {
    const slot = (fields: string): string => `slots:\n  - {slot: s, subject: dwelling, name: s, from: 2019-01-01, reference: R, certainty: assumed, ${fields}}`;
    const of = (fields: string): string[] => lines(problemsOf(() => readLawFile(slot(fields), 's.yaml')));
    expect(of('shape: option, option_names: {a: A}, unrecorded: b, unit: m')).toEqual(['obserwacja „s”, pole „unit”: tylko pomiar ma to pole', 'obserwacja „s”, pole „unrecorded”: dozwolone: unknown albo jedna z opcji']);
    expect(of('shape: measure, unit: m, min: 5, max: 5, unrecorded: no')).toEqual(['obserwacja „s”, pole „max”: ma być większe niż min', 'obserwacja „s”, pole „unrecorded”: dozwolone: unknown, none']);
    expect(of('shape: option, option_names: {a: A}, unrecorded: a')).toEqual([]);
  });

  test('name a holiday that is dated in two ways', () => {
    const text = 'holidays:\n  - {name: n, fixed: 02-30, from: 2019-01-01, reference: R, certainty: printed}\n  - {name: d, fixed: 02-29, weekday: 6, from: 2019-01-01, reference: R, certainty: printed}';
    expect(lines(problemsOf(() => readLawFile(text, 'h.yaml')))).toEqual(['dzień wolny „n”, pole „fixed”: to nie jest dzień roku MM-DD', 'dzień wolny „d”: podaj jedno z pól: fixed, easter, weekday']);
  });
});

describe('a folder of law', () => {
  const references = 'references:\n  - {code: R, title: próba}\n';
  const dated = 'from: 2026-01-01, reference: R, certainty: printed';
  const slots = `slots:\n  - {slot: gas, subject: dwelling, shape: option, name: gaz, option_names: {piped: tak}, unrecorded: unknown, ${dated}}\n`;
  const groups = `groups:\n  - {group: gas, cardinality: at most one, over: slots, position: 1, name: gaz, ${dated}}\n  - {group: traffic, cardinality: at most one, over: traffic, choose: least, position: 2, name: ruch, ${dated}}\n`;
  const item = (name: string, group: string, when: string): string => `  - {item: ${name}, group: ${group}, value: 1, unit: pkt, when: ${when}, text: próba, ${dated}}\n`;

  test('refuses unknown references, groups, slots, options and shapes', () => {
    const items = `items:\n${item('1', 'gas', '{gas: [piped, bottled]}')}${item('2', 'heat', '{}')}${item('3', 'gas', '{height: {to: 5}}')}${item('4', 'gas', '{gas: {to: 5}}')}${item('5', 'traffic', '{band: [over_3000], distance: [near]}')}`;
    const folder = folderOf({ 'references.yaml': references, 'points.yaml': groups + items, 'slots.yaml': slots, 'zones.yaml': `zones:\n  - {zone: S, name: S, precedence: 1, boundary: b, from: 2026-01-01, reference: X, certainty: printed}` });
    expect(lines(problemsOf(() => readLawFolder(folder)))).toEqual([
      'strefa „S”, pole „reference”: nieznane źródło „X”',
      'cecha „1”, pole „when.gas”: nieznana opcja „bottled”',
      'cecha „2”, pole „group”: nieznana grupa „heat”',
      'cecha „3”, pole „when.height”: nieznana obserwacja',
      'cecha „4”, pole „when.gas”: podaj listę opcji',
      'cecha „5”, pole „when.distance”: podaj granice from, over, to, below',
    ]);
  });

  test('refuses two values of one key on the same day', () => {
    const value = (from: string, to: string): string => `      - {from: ${from}, ${to}value: 1, reference: R, certainty: printed}\n`;
    const folder = folderOf({ 'references.yaml': references, 'parameters.yaml': parameter(value('2019-01-01', 'to: 2020-01-02, ') + value('2020-01-01', '') + value('2020-01-01', '') + value('2021-01-01', 'to: 2021-01-01, ')) });
    expect(lines(problemsOf(() => readLawFolder(folder)))).toEqual([
      'parametr „k”, wartość nr 2: wartość od 2020-01-01 zaczyna się przed końcem poprzedniej (2020-01-02)',
      'parametr „k”, wartość nr 3: powtórzony wpis od 2020-01-01',
      'parametr „k”, wartość nr 4, pole „to”: ma być późniejsze niż from',
    ]);
  });

  test('reads tariffs of its own folder and no samples', () => {
    const tariff = (code: string, reference: string): string => `code: ${code}\norder: zarządzenie\nfrom: 2025-01-01\nreference: ${reference}\ncertainty: printed\nsocial_rate: 1\ntemporary_room_rate: 1\ncategories:\n  - {category: I, rate: 2.00}\n`;
    const good = folderOf({ 'references.yaml': references, 'tariff-sample.yaml': 'code: x', 'tariffs/a.yaml': tariff('a', 'R'), 'tariffs/README.md': '#' });
    expect(readLawFolder(good).tariffs.map(({ code }) => code)).toEqual(['a']);
    const bad = folderOf({ 'references.yaml': references, 'tariffs/a.yaml': tariff('a', 'R'), 'tariffs/b.yaml': tariff('a', 'X') });
    expect(problemsOf(() => readLawFolder(bad))).toEqual([
      { file: 'tariffs/b.yaml', place: 'pole „reference”', message: 'nieznane źródło „X”' },
      { file: 'tariffs/b.yaml', place: 'pole „code”', message: 'taryfa „a” jest też w innym pliku' },
    ]);
  });

  test('without any file is a problem, not an empty law', () => {
    expect(problemsOf(() => readLawFolder(path.join(tmpdir(), 'kamienica-no-such-folder'))).map(({ message }) => message)).toEqual(['folder nie zawiera plików .yaml']);
  });
});

describe('a tariff file', () => {
  test('gives each rate the certainty of the file unless it has its own', () => {
    const text = 'code: a\norder: zarządzenie\nfrom: 2025-01-01\nreference: R\ncertainty: reported\nsocial_rate: 1.10\ntemporary_room_rate: 1.20\ncategories:\n  - {category: I, to: -1, rate: 2.50}\n  - {category: II, from: 0, rate: 3.00, certainty: assumed}\n';
    const tariff = readTariffFile(text, 'a.yaml');
    expect(tariff.categories.map(({ from, to, rate, certainty }) => [from, to, rate.toFixed(2), certainty])).toEqual([[null, -1, '2.50', 'reported'], [0, null, '3.00', 'assumed']]);
    expect([tariff.act, tariff.socialRate.toFixed(2), tariff.temporaryRoomRate.toFixed(2), tariff.index, tariff.signedOn, tariff.councilInformedOn]).toEqual(['zarządzenie', '1.10', '1.20', null, null, null]);
  });

  test('with faults names them all', () => {
    const problems = problemsOf(() => readTariffFile('code: a\nsigned: wczoraj\nsocial_rate: 1,10\ncategories:\n  - {category: I, from: 0.5}\n', 'a.yaml'));
    expect(lines(problems).sort()).toEqual([
      'pole „categories.0.from”: to nie jest liczba całkowita',
      'pole „categories.0.rate”: brak pola',
      'pole „certainty”: brak pola',
      'pole „from”: brak pola',
      'pole „order”: brak pola',
      'pole „reference”: brak pola',
      'pole „signed”: to nie jest dzień RRRR-MM-DD',
      'pole „social_rate”: to nie jest liczba zapisana zwykle, z kropką (na przykład -2 albo 6.64)',
      'pole „temporary_room_rate”: brak pola',
    ]);
  });
});
