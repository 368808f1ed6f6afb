/** Writing of CSV files that Excel with Polish settings opens as they are: UTF-8 with mark, semicolons, CRLF, decimal commas. */
import { guard } from './formula.ts';
import type { Sheet } from './sheet.ts';

export type Rows<T> = Iterable<T> | AsyncIterable<T>;

const MARK = '\ufeff';
const CHUNK = 64 * 1024;
const QUOTED = /[;"\r\n]|^\s|\s$/u;

/** One line of a CSV file with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`;
}

function csvCell(cell: string): string {
  const safe = guard(cell);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The file in chunks of about 64 kB, the first with the byte order mark and the header.
 * @throws RangeError when a value cannot be written without loss
 */
export async function* writeCsv<T>(sheet: Sheet<T>, rows: Rows<T>): AsyncGenerator<string> {
  yield* chunked(csvLine(sheet.list.map(({ column }) => column.name)), rows, (row) => csvLine(cellsOf(sheet, row)));
}

/** Lines gathered into chunks behind the mark and the header. */
export async function* chunked<T>(header: string, rows: Rows<T>, lineOf: (row: T) => string): AsyncGenerator<string> {
  let chunk = MARK + header;
  for await (const row of rows) {
    chunk += lineOf(row);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function cellsOf<T>(sheet: Sheet<T>, row: T): string[] {
  return sheet.list.map(({ key, column }) => column.write(row[key as keyof T]));
}

/** A whole small file as text; without rows one row made of the examples of the documentation. */
export function sampleCsv<T>(sheet: Sheet<T>, rows?: Iterable<T>): string {
  const header = csvLine(sheet.list.map(({ column }) => column.name));
  const lines = rows === undefined ? [csvLine(sheet.list.map(({ column }) => column.example))] : [...rows].map((row) => csvLine(cellsOf(sheet, row)));
  return MARK + header + lines.join('');
}
