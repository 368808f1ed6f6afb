/** VAL-1, VAL-3 … VAL-8, VAL-11 … VAL-16: value points of a dwelling, by the items of annex 5. Pure. */
import type { Law } from '../platform/law/book.ts';
import type { Item, ItemGroup, Slot } from '../platform/law/types.ts';
import type { Dec } from '../platform/money.ts';
import { ZERO, dec } from '../platform/money.ts';
import { quantity, shared } from '../platform/statement/lines.ts';
import type { Line } from '../platform/statement/types.ts';
import type { DwellingFacts, Missing } from '../stock/facts.ts';
import type { Test } from './conditions.ts';
import { compileCondition, verdict } from './conditions.ts';
import { businessClass } from './hours.ts';

export interface Points {
  readonly points: Dec;
  readonly lines: readonly Line[];
}

interface CompiledItem {
  readonly item: Item;
  readonly tests: readonly Test[];
  readonly cite: string;
}

interface CompiledGroup {
  readonly group: ItemGroup;
  readonly items: readonly CompiledItem[];
  /** Slots the group asks for, sorted: arguments of its "no item applies" line. */
  readonly slots: readonly string[];
  /** Whether a group without an item shows a line of 0: where its facts had to be recorded. VAL-15 */
  readonly tellsNone: boolean;
}

interface Compiled {
  readonly groups: readonly CompiledGroup[];
  readonly lines: Map<string, Line>;
}

const compiledLaws = new WeakMap<Law, Compiled>();
const MOST_LINES = 50_000;

function compile(law: Law): Compiled {
  const known = compiledLaws.get(law);
  if (known) return known;
  const groups = law.groups.map((group): CompiledGroup => {
    const items = law.items
      .filter((item) => item.group === group.group)
      .map((item) => ({ item, tests: compileTests(law, group, item), cite: `item.${item.item}@${item.reference}` }));
    const slots = [...new Set(items.flatMap(({ item }) => Object.keys(item.when)))].sort();
    const tellsNone = group.cardinality !== 'each or not' && slots.some((slot) => law.slots.get(slot)?.unrecorded === 'unknown');
    return { group, items, slots, tellsNone };
  });
  const compiled = { groups, lines: new Map<string, Line>() };
  compiledLaws.set(law, compiled);
  return compiled;
}

function compileTests(law: Law, group: ItemGroup, item: Item): Test[] {
  return Object.entries(item.when).map(([slot, condition]) => compileCondition(slot, condition, slotOf(law, group, slot)));
}

function slotOf(law: Law, group: ItemGroup, slot: string): Slot | null {
  // Fields of findings are not slots: a finding is recorded whole.
  return group.over === 'slots' ? (law.slots.get(slot) ?? null) : null;
}

/** Total of value points, or everything that is missing for it. P ann. 2 I.1 */
export function valuePoints(law: Law, facts: DwellingFacts): Points | { readonly missing: readonly Missing[] } {
  const { groups, lines: cache } = compile(law);
  const missing: Missing[] = [];
  const lines: Line[] = [];
  let points: Dec = ZERO;
  for (const group of groups) {
    if (group.group.over === 'technical') continue;
    const found = group.group.over === 'slots' ? slotItems(law, group, facts, missing) : findingItems(law, group, facts);
    if (found.length > 1 && group.group.cardinality !== 'each or not') {
      missing.push({ subject: 'law', what: `contradiction:${group.group.group}` });
    }
    for (const { item, cite } of found) {
      points = points.plus(item.value);
      lines.push(itemLine(cache, group, item, cite, facts));
    }
    if (found.length === 0 && group.tellsNone && group.group.over === 'slots') lines.push(noneLine(cache, group, facts));
  }
  if (missing.length > 0) return { missing: distinct(missing) };
  return { points, lines: [{ id: 'points', rule: 'VAL-1', code: 'points', amount: quantity(points, 'pkt') }, ...lines] };
}

function slotItems(law: Law, group: CompiledGroup, facts: DwellingFacts, missing: Missing[]): CompiledItem[] {
  const found: CompiledItem[] = [];
  const unknown: string[] = [];
  for (const candidate of group.items) {
    const result = verdict(candidate.tests, facts.options, facts.measures, unknown);
    if (result === true) found.push(candidate);
  }
  // In a group of which one item applies, that item settles it, whatever else is unknown.
  if (unknown.length > 0 && (found.length === 0 || group.group.cardinality === 'each or not')) {
    for (const slot of unknown) missing.push({ subject: law.slots.get(slot)?.subject ?? 'dwelling', what: slot });
  }
  return found;
}

/** Items of a group that is asked of each finding; of several the most burdensome counts. VAL-3, reading */
function findingItems(law: Law, group: CompiledGroup, facts: DwellingFacts): CompiledItem[] {
  const found: CompiledItem[] = [];
  const ask = (options: Record<string, string>, measures: Record<string, Dec>): void => {
    for (const candidate of group.items) if (verdict(candidate.tests, options, measures, []) === true) found.push(candidate);
  };
  if (group.group.over === 'traffic') for (const { band, distance } of facts.traffic) ask({ band }, { distance });
  else for (const finding of facts.businesses) ask({ hours: businessClass(law, finding) }, {});
  if (group.group.choose !== 'least') return found;
  const least = found.reduce<CompiledItem | null>((worst, next) => (worst === null || next.item.value.lt(worst.item.value) ? next : worst), null);
  return least ? [least] : [];
}

function itemLine(cache: Map<string, Line>, group: CompiledGroup, item: Item, cite: string, facts: DwellingFacts): Line {
  let key = item.item;
  const args: Record<string, string> = { item: item.item };
  if (group.group.over === 'slots') {
    for (const slot of Object.keys(item.when)) {
      const value = facts.options[slot] ?? facts.measures[slot]?.toFixed();
      if (value === undefined) continue;
      args[slot] = value;
      key += `|${value}`;
    }
  }
  return cached(cache, key, () => ({ id: `item.${item.item}`, parent: 'points', rule: 'VAL-1', code: 'item', args, amount: quantity(item.value, 'pkt'), law: cite }));
}

/** A fact that is known and matches no item is a line of 0 that says so. VAL-15 */
function noneLine(cache: Map<string, Line>, group: CompiledGroup, facts: DwellingFacts): Line {
  let key = `none:${group.group.group}`;
  const args: Record<string, string> = { group: group.group.group };
  for (const slot of group.slots) {
    const value = facts.options[slot] ?? facts.measures[slot]?.toFixed();
    if (value === undefined) continue;
    args[slot] = value;
    key += `|${slot}=${value}`;
  }
  const law = `group.${group.group.group}@${group.group.reference}`;
  return cached(cache, key, () => ({ id: `none.${group.group.group}`, parent: 'points', rule: 'VAL-15', code: 'no_item', args, amount: '0 pkt', law }));
}

function cached(cache: Map<string, Line>, key: string, make: () => Line): Line {
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= MOST_LINES) cache.clear();
  const line = shared(make());
  cache.set(key, line);
  return line;
}

function distinct(missing: readonly Missing[]): Missing[] {
  const seen = new Map(missing.map((entry) => [`${entry.subject}.${entry.what}`, entry]));
  return [...seen.values()].sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0));
}

/** A lowering of the rate for the technical state: the item and its percentage. VAL-6 */
export interface Lowering {
  readonly item: string;
  readonly percent: Dec;
  readonly cite: string;
}

/** Lowerings for the state of the building or its part, each item once however many findings name it. P ann. 2 I.2 */
export function lowerings(law: Law, facts: DwellingFacts): Lowering[] {
  if (facts.technical.length === 0) return [];
  const found = new Map<string, Lowering>();
  for (const group of compile(law).groups) {
    if (group.group.over !== 'technical') continue;
    for (const { installation } of facts.technical) {
      for (const { item, tests, cite } of group.items) {
        if (verdict(tests, { installation }, {}, []) === true) found.set(item.item, { item: item.item, percent: item.value, cite });
      }
    }
  }
  return [...found.values()].sort((a, b) => dec(a.item).cmp(dec(b.item)));
}
