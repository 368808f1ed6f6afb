/** What a batch of facts does to what is known, as a pure function. */
import { groupBy } from '../collections.ts';
import type { DayRange } from '../dates/ranges.ts';
import { contains, overlaps, without } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';
import type { Instant } from '../dates/instants.ts';
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
  /**
   * First day it no longer holds; null = as long as what it corrects, else until the next known start, else until further notice.
   * @see reopen
   */
  readonly to: PlainDate | null;
  /** A missing end says "until the next known start or further notice", also where what is corrected ended earlier. */
  readonly reopen?: boolean;
}

export interface KnownFact {
  readonly key: Record<string, FactCell>;
  readonly value: Record<string, FactCell>;
  readonly range: DayRange;
  /** When this value became known for these days, where a longer fact told it before this row did. */
  readonly knownSince?: Instant;
}

export interface WritePlan {
  readonly close: readonly KnownFact[];
  readonly insert: readonly KnownFact[];
  readonly counts: WriteCounts;
}

/** A row while the plan is made: `stored` is the known row it came from untouched. */
export interface Draft extends KnownFact {
  readonly stored: KnownFact | null;
}

/** Asserts the entries over what is known of their keys; entries of one key may come in any order. */
export function planWrite(entries: readonly FactEntry[], known: ReadonlyMap<string, readonly KnownFact[]>): WritePlan {
  const close: KnownFact[] = [];
  const insert: KnownFact[] = [];
  const counts = { added: 0, changed: 0, corrected: 0, unchanged: 0 };
  for (const [text, group] of groupBy(entries, ({ key }) => keyText(key))) {
    const stored = known.get(text) ?? [];
    const history = planHistory(group, stored);
    for (const name of Object.keys(counts) as (keyof WriteCounts)[]) counts[name] += history.counts[name];
    const kept = new Set(history.drafts.map((draft) => draft.stored));
    close.push(...stored.filter((fact) => !kept.has(fact)));
    insert.push(...fresh(history.drafts));
  }
  return { close, insert, counts };
}

/**
 * What is known of one key after the entries. The latest start goes first, so that an entry without an end sees every later one.
 * Same start = correction, which takes the place of the whole fact that began there; another start = change from that day.
 */
export function planHistory(entries: readonly FactEntry[], stored: readonly KnownFact[]): { drafts: readonly Draft[]; counts: WriteCounts } {
  const counts = { added: 0, changed: 0, corrected: 0, unchanged: 0 };
  let drafts: readonly Draft[] = stored.map((fact) => ({ ...fact, stored: fact }));
  for (const entry of [...entries].sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))) {
    const { key, value } = entry;
    const same = drafts.find(({ range }) => range.from === entry.from);
    const range = rangeOf(entry, drafts);
    if (holdsExactly(drafts, range, value)) {
      counts.unchanged += 1;
      continue;
    }
    counts[same ? 'corrected' : stored.length > 0 ? 'changed' : 'added'] += 1;
    drafts = [...cut(drafts.filter((draft) => draft !== same), range), { key, value, range, stored: null }];
  }
  return { drafts, counts };
}

/** The days of an entry beside what is known of its key. */
export function rangeOf(entry: Pick<FactEntry, 'from' | 'to' | 'reopen'>, known: readonly KnownFact[]): DayRange {
  if (entry.to !== null) return { from: entry.from, to: entry.to };
  const same = entry.reopen === true ? undefined : known.find(({ range }) => range.from === entry.from);
  if (same) return same.range;
  let next: PlainDate | null = null;
  for (const { range: { from } } of known) if (from > entry.from && (next === null || from < next)) next = from;
  return { from: entry.from, to: next };
}

/** Whether the value is known from the first day to the last, no longer and no shorter, in one fact or in several that touch. */
export function holdsExactly(known: readonly KnownFact[], range: DayRange, value: Readonly<Record<string, FactCell>>): boolean {
  return coveredExactly(known, range, value) !== null;
}

/** The facts that together say the value for exactly these days, or null. */
export function coveredExactly<F extends KnownFact>(known: readonly F[], range: DayRange, value: Readonly<Record<string, FactCell>>): readonly F[] | null {
  const inside = known.filter((fact) => overlaps(fact.range, range)).sort((a, b) => (a.range.from < b.range.from ? -1 : 1));
  let day: PlainDate | null = range.from;
  for (const fact of inside) {
    if (fact.range.from !== day || !sameCells(fact.value, value)) return null;
    day = fact.range.to;
  }
  return inside.length > 0 && day === range.to ? inside : null;
}

/** Makes exactly the given facts known of each key: what is known already stays untouched. `stored` lists all rows of the keys' subjects. */
export function planReplace(targets: readonly KnownFact[], stored: readonly KnownFact[]): Omit<WritePlan, 'counts'> {
  const known = groupBy(stored, ({ key }) => keyText(key));
  const kept = new Set<KnownFact>();
  const insert = targets.filter((target) => {
    const same = coveredExactly(known.get(keyText(target.key)) ?? [], target.range, target.value);
    for (const fact of same ?? []) kept.add(fact);
    return same === null;
  });
  return { close: stored.filter((fact) => !kept.has(fact)), insert };
}

/** Ends the fact that holds on the day before. */
export function planEnd(ends: readonly { key: Record<string, FactCell>; on: PlainDate }[], known: ReadonlyMap<string, readonly KnownFact[]>): WritePlan {
  const drafts = new Map<string, readonly Draft[]>();
  for (const { key, on } of ends) {
    const text = keyText(key);
    const current = drafts.get(text) ?? (known.get(text) ?? []).map((fact): Draft => ({ ...fact, stored: fact }));
    const holding = current.find(({ range }) => contains(range, on) || range.from === on);
    if (!holding) throw new DomainError('not found', 'fact_not_found', { day: on });
    drafts.set(text, cut(current, { from: on, to: holding.range.to }));
  }
  const kept = new Set([...drafts.values()].flat().map((draft) => draft.stored));
  const close = [...drafts.keys()].flatMap((text) => (known.get(text) ?? []).filter((fact) => !kept.has(fact)));
  return { close, insert: [...drafts.values()].flatMap(fresh), counts: { added: 0, changed: ends.length, corrected: 0, unchanged: 0 } };
}

function cut(current: readonly Draft[], hole: DayRange): Draft[] {
  return current.flatMap((draft) => {
    if (!overlaps(draft.range, hole)) return [draft];
    return without(draft.range, hole).map((range): Draft => ({ ...draft, range, stored: null }));
  });
}

function fresh(drafts: readonly Draft[]): KnownFact[] {
  return drafts.filter(({ stored }) => stored === null).map(({ key, value, range }) => ({ key, value, range }));
}

/** Whether `b` says nothing but what `a` says. */
export function sameCells(a: Record<string, FactCell>, b: Record<string, FactCell>): boolean {
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
