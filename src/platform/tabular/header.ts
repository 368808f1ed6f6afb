/** The first row of a file: which column stands where. */
import { FileError } from './errors.ts';
import { fold, nearest } from './nearest.ts';
import { REJECT_COLUMNS, type Sheet, type SheetColumn } from './sheet.ts';

export interface PlacedColumn extends SheetColumn {
  /** Place in the row, from 0; null when the file has no such column. */
  readonly place: number | null;
}

export interface Layout {
  readonly columns: readonly PlacedColumn[];
  /** Places that hold no column of the sheet but may hold text: those of our own reject files. */
  readonly ignored: ReadonlySet<number>;
  readonly placed: ReadonlySet<number>;
  /** The columns of the sheet fill the first places without a gap: text can stray only behind them. */
  readonly compact: boolean;
}

/**
 * @throws FileError `header_none`, `header_unknown`, `header_duplicate` or `header_missing`, each naming all its columns
 */
export function matchHeader<T>(sheet: Sheet<T>, header: readonly string[]): Layout {
  const known = sheet.list.map(({ column }) => column.name).join(', ');
  const places = new Map<string, number>();
  const byName = new Set(sheet.list.map(({ column }) => fold(column.name)));
  const rejects = new Set<string>(REJECT_COLUMNS);
  const ignored = new Set<number>();
  const unknown: string[] = [];
  const twice: string[] = [];
  header.forEach((cell, place) => {
    const name = fold(cell);
    if (name === '') return;
    if (rejects.has(name)) ignored.add(place);
    else if (!byName.has(name)) unknown.push(cell.trim());
    else if (places.has(name)) twice.push(name);
    else places.set(name, place);
  });
  if (places.size === 0) throw new FileError('header_none', { known });
  if (unknown.length > 0) throw new FileError('header_unknown', { columns: quoted(unknown), nearest: suggestions(sheet, unknown, places), known });
  if (twice.length > 0) throw new FileError('header_duplicate', { columns: quoted([...new Set(twice)]), known });
  const missing = sheet.list.filter(({ column }) => column.required && !places.has(fold(column.name)));
  if (missing.length > 0) throw new FileError('header_missing', { columns: quoted(missing.map(({ column }) => column.name)), known });
  const placed = new Set(places.values());
  const columns = sheet.list.map((entry) => ({ ...entry, place: places.get(fold(entry.column.name)) ?? null }));
  return { columns, ignored, placed, compact: Math.max(...placed) === placed.size - 1 };
}

/** Whether most of these cells are names of the sheet's columns. */
export function knownNames<T>(sheet: Sheet<T>, cells: readonly string[]): number {
  const names = new Set([...sheet.list.map(({ column }) => fold(column.name)), ...REJECT_COLUMNS]);
  return cells.filter((cell) => names.has(fold(cell))).length;
}

/** Only columns that the file does not have yet are suggested: `kod_lokal → kod_lokalu`. */
function suggestions<T>(sheet: Sheet<T>, unknown: readonly string[], places: ReadonlyMap<string, number>): string {
  const free = sheet.list.map(({ column }) => column.name).filter((name) => !places.has(fold(name)));
  return unknown
    .map((name) => [name, nearest(name, free)] as const)
    .filter(([, guess]) => guess !== undefined)
    .map(([name, guess]) => `„${name.slice(0, 60)}” → „${guess ?? ''}”`)
    .join(', ');
}

function quoted(names: readonly string[]): string {
  const few = names.slice(0, 20).map((name) => `„${name.slice(0, 60)}”`);
  return few.join(', ') + (names.length > few.length ? ` i ${names.length - few.length} innych` : '');
}
