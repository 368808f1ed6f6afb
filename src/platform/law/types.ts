/** Law as dated data: what every value carries. */
import type { PlainDate } from '../dates/plain.ts';
import type { Dec } from '../money.ts';

/** `printed` in an act, `reconstructed` from its damaged scan, `reported` elsewhere, `assumed` where no source gives it. */
export type Certainty = (typeof CERTAINTIES)[number];
export const CERTAINTIES = ['printed', 'reconstructed', 'reported', 'assumed'] as const;
/** How sure a reconstruction is. */
export type Strength = (typeof STRENGTHS)[number];
export const STRENGTHS = ['weak', 'medium', 'strong'] as const;

/** Where a value stands: act, paragraph, address. */
export interface Reference {
  readonly code: string;
  readonly title: string;
  readonly place?: string;
  readonly address?: string;
}

/** What every dated value of the law carries besides the value itself. */
export interface Provenance {
  readonly from: PlainDate;
  /** First day it no longer holds; null = open. */
  readonly to: PlainDate | null;
  readonly reference: string;
  readonly certainty: Certainty;
  readonly strength?: Strength;
  readonly note?: string;
}

/** A bound on a measured fact: `to` and `from` include their number, `below` and `over` do not. VAL-14 */
export interface Limits {
  readonly from?: string;
  readonly over?: string;
  readonly to?: string;
  readonly below?: string;
}

/** One condition of an item: a slot's option is one of these, or its measure lies within these limits. */
export type Condition = readonly string[] | Limits;

export type Cardinality = 'exactly one' | 'at most one' | 'each or not';
export type Subject = 'building' | 'staircase' | 'dwelling';

/** What may be observed about a subject, and what its absence means. VAL-15 */
export interface Slot extends Provenance {
  readonly slot: string;
  readonly subject: Subject;
  readonly shape: 'option' | 'measure';
  readonly options: readonly string[];
  /** Unit of a measure. */
  readonly unit: string | null;
  /** Least and greatest believable measure; beyond it an entry is refused as absurd. */
  readonly min: string | null;
  readonly max: string | null;
  /** `unknown`: the dwelling is not valued until it is recorded; otherwise the option assumed when nothing is recorded. */
  readonly unrecorded: string;
  readonly name: string;
  /** Polish wording of each option. */
  readonly optionNames: Readonly<Record<string, string>>;
}

/** A group of items that exclude one another, or stand side by side. VAL-5 */
export interface ItemGroup extends Provenance {
  readonly group: string;
  readonly cardinality: Cardinality;
  /** Evaluated once on the dwelling's slots, or on each finding of this list. */
  readonly over: 'slots' | 'traffic' | 'business' | 'technical';
  /** Where several findings give several items of one group: which one counts. */
  readonly choose: 'least' | null;
  readonly position: number;
  readonly name: string;
}

/** An item of annex 5: it applies where all its conditions hold. */
export interface Item extends Provenance {
  readonly item: string;
  readonly group: string;
  readonly value: Dec;
  readonly unit: 'pkt' | '%';
  readonly when: Readonly<Record<string, Condition>>;
  readonly text: string;
}

export interface Zone extends Provenance {
  readonly zone: string;
  readonly name: string;
  /** Of two zones that both contain a place the lower number prevails. VAL-2 */
  readonly precedence: number;
  readonly boundary: string;
}

/** An entry of annex 4: a street or one segment of it, in one of the three lists. VAL-3 */
export interface TrafficStreet extends Provenance {
  readonly band: string;
  readonly street: string;
  /** Words of the act in brackets; empty = the whole street. */
  readonly segment: string;
}

export interface Parameter extends Provenance {
  readonly key: string;
  readonly value: string | readonly string[];
  readonly unit: string;
  readonly rule: string;
  readonly name: string;
}

/** A day off work: a fixed day of the year, a day counted from Easter Sunday, or a day of the week (1 = Monday). TIME-1 */
export interface Holiday extends Provenance {
  readonly name: string;
  /** `MM-DD`. */
  readonly fixed: string | null;
  /** Days after Easter Sunday. */
  readonly easter: number | null;
  readonly weekday: number | null;
}
