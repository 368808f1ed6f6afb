/** A sheet: the columns of one kind of file, and the type of its rows. */
import type { Column } from './column.ts';

export interface SheetDefinition<T> {
  /** Short name for the terminal and for file names: `lokale`. */
  readonly name: string;
  /** Polish title; also the name of the tab in a workbook, so at most 31 characters. */
  readonly title: string;
  /** Columns in the order in which they are written, under the names they have in the program. */
  readonly columns: { readonly [K in keyof T]: Column<T[K]> };
}

export interface SheetColumn {
  /** Name in the program: the key of the row. */
  readonly key: string;
  readonly column: Column<unknown>;
}

export interface Sheet<T> extends SheetDefinition<T> {
  /** The same columns as a list, in order. */
  readonly list: readonly SheetColumn[];
}

/** The row type of a sheet. */
export type RowOf<S> = S extends Sheet<infer T> ? T : never;

/** Columns that our own files of rejected rows put in front: always understood, never read. */
export const REJECT_COLUMNS = ['wiersz', 'kolumna', 'powód'] as const;

/**
 * A sheet whose row type follows from its columns.
 * @throws RangeError when a name is used twice or reserved, the title is no tab name, or an example cannot be read
 */
export function sheet<T extends object>(definition: SheetDefinition<T>): Sheet<T> {
  const list = Object.entries<Column<unknown>>(definition.columns).map(([key, column]) => ({ key, column }));
  const names = new Set<string>(REJECT_COLUMNS);
  for (const { column } of list) {
    if (names.has(column.name)) throw new RangeError(`sheet ${definition.name}: column ${column.name} twice or reserved`);
    names.add(column.name);
    // Documentation that the reader would refuse is worse than none.
    column.read(column.example);
  }
  if (!/^[^[\]/\\:*?]{1,31}$/u.test(definition.title)) throw new RangeError(`sheet ${definition.name}: no tab name: ${definition.title}`);
  return { ...definition, list };
}

export interface ColumnDescription {
  readonly name: string;
  readonly required: boolean;
  readonly form: string;
  readonly help: string;
  readonly example: string;
  readonly words: readonly string[] | null;
}

export interface SheetDescription {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly ColumnDescription[];
}

/** The sheet's documentation as data. */
export function describeSheet<T>(described: Sheet<T>): SheetDescription {
  return {
    name: described.name,
    title: described.title,
    columns: described.list.map(({ column: { name, required, form, help, example, words } }) => ({ name, required, form, help, example, words })),
  };
}
