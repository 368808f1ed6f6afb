/**
 * Limits that belong together: where one item of a group ends and another begins. A limit moved alone leaves a gap, in which neither item
 * applies, or an overlap, in which both would: the law of a scenario may have them, as the act itself has gaps, but nobody should make one
 * without being told.
 */
import type { Law } from '../platform/law/book.ts';
import type { Bound, Limit, Range } from '../platform/law/limits.ts';
import { common, compareCuts, cutOf, isEmpty, isRange, limitPlace, limitsOf, meet, rangeOf, valueAt, wholeSlots } from '../platform/law/limits.ts';
import type { Item, ItemGroup } from '../platform/law/types.ts';

/** Groups of which one item applies, asked once of a dwelling's slots: of the others the items stand side by side. VAL-5 */
function exclusive({ cardinality, over }: ItemGroup): boolean {
  return cardinality !== 'each or not' && over === 'slots';
}

const isUpper = (bound: Bound): boolean => bound === 'to' || bound === 'below';

/** The limits of other items of the group that cut where this one does, so that one ends where another begins. */
export function neighbours(law: Law, key: string): Limit[] {
  const place = limitPlace(key);
  const item = law.items.find((one) => one.item === place?.item);
  const group = law.groups.find((one) => one.group === item?.group);
  if (place === null || group === undefined || !exclusive(group)) return [];
  const whole = wholeSlots(law);
  const items = new Map(law.items.filter((one) => one.group === group.group).map((one) => [one.item, one]));
  const limits = [...items.values()].flatMap(limitsOf).filter(({ slot }) => slot === place.slot);
  const touches = (a: Limit, b: Limit): boolean => {
    const [one, other] = [items.get(a.item), items.get(b.item)];
    if (one === undefined || other === undefined || one === other || isUpper(a.bound) === isUpper(b.bound)) return false;
    return compareCuts(cut(a, whole), cut(b, whole)) === 0 && meet(one, other, whole, place.slot);
  };
  // Of the whole edge: where three items end and a fourth begins, all of them move.
  const edge = limits.filter((limit) => limit.key === key);
  for (const limit of edge) edge.push(...limits.filter((other) => !edge.includes(other) && touches(limit, other)));
  return edge.filter((limit) => limit.key !== key);
}

function cut({ slot, bound, value }: Limit, whole: ReadonlySet<string>): ReturnType<typeof cutOf> {
  return cutOf(bound, value, whole.has(slot));
}

/** What the neighbours become when the limit moves and they move with it, by their keys. */
export function movedAlong(law: Law, key: string, value: string): Record<string, string> {
  const place = limitPlace(key);
  if (place === null) return {};
  const whole = wholeSlots(law).has(place.slot);
  const to = cutOf(place.bound, value, whole);
  return Object.fromEntries(neighbours(law, key).flatMap(({ key: other, bound }) => {
    const moved = valueAt(to, bound, whole);
    return moved === null ? [] : [[other, moved]];
  }));
}

/** A part of a slot in which, since the change, neither of two items applies, or both. */
export interface Crossing {
  readonly kind: 'gap' | 'overlap';
  readonly group: string;
  readonly slot: string;
  readonly items: readonly [string, string];
  readonly range: Range;
  /** A limit of the law that would have to follow, by its key, and its value; null where that would not mend it. */
  readonly mend: { readonly key: string; readonly value: string } | null;
}

/** What the changed limits opened or laid over one another, in the order of the act. */
export function crossings(before: Law, after: Law): Crossing[] {
  const whole = wholeSlots(before);
  const old = new Map(before.items.map((item) => [item.item, item]));
  return after.groups.filter(exclusive).flatMap(({ group }) => {
    const items = after.items.filter((item) => item.group === group);
    const pairs = items.flatMap((a, index) => items.slice(index + 1).map((b): [Item, Item] => [a, b]));
    return pairs.flatMap(([a, b]): Crossing[] => {
      const [oldA, oldB] = [old.get(a.item), old.get(b.item)];
      if (oldA === undefined || oldB === undefined || (oldA.when === a.when && oldB.when === b.when)) return [];
      return sharedSlots(a, b).flatMap((slot): Crossing[] => {
        const [was, is] = [rangesOn(slot, oldA, oldB, whole), rangesOn(slot, a, b, whole)];
        const named = { group, slot, items: [a.item, b.item] as const };
        const overlap = common(is[0], is[1]);
        if (isEmpty(common(was[0], was[1])) && !isEmpty(overlap) && meet(a, b, whole)) return [{ ...named, kind: 'overlap', range: overlap, mend: mendOf(slot, [oldA, oldB], [a, b], whole) }];
        const gap = meet(a, b, whole, slot) ? gapBetween(was, is) : null;
        const filled = gap !== null && items.some((item) => item !== a && item !== b && covers(item, slot, gap, whole) && meet(item, a, whole, slot) && meet(item, b, whole, slot));
        return gap === null || filled ? [] : [{ ...named, kind: 'gap', range: gap, mend: mendOf(slot, [oldA, oldB], [a, b], whole) }];
      });
    });
  });
}

function sharedSlots(a: Item, b: Item): string[] {
  return Object.keys(a.when).filter((slot) => isRange(a.when[slot]) && isRange(b.when[slot]));
}

function rangesOn(slot: string, a: Item, b: Item, whole: ReadonlySet<string>): [Range, Range] {
  const range = ({ when }: Item): Range => rangeOf(isRange(when[slot]) ? when[slot] : {}, whole.has(slot));
  return [range(a), range(b)];
}

/** Between two ranges of which one ended where the other began, and that no longer touch. */
function gapBetween(was: readonly [Range, Range], is: readonly [Range, Range]): Range | null {
  for (const [low, high] of [[0, 1], [1, 0]] as const) {
    const [end, begin] = [was[low].upper, was[high].lower];
    if (end === null || begin === null || compareCuts(end, begin) !== 0) continue;
    const gap = { lower: is[low].upper, upper: is[high].lower };
    if (gap.lower !== null && gap.upper !== null && !isEmpty(gap)) return gap;
  }
  return null;
}

function covers({ when }: Item, slot: string, gap: Range, whole: ReadonlySet<string>): boolean {
  const range = rangeOf(isRange(when[slot]) ? when[slot] : {}, whole.has(slot));
  const both = common(range, gap);
  return both.lower === gap.lower && both.upper === gap.upper;
}

/** Of two limits that met, the one that stayed follows the one that moved. */
function mendOf(slot: string, [oldA, oldB]: readonly [Item, Item], [a, b]: readonly [Item, Item], whole: ReadonlySet<string>): Crossing['mend'] {
  const on = (item: Item): Limit[] => limitsOf(item).filter((limit) => limit.slot === slot);
  const old = new Map([...on(oldA), ...on(oldB)].map((limit) => [limit.key, limit]));
  for (const one of on(a)) {
    for (const other of on(b)) {
      const [wasOne, wasOther] = [old.get(one.key), old.get(other.key)];
      if (wasOne === undefined || wasOther === undefined || isUpper(one.bound) === isUpper(other.bound) || compareCuts(cut(wasOne, whole), cut(wasOther, whole)) !== 0) continue;
      const [moved, stayed] = wasOne.value === one.value ? [other, one] : [one, other];
      const value = valueAt(cut(moved, whole), stayed.bound, whole.has(slot));
      if (value !== null && value !== stayed.value) return { key: `limits.${stayed.key}`, value };
    }
  }
  return null;
}
