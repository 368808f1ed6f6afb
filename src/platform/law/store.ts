/** Reading the whole law back: a few hundred rows, kept in memory until another load. */
import type { Queryable } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { parseDayRange } from '../dates/ranges.ts';
import { dec } from '../money.ts';
import type { LawTables, Recorded } from './book.ts';
import { LawBook } from './book.ts';
import type { Certainty, Condition, Holiday, Item, ItemGroup, Parameter, Provenance, Reference, Slot, Strength, TrafficStreet, Zone } from './types.ts';

/** SQL of a range's lower or upper bound as an instant's text; -infinity stays so, no end is null. */
export const KNOWN_COLUMNS = `
  case when lower(recorded) = '-infinity' then '-infinity' else to_char(lower(recorded) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end as known_from,
  to_char(upper(recorded) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as known_to`;

interface LawRow {
  readonly valid: string;
  readonly known_from: Instant;
  readonly known_to: Instant | null;
  readonly reference: string;
  readonly certainty: Certainty;
  readonly strength: Strength | null;
  readonly note: string | null;
}

/** Provenance and known time of a row. */
export function provenanceOf(row: LawRow): Recorded<Provenance> {
  const { from, to } = parseDayRange(row.valid);
  return {
    from,
    to,
    reference: row.reference,
    certainty: row.certainty,
    ...(row.strength === null ? {} : { strength: row.strength }),
    ...(row.note === null ? {} : { note: row.note }),
    knownFrom: row.known_from,
    knownTo: row.known_to,
  };
}

// The row's type is what the builder asks for: both stand beside the columns they are read from.
async function read<Build extends (row: never) => object>(db: Queryable, table: string, columns: string, build: Build): Promise<Recorded<ReturnType<Build> & Provenance>[]> {
  const found = await rows<Parameters<Build>[0] & LawRow>(db, `select ${columns}, valid::text as valid, ${KNOWN_COLUMNS}, reference, certainty, strength, note from ${table} order by id`);
  return found.map((entry) => ({ ...(build(entry) as ReturnType<Build>), ...provenanceOf(entry) }));
}

/** All tables of the law. */
export async function readLawTables(db: Queryable): Promise<LawTables> {
  const references = await rows<{ code: string; title: string; place: string | null; address: string | null }>(db, 'select code, title, place, address from law_references order by code');
  return {
    references: references.map((entry): Reference => ({
      code: entry.code,
      title: entry.title,
      ...(entry.place === null ? {} : { place: entry.place }),
      ...(entry.address === null ? {} : { address: entry.address }),
    })),
    slots: await read(db, 'law_slots', 'slot, subject, shape, options, option_names as "optionNames", unit, min, max, unrecorded, name', (entry: Slot): Omit<Slot, keyof Provenance> => ({
      slot: entry.slot, subject: entry.subject, shape: entry.shape, options: entry.options, optionNames: entry.optionNames,
      unit: entry.unit, min: entry.min, max: entry.max, unrecorded: entry.unrecorded, name: entry.name,
    })),
    groups: await read(db, 'law_groups', 'grp, cardinality, over, choose, position, name', (entry: ItemGroup & { grp: string }): Omit<ItemGroup, keyof Provenance> => ({
      group: entry.grp, cardinality: entry.cardinality, over: entry.over, choose: entry.choose, position: entry.position, name: entry.name,
    })),
    items: await read(db, 'law_items', 'item, grp, value, unit, conditions, text, position', itemOf),
    zones: await read(db, 'law_zones', 'zone, name, precedence, boundary', ({ zone, name, precedence, boundary }: Zone): Omit<Zone, keyof Provenance> => ({ zone, name, precedence, boundary })),
    traffic: await read(db, 'law_traffic', 'band, street, segment', ({ band, street, segment }: TrafficStreet): Omit<TrafficStreet, keyof Provenance> => ({ band, street, segment })),
    parameters: await read(db, 'law_parameters', 'key, value, unit, rule, name', ({ key, value, unit, rule, name }: Parameter): Omit<Parameter, keyof Provenance> => ({ key, value, unit, rule, name })),
    holidays: await read(db, 'law_holidays', 'name, fixed, easter, weekday', ({ name, fixed, easter, weekday }: Holiday): Omit<Holiday, keyof Provenance> => ({ name, fixed, easter, weekday })),
  };
}

function itemOf(entry: { item: string; grp: string; value: string; unit: 'pkt' | '%'; conditions: Record<string, Condition>; text: string }): Omit<Item, keyof Provenance> {
  return { item: entry.item, group: entry.grp, value: dec(entry.value), unit: entry.unit, when: entry.conditions, text: entry.text };
}

/** Counts the loads: the book in memory is good as long as it stays the same. */
export async function lawVersion(db: Queryable): Promise<string> {
  const { version } = await row<{ version: string }>(db, `select coalesce(max(id), 0)::text as version from changes where kind = 'law'`);
  return version;
}

/** A book kept in memory and read anew after another load. */
export class LawShelf implements Books {
  #version = '';
  #book: LawBook | null = null;

  async book(db: Queryable): Promise<LawBook> {
    const version = await lawVersion(db);
    if (this.#book === null || version !== this.#version) {
      this.#book = new LawBook(await readLawTables(db));
      this.#version = version;
    }
    return this.#book;
  }
}

/** Where the law is looked up. */
export interface Books {
  /** The law as it is recorded now. */
  book(db: Queryable): Promise<LawBook>;
}

/** For one question that looks into the law many times: whether it is still the same is asked at the first. */
export function forOnce(books: Books): Books {
  let asked: Promise<LawBook> | null = null;
  return { book: (db) => (asked ??= books.book(db)) };
}
