/** What of the law can be changed on trial, in words, with the value it has. */
import type { LawBook } from '../platform/law/book.ts';
import type { Law } from '../platform/law/book.ts';
import type { Certainty } from '../platform/law/types.ts';
import { fixed2 } from '../platform/money.ts';
import type { Tariff } from '../tariffs/rules.ts';
import type { ScenarioChanges } from './changes.ts';
import { isNumeric } from './changes.ts';

export const GROUPS = ['rates', 'points', 'items', 'parameters'] as const;
export type Group = (typeof GROUPS)[number];

/** A value that can be changed. */
export interface Changeable {
  /** `rates.A`, `socialRate`, `items.IV.3`. */
  readonly key: string;
  readonly group: Group;
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly certainty: Certainty;
  /** Where it stands. */
  readonly place: string;
}

/** Everything there is to change, in the order of the tariff and the act. `words` name what has no name of its own. */
export function changeables(law: Law, book: LawBook, tariff: Tariff, words: { rate(category: string): string; points(category: string): string; social: string; temporary: string }): Changeable[] {
  const place = (reference: string): string => {
    const found = book.references.get(reference);
    return found === undefined ? reference : [found.title, found.place].filter((part) => part !== undefined).join(', ');
  };
  const own = { group: 'rates' as const, unit: 'zł/m²', place: tariff.act };
  return [
    ...tariff.categories.map(({ category, rate, certainty }): Changeable => ({ ...own, key: `rates.${category}`, name: words.rate(category), value: fixed2(rate), certainty })),
    { ...own, key: 'socialRate', name: words.social, value: fixed2(tariff.socialRate), certainty: tariff.certainty },
    { ...own, key: 'temporaryRoomRate', name: words.temporary, value: fixed2(tariff.temporaryRoomRate), certainty: tariff.certainty },
    ...tariff.categories.flatMap(({ category, from, certainty }): Changeable[] => (from === null ? [] : [{ key: `points.${category}`, group: 'points', name: words.points(category), value: String(from), unit: 'pkt', certainty, place: tariff.act }])),
    ...law.items.map((item): Changeable => ({ key: `items.${item.item}`, group: 'items', name: `${item.item} ${item.text}`, value: item.value.toFixed(), unit: item.unit, certainty: item.certainty, place: place(item.reference) })),
    ...[...law.parameters.values()].flatMap((parameter): Changeable[] => (isNumeric(parameter.value)
      ? [{ key: `parameters.${parameter.key}`, group: 'parameters', name: parameter.name, value: parameter.value, unit: parameter.unit, certainty: parameter.certainty, place: place(parameter.reference) }]
      : [])),
  ];
}

/** The changes by key, as `changeables` name them. */
export function changedValues({ rates, points, items, parameters, socialRate, temporaryRoomRate }: ScenarioChanges): Map<string, string> {
  const groups = { rates, points, items, parameters };
  const found = GROUPS.flatMap((group) => Object.entries(groups[group]).map(([key, value]) => [`${group}.${key}`, value] as const));
  return new Map([...found, ...(socialRate === undefined ? [] : [['socialRate', socialRate] as const]), ...(temporaryRoomRate === undefined ? [] : [['temporaryRoomRate', temporaryRoomRate] as const])]);
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
