/** What other slices may ask of leases: terms of leases in a window of days, as known at an instant, set by set. */
import type { ArrayQuery } from '../platform/database/query.ts';
import { idArray } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { BundledFact, FactWindow } from '../platform/facts/bundle.ts';
import { bundleReader, bundleSql, holdsOn, readSubjects, subjectsSql, windowValues } from '../platform/facts/bundle.ts';
import { Segments } from '../platform/facts/segments.ts';
import type { Dec } from '../platform/money.ts';
import { internedDec } from '../platform/money.ts';
import type { Basis, LeaseKind, LeaseTerms } from './terms.ts';

/** Which leases are asked for. */
export interface LeaseQuestion extends FactWindow {
  /** Ids. */
  readonly leases: readonly string[];
}

/** A day on which the terms change, and when that became known if it was late. */
export interface TermsChange {
  readonly day: PlainDate;
  readonly late: Instant | null;
}

/** A lease that was read, with its terms as text until they are asked for: of the many that are read at once few are needed at the same time. */
export interface LeaseSource {
  readonly id: string;
  readonly dwellingId: string;
  read(): LeaseRecord;
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
const BUNDLES: Readonly<Record<Part, { readonly table: string; readonly expressions: readonly string[] }>> = {
  terms: {
    table: 'lease_terms',
    expressions: ['f.kind', 'f.covers', "coalesce(f.notice_months::text, '')", 'f.eviction_stayed::int', 'lower(f.valid)', "coalesce(upper(f.valid)::text, '')"],
  },
  bases: { table: 'lease_bases', expressions: ['f.basis', "coalesce(f.own_rate::text, '')", "coalesce(f.document, '')"] },
  rooms: { table: 'lease_rooms', expressions: ['f.room'] },
  holds: { table: 'lease_holds', expressions: ['f.reason'] },
};

/** What holds of a lease for some days of its own. */
interface Term {
  readonly kind: LeaseKind;
  readonly byRooms: boolean;
  readonly noticeMonths: number | null;
  readonly evictionStayed: boolean;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
}

interface BasisTerm {
  readonly basis: Basis;
  readonly ownRate: Dec | null;
  readonly document: string | null;
}

const READERS = {
  terms: bundleReader(([kind = '', covers = '', notice = '', stayed = '', from = '', to = '']): Term => ({
    kind: kind as LeaseKind, byRooms: covers === 'rooms', noticeMonths: notice === '' ? null : Number(notice), evictionStayed: stayed === '1',
    from: from as PlainDate, to: to === '' ? null : (to as PlainDate),
  })),
  bases: bundleReader(([basis = '', ownRate = '', document = '']): BasisTerm => ({
    basis: basis as Basis, ownRate: ownRate === '' ? null : internedDec(ownRate), document: document === '' ? null : document,
  })),
  rooms: bundleReader(([room = '']): string => room),
  holds: bundleReader(([reason = '']): string => reason),
};

type Part = keyof typeof READERS;

const PARTS: readonly Part[] = ['terms', 'bases', 'rooms', 'holds'];

/** One row: the leases with their dwellings, then each table's bundles. */
const LEASES_SQL = `select ${[
  `select l.id as subject, l.dwelling_id || ' ' || l.number as text from leases l where l.id = any($5::bigint[])`,
  ...PARTS.map((part) => `select f.lease_id as subject, ${bundleSql(BUNDLES[part].expressions)} as text from ${BUNDLES[part].table} f where f.lease_id = any($5::bigint[]) group by f.lease_id`),
].map(subjectsSql).join(',\n    ')}`;

/** Leases of the question, in the order of their ids; those without terms in the window are left out. */
export async function leasesIn(query: ArrayQuery, question: LeaseQuestion): Promise<LeaseSource[]> {
  const found = await query(LEASES_SQL, [...windowValues(question), idArray(question.leases)]);
  const [leaseTexts, ...texts] = found[0] ?? [];
  const leases: Gathered[] = [];
  const byId = new Map<string, Gathered>();
  readSubjects(leaseTexts, (id, text) => {
    const space = text.indexOf(' ');
    const lease = new Gathered(id, text.slice(space + 1), text.slice(0, space));
    leases.push(lease);
    byId.set(id, lease);
  });
  PARTS.forEach((part, index) => {
    readSubjects(texts[index], (id, text) => {
      const lease = byId.get(id);
      if (lease) lease.texts[part] = text;
    });
  });
  return leases.sort((a, b) => Number(a.id) - Number(b.id)).filter(({ texts: { terms } }) => terms !== undefined);
}

interface Parts {
  readonly terms: readonly BundledFact<Term>[];
  readonly bases: readonly BundledFact<BasisTerm>[];
  readonly rooms: readonly BundledFact<string>[];
  readonly holds: readonly BundledFact<string>[];
}

class Gathered implements LeaseSource {
  readonly id: string;
  readonly number: string;
  readonly dwellingId: string;
  readonly texts: { [Key in Part]?: string } = {};

  constructor(id: string, number: string, dwellingId: string) {
    this.id = id;
    this.number = number;
    this.dwellingId = dwellingId;
  }

  read(): LeaseRecord {
    const { terms, bases, rooms, holds } = this.texts;
    return new Lease(this, { terms: READERS.terms(terms), bases: READERS.bases(bases), rooms: READERS.rooms(rooms), holds: READERS.holds(holds) });
  }
}

class Lease implements LeaseRecord {
  readonly id: string;
  readonly number: string;
  readonly dwellingId: string;
  readonly starts: PlainDate;
  readonly ends: PlainDate | null;
  readonly changes: readonly TermsChange[];
  readonly #parts: Parts;
  readonly #terms: Segments<LeaseTerms | null>;

  constructor({ id, number, dwellingId }: Gathered, parts: Parts) {
    this.id = id;
    this.number = number;
    this.dwellingId = dwellingId;
    this.#parts = parts;
    [this.starts, this.ends] = spanOf(parts.terms);
    this.changes = changesOf(parts, this.starts);
    this.#terms = new Segments(this.changes);
  }

  on(day: PlainDate): LeaseTerms | null {
    return this.#terms.on(day, (asked) => termsOn(this.#parts, this.starts, this.ends, asked));
  }

  heldOn(day: PlainDate): string | null {
    return this.#parts.holds.find((hold) => holdsOn(hold, day))?.value ?? null;
  }
}

/** First day of the terms, and first day after them. */
function spanOf(terms: Parts['terms']): [starts: PlainDate, ends: PlainDate | null] {
  const [first, ...others] = terms.map(({ value }) => value);
  if (!first) throw new RangeError('a lease without terms');
  let { from, to } = first;
  for (const other of others) {
    if (other.from < from) from = other.from;
    to = to === null || other.to === null ? null : other.to > to ? other.to : to;
  }
  return [from, to];
}

function changesOf({ terms, bases, rooms }: Parts, starts: PlainDate): TermsChange[] {
  const changes: TermsChange[] = [];
  for (const facts of [terms, bases, rooms]) {
    for (const { range, late, lateEnd } of facts) {
      if (range === null) continue;
      // The start of the lease is no change of it.
      if (range.from !== starts || late !== null) changes.push({ day: range.from, late: range.from === starts ? null : late });
      if (range.to !== null) changes.push({ day: range.to, late: lateEnd });
    }
  }
  return changes;
}

function termsOn({ terms, bases, rooms }: Parts, starts: PlainDate, ends: PlainDate | null, day: PlainDate): LeaseTerms | null {
  const term = terms.find((fact) => holdsOn(fact, day))?.value;
  if (!term) return null;
  const basis = bases.find((fact) => holdsOn(fact, day))?.value;
  return {
    kind: term.kind,
    rooms: term.byRooms ? rooms.filter((fact) => holdsOn(fact, day)).map(({ value }) => value).sort() : null,
    noticeMonths: term.noticeMonths,
    evictionStayed: term.evictionStayed,
    basis: basis?.basis ?? null,
    ownRate: basis?.ownRate ?? null,
    document: basis?.document ?? null,
    starts,
    ends,
  };
}
