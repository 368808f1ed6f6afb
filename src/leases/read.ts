/** What other slices may ask of leases: terms of leases in a window of days, as known at an instant, set by set. */
import type { ArrayQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains } from '../platform/dates/ranges.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { BundledFact, FactWindow } from '../platform/facts/bundle.ts';
import { WINDOW_SQL, bundleSql, readBundle, windowValues } from '../platform/facts/bundle.ts';
import { dec } from '../platform/money.ts';
import { DWELLINGS } from '../stock/sql.ts';
import type { Basis, LeaseKind, LeaseTerms } from './terms.ts';

/** Which leases are asked for. */
export interface LeaseQuestion extends FactWindow {
  /** SQL condition on `leases l` (its dwelling `d`), with parameters from `$5` on. */
  readonly where: string;
  readonly values: readonly unknown[];
}

/** A day on which the terms change, and when that became known if it was late. */
export interface TermsChange {
  readonly day: PlainDate;
  readonly late: Instant | null;
}

/** A lease through the window. */
export interface LeaseRecord {
  readonly id: string;
  readonly number: string;
  readonly dwellingId: string;
  readonly starts: PlainDate;
  readonly ends: PlainDate | null;
  readonly changes: readonly TermsChange[];
  on(day: PlainDate): LeaseTerms | null;
  heldOn(day: PlainDate): string | null;
}

function bundleOf(table: string, expressions: readonly string[]): string {
  return `(select ${bundleSql(expressions)} from ${table} f where f.lease_id = l.id and f.valid && w.days and f.recorded @> w.known)`;
}

// A term's own days are part of its fields: they are the lease's start and end.
const TERMS = ['f.kind', 'f.covers', "coalesce(f.notice_months::text, '')", 'f.eviction_stayed::int', 'lower(f.valid)', "coalesce(upper(f.valid)::text, '')"];
const BASES = ['f.basis', "coalesce(f.own_rate::text, '')", "coalesce(f.document, '')"];

function leaseSql(where: string): string {
  return `
    with ${WINDOW_SQL}
    select l.id, l.number, l.dwelling_id, ${bundleOf('lease_terms', TERMS)}, ${bundleOf('lease_bases', BASES)},
      ${bundleOf('lease_rooms', ['f.room'])}, ${bundleOf('lease_holds', ['f.reason'])}
    from leases l join ${DWELLINGS} on d.id = l.dwelling_id, w
    where ${where}`;
}

/** Leases of the question; those without terms in the window are left out. */
export async function leasesIn(query: ArrayQuery, question: LeaseQuestion): Promise<LeaseRecord[]> {
  const found = await query(leaseSql(question.where), [...windowValues(question), ...question.values]);
  return found.flatMap((row) => {
    const [id, number, dwellingId, ...texts] = row;
    const [terms = [], bases = [], rooms = [], holds = []] = texts.map(readBundle);
    if (terms.length === 0) return [];
    return [recordOf({ id: id ?? '', number: number ?? '', dwellingId: dwellingId ?? '', terms, bases, rooms, holds, window: question.window })];
  });
}

interface Gathered {
  readonly id: string;
  readonly number: string;
  readonly dwellingId: string;
  readonly terms: readonly BundledFact[];
  readonly bases: readonly BundledFact[];
  readonly rooms: readonly BundledFact[];
  readonly holds: readonly BundledFact[];
  readonly window: DayRange;
}

function recordOf(given: Gathered): LeaseRecord {
  const spans = given.terms.map(({ fields }) => ({ from: fields[4] as PlainDate, to: fields[5] === '' ? null : (fields[5] as PlainDate) }));
  const starts = spans.reduce((first, { from }) => (from < first ? from : first), spans[0]?.from ?? given.window.from);
  const ends = spans.reduce<PlainDate | null>((last, { to }) => (last === null || to === null ? null : to > last ? to : last), spans[0]?.to ?? null);
  const changes = changesOf(given, starts);
  const days = [...new Set(changes.map(({ day }) => day))].sort();
  const known = new Map<PlainDate | null, LeaseTerms | null>();
  return {
    id: given.id,
    number: given.number,
    dwellingId: given.dwellingId,
    starts,
    ends,
    changes,
    on(day) {
      const segment = days.findLast((start) => start <= day) ?? null;
      const cached = known.get(segment);
      if (cached !== undefined) return cached;
      const terms = termsOn(given, starts, ends, day);
      known.set(segment, terms);
      return terms;
    },
    heldOn: (day) => given.holds.find((hold) => hold.range === null || contains(hold.range, day))?.fields[0] ?? null,
  };
}

function changesOf(given: Gathered, starts: PlainDate): TermsChange[] {
  const changes: TermsChange[] = [];
  for (const { range, late, lateEnd } of [...given.terms, ...given.bases, ...given.rooms]) {
    if (range === null) continue;
    // The start of the lease is no change of it.
    if (range.from !== starts || late !== null) changes.push({ day: range.from, late: range.from === starts ? null : late });
    if (range.to !== null) changes.push({ day: range.to, late: lateEnd });
  }
  return changes;
}

function holds(fact: BundledFact, day: PlainDate): boolean {
  return fact.range === null || contains(fact.range, day);
}

function termsOn(given: Gathered, starts: PlainDate, ends: PlainDate | null, day: PlainDate): LeaseTerms | null {
  const term = given.terms.find((fact) => holds(fact, day));
  if (!term) return null;
  const [kind, covers, notice, stayed] = term.fields;
  const basis = given.bases.find((fact) => holds(fact, day));
  const [code, ownRate, document] = basis?.fields ?? [];
  return {
    kind: kind as LeaseKind,
    rooms: covers === 'rooms' ? given.rooms.filter((fact) => holds(fact, day)).map(({ fields }) => fields[0] ?? '').sort() : null,
    noticeMonths: notice === undefined || notice === '' ? null : Number(notice),
    evictionStayed: stayed === '1',
    basis: code === undefined ? null : (code as Basis),
    ownRate: ownRate === undefined || ownRate === '' ? null : dec(ownRate),
    document: document === undefined || document === '' ? null : document,
    starts,
    ends,
  };
}
