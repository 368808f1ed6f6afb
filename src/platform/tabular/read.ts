/** Reading of a table file, whatever its form: rows with their values, or with what is wrong in them. */
import { readCsv, type RawRow } from './csv-read.ts';
import { CellError, FileError, shown, type CellFlaw } from './errors.ts';
import { matchHeader, type Layout } from './header.ts';
import type { Sheet } from './sheet.ts';
import { headOf, LIMITS, wholeOf, type TableInput, type TableLimits } from './source.ts';
import { isEncrypted, OLE_MARK, readXlsx, ZIP_MARK } from './xlsx-read.ts';

interface Row {
  /** Line of the file on which the row starts; in a workbook the number of the row. */
  readonly line: number;
  /** The cells as they stood, by the name of the column; columns that the file does not have are absent. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface GoodRow<T> extends Row {
  readonly value: T;
  readonly flaws: null;
}

export interface BadRow extends Row {
  readonly value: null;
  readonly flaws: readonly CellFlaw[];
}

export type RowResult<T> = GoodRow<T> | BadRow;

/**
 * The rows of a CSV or XLSX file, in order, one at a time. Empty rows are left out; a row with flaws does not stop the reading.
 * The form is recognised by the bytes, not by the name.
 * @throws FileError when the file as a whole cannot be used; rows may have been given out before that
 */
export async function* readTable<T>(
  sheet: Sheet<T>,
  input: TableInput,
  fileName: string,
  changed: Partial<TableLimits> = {},
): AsyncGenerator<RowResult<T>> {
  const limits = { ...LIMITS, ...changed };
  const rows = await rowsOf(sheet, input, fileName, limits);
  let layout: Layout | undefined;
  for await (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    if (layout === undefined) layout = matchHeader(sheet, row.cells);
    else if (hasContent(row, layout)) yield readRow<T>(row, layout);
  }
  if (layout === undefined) throw new FileError('empty');
}

async function rowsOf<T>(sheet: Sheet<T>, input: TableInput, fileName: string, limits: TableLimits): Promise<AsyncIterable<RawRow>> {
  const head = await headOf(input, 8);
  if (head.subarray(0, 4).equals(ZIP_MARK)) return readXlsx(sheet.title, sheet.name, await wholeOf(input, limits.xlsxBytes), fileName, limits);
  if (head.equals(OLE_MARK)) throw new FileError(isEncrypted(await wholeOf(input, limits.xlsxBytes)) ? 'encrypted' : 'xls');
  if (head.subarray(0, 4).toString('latin1') === '%PDF') throw new FileError('pdf');
  if (head.length > 0 && /\.(?:xlsx|xlsm|xltx)$/iu.test(fileName)) throw new FileError('not_xlsx', { file: fileName });
  return readCsv(sheet, input, fileName, limits);
}

/** A row with nothing but the columns of our own reject files in it is empty, too. */
function hasContent(row: RawRow, layout: Layout): boolean {
  return layout.ignored.size === 0 || row.cells.some((cell, place) => !layout.ignored.has(place) && cell.trim() !== '');
}

function readRow<T>(row: RawRow, layout: Layout): RowResult<T> {
  const cells: Record<string, string> = {};
  const value: Record<string, unknown> = {};
  const flaws: CellFlaw[] = [];
  for (const { key, column, place } of layout.columns) {
    const text = place === null ? '' : (row.cells[place] ?? '');
    if (place !== null) cells[column.name] = text;
    try {
      value[key] = column.read(text);
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      flaws.push({ column: column.name, code: error.code, args: error.args });
    }
  }
  flaws.push(...strays(row, layout));
  if (flaws.length > 0) return { line: row.line, cells, value: null, flaws };
  // Every key of the sheet has just been filled by its own column, whose type is the type of the key.
  return { line: row.line, cells, value: value as T, flaws: null };
}

/** Text that stands under no column: most often a separator too many, which shifts all the cells after it. */
function strays(row: RawRow, layout: Layout): CellFlaw[] {
  if (layout.compact && row.cells.length <= layout.placed.size) return [];
  return row.cells.flatMap((cell, place): CellFlaw[] =>
    cell.trim() === '' || layout.placed.has(place) || layout.ignored.has(place)
      ? []
      : [{ column: '', code: 'cell_without_column', args: { text: shown(cell), position: String(place + 1) } }],
  );
}
