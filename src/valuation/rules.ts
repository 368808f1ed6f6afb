/** VAL-1, VAL-3 … VAL-8, VAL-11 … VAL-16: value points of a dwelling, by the items of annex 5. Pure. */
import { kept, keptAlike } from '../platform/kept.ts';
import type { Law } from '../platform/law/book.ts';
import type { Item, ItemGroup, Slot } from '../platform/law/types.ts';
import type { Dec } from '../platform/money.ts';
import { ZERO, internedDec, plain } from '../platform/money.ts';
import { quantity, shared } from '../platform/statement/lines.ts';
import type { Line } from '../platform/statement/types.ts';
import type { DwellingFacts, Missing } from '../stock/facts.ts';
import { slotPlace, slotText } from '../stock/facts.ts';
import type { Recorded, Test } from './conditions.ts';
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

/** What the values of a group's slots lead to. */
interface GroupResult {
  readonly points: Dec;
  /** The points as a whole number, which adds up exactly without decimals; null where they are none. */
  readonly whole: number | null;
  readonly lines: readonly Line[];
  readonly missing: readonly Missing[];
}

interface CompiledGroup {
  readonly group: ItemGroup;
  /** Whether it is asked of the slots; else of each finding. */
  readonly ofSlots: boolean;
  readonly items: readonly CompiledItem[];
  /** Slots the group asks for, sorted. */
  readonly slots: readonly string[];
  /** Their places among a dwelling's facts. */
  readonly places: readonly number[];
  /** Whether a group without an item shows a line of 0: where its facts had to be recorded. VAL-15 */
  readonly tellsNone: boolean;
  /** Results by the values of the slots: the dwellings of a city have most of them in common. */
  known: { root: Branch; results: number };
}

/** The groups of a law: those that give points, and those that lower the rate. */
interface Compiled {
  readonly points: readonly CompiledGroup[];
  readonly technical: readonly CompiledGroup[];
}

/** A tree of what was computed: one level a slot, by its value; what is not recorded is a value too. */
interface Branch {
  readonly value: Recorded;
  readonly next: Map<Recorded, Branch>;
  /** The branch taken last: most dwellings have most values in common, and it needs no look-up. */
  last: Branch | null;
  result: GroupResult | null;
}

function branch(value?: Recorded): Branch {
  return { value, next: new Map(), last: null, result: null };
}

const MOST_RESULTS = 3_000;

const compile = keptAlike(
  (law: Law) => JSON.stringify([law.items, law.groups, [...law.slots.values()]]),
  (law): Compiled => {
    const groups = law.groups.map((group): CompiledGroup => {
      const items = law.items
        .filter((item) => item.group === group.group)
        .map((item) => ({ item, tests: compileTests(law, group, item), cite: `item.${item.item}@${item.reference}` }));
      const slots = [...new Set(items.flatMap(({ item }) => Object.keys(item.when)))].sort();
      const tellsNone = group.cardinality !== 'each or not' && slots.some((slot) => law.slots.get(slot)?.unrecorded === 'unknown');
      return { group, ofSlots: group.over === 'slots', items, slots, places: slots.map(slotPlace), tellsNone, known: { root: branch(), results: 0 } };
    });
    const technical = groups.filter(({ group }) => group.over === 'technical');
    return { points: groups.filter((group) => !technical.includes(group)), technical };
  },
);

function compileTests(law: Law, group: ItemGroup, item: Item): Test[] {
  return Object.entries(item.when).map(([slot, condition]) => compileCondition(slot, condition, slotOf(law, group, slot)));
}

function slotOf(law: Law, group: ItemGroup, slot: string): Slot | null {
  // Fields of findings are not slots: a finding is recorded whole.
  return group.over === 'slots' ? (law.slots.get(slot) ?? null) : null;
}

/** Total of value points, or everything that is missing for it. P ann. 2 I.1 */
export function valuePoints(law: Law, facts: DwellingFacts): Points | { readonly missing: readonly Missing[] } {
  const lines: Line[] = [TOTAL];
  let missing: Missing[] | null = null;
  let whole = 0;
  let rest: Dec = ZERO;
  for (const group of compile(law).points) {
    const result = group.ofSlots ? slotsResult(law, group, facts) : findingsResult(law, group, facts);
    if (result.missing.length > 0) (missing ??= []).push(...result.missing);
    if (result.whole === null) rest = rest.plus(result.points);
    else whole += result.whole;
    for (let index = 0; index < result.lines.length; index += 1) lines.push(result.lines[index] as Line);
  }
  if (missing !== null) return { missing: distinct(missing) };
  const total = rest.isZero() ? totalOfWhole(whole) : totalOf(rest.plus(whole));
  lines[0] = total.line;
  return { points: total.points, lines };
}

const TOTAL: Line = { id: 'points', rule: 'VAL-1', code: 'points' };

interface Total {
  readonly points: Dec;
  readonly line: Line;
}

function totalOf(points: Dec): Total {
  return { points, line: { ...TOTAL, amount: quantity(points, 'pkt') } };
}

// Totals are small whole numbers.
const totals = new Map<number, Total>();
const MOST_TOTALS = 1_000;

function totalOfWhole(whole: number): Total {
  let total = totals.get(whole);
  if (!total) {
    if (totals.size >= MOST_TOTALS) totals.clear();
    const { points, line } = totalOf(internedDec(String(whole)));
    totals.set(whole, (total = { points, line: shared(line) }));
  }
  return total;
}

function slotsResult(law: Law, group: CompiledGroup, facts: DwellingFacts): GroupResult {
  const { known } = group;
  let at = known.root;
  for (const place of group.places) {
    const value = facts.slots[place];
    let next = at.last;
    if (next === null || next.value !== value) {
      next = at.next.get(value) ?? null;
      if (next === null) at.next.set(value, (next = branch(value)));
      at.last = next;
    }
    at = next;
  }
  if (at.result === null) {
    at.result = evaluate(law, group, facts);
    known.results += 1;
    // What was found stays in use where it is; the next dwelling begins anew.
    if (known.results >= MOST_RESULTS) group.known = { root: branch(), results: 0 };
  }
  return at.result;
}

/** Asks every item of the group, once for equal facts. */
function evaluate(law: Law, group: CompiledGroup, facts: DwellingFacts): GroupResult {
  const unknown: string[] = [];
  const found = group.items.filter(({ tests }) => verdict(tests, (slot) => facts.slots[slotPlace(slot)], unknown) === true);
  const missing: Missing[] = [];
  // In a group of which one item applies, that item settles it, whatever else is unknown.
  if (unknown.length > 0 && (found.length === 0 || group.group.cardinality === 'each or not')) {
    for (const slot of unknown) missing.push({ subject: law.slots.get(slot)?.subject ?? 'dwelling', what: slot });
  }
  if (found.length > 1 && group.group.cardinality !== 'each or not') missing.push({ subject: 'law', what: `contradiction:${group.group.group}` });
  const lines = found.map(({ item, cite }) => shared(itemLine(item, cite, valuesOf(Object.keys(item.when), facts))));
  if (found.length === 0 && group.tellsNone) lines.push(shared(noneLine(group, facts)));
  return resultOf(found.map(({ item }) => item), lines, missing);
}

function resultOf(items: readonly Item[], lines: readonly Line[], missing: readonly Missing[]): GroupResult {
  const points = items.reduce((sum, { value }) => sum.plus(value), ZERO);
  return { points, whole: points.isInteger() ? points.toNumber() : null, lines, missing };
}

function valuesOf(slots: readonly string[], facts: DwellingFacts): Record<string, string> {
  const values: Record<string, string> = {};
  for (const slot of slots) {
    const value = slotText(facts, slot);
    if (value !== undefined) values[slot] = value;
  }
  return values;
}

function itemLine(item: Item, cite: string, values: Readonly<Record<string, string>>): Line {
  return { id: `item.${item.item}`, parent: 'points', rule: 'VAL-1', code: 'item', args: { item: item.item, ...values }, amount: quantity(item.value, 'pkt'), law: cite };
}

/** A fact that is known and matches no item is a line of 0 that says so. VAL-15 */
function noneLine(group: CompiledGroup, facts: DwellingFacts): Line {
  const { group: name, reference } = group.group;
  const args = { group: name, ...valuesOf(group.slots, facts) };
  return { id: `none.${name}`, parent: 'points', rule: 'VAL-15', code: 'no_item', args, amount: '0 pkt', law: `group.${name}@${reference}` };
}

const NO_RESULT: GroupResult = { points: ZERO, whole: 0, lines: [], missing: [] };

// Most dwellings by a street have one finding, which they share with their building.
const ofOneFinding = kept<Law, Map<CompiledGroup, WeakMap<object, GroupResult>>>(() => new Map());

/** A group that is asked of each finding. */
function findingsResult(law: Law, group: CompiledGroup, facts: DwellingFacts): GroupResult {
  const asked: readonly object[] = group.group.over === 'traffic' ? facts.traffic : facts.businesses;
  const [only] = asked;
  if (only === undefined) return NO_RESULT;
  if (asked.length > 1) return evaluateFindings(law, group, facts);
  const groups = ofOneFinding(law);
  let known = groups.get(group);
  if (!known) groups.set(group, (known = new WeakMap()));
  let result = known.get(only);
  if (!result) known.set(only, (result = evaluateFindings(law, group, facts)));
  return result;
}

/** Of several findings the most burdensome counts. VAL-3, reading */
function evaluateFindings(law: Law, group: CompiledGroup, facts: DwellingFacts): GroupResult {
  const findings =
    group.group.over === 'traffic'
      ? facts.traffic.map(({ street, segment, band, distance }) => ({ fields: { band, distance }, told: { street, segment, band, distance: plain(distance) } }))
      : facts.businesses.map((business) => {
          const hours = businessClass(law, business);
          return { fields: { hours }, told: { opens: business.opens, closes: business.closes, hours } };
        });
  let least: { item: Item; line: Line } | null = null;
  const all: { item: Item; line: Line }[] = [];
  for (const { fields, told } of findings) {
    const recorded: Readonly<Record<string, Recorded>> = fields;
    for (const { item, tests, cite } of group.items) {
      if (verdict(tests, (field) => recorded[field], []) !== true) continue;
      const entry = { item, line: shared(itemLine(item, cite, told)) };
      all.push(entry);
      if (least === null || item.value.lt(least.item.value)) least = entry;
    }
  }
  const counted = group.group.choose === 'least' ? (least === null ? [] : [least]) : all;
  return resultOf(counted.map(({ item }) => item), counted.map(({ line }) => line), []);
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
  // In the order of the act, each item once however many findings name it.
  return compile(law)
    .technical.flatMap(({ items }) => items)
    .filter(({ tests }) => facts.technical.some((finding) => verdict(tests, (field) => (field === 'installation' ? finding.installation : undefined), []) === true))
    .map(({ item, cite }) => ({ item: item.item, percent: item.value, cite }));
}
