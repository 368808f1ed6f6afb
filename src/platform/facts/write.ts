/** All writes of facts: assert, correct, end. Nothing is overwritten; a batch is one read, one closing and one insert. */
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import { groupBy } from '../collections.ts';
import type { Instant } from '../dates/instants.ts';
import { formatDayRange, parseDayRange, without } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';
import { DomainError } from '../errors.ts';
import type { FactCell, FactEntry, KnownFact, WriteCounts, WritePlan } from './plan.ts';
import { keyText, planEnd, planWrite, sameCells } from './plan.ts';
import type { Stamp } from './stamp.ts';

/** A table of facts: columns with their SQL types. The first key column is the subject. */
export interface FactTable {
  readonly table: string;
  readonly key: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, string>>;
  /** Key columns that may be null. */
  readonly nullable?: readonly string[];
}

const NOTHING: WriteCounts = { added: 0, changed: 0, corrected: 0, unchanged: 0 };

/**
 * Asserts facts from their days on. Same key and same start with another value corrects; another start changes; the same again does
 * nothing. @throws DomainError `facts_changed_meanwhile` when somebody else closed a row at the same time
 */
export async function writeFacts(trx: Queryable, stamp: Stamp, table: FactTable, entries: readonly FactEntry[]): Promise<WriteCounts> {
  if (entries.length === 0) return NOTHING;
  const plan = await planned(trx, table, entries.map(({ key }) => key), (known) => planWrite(entries, known));
  await applyPlan(trx, stamp, table, plan);
  return plan.counts;
}

/** Ends facts: from the day on nothing is recorded. @throws DomainError `fact_not_found` when none holds on that day */
export async function endFacts(trx: Queryable, stamp: Stamp, table: FactTable, ends: readonly { key: Record<string, FactCell>; on: PlainDate }[]): Promise<void> {
  const plan = await planned(trx, table, ends.map(({ key }) => key), (known) => planEnd(ends, known));
  await applyPlan(trx, stamp, table, plan);
}

async function planned(trx: Queryable, table: FactTable, keys: readonly Record<string, FactCell>[], make: (known: Map<string, KnownFact[]>) => WritePlan): Promise<WritePlan> {
  return make(groupBy(await knownFacts(trx, table, keys), ({ key }) => keyText(key)));
}

async function knownFacts(trx: Queryable, table: FactTable, keys: readonly Record<string, FactCell>[]): Promise<KnownFact[]> {
  const distinct = [...new Map(keys.map((key) => [keyText(key), key])).values()];
  const columns = Object.keys(table.key);
  const values = Object.keys(table.value);
  const arrays = columns.map((column) => `?::${table.key[column] ?? 'text'}[]`).join(', ');
  const on = columns.map((column) => (table.nullable?.includes(column) ? `t.${column} is not distinct from k.${column}` : `t.${column} = k.${column}`)).join(' and ');
  const list = [...columns, ...values].map((column) => `t.${column}::text as ${column}`).join(', ');
  const found = await rows<StoredRow>(
    trx,
    `select ${list}, t.valid::text as valid, ${KNOWN_SINCE} as "knownSince" from unnest(${arrays}) as k(${columns.join(', ')}) join ${table.table} t on ${on} where upper_inf(t.recorded)`,
    columns.map((column) => distinct.map((key) => key[column] ?? null)) as never[],
  );
  return found.map((entry) => knownFact(entry, columns, values));
}

/** All rows known of the subjects (first key column), whatever the rest of their keys. */
export async function readFacts(trx: Queryable, table: FactTable, subjects: readonly string[]): Promise<KnownFact[]> {
  const columns = Object.keys(table.key);
  const values = Object.keys(table.value);
  const list = [...columns, ...values].map((column) => `t.${column}::text as ${column}`).join(', ');
  const found = await rows<StoredRow>(
    trx,
    `select ${list}, t.valid::text as valid, ${KNOWN_SINCE} as "knownSince" from ${table.table} t where ${columns[0] ?? ''} = any(?::bigint[]) and upper_inf(recorded) order by lower(valid)`,
    [[...subjects]],
  );
  return found.map((entry) => knownFact(entry, columns, values));
}

type StoredRow = Readonly<Record<string, FactCell>> & { readonly valid: string; readonly knownSince: Instant };

const KNOWN_SINCE = `to_char(coalesce(t.known_since, lower(t.recorded)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function knownFact(entry: StoredRow, columns: readonly string[], values: readonly string[]): KnownFact {
  return { key: pick(entry, columns), value: pick(entry, values), range: parseDayRange(entry.valid), knownSince: entry.knownSince };
}

/** Pieces of a fact that is closed tell nothing new: they are known since it was. */
function withKnownSince({ close, insert }: Pick<WritePlan, 'close' | 'insert'>): KnownFact[] {
  const closed = groupBy(close, ({ key }) => keyText(key));
  return insert.map((fact) => {
    const whole = (closed.get(keyText(fact.key)) ?? []).find(
      ({ range, value }) => without(fact.range, range).length === 0 && sameCells(value, fact.value) && sameCells(fact.value, value),
    );
    return whole?.knownSince === undefined ? fact : { ...fact, knownSince: whole.knownSince };
  });
}

function pick(entry: Readonly<Record<string, FactCell>>, columns: readonly string[]): Record<string, FactCell> {
  return Object.fromEntries(columns.map((column) => [column, entry[column] ?? null]));
}

/** Closes and inserts what a plan says. @throws DomainError `facts_changed_meanwhile` when somebody else closed a row at the same time */
export async function applyPlan(trx: Queryable, stamp: Stamp, table: FactTable, plan: Pick<WritePlan, 'close' | 'insert'>): Promise<void> {
  await close(trx, stamp, table, plan.close);
  await insert(trx, stamp, table, withKnownSince(plan));
}

async function close(trx: Queryable, stamp: Stamp, table: FactTable, facts: readonly KnownFact[]): Promise<void> {
  if (facts.length === 0) return;
  const columns = Object.keys(table.key);
  const arrays = columns.map((column) => `?::${table.key[column] ?? 'text'}[]`).join(', ');
  const on = columns.map((column) => (table.nullable?.includes(column) ? `t.${column} is not distinct from k.${column}` : `t.${column} = k.${column}`)).join(' and ');
  const result: { rowCount: number } = await trx.raw(
    `update ${table.table} t set recorded = tstzrange(lower(t.recorded), ?), closed_change_id = ?
     from unnest(${arrays}, ?::date[]) as k(${columns.join(', ')}, starts)
     where ${on} and upper_inf(t.recorded) and lower(t.valid) = k.starts`,
    [stamp.at, stamp.changeId, ...columns.map((column) => facts.map(({ key }) => key[column] ?? null)), facts.map(({ range }) => range.from)] as never[],
  );
  if (result.rowCount !== facts.length) throw new DomainError('conflict', 'facts_changed_meanwhile');
}

async function insert(trx: Queryable, stamp: Stamp, table: FactTable, facts: readonly KnownFact[]): Promise<void> {
  if (facts.length === 0) return;
  const types = { ...table.key, ...table.value };
  const columns = Object.keys(types);
  const arrays = columns.map((column) => `?::${types[column] ?? 'text'}[]`).join(', ');
  await trx.raw(
    `insert into ${table.table} (${columns.join(', ')}, valid, recorded, change_id, known_since)
     select ${columns.map((column) => `k.${column}`).join(', ')}, k.valid, tstzrange(?, null), ?, k.known_since
     from unnest(${arrays}, ?::daterange[], ?::timestamptz[]) as k(${columns.join(', ')}, valid, known_since)`,
    [
      stamp.at, stamp.changeId,
      ...columns.map((column) => facts.map(({ key, value }) => key[column] ?? value[column] ?? null)),
      facts.map(({ range }) => formatDayRange(range)),
      facts.map(({ knownSince }) => knownSince ?? null),
    ] as never[],
  );
}
