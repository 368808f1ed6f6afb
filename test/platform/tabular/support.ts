/** A sheet with one column of each kind, and small helpers for reading and writing it. */
import type { Dec } from '../../../src/platform/money.ts';
import {
  code, date, decimal, FileError, fileText, integer, list, option, optional, readTable, sheet, text, time, yesNo,
  type RowOf, type RowResult, type Sheet, type TableInput, type TableLimits,
} from '../../../src/platform/tabular/index.ts';

export const dwellings = sheet({
  name: 'lokale',
  title: 'Lokale',
  columns: {
    code: code('kod_lokalu', { help: 'Kod lokalu w zasobie.', example: 'KR-12/3' }),
    street: text('ulica', { help: 'Ulica.', example: 'ul. Łąkowa', maxLength: 60 }),
    note: optional(text('uwagi', { help: 'Uwagi.', example: 'strych', maxLength: 2000, multiline: true })),
    area: decimal('powierzchnia', { help: 'Powierzchnia użytkowa w m².', example: '48,50', places: 2, min: '0', max: '1000' }),
    balance: optional(decimal('saldo', { help: 'Saldo w zł.', example: '-12,50', places: 2 })),
    storey: optional(integer('pietro', { help: 'Kondygnacja.', example: '3', min: -2, max: 60 })),
    since: optional(date('od', { help: 'Od kiedy.', example: '2026-01-31' })),
    shared: optional(yesNo('wspolny', { help: 'Czy lokal wspólny.', example: 'nie' })),
    state: optional(option('stan', { help: 'Stan techniczny.', example: 'dobry', words: { 'bardzo dobry': 'very good', dobry: 'good', zły: 'bad' } })),
    hour: optional(time('godzina', { help: 'Godzina.', example: '08:00' })),
    rooms: optional(list('izby', { help: 'Izby.', example: 'kuchnia|pokój' })),
  },
});

export type Dwelling = RowOf<typeof dwellings>;

export const pair = sheet({
  name: 'pary',
  title: 'Pary',
  columns: {
    key: code('kod', { help: 'Kod.', example: 'A1' }),
    words: text('tekst', { help: 'Tekst.', example: 'Zażółć', maxLength: 5000, multiline: true }),
  },
});

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export async function joined(chunks: AsyncIterable<string>): Promise<Buffer> {
  return Buffer.from((await all(chunks)).join(''));
}

export function read<T>(of: Sheet<T>, input: TableInput | string, fileName = 'plik.csv', limits: Partial<TableLimits> = {}): Promise<RowResult<T>[]> {
  return all(readTable(of, typeof input === 'string' ? Buffer.from(input) : input, fileName, limits));
}

/** The values of a file without flaws. */
export async function values<T>(of: Sheet<T>, input: TableInput | string, fileName = 'plik.csv'): Promise<T[]> {
  return (await read(of, input, fileName)).map((row) => {
    if (row.flaws !== null) throw new Error(`row ${row.line}: ${JSON.stringify(row.flaws)}`);
    return row.value;
  });
}

/** The refusal of a whole file: `code: Polish text`. */
export async function refusal<T>(of: Sheet<T>, input: TableInput | string, fileName = 'plik.csv', limits: Partial<TableLimits> = {}): Promise<string> {
  try {
    await read(of, input, fileName, limits);
  } catch (error) {
    if (error instanceof FileError) return `${error.code}: ${fileText(error.code, error.args)}`;
    throw error;
  }
  return 'nothing is refused';
}

/** Decimals as text, so that rows compare by value. */
export function comparable(row: Dwelling): unknown {
  const shown = (value: Dec | null): string | null => (value === null ? null : value.toFixed(2));
  return { ...row, area: shown(row.area), balance: shown(row.balance) };
}
