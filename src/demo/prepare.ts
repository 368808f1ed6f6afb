/** The demo on the first start: city, baseline, draft. Interrupted anywhere, the next start goes on where it stopped. */
import { SYSTEM, personOf } from '../platform/access/people.ts';
import { row } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Instance } from '../platform/instance.ts';
import { beginOperation, runOperation } from '../platform/operations.ts';
import { describeError } from '../platform/problems.ts';
import { formatCount } from '../platform/terminal.ts';
import { DEMO_TARIFF, drawNextTariff, makeBaseline, rejectLeftOver } from './baseline.ts';
import { giveIdentities } from './identities.ts';
import type { CopiedTable } from './index.ts';
import { copyCity } from './index.ts';
import type { CityInTheMaking } from './source.ts';
import { beginCity } from './source.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly dwellings: number;
  readonly anchor: PlainDate;
}

interface State {
  readonly buildings: boolean;
  readonly approved: string;
  readonly drafts: string;
  readonly begun: boolean;
  readonly done: boolean;
}

async function stateOf(instance: Instance): Promise<State> {
  return row<State>(
    instance.db,
    `select exists (select 1 from buildings) as buildings,
       (select count(*)::text from decisions where state = 'approved') as approved, (select count(*)::text from runs r join decisions d on d.id = r.decision_id where d.state = 'draft' and r.tariff = ?) as drafts,
       exists (select 1 from operations where kind = 'demo') as begun, exists (select 1 from operations where kind = 'demo' and state = 'done') as done`,
    [DEMO_TARIFF],
  );
}

/** Whether the demo should be made: in an empty database, or where an earlier start was interrupted in it. */
export async function wantsDemo(instance: Instance): Promise<boolean> {
  const state = await stateOf(instance);
  return !state.done && (state.begun || !state.buildings);
}

/**
 * Makes the demo city or goes on with it; `begun` is the city of the same options, where its making was started early. Gives the number of the
 * draft run, or null where it was drawn before.
 */
export async function prepareDemo(instance: Instance, options: DemoOptions, tell: (line: string) => void, begun?: CityInTheMaking): Promise<string | null> {
  const ctx = instance.context(SYSTEM);
  const operation = await beginOperation(ctx, 'demo', 'Miasto pokazowe');
  const result = await runOperation(ctx, operation, () => make(instance, options, tell, begun), describeError);
  return result.run;
}

async function make(instance: Instance, options: DemoOptions, tell: (line: string) => void, begun?: CityInTheMaking): Promise<{ run: string | null }> {
  const before = await stateOf(instance);
  if (!before.buildings) {
    tell(`Tworzę miasto pokazowe: ${formatCount(options.dwellings)} lokali wynajętych (ziarno ${options.seed}, dzień ${options.anchor})…`);
    const copied = await copyMade(instance.ownerUrl, begun ?? beginCity(options));
    tell(`Wczytano ${formatCount(copied.reduce((sum, { rows }) => sum + rows, 0))} wierszy danych.`);
  }
  await rejectLeftOver(instance);
  // Nothing of a rent looks at who the persons are.
  await Promise.all([giveIdentities(instance.context(SYSTEM), options), makeBaseline(instance, options.anchor, Number(before.approved), tell)]);
  if (before.drafts !== '0') return { run: null };
  return { run: await drawNextTariff(instance.context(personOf('anna.referent')), options.anchor) };
}

async function copyMade(ownerUrl: string, city: CityInTheMaking): Promise<CopiedTable[]> {
  try {
    return await copyCity(ownerUrl, city);
  } finally {
    await city.end();
  }
}
