/** What a scenario changes in a copy of the law: nothing of the law itself is touched. */
import { z } from 'zod';
import type { Flaw } from '../platform/errors.ts';
import { DomainError } from '../platform/errors.ts';
import type { Law } from '../platform/law/book.ts';
import { isEmpty, isRange, limitAt, limitPlace, rangeOf, wholeSlots } from '../platform/law/limits.ts';
import type { Limits } from '../platform/law/types.ts';
import type { Dec } from '../platform/money.ts';
import { dec } from '../platform/money.ts';
import type { Category, Tariff } from '../tariffs/rules.ts';
import { said } from '../platform/problem-texts.ts';

const number = z.string().regex(/^-?\d{1,7}(?:\.\d{1,4})?$/, said('want_decimal')).meta({ examples: ['12.50'] });
const rate = z.string().regex(/^\d{1,4}(?:\.\d{1,2})?$/, said('want_rate')).meta({ examples: ['12.50'] });
const key = z.string().min(1).max(120);

/** Every value that differs, by its key; the law's own stands for the rest. */
export const scenarioChanges = z.strictObject({
  /** The tariff laid in place of the one compared with. */
  tariff: z.string().trim().min(1).max(60).optional(),
  /** zł/m² by category. */
  rates: z.record(key, rate).default({}),
  /** Least points of a category; the one below ends before them. */
  points: z.record(key, z.string().regex(/^-?\d{1,3}$/, said('want_points')).meta({ examples: ['60'] })).default({}),
  /** zł/m² */
  socialRate: rate.optional(),
  /** zł/m² */
  temporaryRoomRate: rate.optional(),
  /** Points or per cent by item of the act. */
  items: z.record(key, number).default({}),
  /** Limits in the conditions of items, by `<item>.<slot>.<bound>`: metres, storeys, centimetres. */
  limits: z.record(key, number).default({}),
  /** Percentages, limits and the like by key. */
  parameters: z.record(key, number).default({}),
});

export type ScenarioChanges = z.output<typeof scenarioChanges>;

export const NO_CHANGES: ScenarioChanges = { rates: {}, points: {}, items: {}, limits: {}, parameters: {} };

/** How many values differ. */
export function countChanges({ tariff, rates, points, socialRate, temporaryRoomRate, items, limits, parameters }: ScenarioChanges): number {
  const single = [tariff, socialRate, temporaryRoomRate].filter((value) => value !== undefined).length;
  return single + [rates, points, items, limits, parameters].reduce((sum, group) => sum + Object.keys(group).length, 0);
}

/** The law with the changes laid over it. @throws DomainError `scenario_refused` naming what is not there */
export function changedLaw(law: Law, changes: ScenarioChanges): Law {
  const flaws: Flaw[] = [];
  const items = new Set(law.items.map(({ item }) => item));
  for (const item of Object.keys(changes.items)) if (!items.has(item)) flaws.push({ field: `items.${item}`, code: 'scenario_unknown', args: { key: item } });
  for (const name of Object.keys(changes.parameters)) {
    const known = law.parameters.get(name);
    if (known === undefined) flaws.push({ field: `parameters.${name}`, code: 'scenario_unknown', args: { key: name } });
    else if (!isNumeric(known.value)) flaws.push({ field: `parameters.${name}`, code: 'scenario_no_number', args: { key: name } });
  }
  flaws.push(...limitFlaws(law, changes.limits));
  refuse(flaws);
  const { items: values, limits, parameters } = changes;
  if ([values, limits, parameters].every((group) => Object.keys(group).length === 0)) return law;
  const changed = law.with({ items: values, limits, parameters });
  refuse(emptied(changed, limits));
  return changed;
}

function refuse(flaws: readonly Flaw[]): void {
  if (flaws.length > 0) throw new DomainError('invalid', 'scenario_refused', {}, flaws);
}

/** What is not there, is no number, or parts what is counted in whole. */
function limitFlaws(law: Law, limits: ScenarioChanges['limits']): Flaw[] {
  const items = new Map(law.items.map((item) => [item.item, item]));
  const whole = wholeSlots(law);
  return Object.entries(limits).flatMap(([name, value]): Flaw[] => {
    const field = `limits.${name}`;
    const place = limitPlace(name);
    const item = items.get(place?.item ?? '');
    if (place === null || item === undefined) return [{ field, code: 'scenario_unknown', args: { key: name } }];
    const condition = item.when[place.slot];
    if (condition !== undefined && !isRange(condition)) return [{ field, code: 'scenario_no_number', args: { key: name } }];
    if (limitAt(item, place) === null) return [{ field, code: 'scenario_unknown', args: { key: name } }];
    return whole.has(place.slot) && !dec(value).isInteger() ? [{ field, code: 'scenario_limit_whole', args: { item: place.item } }] : [];
  });
}

/** Ranges that no number lies in any more: the item would never apply, which is no limit moved but an item struck out. */
function emptied(law: Law, limits: ScenarioChanges['limits']): Flaw[] {
  const items = new Map(law.items.map((item) => [item.item, item]));
  const whole = wholeSlots(law);
  return Object.keys(limits).flatMap((name): Flaw[] => {
    const place = limitPlace(name);
    const condition = items.get(place?.item ?? '')?.when[place?.slot ?? ''];
    if (place === null || !isRange(condition) || !isEmpty(rangeOf(condition, whole.has(place.slot)))) return [];
    return [{ field: `limits.${name}`, code: 'scenario_limit_order', args: { item: place.item, lower: lowerOf(condition), upper: condition.to ?? condition.below ?? '' } }];
  });
}

function lowerOf({ from, over }: Limits): string {
  return from ?? over ?? '';
}

/** Whether a parameter can be changed on trial: it is a number. */
export function isNumeric(value: string | readonly string[]): value is string {
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value);
}

/** The tariff with the changes laid over it. @throws DomainError `scenario_refused` naming what is not there or what overlaps */
export function changedTariff(tariff: Tariff, changes: ScenarioChanges): Tariff {
  const flaws: Flaw[] = [];
  const names = new Set(tariff.categories.map(({ category }) => category));
  for (const group of ['rates', 'points'] as const) {
    for (const name of Object.keys(changes[group])) if (!names.has(name)) flaws.push({ field: `${group}.${name}`, code: 'scenario_unknown', args: { key: name } });
  }
  const from = tariff.categories.map((category) => (changes.points[category.category] === undefined ? category.from : Number(changes.points[category.category])));
  from.forEach((points, index) => {
    const name = tariff.categories[index]?.category ?? '';
    if (index === 0 && changes.points[name] !== undefined) flaws.push({ field: `points.${name}`, code: 'scenario_open_below', args: { category: name } });
    const below = from[index - 1];
    if (index > 1 && points !== null && below != null && points <= below) flaws.push({ field: `points.${name}`, code: 'scenario_points_order', args: { category: name, below: String(below) } });
  });
  refuse(flaws);
  const categories = tariff.categories.map((category, index): Category => {
    const next = from[index + 1];
    const to = next == null ? null : next - 1;
    const rate = changed(category.rate, changes.rates[category.category]);
    const same = rate === category.rate && to === category.to && from[index] === category.from;
    return same ? category : { ...category, from: from[index] ?? null, to, rate, certainty: 'assumed' };
  });
  const [socialRate, temporaryRoomRate] = [changed(tariff.socialRate, changes.socialRate), changed(tariff.temporaryRoomRate, changes.temporaryRoomRate)];
  const same = socialRate === tariff.socialRate && temporaryRoomRate === tariff.temporaryRoomRate;
  return { ...tariff, categories, socialRate, temporaryRoomRate, certainty: same ? tariff.certainty : 'assumed' };
}

/** The rate that was there where nothing else is given. */
function changed(rate: Dec, given: string | undefined): Dec {
  return given === undefined || rate.eq(dec(given)) ? rate : dec(given);
}
