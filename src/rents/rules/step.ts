/** What a recalculation is given and what it proposes: the frame of a run, and a step of a lease. Types alone. */
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import type { Missing } from '../../stock/facts.ts';
import type { Tariff } from '../../tariffs/rules.ts';
import type { Rent } from './rent.ts';
import type { InForce } from './timeline.ts';

/** What one run computes with. */
export interface RunFrame {
  /** The tariff the run is for; it holds from its own date on, before it the tariffs then in force. */
  readonly tariff: Tariff;
  lawOn(day: PlainDate): Law;
  /** The tariff in force on the day, or null. */
  tariffOn(day: PlainDate): Tariff | null;
  /** The tariff in force on the day before the programme. RATE-6 §5.2 */
  readonly tariffBefore: Tariff | null;
  readonly businessDate: PlainDate;
  /** Assumed day of delivery of the notices, until letters exist. NOT-2 */
  readonly delivered: PlainDate;
}

export type Outcome = 'increase' | 'decrease' | 'first' | 'unchanged' | 'exception';

export type ExceptionReason =
  | 'not_valued' | 'contradiction' | 'individual_basis' | 'studio_rate' | 'own_order' | 'held' | 'lease_ends' | 'no_rent_in_force' | 'no_tariff';

/** One step of the proposal; a lease mostly has one. */
export interface Step {
  readonly outcome: Outcome;
  readonly reason: ExceptionReason | null;
  readonly from: PlainDate | null;
  /** First day on which this step no longer holds; null = until further notice. */
  readonly to: PlainDate | null;
  readonly before: InForce | null;
  /** What is due before this step, zł a month: the rent in force, or what an earlier step made of it. */
  readonly amountBefore: Dec | null;
  readonly rent: Rent | null;
  readonly percent: Dec | null;
  /** Rules a person should look at: NOT-3, NOT-4, RATE-10. */
  readonly warnings: readonly string[];
  readonly missing: readonly Missing[];
}
