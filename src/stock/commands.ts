/** Recording what was observed about one subject, correcting it, ending it. */
import { z } from 'zod';
import { audit, changeOf } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import type { FactEntry } from '../platform/facts/plan.ts';
import { stampChange } from '../platform/facts/stamp.ts';
import { endFacts, readFacts, writeFacts } from '../platform/facts/write.ts';
import type { Slot } from '../platform/law/types.ts';
import type { Target } from './target.ts';
import { checkIntent, checkSeen, factValue, findTarget, lockTarget, requireDays, requireHolding, slotOn } from './target.ts';

const text = z.string().trim().min(1);

/** When the slot was last recorded as far as the writer saw, or `never`; whoever says it is not overtaken unnoticed. */
const seen = z.string().regex(/^(?:never|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)$/).nullish();

export const factInput = z.strictObject({
  /** What the fact is about, and its slot. */
  slot: text.max(40),
  /** Code of the building or dwelling; of a staircase its building and its own, `B00001/klatka 1`. */
  subject: text.max(60),
  /** Option of the slot, or a decimal with a point. */
  value: text.max(40),
  from: plainDate,
  /** First day it no longer holds. */
  to: plainDate.nullish(),
  evidence: z.string().trim().max(500).nullish(),
  reason: text.min(3).max(500),
  /** `new` where nothing is recorded for these days, `change` from that day on, `correction` of what was recorded from that day. */
  as: z.enum(['new', 'change', 'correction']).default('new'),
  seen,
});

export const endInput = z.strictObject({ slot: text.max(40), subject: text.max(60), on: plainDate, reason: text.min(3).max(500), seen });

/**
 * Records a fact. @throws DomainError `slot_unknown`, `subject_unknown`, `fact_option`, `fact_decimal`, `fact_range`, `fact_days`, `fact_exists` (something is recorded
 * for these days and neither change nor correction was said), `fact_not_found` (nothing to correct), `fact_recorded_since`
 */
export async function recordFact(ctx: Context, input: z.input<typeof factInput>): Promise<void> {
  const given = factInput.parse(input);
  const { slot, entry } = await finding(ctx, given);
  await ctx.db.transaction(async (trx) => {
    const target = await findTarget(trx, ctx, slot, given.subject);
    await lockTarget(trx, target);
    await checkSeen(trx, target, given.seen);
    await checkIntent(trx, target, given);
    const before = await recordedOf(trx, target);
    // Stamped under the subject's lock: whoever waited for it is later than whoever held it.
    const stamp = await stampChange(trx, ctx.clock, { actor: ctx.actor.code, kind: 'fact', reason: given.reason });
    await writeFacts(trx, stamp, target.table, [{ key: target.key, ...entry }]);
    const change = changeOf(before, await recordedOf(trx, target));
    await audit(trx, ctx, { event: 'fact.record', targets: targetsOf(target, given), ...change, details: { from: entry.from, to: entry.to, as: given.as } });
  });
}

/** A finding as the fact writer takes it, its key aside. @throws DomainError `fact_days`, `slot_unknown`, `fact_option`, `fact_decimal`, `fact_range` */
export async function finding(ctx: Context, given: z.output<typeof factInput>): Promise<{ slot: Slot; entry: Omit<FactEntry, 'key'> }> {
  const to = given.to ?? null;
  requireDays(given.from, to);
  const slot = await slotOn(ctx, given.slot, given.from);
  const value = factValue(slot, given.value);
  const cells = slot.shape === 'option' ? { option: value } : { value };
  return { slot, entry: { value: { ...cells, evidence: given.evidence ?? null }, from: given.from, to } };
}

/** Ends a fact: from the day on nothing is recorded. @throws DomainError `slot_unknown`, `subject_unknown`, `fact_not_found`, `fact_recorded_since` */
export async function endFact(ctx: Context, input: z.input<typeof endInput>): Promise<void> {
  const given = endInput.parse(input);
  const slot = await slotOn(ctx, given.slot, given.on);
  await ctx.db.transaction(async (trx) => {
    const target = await findTarget(trx, ctx, slot, given.subject);
    await lockTarget(trx, target);
    await checkSeen(trx, target, given.seen);
    const before = await recordedOf(trx, target);
    requireHolding(before, given.on);
    const stamp = await stampChange(trx, ctx.clock, { actor: ctx.actor.code, kind: 'fact', reason: given.reason });
    await endFacts(trx, stamp, target.table, [{ key: target.key, on: given.on }]);
    const change = changeOf(before, await recordedOf(trx, target));
    await audit(trx, ctx, { event: 'fact.end', targets: targetsOf(target, given), ...change, details: { on: given.on } });
  });
}

/** What is recorded of the slot, for the audit trail: values and their days. The evidence is free text and may name people. */
async function recordedOf(trx: Transaction, { slot, table, id }: Target): Promise<{ value: string | null; from: PlainDate; to: PlainDate | null }[]> {
  const known = await readFacts(trx, table, [id]);
  const column = slot.shape === 'option' ? 'option' : 'value';
  return known.flatMap((fact) => (fact.key['slot'] === slot.slot ? [{ value: fact.value[column] ?? null, from: fact.range.from, to: fact.range.to }] : []));
}

/** The subject by its id and by its code, so that it is found by either. */
function targetsOf({ slot, key }: Target, { subject }: { readonly subject: string }): Record<string, string> {
  return { ...key, [slot.subject]: subject, slot: slot.slot };
}
