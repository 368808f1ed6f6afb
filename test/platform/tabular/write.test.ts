import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { Dec } from '../../../src/platform/money.ts';
import { part, writeCsv, writeXlsx } from '../../../src/platform/tabular/index.ts';
import { all, comparable, dwellings, joined, pair, read, values, type Dwelling } from './support.ts';

/** Text as a column of text gives it: trimmed, composed, line feeds only, printable. */
const nasty = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.stringMatching(/^[\-=+@'"; \n\t|_x0041ąśźŻł🏠00-950,.]{1,20}$/u),
    fc.constantFrom('00-950', '=1+1', '-5', "'-5", "''=x", '+48 12 345 67 89', '@ala', '-', '_x0041_', '_x005F_', 'constructor', '__proto__', 'toString', 'a"b;c', '"', 'x\ny', '-12,50', '1e3', '2026-01-31', 'TRUE', '12', '🏠', '＝1', '<b>&amp;</b>', ']]>', 'sep=;', '#N/A'),
  )
  .map((raw) => raw.normalize('NFC').replace(/\r\n?/gu, '\n').trim())
  .filter((raw) => raw !== '' && !/[\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\ufeff\ufffd]|(?!\n)\p{Cc}/u.test(raw));
const oneLine = nasty.filter((raw) => !raw.includes('\n') && raw.length <= 60);
const day = fc.integer({ min: -40_000, max: 40_000 }).map((days) => addDays(parsePlainDate('1990-01-01'), days));
const cents = (min: number, max: number): fc.Arbitrary<Dec> => fc.integer({ min, max }).map((value) => new Dec(value).div(100));
const amount = fc.oneof(cents(-100_000, 100_000), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((value) => new Dec(value.toString()).div(100)));

const dwelling: fc.Arbitrary<Dwelling> = fc.record({
  code: fc.oneof(fc.stringMatching(/^[A-Z0-9.'=+@_-]{1,10}$/u), fc.constantFrom('00-950', '0012', '-5', '=A1')),
  street: oneLine,
  note: fc.option(nasty),
  area: cents(0, 100_000),
  balance: fc.option(amount),
  storey: fc.option(fc.integer({ min: -2, max: 60 })),
  since: fc.option(day),
  shared: fc.option(fc.boolean()),
  state: fc.option(fc.constantFrom('very good', 'good', 'bad')),
  hour: fc.option(fc.constantFrom('00:00', '08:00', '23:59')),
  rooms: fc.option(fc.uniqueArray(oneLine.map((raw) => raw.replace(/\|/gu, '').trim()).filter((raw) => raw !== ''), { minLength: 1, maxLength: 4 })),
});
const rows = fc.array(dwelling, { minLength: 1, maxLength: 6 });

describe('what was written', () => {
  it('is read back from CSV as it was, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const back = await values(dwellings, await joined(writeCsv(dwellings, written)));
        expect(back.map(comparable)).toEqual(written.map(comparable));
      }),
      { numRuns: 300 },
    );
  });

  it('is read back from XLSX as it was, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const back = await values(dwellings, await writeXlsx(part(dwellings, written)), 'lokale.xlsx');
        expect(back.map(comparable)).toEqual(written.map(comparable));
      }),
      { numRuns: 150 },
    );
  });

  it('survives being sent from workbook to CSV and back', async () => {
    const texts = ['00-950', '=HYPERLINK("http://x")', '-5', "'-5", '-12,50', '+48 12', '@x', '\uff1dx'];
    const written = texts.map((words, index) => ({ key: `K${index}`, words }));
    const once = await values(pair, await writeXlsx(part(pair, written)), 'p.xlsx');
    const twice = await values(pair, await joined(writeCsv(pair, once)));
    expect(twice).toEqual(written);
  });
});

describe('a CSV file', () => {
  it('has a byte order mark, semicolons, CRLF and decimal commas', async () => {
    const [first] = await values(dwellings, 'kod_lokalu;ulica;powierzchnia;od;wspolny;stan\nA;"x;y";7,5;31.01.2026;T;ZŁY\n');
    const file = (await all(writeCsv(dwellings, first === undefined ? [] : [first]))).join('');
    expect(file).toBe(
      '\ufeffkod_lokalu;ulica;uwagi;powierzchnia;saldo;pietro;od;wspolny;stan;godzina;izby\r\nA;"x;y";;7,50;;;2026-01-31;tak;zły;;\r\n',
    );
  });

  it('keeps a spreadsheet from taking text for a formula, and leaves negative numbers alone', async () => {
    const words = ['=1+1', '+48 12', '-5', '-12,50', '-x', '@a', ' x', "'=x", "'x", '＝1'];
    const file = (await all(writeCsv(pair, words.map((text) => ({ key: 'A', words: text }))))).join('');
    const cells = file.trim().split('\r\n').slice(1).map((line) => line.slice(2));
    expect(cells).toEqual(["'=1+1", "'+48 12", '-5', '-12,50', "'-x", "'@a", '" x"', "''=x", "'x", "'＝1"]);
  });

  it('comes in chunks, from rows that come one at a time', async () => {
    const source = async function* (): AsyncGenerator<{ key: string; words: string }> {
      for (let index = 0; index < 20_000; index += 1) yield await Promise.resolve({ key: `K${index}`, words: 'żółw' });
    };
    const chunks = await all(writeCsv(pair, source()));
    expect(chunks.length).toBeGreaterThan(2);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(66_000);
    expect(await read(pair, Buffer.from(chunks.join('')))).toHaveLength(20_000);
  });
});
