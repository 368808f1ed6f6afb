/** The numbers inside the conditions of items, each by its place, and where one item's range ends and another's begins. VAL-14 */
import type { Dec } from '../money.ts';
import { dec } from '../money.ts';
import type { Condition, Item, Limits, Slot } from './types.ts';

export const BOUNDS = ['from', 'over', 'to', 'below'] as const;
export type Bound = (typeof BOUNDS)[number];

/** A number in a condition: of which item, of which slot or field of a finding, and on which side. */
export interface LimitPlace {
  readonly item: string;
  readonly slot: string;
  readonly bound: Bound;
}

export interface Limit extends LimitPlace {
  /** `24.storey.from` */
  readonly key: string;
  readonly value: string;
}

/** `24.storey.from`, as a patch of the law names the number. */
export function limitKey({ item, slot, bound }: LimitPlace): string {
  return `${item}.${slot}.${bound}`;
}

/** The place a key names, or null. It is read from its end: an item's number may hold a dot, a slot and a bound do not. */
export function limitPlace(key: string): LimitPlace | null {
  const [, item, slot, last] = /^(.+)\.([^.]+)\.([^.]+)$/.exec(key) ?? [];
  const bound = BOUNDS.find((one) => one === last);
  return item === undefined || slot === undefined || bound === undefined ? null : { item, slot, bound };
}

/** Whether a condition is a range of numbers, not a list of options. */
export function isRange(condition: Condition | undefined): condition is Limits {
  return condition !== undefined && !Array.isArray(condition);
}

/** Every number in the conditions of the item, in the order in which they stand there. */
export function limitsOf({ item, when }: Item): Limit[] {
  return Object.entries(when).flatMap(([slot, condition]) => (isRange(condition)
    ? BOUNDS.flatMap((bound): Limit[] => {
      const value = condition[bound];
      return value === undefined ? [] : [{ item, slot, bound, value, key: limitKey({ item, slot, bound }) }];
    })
    : []));
}

/** The number at the place, or null where there is none. */
export function limitAt(item: Item, { slot, bound }: Pick<LimitPlace, 'slot' | 'bound'>): string | null {
  const condition = item.when[slot];
  return isRange(condition) ? (condition[bound] ?? null) : null;
}

/** The item with another number at the place, which must be there. What is equal stays what it is, down to how it is written. */
export function withLimit(item: Item, { slot, bound }: Pick<LimitPlace, 'slot' | 'bound'>, value: string): Item {
  const condition = item.when[slot];
  const known = limitAt(item, { slot, bound });
  if (!isRange(condition) || known === null || dec(known).eq(dec(value))) return item;
  return { ...item, when: { ...item.when, [slot]: { ...condition, [bound]: value } } };
}

/** A cut through the numbers: before its number, or right after it. */
export interface Cut {
  readonly at: Dec;
  readonly after: boolean;
}

/** Which of two cuts comes first: below 0, 0 or above. */
export function compareCuts(a: Cut, b: Cut): number {
  return a.at.comparedTo(b.at) || Number(a.after) - Number(b.after);
}

/** Slots that count things: of them 2 ends where 3 begins. All the law's limits of them are whole. */
export function wholeSlots(law: { readonly items: readonly Item[]; readonly slots: ReadonlyMap<string, Slot> }): ReadonlySet<string> {
  const fine = new Set(law.items.flatMap(limitsOf).filter(({ value }) => !dec(value).isInteger()).map(({ slot }) => slot));
  return new Set([...law.slots.values()].filter(({ slot, shape, unit }) => shape === 'measure' && unit === '1' && !fine.has(slot)).map(({ slot }) => slot));
}

/** Where a bound cuts; of whole numbers, `to 2` cuts before 3. */
export function cutOf(bound: Bound, value: string, whole: boolean): Cut {
  const at = dec(value);
  const after = bound === 'over' || bound === 'to';
  return whole && after ? { at: at.floor().plus(1), after: false } : { at: whole ? at.ceil() : at, after };
}

/** The number with which a bound cuts there; null where it cannot: `to` and `over` cut after a number, `from` and `below` before it. */
export function valueAt(cut: Cut, bound: Bound, whole: boolean): string | null {
  const after = bound === 'over' || bound === 'to';
  if (whole && after && !cut.after) return cut.at.minus(1).toFixed();
  return after === cut.after ? cut.at.toFixed() : null;
}

/** The range between a lower and an upper cut; null = open. */
export interface Range {
  readonly lower: Cut | null;
  readonly upper: Cut | null;
}

export function rangeOf(limits: Limits, whole: boolean): Range {
  const cuts = (bounds: readonly Bound[]): Cut[] => bounds.flatMap((bound) => {
    const value = limits[bound];
    return value === undefined ? [] : [cutOf(bound, value, whole)];
  });
  return { lower: cuts(['from', 'over']).sort(compareCuts).at(-1) ?? null, upper: cuts(['to', 'below']).sort(compareCuts)[0] ?? null };
}

export function isEmpty({ lower, upper }: Range): boolean {
  return lower !== null && upper !== null && compareCuts(lower, upper) >= 0;
}

/** What lies in both. */
export function common(a: Range, b: Range): Range {
  const lower = a.lower === null || (b.lower !== null && compareCuts(b.lower, a.lower) > 0) ? b.lower : a.lower;
  const upper = a.upper === null || (b.upper !== null && compareCuts(b.upper, a.upper) < 0) ? b.upper : a.upper;
  return { lower, upper };
}

/** Whether some facts meet the conditions of both items; `besides` leaves the conditions on one slot aside. */
export function meet(a: Item, b: Item, whole: ReadonlySet<string>, besides: string | null = null): boolean {
  return Object.entries(a.when).every(([slot, condition]) => {
    const other = b.when[slot];
    if (slot === besides || other === undefined) return true;
    if (isRange(condition) && isRange(other)) return !isEmpty(common(rangeOf(condition, whole.has(slot)), rangeOf(other, whole.has(slot))));
    return !isRange(condition) && !isRange(other) && condition.some((option) => other.includes(option));
  });
}
