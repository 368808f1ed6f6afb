/** What was observed about a dwelling, its staircase and its building, as it stands on one day. */
import type { Dec } from '../platform/money.ts';
import { plain } from '../platform/money.ts';

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

/** What is recorded of the slots, each at its own place: the code of an option, or a measure. What is not recorded is undefined. */
export type SlotValues = readonly (string | Dec | undefined)[];

const places = new Map<string, number>();

/** The place of a slot in `SlotValues`, one for the life of the process: a dwelling has dozens of slots, and a place is read faster than a name. */
export function slotPlace(slot: string): number {
  let place = places.get(slot);
  if (place === undefined) places.set(slot, (place = places.size));
  return place;
}

/** An empty set of slots, to be filled by place. */
export function noSlots(): (string | Dec | undefined)[] {
  return new Array<string | Dec | undefined>(places.size).fill(undefined);
}

/** What is recorded of the slot as text. */
export function slotText(facts: DwellingFacts, slot: string): string | undefined {
  const value = facts.slots[slotPlace(slot)];
  return typeof value === 'object' ? plain(value) : value;
}

/** All facts of a dwelling on a day. */
export interface DwellingFacts {
  readonly slots: SlotValues;
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
