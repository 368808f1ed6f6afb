/**
 * Loading the law: idempotent. A changed value under the same reference and date is refused; a corrected reading under a new
 * reference closes what was known before and leaves it answerable.
 */
import type { Clock } from '../clock.ts';
import { groupBy } from '../collections.ts';
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { BEGINNING_OF_TIME } from '../dates/instants.ts';
import type { DayRange } from '../dates/ranges.ts';
import { formatDayRange, overlaps, parseDayRange, without } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';
import { DomainError } from '../errors.ts';
import type { Cell, LawTable } from './tables.ts';
import type { Provenance, Reference } from './types.ts';

/** A value as the loader handles it. */
export interface Entry {
  readonly key: string;
  readonly range: { readonly from: PlainDate; readonly to: PlainDate | null };
  readonly reference: string;
  readonly certainty: string;
  readonly strength: string | null;
  readonly note: string | null;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A row that is in the table and currently known, or was. */
export interface StoredEntry extends Entry {
  readonly id: string;
  readonly current: boolean;
}

/** What has to be done to the table. */
export interface Plan {
  readonly close: readonly string[];
  readonly insert: readonly { readonly entry: Entry; readonly knownFrom: Instant }[];
}

/** References are added; a changed title of a known code is refused. */
export async function loadReferences(trx: Queryable, references: readonly Reference[]): Promise<number> {
  const known = new Map((await rows<Reference>(trx, 'select code, title, place, address from law_references')).map((entry) => [entry.code, entry]));
  const fresh = references.filter(({ code }) => !known.has(code));
  for (const reference of references) {
    const before = known.get(reference.code);
    if (before && before.title !== reference.title) throw new DomainError('conflict', 'law_reference_changed', { reference: reference.code });
  }
  if (fresh.length > 0) {
    await trx('law_references').insert(fresh.map(({ code, title, place, address }) => ({ code, title, place: place ?? null, address: address ?? null })));
  }
  return fresh.length;
}

/** Loads the entries of one kind; gives the number of values added. @throws DomainError law_changed_under_reference, law_two_values */
export async function loadEntries<T extends Provenance>(trx: Queryable, table: LawTable<T>, entries: readonly T[], clock: Clock): Promise<number> {
  const given = entries.map((entry, index) => toEntry(table, entry, index));
  const stored = await storedEntries(trx, table);
  const now = clock.now();
  const plan = planLoad(given, stored, now, (entry) => valueText(table, entry), (entry) => wordingText(table, entry));
  if (plan.close.length > 0) {
    await trx.raw(`update ${table.table} set recorded = tstzrange(lower(recorded), ?) where id = any(?)`, [now, [...plan.close]]);
  }
  await insertPlan(trx, table.table, plan);
  return plan.insert.length;
}

async function insertPlan(trx: Queryable, table: string, plan: Plan): Promise<void> {
  const records = plan.insert.map(({ entry, knownFrom }) => ({
    ...entry.cells,
    valid: formatDayRange(entry.range),
    recorded: `[${knownFrom},)`,
    reference: entry.reference,
    certainty: entry.certainty,
    strength: entry.strength,
    note: entry.note,
  }));
  if (records.length > 0) await trx.batchInsert(table, records, 200);
}

function toEntry<T extends Provenance>(table: LawTable<T>, entry: T, index: number): Entry {
  const cells = table.row(entry, index);
  return {
    key: table.key.map((column) => String(cells[column])).join(' · '),
    range: { from: entry.from, to: entry.to },
    reference: entry.reference,
    certainty: entry.certainty,
    strength: entry.strength ?? null,
    note: entry.note ?? null,
    cells,
  };
}

async function storedEntries<T extends Provenance>(trx: Queryable, table: LawTable<T>): Promise<StoredEntry[]> {
  const columns = [...table.key, ...table.value, ...table.wording];
  const list = columns.map((column) => (table.json.includes(column) ? `${column}::text as ${column}` : column)).join(', ');
  const found = await rows<Record<string, Cell> & { id: string; valid: string; current: boolean; reference: string; certainty: string; strength: string | null; note: string | null }>(
    trx,
    `select id, ${list}, valid::text as valid, upper_inf(recorded) as current, reference, certainty, strength, note from ${table.table} order by id`,
  );
  return found.map((row) => ({
    id: row.id,
    current: row.current,
    key: table.key.map((column) => String(row[column])).join(' · '),
    range: parseDayRange(row.valid),
    reference: row.reference,
    certainty: row.certainty,
    strength: row.strength,
    note: row.note,
    cells: Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
  }));
}

function valueText<T extends Provenance>(table: LawTable<T>, entry: Entry): string {
  return JSON.stringify([entry.certainty, entry.strength, ...table.value.map((column) => text(entry.cells[column]))]);
}

function wordingText<T extends Provenance>(table: LawTable<T>, entry: Entry): string {
  return JSON.stringify([entry.note, ...table.wording.map((column) => text(entry.cells[column]))]);
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}

/** What loading has to do, as a pure function of what is given and what is stored. */
export function planLoad(
  given: readonly Entry[],
  stored: readonly StoredEntry[],
  now: Instant,
  value: (entry: Entry) => string,
  wording: (entry: Entry) => string,
): Plan {
  const close = new Set<string>();
  const insert: { entry: Entry; knownFrom: Instant }[] = [];
  const byKey = groupBy(given, (entry) => entry.key);
  const storedByKey = groupBy(stored, (entry) => entry.key);
  for (const [key, entries] of byKey) {
    const before = storedByKey.get(key) ?? [];
    // A key that is new was so from the beginning of time; what comes to a known key is known from now on.
    const knownFrom = before.length === 0 ? BEGINNING_OF_TIME : now;
    let current: { entry: Entry; id: string | null }[] = before.filter((row) => row.current).map((row) => ({ entry: row, id: row.id }));
    for (const entry of bounded(entries, before)) {
      const same = before.find((row) => row.reference === entry.reference && row.range.from === entry.range.from);
      if (same && value(same) !== value(entry)) {
        throw new DomainError('conflict', 'law_changed_under_reference', { key, reference: entry.reference, from: entry.range.from });
      }
      if (same && (!same.current || wording(same) === wording(entry))) continue;
      const placed = same ? { ...entry, range: same.range } : entry;
      current = current.flatMap((row) => {
        if (!overlaps(row.entry.range, placed.range)) return [row];
        if (row.id !== null) close.add(row.id);
        return without(row.entry.range, placed.range).map((range) => ({ entry: { ...row.entry, range }, id: null }));
      });
      current.push({ entry: placed, id: null });
    }
    for (const row of current) if (row.id === null) insert.push({ entry: row.entry, knownFrom });
  }
  return { close: [...close], insert };
}

/** Each value ends where the file says, else where the next value of its key starts, in the file or in the table. */
function bounded(entries: readonly Entry[], before: readonly StoredEntry[]): Entry[] {
  const sorted = [...entries].sort((a, b) => (a.range.from < b.range.from ? -1 : a.range.from > b.range.from ? 1 : 0));
  const starts = [...new Set([...entries, ...before.filter(({ current }) => current)].map(({ range }) => range.from))].sort();
  return sorted.map((entry, index) => {
    if (sorted[index + 1]?.range.from === entry.range.from) throw new DomainError('invalid', 'law_two_values', { key: entry.key, from: entry.range.from });
    const next = starts.find((start) => start > entry.range.from) ?? null;
    const to = entry.range.to ?? next;
    const range: DayRange = { from: entry.range.from, to: to !== null && next !== null && next < to ? next : to };
    return { ...entry, range };
  });
}
