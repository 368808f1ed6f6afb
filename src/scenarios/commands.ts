/** Keeping scenarios: made, changed by their author, copied by anybody, withdrawn. */
import { z } from 'zod';
import { audit } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { DomainError } from '../platform/errors.ts';
import { scenarioChanges } from './changes.ts';
import { effectInput, sidesOf } from './engine.ts';
import type { Scenario, ScenarioRow } from './store.ts';
import { findScenario, insertScenario, lockScenario, updateScenario, withdrawScenario } from './store.ts';

export const scenarioInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  day: plainDate,
  tariff: z.string().trim().min(1).max(60).optional(),
  note: z.string().trim().max(500).optional(),
  changes: scenarioChanges.optional(),
});

/** What goes into the trail of it: names of what differs and their values, nothing of the city. */
const told = ({ name, day, tariff, changes }: ScenarioRow): Record<string, string | null> => ({ name, day, tariff, changes: JSON.stringify(changes) });

/** Makes a scenario. @returns its number. @throws DomainError `scenario_refused`, `tariff_unknown`, `tariff_none_on` */
export async function makeScenario(ctx: Context, input: z.input<typeof scenarioInput>): Promise<{ scenario: string }> {
  const row = rowOf(scenarioInput.parse(input), {});
  await requireComputable(ctx, row);
  return ctx.db.transaction(async (trx) => {
    const scenario = await insertScenario(trx, row, ctx.actor.code, ctx.clock.now());
    await audit(trx, ctx, { event: 'scenario.make', targets: { scenario }, before: null, after: told(row) });
    return { scenario };
  });
}

/** Changes what is given of it. @throws DomainError `scenario_unknown_id`, `scenario_not_own`, and those of `makeScenario` */
export async function changeScenario(ctx: Context, scenario: string, input: z.input<typeof scenarioInput>): Promise<void> {
  const given = scenarioInput.parse(input);
  await requireComputable(ctx, rowOf(given, await findScenario(ctx.db, scenario)));
  await ctx.db.transaction(async (trx) => {
    const before = await lockScenario(trx, scenario);
    requireOwn(ctx, before);
    const after = rowOf(given, before);
    await updateScenario(trx, scenario, after, ctx.clock.now());
    await audit(trx, ctx, { event: 'scenario.change', targets: { scenario }, before: told(before), after: told(after) });
  });
}

/** Takes it off the list; nothing is lost of what the trail says of it. @throws DomainError `scenario_unknown_id`, `scenario_not_own` */
export async function dropScenario(ctx: Context, scenario: string): Promise<void> {
  await ctx.db.transaction(async (trx) => {
    const before = await lockScenario(trx, scenario);
    requireOwn(ctx, before);
    await withdrawScenario(trx, scenario, ctx.clock.now());
    await audit(trx, ctx, { event: 'scenario.withdraw', targets: { scenario }, before: told(before), after: null });
  });
}

function rowOf(given: z.output<typeof scenarioInput>, before: Partial<Scenario>): ScenarioRow {
  const changes = given.changes ?? before.changes ?? scenarioChanges.parse({});
  return { name: given.name, day: given.day, tariff: given.tariff ?? null, note: given.note ?? null, changes };
}

/** What could not be opened is not kept. */
async function requireComputable(ctx: Context, { day, tariff, changes }: ScenarioRow): Promise<void> {
  await sidesOf(ctx, effectInput.parse({ day, changes, ...(tariff === null ? {} : { tariff }) }));
}

function requireOwn({ actor }: Context, { madeBy }: Scenario): void {
  if (actor.code !== madeBy) throw new DomainError('forbidden', 'scenario_not_own');
}
