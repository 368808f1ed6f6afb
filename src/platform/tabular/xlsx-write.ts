/** Writing of workbooks: numbers as numbers, days as days, everything else as text that a spreadsheet leaves alone. */
import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/node';
import type { Column, SheetCell } from './column.ts';
import type { Rows } from './csv-write.ts';
import { FileError } from './errors.ts';
import type { Sheet } from './sheet.ts';
import { workbookText } from './xml.ts';

/** One tab with its rows, whose type only `part` needs to know. */
export interface XlsxPart {
  readonly title: string;
  readonly columns: readonly Column<unknown>[];
  readonly cells: () => AsyncGenerator<readonly SheetCell[]>;
}

/** A tab for `writeXlsx`. */
export function part<T>(sheet: Sheet<T>, rows: Rows<T>): XlsxPart {
  return {
    title: sheet.title,
    columns: sheet.list.map(({ column }) => column),
    cells: async function* () {
      for await (const row of rows) yield sheet.list.map(({ key, column }) => column.cell(row[key as keyof T]));
    },
  };
}

/** What a tab holds below its header, and what a cell holds, by the format's own rules. */
const MOST_ROWS = 1_048_575;
const LONGEST_TEXT = 32_767;

/**
 * A workbook with a tab for each part, held in memory: bold frozen header, column widths, formats.
 * @throws FileError `too_many_rows` or `cell_too_long`; RangeError when a value cannot be written without loss
 */
export async function writeXlsx(...parts: readonly XlsxPart[]): Promise<Buffer> {
  const tabs = [];
  for (const { title, columns, cells } of parts) {
    const data: SheetData = [columns.map(({ name }) => ({ value: name, type: String, fontWeight: 'bold' }))];
    for await (const row of cells()) {
      if (data.length > MOST_ROWS) throw new FileError('too_many_rows', { limit: String(MOST_ROWS) });
      data.push(row.map((cell, index) => written(cell, columns[index]?.name ?? '')));
    }
    tabs.push({ data, sheet: title, stickyRowsCount: 1, columns: columns.map(({ width }) => ({ width })) });
  }
  return writeXlsxFile(tabs).toBuffer();
}

function written(cell: SheetCell, column: string): CellObject | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') {
    if (cell.length > LONGEST_TEXT) throw new FileError('cell_too_long', { column, max: String(LONGEST_TEXT) });
    // The format "text" keeps a spreadsheet from making a day of 00-950 when someone edits the cell.
    return { value: workbookText(cell), type: String, format: '@' };
  }
  if ('day' in cell) return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: cell.number, type: Number, format: cell.places === 0 ? '0' : `0.${'0'.repeat(cell.places)}` };
}
