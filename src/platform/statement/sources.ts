/** From a line's `key@reference` to what the law says of that value: its place, its certainty, its own words. */
import type { Instant } from '../dates/instants.ts';
import { contains } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';
import type { LawBook, Recorded } from '../law/book.ts';
import { isKnown } from '../law/book.ts';
import type { Certainty, Provenance, Reference, Slot, Strength } from '../law/types.ts';

/** What the words need of an order on rates; tariffs give it, for the law's book does not hold them. */
export interface TariffSource extends Provenance {
  readonly code: string;
  /** Name of the order. */
  readonly act: string;
  readonly categories: readonly { readonly category: string; readonly certainty?: Certainty }[];
}

/** The order on rates of the code, as it was known. */
export type TariffLookup = (code: string) => TariffSource | null;

/** A value of the law behind a line. */
export interface Source {
  /** `item.12a`, `group.storey`, `area.rounding_places`, `tariff.krk-2025`. */
  readonly key: string;
  /** Words of the law: of an item, a group, a parameter, the name of an order. */
  readonly name: string;
  readonly reference: Reference;
  /** Null where the value is not in the book. */
  readonly certainty: Certainty | null;
  readonly strength: Strength | null;
  readonly note: string | null;
}

type Row = Recorded<Provenance> & { readonly name: string };

interface Index {
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly slots: ReadonlyMap<string, readonly Recorded<Slot>[]>;
}

const indexes = new WeakMap<LawBook, Index>();

function indexOf(book: LawBook): Index {
  const known = indexes.get(book);
  if (known) return known;
  const rows = new Map<string, Row[]>();
  const slots = new Map<string, Recorded<Slot>[]>();
  const add = (key: string, row: Row): void => {
    const list = rows.get(key);
    if (list) list.push(row);
    else rows.set(key, [row]);
  };
  const { items, groups, parameters } = book.tables;
  for (const item of items) add(`item.${item.item}`, { ...item, name: item.text });
  for (const group of groups) add(`group.${group.group}`, group);
  for (const parameter of parameters) add(parameter.key, parameter);
  for (const slot of book.tables.slots) slots.set(slot.slot, [...(slots.get(slot.slot) ?? []), slot]);
  const index = { rows, slots };
  indexes.set(book, index);
  return index;
}

/** The law's values on the day of a statement, as it was known when the statement was made. */
export class Sources {
  readonly #book: LawBook;
  readonly #day: PlainDate;
  readonly #knownAt: Instant | null;
  readonly #tariffs: TariffLookup | null;

  constructor(book: LawBook, day: PlainDate, knownAt: Instant | null, tariffs: TariffLookup | null) {
    this.#book = book;
    this.#day = day;
    this.#knownAt = knownAt;
    this.#tariffs = tariffs;
  }

  /** What stands behind `key@reference`. */
  of(law: string, category: string | undefined): Source {
    const at = law.lastIndexOf('@');
    const key = law.slice(0, at);
    const code = law.slice(at + 1);
    const reference = this.#book.references.get(code) ?? { code, title: code };
    if (key.startsWith('tariff.')) return this.#tariff(key, reference, category);
    const row = this.#pick((indexOf(this.#book).rows.get(key) ?? []).filter((entry) => entry.reference === code));
    return row ? sourceOf(key, row.name, reference, row) : { key, name: key, reference, certainty: null, strength: null, note: null };
  }

  #tariff(key: string, reference: Reference, category: string | undefined): Source {
    const tariff = this.#tariffs?.(key.slice('tariff.'.length)) ?? null;
    if (tariff === null) return { key, name: key, reference, certainty: null, strength: null, note: null };
    const own = tariff.categories.find((entry) => entry.category === category)?.certainty;
    return sourceOf(key, tariff.act, reference, own === undefined ? tariff : { ...tariff, certainty: own });
  }

  /** Name of an item or a group on the day, by its key. */
  name(key: string): string {
    return this.#pick(indexOf(this.#book).rows.get(key) ?? [])?.name ?? key;
  }

  slot(slot: string): Slot | null {
    return this.#pick(indexOf(this.#book).slots.get(slot) ?? []);
  }

  // Of several rows the one that holds on the day and was known then; without a known-at the one known last.
  #pick<T extends Recorded<Provenance>>(rows: readonly T[]): T | null {
    const onDay = rows.filter((row) => contains(row, this.#day));
    const knownAt = this.#knownAt;
    if (knownAt !== null) return onDay.find((row) => isKnown(row, knownAt)) ?? null;
    return onDay.find((row) => row.knownTo === null) ?? onDay.at(-1) ?? null;
  }
}

function sourceOf(key: string, name: string, reference: Reference, row: Provenance): Source {
  return { key, name, reference, certainty: row.certainty, strength: row.strength ?? null, note: row.note ?? null };
}
