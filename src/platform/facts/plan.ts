/** What a batch of facts does to what is known, as a pure function. */
import type { DayRange } from '../dates/ranges.ts';
import { contains, overlaps, without } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';
import { DomainError } from '../errors.ts';

export type FactCell = string | null;

export interface WriteCounts {
  readonly added: number;
  readonly changed: number;
  readonly corrected: number;
  readonly unchanged: number;
}

/** One text for the cells of a key. */
export function keyText(key: Readonly<Record<string, FactCell>>): string {
  return Object.keys(key).sort().map((column) => `${column}=${key[column] ?? ''}`).join('\u001f');
}

/** A fact to assert: from its day, to another or until the next that is known. */
export interface FactEntry {
  readonly key: Record<string, FactCell>;
  readonly value: Record<string, FactCell>;
  readonly from: PlainDate;
  /** First day it no longer holds; null = until the next known start, else until further notice. */
  readonly to: PlainDate | null;
}

export interface KnownFact {
  readonly key: Record<string, FactCell>;
  readonly value: Record<string, FactCell>;
  readonly range: DayRange;
}

export interface WritePlan {
  readonly close: readonly KnownFact[];
  readonly insert: readonly KnownFact[];
  readonly counts: WriteCounts;
}

/** A row while the plan is made: `stored` is the known row it came from untouched. */
interface Draft extends KnownFact {
  readonly stored: KnownFact | null;
}

/** Asserts the entries one after the other over what is known of their keys. */
export function planWrite(entries: readonly FactEntry[], known: ReadonlyMap<string, readonly KnownFact[]>): WritePlan {
  const close = new Set<KnownFact>();
  const drafts = new Map<string, Draft[]>();
  const counts = { added: 0, changed: 0, corrected: 0, unchanged: 0 };
  for (const entry of entries) {
    const text = keyText(entry.key);
    const current = drafts.get(text) ?? (known.get(text) ?? []).map((fact): Draft => ({ ...fact, stored: fact }));
    const same = current.find(({ range }) => range.from === entry.from);
    const next = current.map(({ range }) => range.from).filter((from) => from > entry.from).sort()[0] ?? null;
    const range: DayRange = { from: entry.from, to: entry.to ?? same?.range.to ?? next };
    if (same && same.range.to === range.to && sameCells(same.value, entry.value)) {
      counts.unchanged += 1;
      drafts.set(text, current);
      continue;
    }
    counts[same ? 'corrected' : current.length > 0 ? 'changed' : 'added'] += 1;
    drafts.set(text, [...cut(current, range, close), { key: entry.key, value: entry.value, range, stored: null }]);
  }
  return { close: [...close], insert: fresh(drafts), counts };
}

/** Ends the fact that holds on the day before. */
export function planEnd(ends: readonly { key: Record<string, FactCell>; on: PlainDate }[], known: ReadonlyMap<string, readonly KnownFact[]>): WritePlan {
  const close = new Set<KnownFact>();
  const drafts = new Map<string, Draft[]>();
  for (const { key, on } of ends) {
    const text = keyText(key);
    const current = drafts.get(text) ?? (known.get(text) ?? []).map((fact): Draft => ({ ...fact, stored: fact }));
    const holding = current.find(({ range }) => contains(range, on) || range.from === on);
    if (!holding) throw new DomainError('not found', 'fact_not_found', { day: on });
    drafts.set(text, cut(current, { from: on, to: holding.range.to }, close));
  }
  return { close: [...close], insert: fresh(drafts), counts: { added: 0, changed: ends.length, corrected: 0, unchanged: 0 } };
}

function cut(current: readonly Draft[], hole: DayRange, close: Set<KnownFact>): Draft[] {
  return current.flatMap((draft) => {
    if (!overlaps(draft.range, hole)) return [draft];
    if (draft.stored) close.add(draft.stored);
    return without(draft.range, hole).map((range): Draft => ({ ...draft, range, stored: null }));
  });
}

function fresh(drafts: ReadonlyMap<string, readonly Draft[]>): KnownFact[] {
  return [...drafts.values()].flatMap((list) => list.filter(({ stored }) => stored === null).map(({ key, value, range }) => ({ key, value, range })));
}

function sameCells(a: Record<string, FactCell>, b: Record<string, FactCell>): boolean {
  return Object.keys(b).every((column) => sameCell(a[column] ?? null, b[column] ?? null));
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** `12.5` and `12.50` are one number. */
function sameCell(a: FactCell, b: FactCell): boolean {
  if (a === b || a === null || b === null) return a === b;
  if (!NUMBER.test(a) || !NUMBER.test(b)) return a === b;
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
  return trimmed(a) === trimmed(b);
}
