import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atHour } from '../../src/platform/dates/instants.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import { TODAY, bodyOf, cityApp, places, problemOf } from '../support/app.ts';
import type { Page, Person, TestApp } from '../support/app.ts';

const SAMPLE = readFileSync('seeds/law/tariff-sample.yaml', 'utf8');
const FILE = 'krk-2030.yaml';

let city: TestApp;
let cezary: Person;
let anna: Person;
beforeAll(async () => {
  city = await cityApp();
  cezary = city.as('cezary.prawo');
  anna = city.as('anna.referent');
});
afterAll(() => city.drop());

interface Tariff {
  readonly code: string;
  readonly from: string;
  readonly to: string | null;
  readonly reference: string;
  readonly categories: readonly { readonly category: string; readonly from: number | null; readonly to: number | null; readonly rate: string }[];
}

const tariffs = async (): Promise<readonly Tariff[]> => bodyOf<{ tariffs: Tariff[] }>(await anna.get('/tariffs')).tariffs;
const load = (text: string, file = FILE): ReturnType<Person['post']> => cezary.post('/tariffs', { file, text });
/** The sample with a line changed. @throws Error when there is no such line */
function changed(from: string | RegExp, to: string, text = SAMPLE): string {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`nothing like ${String(from)} in the sample`);
  return after;
}

describe('a tariff that cannot be read', () => {
  const BROKEN: readonly (readonly [string, string, string])[] = [
    ['has a decimal comma', changed('rate: 14.00', 'rate: "14,00"'), 'krk-2030.yaml · pole „categories.1.rate”: to nie jest liczba zapisana zwykle, z kropką (na przykład -2 albo 6.64)'],
    ['has an unknown field', changed('note: Wzór', 'uwaga: Wzór'), 'krk-2030.yaml: nieznane pole „uwaga”'],
    ['lacks a field', changed(/^social_rate:.*\n/m, ''), 'krk-2030.yaml · pole „social_rate”: brak pola'],
    ['has a day that there is not', changed('from: 2030-01-01', 'from: 2030-02-30'), 'krk-2030.yaml · pole „from”: to nie jest dzień RRRR-MM-DD'],
    ['has a day written in Polish order', changed('signed: 2029-08-30', 'signed: 30.08.2029'), 'krk-2030.yaml · pole „signed”: to nie jest dzień RRRR-MM-DD'],
    ['is indented by a tabulator', changed('code: krk-2030', 'code:\n\tkrk'), 'krk-2030.yaml · wiersz'],
    ['has a field twice', changed('index: 8500', 'index: 8500\nindex: 8600'), 'powtórzone pole'],
    ['has a certainty of its own', changed('certainty: assumed', 'certainty: pewne'), 'krk-2030.yaml · pole „certainty”: dozwolone: printed, reconstructed, reported, assumed'],
    ['is no tariff at all', 'Dzień dobry', 'krk-2030.yaml: plik ma zawierać pola „nazwa: wartość”'],
    ['is a list', '- a\n- b', 'krk-2030.yaml: plik ma zawierać pola „nazwa: wartość”'],
    ['repeats itself without end', 'a: &a [*a]', 'krk-2030.yaml'],
  ];
  it.each(BROKEN)('because it %s names file, place and reason', async (_, text, expected) => {
    const told = problemOf(await load(text), 422, 'law_file');
    expect(told.detail).toBe('Plik prawa ma błędy. Popraw wskazane miejsca i wczytaj go jeszcze raz.');
    expect(places(told).join('\n')).toContain(expected);
  });

  it('names everything at once', async () => {
    const told = problemOf(await load(changed('rate: 8.00', 'rate: 8,00', changed('social_rate: 4.00', 'social_rate: cztery'))), 422, 'law_file');
    expect(told.errors?.length).toBeGreaterThan(1);
  });
});

describe('a tariff that breaks the programme', () => {
  const REFUSED: readonly (readonly [string, string, string])[] = [
    ['has a gap', changed('from: 5, rate', 'from: 6, rate'), 'categories.1: Między kategorią II a III jest luka albo zakładka. Następna musi zaczynać się o 1 punkt wyżej.'],
    ['has falling rates', changed('rate: 21.25', 'rate: 13.00'), 'categories.2.rate: Kategoria III ma stawkę 13.00 zł/m², niższą niż 14.00 zł/m² kategorii II. Więcej punktów nie może dawać niższej stawki.'],
    ['charges too much of social tenants', changed('social_rate: 4.00', 'social_rate: 4.01'), 'social_rate: Stawka 4.01 zł/m² przekracza połowę najniższej stawki w zasobie (4 zł/m²).'],
    ['charges too much for temporary rooms', changed('temporary_room_rate: 4.00', 'temporary_room_rate: 5.00'), 'temporary_room_rate: Stawka 5.00 zł/m² przekracza połowę najniższej stawki w zasobie (4 zł/m²).'],
    ['is closed below', changed('category: I, to: -1', 'category: I, from: -9, to: -1'), 'categories.0.from: Najniższa kategoria I musi być otwarta w dół'],
    ['is closed above', changed('from: 5, rate', 'from: 5, to: 99, rate'), 'categories.2.to: Najwyższa kategoria III musi być otwarta w górę'],
    ['has a range that ends before it begins', changed('from: 0, to: 4', 'from: 0, to: -3'), 'Kategoria II kończy się wcześniej, niż się zaczyna.'],
    ['names two categories alike', changed('category: III', 'category: II'), 'categories: Dwie kategorie mają tę samą nazwę.'],
    ['charges nothing', changed('social_rate: 4.00', 'social_rate: 0'), 'social_rate: '],
    ['charges less than nothing', changed('rate: 8.00', 'rate: -8.00'), 'categories.0.rate: '],
    ['counts in parts of a grosz', changed('rate: 14.00', 'rate: 14.005'), 'categories.1.rate: '],
    ['has a rate beyond belief', changed('rate: 21.25', 'rate: 99999999999999.00'), 'categories.2.rate: '],
    ['has an index beyond belief', changed('index: 8500', 'index: 99999999999999'), 'index: '],
    ['has points beyond belief', changed('to: 4', 'to: 99999999999', changed('from: 5', 'from: 100000000000')), 'categories.1.to: '],
    ['ends before it begins', changed('# to: 2031-01-01', 'to: 2029-12-31 #'), 'to: '],
    ['has a sign that cannot be kept', changed('code: krk-2030', 'code: "krk\\0"'), 'code: '],
    ['has a name without end', changed('code: krk-2030', `code: ${'k'.repeat(100)}`), 'code: '],
  ];
  it.each(REFUSED)('because it %s is refused in words', async (_, text, expected) => {
    const told = problemOf(await load(text), 422, 'tariff_refused');
    expect(places(told).join('\n')).toContain(expected);
    expect(places(told).every((place) => /: \S/.test(place))).toBe(true);
  });

  it('or names a source that nobody knows', async () => {
    expect(problemOf(await load(changed('reference: ZAL-DEMO', 'reference: DZ-U-2099')), 422, 'reference_unknown').detail).toContain('„DZ-U-2099”');
  });

  it('leaves everything as it was', async () => {
    expect((await tariffs()).map(({ code }) => code)).toEqual(['krk-2020', 'krk-2023', 'krk-2025', 'krk-2027-projekt']);
  });
});

describe('the sample of a tariff', () => {
  it('is loaded, once, and ends the one before it on its first day', async () => {
    expect(bodyOf(await load(SAMPLE))).toEqual({ added: 1, warnings: [] });
    expect(bodyOf(await load(SAMPLE))).toEqual({ added: 0, warnings: [] });
    expect(bodyOf(await load(`# Inny komentarz\r\n${SAMPLE.replaceAll('\n', '\r\n')}`, 'kopia.yaml'))).toEqual({ added: 0, warnings: [] });
    const all = await tariffs();
    expect(all.map(({ code, from, to }) => `${code} ${from} ${to ?? ''}`)).toEqual([
      'krk-2020 2020-07-01 2023-01-01', 'krk-2023 2023-01-01 2025-01-01', 'krk-2025 2025-01-01 2027-01-01', 'krk-2027-projekt 2027-01-01 2030-01-01', 'krk-2030 2030-01-01 ',
    ]);
    expect(all.at(-1)?.categories.map(({ category, from, to, rate }) => [category, from, to, rate])).toEqual([['I', null, -1, '8.00'], ['II', 0, 4, '14.00'], ['III', 5, null, '21.25']]);
  });

  it('with another value under the same reference is refused', async () => {
    const told = problemOf(await load(changed('rate: 14.00', 'rate: 14.50')), 409, 'tariff_exists');
    expect(told.detail).toBe('Taryfa „krk-2030” od 2030-01-01 jest już wczytana z innymi wartościami. Poprawiony odczyt wczytaj z nowym źródłem (reference).');
  });

  it('is warned of what the programme expects, in words', async () => {
    const late = changed('council_informed: 2029-08-10', 'council_informed: 2029-08-25', changed('index: 8500', 'index: 12000')).replaceAll('krk-2030', 'krk-2031').replace('from: 2030-01-01', 'from: 2031-01-01');
    const { added, warnings } = bodyOf<{ added: number; warnings: { field: string; message: string }[] }>(await load(late));
    expect(added).toBe(1);
    expect(warnings.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      'categories: Najwyższa stawka 21.25 zł/m² jest niższa niż 30.00 zł/m², czyli 3 % wskaźnika 12000 zł/m² w roku.',
      'council_informed: Radę Miasta poinformowano 2029-08-25, a podpisanie zaplanowano na 2029-08-30: to mniej niż 14 dni.',
    ]);
  });

  it('is reread under a new reference, and what was answered before stays as it was', async () => {
    const { items } = bodyOf<Page<{ lease: string }>>(await anna.get('/runs/2/drafts?outcome=increase&basis=points&sort=lease'));
    const lease = encodeURIComponent(items[0]?.lease ?? '');
    const asked = `/leases/${lease}/rent?day=2030-03-01`;
    const before = bodyOf<{ tariff: string; calculated: { amount: string } }>(await anna.get(`${asked}&known_on=${TODAY}`));
    expect(before.tariff).toBe('krk-2030');
    city.clock.moveTo(atHour(addDays(TODAY, 1), 9));
    const reread = changed('reference: ZAL-DEMO', 'reference: KRK-ZARZ-2025', SAMPLE.replace('rate: 14.00', 'rate: 15.00').replace('rate: 21.25', 'rate: 22.25').replace('rate: 8.00', 'rate: 9.00'));
    expect(bodyOf(await load(reread))).toMatchObject({ added: 1 });
    expect(bodyOf(await load(reread))).toMatchObject({ added: 0 });
    expect(bodyOf(await load(SAMPLE))).toMatchObject({ added: 0 });
    expect(bodyOf(await anna.get(`${asked}&known_on=${TODAY}`))).toEqual(before);
    const now = bodyOf<{ calculated: { amount: string } }>(await anna.get(asked));
    expect(Number(now.calculated.amount)).toBeGreaterThan(Number(before.calculated.amount));
    expect((await tariffs()).filter(({ code }) => code === 'krk-2030').map(({ reference }) => reference)).toEqual(['KRK-ZARZ-2025']);
  });
});
