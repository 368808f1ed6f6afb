/** A column of a table file: its name, its documentation, and how its cells are read and written. */
import type { PlainDate } from '../dates/plain.ts';
import { CellError } from './errors.ts';

/** What a cell of a spreadsheet holds; null is an empty cell. */
export type SheetCell = string | { readonly number: number; readonly places: number } | { readonly day: PlainDate } | null;

export interface Column<T> {
  /** Header as in the file, `kod_lokalu`. */
  readonly name: string;
  /** Whether the file must have the column and every row a value in it. */
  readonly required: boolean;
  /** One Polish sentence for the documentation. */
  readonly help: string;
  /** A cell as it may stand in a file; it can be read by the column. */
  readonly example: string;
  /** The form of the cells in Polish: `data, np. 2026-01-31 albo 31.01.2026`. */
  readonly form: string;
  /** The allowed words, where only some are. */
  readonly words: readonly string[] | null;
  /** Width in a spreadsheet, in characters. */
  readonly width: number;
  /** @throws CellError when the text is not a value of this column */
  read(text: string): T;
  /** The cell of a CSV file. @throws RangeError when the value cannot be written without loss */
  write(value: T): string;
  /** The cell of a spreadsheet. @throws RangeError when the value cannot be written without loss */
  cell(value: T): SheetCell;
}

/** What every kind of column is told by whoever declares one. */
export interface ColumnTexts {
  readonly help: string;
  readonly example: string;
}

/** What a kind of column is made of; `parse` gets text that is trimmed and not empty. */
export interface Kind<T> extends ColumnTexts {
  readonly form: string;
  readonly words?: readonly string[];
  readonly width: number;
  parse(text: string): T;
  print(value: T): string;
  cell?(value: T): SheetCell;
}

/** A required column of a kind; with `optional` around it blanks are null. Own kinds of a slice are made with this too. */
export function column<T>(name: string, kind: Kind<T>): Column<T> {
  return {
    name,
    required: true,
    help: kind.help,
    example: kind.example,
    form: kind.form,
    words: kind.words ?? null,
    width: Math.max(kind.width, name.length + 2),
    read: (text) => {
      const trimmed = text.trim();
      if (trimmed === '') throw new CellError('missing');
      return kind.parse(trimmed);
    },
    write: (value) => kind.print(value),
    cell: (value) => (kind.cell === undefined ? kind.print(value) : kind.cell(value)),
  };
}

/** The column may be absent from the file and its cells may be empty: both read as null. */
export function optional<T>(inner: Column<T>): Column<T | null> {
  return {
    ...inner,
    required: false,
    read: (text) => (text.trim() === '' ? null : inner.read(text)),
    write: (value) => (value === null ? '' : inner.write(value)),
    cell: (value) => (value === null ? null : inner.cell(value)),
  };
}
