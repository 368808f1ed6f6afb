/** Rows of a form: the kind `categories.*.rate` reads `categories.0.rate`, `categories.1.rate` and so on, as many as were sent. */
import type { FieldKind, FieldKinds } from './kinds.ts';

const INDEX = /\.\d{1,4}\./;

/** The kind of a field, of one in a row too. */
export function kindOf(kinds: FieldKinds, name: string): FieldKind | undefined {
  if (Object.hasOwn(kinds, name)) return kinds[name];
  const of = name.replace(INDEX, '.*.');
  return Object.hasOwn(kinds, of) ? kinds[of] : undefined;
}

/** Whether the kind is of a field that stands in rows. */
export function isRowKind(name: string): boolean {
  return name.includes('.*.');
}

/** What was typed into rows. Rows left empty are dropped and those after them move up, so that what is wrong is told at the row people see. */
export function typedRows(kinds: FieldKinds, entries: URLSearchParams): Record<string, readonly string[]> {
  const typed: Record<string, readonly string[]> = {};
  for (const [list, leaves] of listsOf(kinds)) {
    const rows = indexesOf(list, leaves, entries)
      .map((index) => leaves.map((leaf) => [leaf, entries.getAll(`${list}.${index}.${leaf}`)] as const))
      .filter((row) => row.some(([, texts]) => texts.some((text) => text.trim() !== '')));
    rows.forEach((row, index) => {
      for (const [leaf, texts] of row) typed[`${list}.${index}.${leaf}`] = texts;
    });
  }
  return typed;
}

/** How many rows of the list hold anything. */
export function rowsIn(values: Readonly<Record<string, readonly string[]>>, list: string): number {
  const indexes = Object.keys(values).filter((name) => name.startsWith(`${list}.`)).map((name) => Number(name.slice(list.length + 1).split('.')[0]));
  return indexes.length === 0 ? 0 : Math.max(...indexes) + 1;
}

function listsOf(kinds: FieldKinds): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const name of Object.keys(kinds).filter(isRowKind)) {
    const [list = '', leaf = ''] = name.split('.*.');
    lists.set(list, [...(lists.get(list) ?? []), leaf]);
  }
  return lists;
}

function indexesOf(list: string, leaves: readonly string[], entries: URLSearchParams): number[] {
  const found = new Set<number>();
  for (const name of entries.keys()) {
    if (!name.startsWith(`${list}.`)) continue;
    const [, index, leaf] = /^(\d{1,4})\.(.+)$/.exec(name.slice(list.length + 1)) ?? [];
    if (index !== undefined && leaf !== undefined && leaves.includes(leaf)) found.add(Number(index));
  }
  return [...found].sort((a, b) => a - b);
}
