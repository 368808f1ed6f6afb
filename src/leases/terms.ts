/** A lease as it stands on one day. */
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Dec } from '../platform/money.ts';

/** Kind of the lease; `without_title` is an occupation without title. RATE-8 */
export type LeaseKind = 'indefinite' | 'fixed' | 'social' | 'temporary_room' | 'replacement' | 'studio' | 'without_title';

export const LEASE_KINDS: readonly LeaseKind[] = ['indefinite', 'fixed', 'social', 'temporary_room', 'replacement', 'studio', 'without_title'];

/** What the rate of a lease rests on. RATE-6; P ann. 1 §§4–5, ch. III, ann. 6 §2 */
export type Basis =
  | 'points'
  | 'social'
  | 'temporary_room'
  | 'taken_over_standard'
  | 'taken_over_own'
  | 'tender'
  | 'offers_before'
  | 'artists_dwelling'
  | 'artists_studio'
  | 'individual';

export const BASES: readonly Basis[] = [
  'points', 'social', 'temporary_room', 'taken_over_standard', 'taken_over_own',
  'tender', 'offers_before', 'artists_dwelling', 'artists_studio', 'individual',
];

export interface LeaseTerms {
  readonly kind: LeaseKind;
  /** Codes of the rooms the lease uses alone; null = the whole dwelling. */
  readonly rooms: readonly string[] | null;
  /** Full calendar months of notice the lease sets where it is longer than the law's. NOT-1 */
  readonly noticeMonths: number | null;
  /** The court stayed the eviction until a social or replacement dwelling is supplied. UOPL art. 18(3) */
  readonly evictionStayed: boolean;
  readonly basis: Basis | null;
  /** The rate set by the lease or by an order of its own, zł/m². */
  readonly ownRate: Dec | null;
  /** The order or lease the basis rests on. */
  readonly document: string | null;
  readonly starts: PlainDate;
  /** First day after the lease; null = indefinite. */
  readonly ends: PlainDate | null;
}
