/** What of the law can be changed on trial, in words, with the value it has. */
import type { Law, LawBook } from '../platform/law/book.ts';
import type { Bound } from '../platform/law/limits.ts';
import { limitsOf } from '../platform/law/limits.ts';
import { sameValue } from '../platform/law/patch.ts';
import type { Certainty, Item } from '../platform/law/types.ts';
import { fixed2 } from '../platform/money.ts';
import type { Tariff } from '../tariffs/rules.ts';
import type { ScenarioChanges } from './changes.ts';
import { isNumeric } from './changes.ts';

export const GROUPS = ['rates', 'points', 'items', 'limits', 'parameters'] as const;
export type Group = (typeof GROUPS)[number];

/** A value that can be changed. */
export interface Changeable {
  /** `rates.A`, `socialRate`, `items.IV.3`, `limits.24.storey.from`. */
  readonly key: string;
  readonly group: Group;
  /** In a list of all, under its heading. */
  readonly label: string;
  readonly heading: string;
  /** By itself: of a limit with the words of the act that it stands in. */
  readonly name: string;
  /** The words of the act, of a limit those of its item. */
  readonly wording: string;
  /** Said before the value where the name of the line does not say it: which limit of which measure. */
  readonly saying: string;
  readonly value: string;
  /** Empty for what is counted. */
  readonly unit: string;
  readonly certainty: Certainty;
  /** Where it stands. */
  readonly place: string;
}

/** A value that a scenario changes, and what to. */
export interface Changed extends Changeable {
  readonly now: string;
}

/** Words for what has no name of its own in the law. */
export interface ValueWords {
  heading(group: Group, part: string): string;
  rate(category: string): string;
  points(category: string): string;
  readonly social: string;
  readonly temporary: string;
  /** Of a field of a finding, which is no slot. */
  field(name: string): string;
  readonly bounds: Readonly<Record<Bound, string>>;
}

/** Everything there is to change, in the order of the tariff and the act: a limit stands below the item whose limit it is. */
export function changeables(law: Law, book: LawBook, tariff: Tariff, words: ValueWords): Changeable[] {
  const place = (reference: string): string => {
    const found = book.references.get(reference);
    return found === undefined ? reference : [found.title, found.place].filter((part) => part !== undefined).join(', ');
  };
  return [
    ...ofTariff(tariff, words),
    ...law.groups.flatMap((group) => law.items.filter((item) => item.group === group.group).flatMap((item) => ofItem(law, item, words.heading('items', group.name), place(item.reference), words))),
    ...[...law.parameters.values()].flatMap(({ key, name, value, unit, certainty, reference }) => (isNumeric(value)
      ? [named({ key: `parameters.${key}`, group: 'parameters', name, value, unit: shownUnit(unit), certainty, place: place(reference), heading: words.heading('parameters', '') })]
      : [])),
  ];
}

function named(of: Omit<Changeable, 'label' | 'saying' | 'wording'>): Changeable {
  return { ...of, label: of.name, wording: of.name, saying: '' };
}

function ofTariff(tariff: Tariff, words: ValueWords): Changeable[] {
  const rate = { group: 'rates' as const, unit: 'zł/m²', place: tariff.act, heading: words.heading('rates', ''), certainty: tariff.certainty };
  return [
    ...tariff.categories.map((category) => named({ ...rate, key: `rates.${category.category}`, name: words.rate(category.category), value: fixed2(category.rate), certainty: category.certainty })),
    named({ ...rate, key: 'socialRate', name: words.social, value: fixed2(tariff.socialRate) }),
    named({ ...rate, key: 'temporaryRoomRate', name: words.temporary, value: fixed2(tariff.temporaryRoomRate) }),
    ...tariff.categories.flatMap(({ category, from, certainty }): Changeable[] => {
      const name = words.points(category);
      return from === null ? [] : [{ key: `points.${category}`, group: 'points', name, label: name, wording: name, saying: name, value: String(from), unit: 'pkt', certainty, place: tariff.act, heading: words.heading('points', '') }];
    }),
  ];
}

function ofItem(law: Law, item: Item, heading: string, place: string, words: ValueWords): Changeable[] {
  const name = `${item.item} ${item.text}`;
  const common = { heading, place, certainty: item.certainty };
  return [
    named({ ...common, key: `items.${item.item}`, group: 'items', name, value: item.value.toFixed(), unit: item.unit }),
    ...limitsOf(item).map(({ key, slot, bound, value }): Changeable => {
      const measure = law.slots.get(slot);
      const saying = `${measure?.name ?? words.field(slot)} ${words.bounds[bound]}`;
      // A finding is a distance, in metres.
      return { ...common, key: `limits.${key}`, group: 'limits', name: `${name}: ${saying}`, label: `${item.item}: ${saying}`, wording: name, saying, value, unit: shownUnit(measure === undefined ? 'm' : (measure.unit ?? '')) };
    }),
  ];
}

function shownUnit(unit: string): string {
  return unit === '1' ? '' : unit.replace('m2', 'm²');
}

/** What the scenario changes, in the order of the act; `same` also what it sets to what it is. */
export function changedOf(values: readonly Changeable[], changes: ScenarioChanges, same: boolean): Changed[] {
  const changed = changedValues(changes);
  return values.flatMap((value) => {
    const now = changed.get(value.key);
    return now === undefined || (!same && sameValue(value.value, now)) ? [] : [{ ...value, now }];
  });
}

/** The changes by key, as `changeables` name them. */
function changedValues({ socialRate, temporaryRoomRate, ...groups }: ScenarioChanges): Map<string, string> {
  const found = GROUPS.flatMap((group) => Object.entries(groups[group]).map(([key, value]) => [`${group}.${key}`, value] as const));
  return new Map([...found, ...(socialRate === undefined ? [] : [['socialRate', socialRate] as const]), ...(temporaryRoomRate === undefined ? [] : [['temporaryRoomRate', temporaryRoomRate] as const])]);
}

/** The changes with one more; a value that the law has anyway is none. */
export function laidValue(changes: ScenarioChanges, values: readonly Changeable[], key: string, value: string): ScenarioChanges {
  const known = values.find((one) => one.key === key);
  return withValue(changes, key, known !== undefined && sameValue(known.value, value) ? null : value);
}

/** The changes with one more, or with one taken away (null). */
export function withValue(changes: ScenarioChanges, key: string, value: string | null): ScenarioChanges {
  if (key === 'socialRate' || key === 'temporaryRoomRate') return value === null ? (without(changes, key) as ScenarioChanges) : { ...changes, [key]: value };
  const dot = key.indexOf('.');
  const group = GROUPS.find((one) => one === key.slice(0, dot));
  if (group === undefined) return changes;
  const name = key.slice(dot + 1);
  return { ...changes, [group]: value === null ? without(changes[group], name) : { ...changes[group], [name]: value } };
}

/** The changes without another tariff laid in place of the one compared with. */
export function withoutTariff(changes: ScenarioChanges): ScenarioChanges {
  return without(changes, 'tariff') as ScenarioChanges;
}

/** The values without the one of the name. */
function without<T extends object>(values: T, name: string): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name)) as Partial<T>;
}

/** Parameters that the rent of a day rests on; the others decide deadlines, notices, checks of tariffs, or what is measured in a dwelling. */
const OF_RENT = /^parameters\.(?:area\.band\.|area\.rounding_places$|area\.share_places$|lowering\.max$|rate\.rounding_places$|rent\.rounding_places$)/;

/** Whether a change of it can move a calculated rent. */
export function movesRent(key: string): boolean {
  return !key.startsWith('parameters.') || OF_RENT.test(key);
}
