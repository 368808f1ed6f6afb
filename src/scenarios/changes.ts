/** What a scenario changes in a copy of the law: nothing of the law itself is touched. */
import { z } from 'zod';
import type { Flaw } from '../platform/errors.ts';
import { DomainError } from '../platform/errors.ts';
import type { Law, LawPatch } from '../platform/law/book.ts';
import { dec } from '../platform/money.ts';
import type { Tariff } from '../tariffs/rules.ts';
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
  /** Percentages, limits and the like by key. */
  parameters: z.record(key, number).default({}),
});

export type ScenarioChanges = z.output<typeof scenarioChanges>;

export const NO_CHANGES: ScenarioChanges = { rates: {}, points: {}, items: {}, parameters: {} };

/** How many values differ. */
export function countChanges({ tariff, rates, points, socialRate, temporaryRoomRate, items, parameters }: ScenarioChanges): number {
  const single = [tariff, socialRate, temporaryRoomRate].filter((value) => value !== undefined).length;
  return single + [rates, points, items, parameters].reduce((sum, group) => sum + Object.keys(group).length, 0);
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
  if (flaws.length > 0) throw new DomainError('invalid', 'scenario_refused', {}, flaws);
  const patch: LawPatch = { items: changes.items, parameters: changes.parameters };
  return Object.keys(changes.items).length + Object.keys(changes.parameters).length === 0 ? law : law.with(patch);
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
  if (flaws.length > 0) throw new DomainError('invalid', 'scenario_refused', {}, flaws);
  const categories = tariff.categories.map((category, index) => {
    const next = from[index + 1];
    const given = changes.rates[category.category];
    return { ...category, from: from[index] ?? null, to: next == null ? null : next - 1, ...(given === undefined ? {} : { rate: dec(given), certainty: 'assumed' as const }) };
  });
  return {
    ...tariff, categories,
    socialRate: changes.socialRate === undefined ? tariff.socialRate : dec(changes.socialRate),
    temporaryRoomRate: changes.temporaryRoomRate === undefined ? tariff.temporaryRoomRate : dec(changes.temporaryRoomRate),
  };
}
