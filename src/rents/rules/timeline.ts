/** Facts, lease and rents in force of one lease through a window of days. */
import type { LeaseTerms } from '../../leases/terms.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { Dec } from '../../platform/money.ts';
import type { DwellingFacts } from '../../stock/facts.ts';

/** A day on which something about the lease changes, and whether that became known only after the rent in force was set. */
export interface Cause {
  readonly day: PlainDate;
  readonly late: boolean;
  /** Another tariff begins, or the law gives another value: nothing about the lease itself changed. */
  readonly ofLaw?: true;
}

/** A rent in force, from a day to before another. */
export interface InForce {
  readonly rentId: string;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly amount: Dec;
  /** zł/m²; null where an imported rent did not say. */
  readonly rate: Dec | null;
  readonly lastIncrease: PlainDate | null;
  /** `lineAmounts` of its statement; null for imported rents. */
  readonly lineAmounts: string | null;
}

/** What is known of a lease in the window. The same object for days on which nothing differs: it keys what was computed. */
export interface LeaseTimeline {
  readonly leaseId: string;
  readonly starts: PlainDate;
  readonly ends: PlainDate | null;
  factsOn(day: PlainDate): DwellingFacts;
  termsOn(day: PlainDate): LeaseTerms | null;
  readonly causes: readonly Cause[];
  readonly inForce: readonly InForce[];
  /** Reason of the manual lane on the day, or null. */
  heldOn(day: PlainDate): string | null;
}
