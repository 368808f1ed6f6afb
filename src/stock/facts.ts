/** What was observed about a dwelling, its staircase and its building, as it stands on one day. */
import type { Dec } from '../platform/money.ts';

/** A part of a room by height band, in m² as measured between plastered walls. UOPL art. 2(2), VAL-9 */
export interface RoomPart {
  readonly room: string;
  readonly part: number;
  readonly kind: string;
  /** `common`: used by several leases of a shared dwelling. VAL-10 */
  readonly use: 'own' | 'common';
  readonly band: 'from_220' | 'from_140' | 'under_140';
  readonly area: Dec;
}

/** A street by the building, in a band of annex 4, at a distance in m. VAL-3 */
export interface TrafficFinding {
  readonly street: string;
  readonly segment: string;
  readonly band: string;
  readonly distance: Dec;
}

/** A business that adjoins the dwelling, with its hours `HH:MM`. */
export interface BusinessFinding {
  readonly name: string;
  readonly opens: string;
  readonly closes: string;
}

/** An installation to be replaced, or a danger found by building supervision. VAL-6 */
export interface TechnicalFinding {
  readonly installation: string;
  readonly scope: 'building' | 'staircase' | 'dwelling';
}

/** All facts of a dwelling on a day; what is not recorded is absent. */
export interface DwellingFacts {
  readonly options: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, Dec>>;
  readonly traffic: readonly TrafficFinding[];
  readonly businesses: readonly BusinessFinding[];
  readonly technical: readonly TechnicalFinding[];
  readonly parts: readonly RoomPart[];
}

/** What has to be recorded before the dwelling can be valued. VAL-15 */
export interface Missing {
  readonly subject: 'building' | 'staircase' | 'dwelling' | 'lease' | 'law';
  /** The slot of the fact, or what else is missing. */
  readonly what: string;
}
