/** Values every lease of one day twice: by the law and tariff as they are, and with a scenario's changes. Reads, never writes. */
import { setImmediate as immediate } from 'node:timers/promises';
import { z } from 'zod';
import { scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import { openClient } from '../platform/database/connect.ts';
import { preparedQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addDays } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { DomainError } from '../platform/errors.ts';
import { tariffBook } from '../tariffs/read.ts';
import type { Tariff } from '../tariffs/rules.ts';
import type { AssembledLease } from '../rents/assemble.ts';
import { assemble } from '../rents/assemble.ts';
import type { RentInputs } from '../rents/rules/rent.ts';
import { calculatedRent, exemption } from '../rents/rules/rent.ts';
import { chunksOf } from '../rents/runs/engine.ts';
import { tariffBeforeProgramme } from '../rents/runs/frame.ts';
import { keptScope } from '../rents/runs/scope.ts';
import { changedLaw, changedTariff, scenarioChanges } from './changes.ts';
import type { Effect } from './effect.ts';
import { EffectTally } from './effect.ts';

export const effectInput = z.strictObject({
  /** Day of both sides. */
  day: plainDate,
  /** Tariff of the side compared with; the one in force on the day by default. */
  tariff: z.string().trim().min(1).max(60).optional(),
  changes: scenarioChanges,
});
export type EffectInput = z.output<typeof effectInput>;

/** Both sides of a comparison: what a rent is computed with. */
export interface Sides {
  readonly before: Omit<RentInputs, 'lease' | 'facts'>;
  readonly after: Omit<RentInputs, 'lease' | 'facts'>;
  readonly day: PlainDate;
  readonly knownAt: Instant;
}

/** Law and tariffs of both sides. @throws DomainError `tariff_unknown`, `tariff_none_on`, `scenario_refused` */
export async function sidesOf(ctx: Context, { day, tariff: named, changes }: EffectInput): Promise<Sides> {
  const knownAt = ctx.clock.now();
  const [book, tariffs] = await Promise.all([ctx.law.book(ctx.db), tariffBook(ctx.db, knownAt)]);
  const tariffOf = (code: string): Tariff => {
    const found = tariffs.named(code);
    if (!found) throw new DomainError('not found', 'tariff_unknown', { tariff: code, known: tariffs.all.map(({ code: known }) => known).join(', ') });
    return found;
  };
  const tariff = named === undefined ? tariffs.on(day) : tariffOf(named);
  if (tariff === null) throw new DomainError('invalid', 'tariff_none_on', { day, first: tariffs.all[0]?.from ?? '—' });
  const law = book.at(day, knownAt);
  const changed = changedLaw(law, changes);
  return {
    before: { law, tariff, tariffBefore: tariffBeforeProgramme(law, tariffs) },
    after: { law: changed, tariff: changedTariff(changes.tariff === undefined ? tariff : tariffOf(changes.tariff), changes), tariffBefore: tariffBeforeProgramme(changed, tariffs) },
    day, knownAt,
  };
}

/** The effect on all leases of the reader's that hold on the day, in one snapshot. */
export async function effectOf(ctx: Context, input: EffectInput, listen: (done: number, total: number) => void = () => undefined): Promise<Effect> {
  const sides = await sidesOf(ctx, input);
  const scope = keptScope({ kind: 'all' }, scopeOf(ctx));
  const tally = new EffectTally();
  const reader = await openClient(ctx.databaseUrl, 'kamienica scenario');
  try {
    // As a run reads: chunks are fetched by their keys, and compiling a plan takes longer than running it.
    await reader.query(`set jit = off; set enable_seqscan = off; set random_page_cost = 1.1; set work_mem = '32MB'; set plan_cache_mode = force_generic_plan`);
    await reader.query('begin isolation level repeatable read read only');
    const chunks = await chunksOf(reader, scope, sides.knownAt, sides.day);
    const query = preparedQuery(reader);
    const total = chunks.reduce((sum, { leases }) => sum + leases.length, 0);
    const read = (index: number): ReturnType<typeof assemble> | null => {
      const chunk = chunks[index];
      return chunk === undefined ? null : assemble(query, { ...chunk, window: { from: sides.day, to: addDays(sides.day, 1) }, knownAt: sides.knownAt, since: sides.knownAt, day: sides.day });
    };
    let done = 0;
    let upcoming = read(0);
    for (let index = 0; upcoming !== null; index += 1) {
      const found = await upcoming;
      // The next chunk is read while this one is computed.
      upcoming = read(index + 1);
      upcoming?.catch(() => undefined);
      for (const lease of found) addLease(tally, sides, lease);
      done += chunks[index]?.leases.length ?? 0;
      listen(done, total);
      await immediate();
    }
    await reader.query('commit');
  } finally {
    await reader.end();
  }
  return tally.result(sides.before.tariff.categories.map(({ category }) => category));
}

function addLease(tally: EffectTally, { before, after, day }: Sides, { lease, dwelling, facts }: AssembledLease): void {
  const terms = lease.on(day);
  if (terms === null) return;
  if (exemption(before.law, terms) !== null) {
    tally.exempt();
    return;
  }
  const facing = { lease: terms, facts: facts.on(day) };
  tally.add({ lease: lease.number, dwelling: dwelling.code }, calculatedRent({ ...before, ...facing }), calculatedRent({ ...after, ...facing }));
}
