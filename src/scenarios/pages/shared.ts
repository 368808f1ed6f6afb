/** What the pages of a scenario have in common. */
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Range } from '../../platform/law/limits.ts';
import { valueAt, wholeSlots } from '../../platform/law/limits.ts';
import { said } from '../../platform/problem-texts.ts';
import type { Language } from '../../platform/statement/words/codes.ts';
import { Presenter } from '../../rents/present.ts';
import type { Crumb } from '../../web/declared.ts';
import * as format from '../../web/format.ts';
import type { Texts } from '../../web/texts/index.ts';
import type { View } from '../../web/view.ts';
import { NO_CHANGES } from '../changes.ts';
import type { LeaseException } from '../effect.ts';
import type { EffectInput, Sides } from '../engine.ts';
import { effectInput, sidesOf } from '../engine.ts';
import type { Scenario } from '../store.ts';
import type { Changeable } from '../values.ts';
import { changeables } from '../values.ts';

export const LIST = '/scenarios';
export const ONE = '/scenarios/:scenario';

export const scenarioParam = z.strictObject({ scenario: z.string().regex(/^\d{1,18}$/, said('number_of_scenario')) });

export function scenarioCrumbs({ t }: View, scenario?: Pick<Scenario, 'id' | 'name'>): Crumb[] {
  return [{ to: LIST, words: t.scenarios.title }, ...(scenario === undefined ? [] : [{ to: `${LIST}/${scenario.id}`, words: scenario.name }])];
}

export function inputOf({ day, tariff, changes }: Pick<Scenario, 'day' | 'tariff' | 'changes'>): EffectInput {
  return effectInput.parse({ day, changes, ...(tariff === null ? {} : { tariff }) });
}

/** What is kept of a scenario besides its changes. */
export function headOf({ name, day, tariff, note }: Scenario): { name: string; day: Scenario['day']; tariff?: string; note?: string } {
  return { name, day, ...(tariff === null ? {} : { tariff }), ...(note === null ? {} : { note }) };
}

/** Whether whoever looks may change it: its author, with the permission. */
export function mine({ actor }: Pick<View, 'actor'>, { madeBy }: Pick<Scenario, 'madeBy'>): boolean {
  return actor?.code === madeBy;
}

/** Both sides, and everything that can be changed as the law of its day has it. */
export interface Shown {
  readonly sides: Sides;
  readonly values: readonly Changeable[];
}

export async function valuesOf(ctx: Context, t: Texts, scenario: Pick<Scenario, 'day' | 'tariff' | 'changes'>): Promise<Shown> {
  const [sides, book] = await Promise.all([sidesOf(ctx, inputOf(scenario)), ctx.law.book(ctx.db)]);
  // Of a tariff laid in its place the values that are changed are that tariff's.
  const { changes } = scenario;
  const tariffSides = changes.tariff === undefined ? sides : await sidesOf(ctx, inputOf({ ...scenario, tariff: changes.tariff, changes: NO_CHANGES }));
  const { scenarios: own } = t;
  const words = { heading: own.heading, rate: own.rateOf, points: own.pointsOf, social: own.social, temporary: own.temporary, field: own.field, bounds: own.bounds };
  return { sides, values: changeables(sides.before.law, book, tariffSides.before.tariff, words) };
}

/** A value with its unit, and before it what its line does not say: `kondygnacja co najmniej 3`. */
export function toldValue({ saying, unit }: Pick<Changeable, 'saying' | 'unit'>, value: string, language: Language): string {
  const number = format.number(value, language, unit.startsWith('zł') ? 2 : 0);
  return `${saying === '' ? '' : `${saying} `}${number}${unit === '' ? '' : `\u00a0${unit}`}`;
}

/** A range of a slot in words: `wysokość największego pokoju więcej niż 350, najwyżej 400 cm`. */
export function rangeWords(law: Law, slot: string, { lower, upper }: Range, { bounds, and }: Texts['scenarios']): string {
  const known = law.slots.get(slot);
  const whole = wholeSlots(law).has(slot);
  const [from, to] = [lower === null ? null : valueAt(lower, lower.after ? 'over' : 'from', whole), upper === null ? null : valueAt(upper, upper.after || whole ? 'to' : 'below', whole)];
  const name = known?.name ?? slot;
  if (whole && from !== null && from === to) return `${name} ${from}`;
  const sides = [from === null ? null : `${lower?.after === true ? bounds.over : bounds.from} ${from}`, to === null ? null : `${upper?.after === true || whole ? bounds.to : bounds.below} ${to}`];
  const unit = known?.unit == null || known.unit === '1' ? '' : `\u00a0${known.unit.replace('m2', 'm²')}`;
  return `${name} ${sides.filter((side) => side !== null).join(` ${and} `).replaceAll('.', ',')}${unit}`;
}

const CONTRADICTION = 'contradiction:';

/** Words for what is missing, by its key; of what is missing on the scenario's side alone after `after `. */
export async function missingNames(ctx: Context, { language, t }: View, { day }: Pick<Scenario, 'day'>, exceptions: readonly Pick<LeaseException, 'missing'>[]): Promise<ReadonlyMap<string, string>> {
  const missing = [...new Map(exceptions.flatMap((one) => one.missing).map((one) => [one.what, one])).values()];
  const knownAt = ctx.clock.now();
  const law = (await ctx.law.book(ctx.db)).at(day, knownAt);
  const names = await new Presenter(ctx, language).name(missing, day, knownAt);
  return new Map(names.flatMap(({ what, name }) => {
    const group = what.startsWith(CONTRADICTION) ? law.groups.find((one) => one.group === what.slice(CONTRADICTION.length)) : undefined;
    // No finding contradicts another there: it is the scenario's own limits that overlap.
    return [[what, name], [`after ${what}`, group === undefined ? name : t.scenarios.overlapping(group.name)]];
  }));
}

/** Why a lease cannot be calculated. */
export function reasonOf({ side, missing }: Pick<LeaseException, 'side' | 'missing'>, names: ReadonlyMap<string, string>): string {
  return missing.map(({ what }) => names.get(side === 'after' ? `after ${what}` : what) ?? what).join(', ');
}
