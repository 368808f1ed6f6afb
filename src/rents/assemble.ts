/** Puts together what the rules need of a set of leases: stock, terms and rents in force, three reads for the whole set. */
import type { LeaseQuestion, LeaseRecord, LeaseSource } from '../leases/read.ts';
import { leasesIn } from '../leases/read.ts';
import type { LeaseTerms } from '../leases/terms.ts';
import type { ArrayQuery } from '../platform/database/query.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { kept } from '../platform/kept.ts';
import type { DwellingFacts } from '../stock/facts.ts';
import type { DwellingRecord, StockQuestion } from '../stock/read.ts';
import { stockAt } from '../stock/read.ts';
import type { DwellingTimeline } from '../stock/timeline.ts';
import type { RentInForce, RentsInForce } from './read.ts';
import { rentsInForce } from './read.ts';
import type { Cause, InForce, LeaseTimeline } from './rules/timeline.ts';

/** A lease with its dwelling, its facts and its rents. */
export interface AssembledLease {
  readonly lease: LeaseRecord;
  readonly dwelling: DwellingRecord;
  readonly facts: DwellingTimeline;
  readonly rents: readonly RentInForce[];
}

/** Leases, with the dwellings they are of; ids. */
export interface LeaseSet {
  readonly leases: readonly string[];
  readonly dwellings: readonly string[];
}

export type SetQuestion = LeaseQuestion & StockQuestion;

/** The leases of a question, each put together when its turn comes, in the order of dwelling and lease. */
export class AssembledLeases implements Iterable<AssembledLease> {
  readonly #leases: readonly LeaseSource[];
  readonly #dwellings: ReadonlyMap<string, DwellingRecord>;
  readonly #rents: RentsInForce;

  constructor(leases: readonly LeaseSource[], dwellings: readonly DwellingRecord[], rents: RentsInForce) {
    this.#dwellings = new Map(dwellings.map((dwelling) => [dwelling.id, dwelling]));
    this.#leases = leases.filter(({ dwellingId }) => this.#dwellings.has(dwellingId));
    this.#rents = rents;
  }

  get length(): number {
    return this.#leases.length;
  }

  *[Symbol.iterator](): Generator<AssembledLease> {
    for (const source of this.#leases) {
      const dwelling = this.#dwellings.get(source.dwellingId);
      if (dwelling) yield { lease: source.read(), dwelling, facts: dwelling.readFacts(), rents: this.#rents.of(source.id) };
    }
  }
}

/** Reads the leases of the question. */
export async function assemble(query: ArrayQuery, question: SetQuestion): Promise<AssembledLeases> {
  // One connection answers one query at a time: all three see one snapshot.
  const stock = await stockAt(query, question);
  const leases = await leasesIn(query, question);
  const rents = await rentsInForce(query, leases.map(({ id }) => id), question.knownAt);
  return new AssembledLeases(leases, stock, rents);
}

/** The lease as the rules see it; `lawChanges` are days on which the law itself changes what is computed. */
export function timelineOf(found: Omit<AssembledLease, 'dwelling'>, lawChanges: readonly PlainDate[]): LeaseTimeline {
  return new AssembledTimeline(found, lawChanges);
}

class AssembledTimeline implements LeaseTimeline {
  readonly #found: Omit<AssembledLease, 'dwelling'>;
  readonly leaseId: string;
  readonly starts: PlainDate;
  readonly ends: PlainDate | null;
  readonly causes: readonly Cause[];
  readonly inForce: readonly InForce[];

  constructor(found: Omit<AssembledLease, 'dwelling'>, lawChanges: readonly PlainDate[]) {
    const { lease, rents } = found;
    this.#found = found;
    this.leaseId = lease.id;
    this.starts = lease.starts;
    this.ends = lease.ends;
    this.causes = causesOf(found, lawChanges);
    this.inForce = rents;
  }

  factsOn(day: PlainDate): DwellingFacts {
    return this.#found.facts.on(day);
  }

  termsOn(day: PlainDate): LeaseTerms | null {
    return this.#found.lease.on(day);
  }

  heldOn(day: PlainDate): string | null {
    return this.#found.lease.heldOn(day);
  }
}

function causesOf({ lease, facts, rents }: Omit<AssembledLease, 'dwelling'>, lawChanges: readonly PlainDate[]): readonly Cause[] {
  const ofLaw = causesOfLaw(lawChanges);
  if (facts.changes.length === 0 && lease.changes.length === 0) return ofLaw;
  const fixedAt = rents.at(-1)?.fixedAt ?? null;
  const causes = [...ofLaw];
  for (const changes of [facts.changes, lease.changes]) {
    for (const { day, late } of changes) causes.push({ day, late: late !== null && fixedAt !== null && late > fixedAt });
  }
  return causes;
}

/** The same for all leases of a run. */
const causesOfLaw = kept((lawChanges: readonly PlainDate[]): readonly Cause[] => lawChanges.map((day) => ({ day, late: false, ofLaw: true })));
