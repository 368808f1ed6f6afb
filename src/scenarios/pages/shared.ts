/** What the pages of a scenario have in common. */
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import type { Crumb } from '../../web/declared.ts';
import type { Texts } from '../../web/texts/index.ts';
import type { View } from '../../web/view.ts';
import type { EffectInput, Sides } from '../engine.ts';
import { effectInput, sidesOf } from '../engine.ts';
import type { Scenario } from '../store.ts';
import type { Changeable } from '../values.ts';
import { changeables } from '../values.ts';
import { said } from '../../platform/problem-texts.ts';

export const LIST = '/scenarios';
export const ONE = '/scenarios/:scenario';

export const scenarioParam = z.strictObject({ scenario: z.string().regex(/^\d{1,18}$/, said('number_of_scenario')) });

export function scenarioCrumbs({ t }: View, scenario?: Pick<Scenario, 'id' | 'name'>): Crumb[] {
  return [{ to: LIST, words: t.scenarios.title }, ...(scenario === undefined ? [] : [{ to: `${LIST}/${scenario.id}`, words: scenario.name }])];
}

export function inputOf({ day, tariff, changes }: Pick<Scenario, 'day' | 'tariff' | 'changes'>): EffectInput {
  return effectInput.parse({ day, changes, ...(tariff === null ? {} : { tariff }) });
}

/** Whether whoever looks may change it: its author, with the permission. */
export function mine({ actor }: Pick<View, 'actor'>, { madeBy }: Pick<Scenario, 'madeBy'>): boolean {
  return actor?.code === madeBy;
}

/** Everything that can be changed in a scenario, as the law of its day has it. */
export async function valuesOf(ctx: Context, t: Texts, scenario: Pick<Scenario, 'day' | 'tariff' | 'changes'>): Promise<{ sides: Sides; values: Changeable[] }> {
  const [sides, book] = await Promise.all([sidesOf(ctx, inputOf(scenario)), ctx.law.book(ctx.db)]);
  // Of a tariff laid in its place the values that are changed are that tariff's.
  const { changes } = scenario;
  const tariffSides = changes.tariff === undefined ? sides : await sidesOf(ctx, inputOf({ ...scenario, tariff: changes.tariff, changes: { rates: {}, points: {}, items: {}, parameters: {} } }));
  const words = { rate: t.scenarios.rateOf, points: t.scenarios.pointsOf, social: t.scenarios.social, temporary: t.scenarios.temporary };
  return { sides, values: changeables(sides.before.law, book, tariffSides.before.tariff, words) };
}
