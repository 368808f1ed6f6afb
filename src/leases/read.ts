/** What other slices may ask of leases: terms of leases in a window of days, as known at an instant, set by set. */
import type { ArrayQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains } from '../platform/dates/ranges.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { BundledFact, FactWindow } from '../platform/facts/bundle.ts';
import { ASKED_SQL, WINDOW_SQL, bundleSql, readBundle, windowValues } from '../platform/facts/bundle.ts';
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

// A term's own days are part of its fields: they are the lease's start and end.
const BUNDLES: readonly { part: Part; table: string; expressions: readonly string[] }[] = [
  {
    part: 'terms', table: 'lease_terms',
    expressions: ['f.kind', 'f.covers', "coalesce(f.notice_months::text, '')", 'f.eviction_stayed::int', 'lower(f.valid)', "coalesce(upper(f.valid)::text, '')"],
  },
  { part: 'bases', table: 'lease_bases', expressions: ['f.basis', "coalesce(f.own_rate::text, '')", "coalesce(f.document, '')"] },
  { part: 'rooms', table: 'lease_rooms', expressions: ['f.room'] },
  { part: 'holds', table: 'lease_holds', expressions: ['f.reason'] },
];

type Part = 'terms' | 'bases' | 'rooms' | 'holds';

/** The set of leases first, then each table once for the whole set: `[kind, lease, text, dwelling]` a row. */
function leaseSql(where: string): string {
  const bundles = BUNDLES.map(
    ({ part, table, expressions }) => `
    select '${part}', f.lease_id::text, ${bundleSql(expressions)}, null from x join ${table} f on f.lease_id = x.id, w where ${ASKED_SQL} group by f.lease_id`,
  );
  return `
    with ${WINDOW_SQL},
    x as materialized (select l.id, l.number, l.dwelling_id from leases l join ${DWELLINGS} on d.id = l.dwelling_id where ${where})
    select 'lease', x.id::text, x.number, x.dwelling_id::text from x
    union all ${bundles.join(' union all ')}`;
}

/** Leases of the question, in the order of their ids; those without terms in the window are left out. */
export async function leasesIn(query: ArrayQuery, question: LeaseQuestion): Promise<LeaseRecord[]> {
  const found = await query(leaseSql(question.where), [...windowValues(question), ...question.values]);
  const leases: { id: string; number: string; dwellingId: string }[] = [];
  const parts: Record<Part, Map<string, BundledFact[]>> = { terms: new Map(), bases: new Map(), rooms: new Map(), holds: new Map() };
  for (const [kind, id, text, dwellingId] of found) {
    if (kind === 'lease') leases.push({ id: id ?? '', number: text ?? '', dwellingId: dwellingId ?? '' });
    else parts[kind as Part].set(id ?? '', readBundle(text));
  }
  const of = (part: Part, id: string): readonly BundledFact[] => parts[part].get(id) ?? [];
  return leases
    .sort((a, b) => Number(a.id) - Number(b.id))
    .filter(({ id }) => parts.terms.has(id))
    .map((lease) => recordOf({ ...lease, terms: of('terms', lease.id), bases: of('bases', lease.id), rooms: of('rooms', lease.id), holds: of('holds', lease.id), window: question.window }));
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
