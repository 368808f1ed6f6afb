/** Recording what was observed about one subject, correcting it, ending it. */
import { z } from 'zod';
import type { Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { audit, changeOf } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import { parseDayRange } from '../platform/dates/ranges.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { DomainError } from '../platform/errors.ts';
import { stampChange } from '../platform/facts/stamp.ts';
import { endFacts, readFacts, writeFacts } from '../platform/facts/write.ts';
import type { FactTable } from '../platform/facts/write.ts';
import type { Law } from '../platform/law/book.ts';
import type { Slot, Subject } from '../platform/law/types.ts';
import { dec } from '../platform/money.ts';
import { buildingsFor, dwellingsFor } from './sql.ts';
import { OBSERVED } from './store.ts';

const text = z.string().trim().min(1);

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
});

export const endInput = z.strictObject({ slot: text.max(40), subject: text.max(60), on: plainDate, reason: text.min(3).max(500) });

interface Target {
  readonly slot: Slot;
  readonly table: FactTable;
  readonly key: Record<string, string>;
}

/**
 * Records a fact. @throws DomainError `slot_unknown`, `subject_unknown`, `fact_value`, `fact_days`, `fact_exists` (something is recorded
 * for these days and neither change nor correction was said), `fact_not_found` (nothing to correct)
 */
export async function recordFact(ctx: Context, input: z.input<typeof factInput>): Promise<void> {
  const given = factInput.parse(input);
  const to = given.to ?? null;
  if (to !== null && to <= given.from) throw new DomainError('invalid', 'fact_days', { from: given.from, to });
  const law = (await ctx.law.book(ctx.db)).at(given.from, ctx.clock.now());
  const slot = slotOf(law, given.slot);
  const value = valueOf(slot, given.value);
  await ctx.db.transaction(async (trx) => {
    const stamp = await stampChange(trx, ctx.clock, { actor: ctx.actor.code, kind: 'fact', reason: given.reason });
    const target = await targetOf(trx, ctx, slot, given.subject);
    await checkIntent(trx, target, given);
    const before = await recordedOf(trx, target);
    const cells = slot.shape === 'option' ? { option: value } : { value };
    await writeFacts(trx, stamp, target.table, [{ key: target.key, value: { ...cells, evidence: given.evidence ?? null }, from: given.from, to }]);
    const change = changeOf(before, await recordedOf(trx, target));
    await audit(trx, ctx, { event: 'fact.record', targets: targetsOf(target, given), ...change, details: { from: given.from, to, as: given.as } });
  });
}

/** Ends a fact: from the day on nothing is recorded. @throws DomainError `slot_unknown`, `subject_unknown`, `fact_not_found` */
export async function endFact(ctx: Context, input: z.input<typeof endInput>): Promise<void> {
  const given = endInput.parse(input);
  const slot = slotOf((await ctx.law.book(ctx.db)).at(given.on, ctx.clock.now()), given.slot);
  await ctx.db.transaction(async (trx) => {
    const stamp = await stampChange(trx, ctx.clock, { actor: ctx.actor.code, kind: 'fact', reason: given.reason });
    const target = await targetOf(trx, ctx, slot, given.subject);
    const before = await recordedOf(trx, target);
    await endFacts(trx, stamp, target.table, [{ key: target.key, on: given.on }]);
    const change = changeOf(before, await recordedOf(trx, target));
    await audit(trx, ctx, { event: 'fact.end', targets: targetsOf(target, given), ...change, details: { on: given.on } });
  });
}

/** What is recorded of the slot, for the audit trail: values and their days. The evidence is free text and may name people. */
async function recordedOf(trx: Transaction, { slot, table, key }: Target): Promise<{ value: string | null; from: string; to: string | null }[]> {
  const known = await readFacts(trx, table, [key[`${slot.subject}_id`] ?? '']);
  const column = slot.shape === 'option' ? 'option' : 'value';
  return known.flatMap((fact) => (fact.key['slot'] === slot.slot ? [{ value: fact.value[column] ?? null, from: fact.range.from, to: fact.range.to }] : []));
}

/** The subject by its id and by its code, so that it is found by either. */
function targetsOf({ slot, key }: Target, { subject }: { readonly subject: string }): Record<string, string> {
  return { ...key, [slot.subject]: subject, slot: slot.slot };
}

function slotOf(law: Law, name: string): Slot {
  const slot = law.slots.get(name);
  if (!slot || name === 'shared_dwelling') throw new DomainError('not found', 'slot_unknown', { slot: name });
  return slot;
}

const DECIMAL = /^-?\d{1,9}(\.\d{1,4})?$/;

function valueOf(slot: Slot, value: string): string {
  if (slot.shape === 'option') {
    if (slot.options.includes(value)) return value;
    throw new DomainError('invalid', 'fact_option', { slot: slot.name, value, allowed: slot.options.map((option) => `${option} (${slot.optionNames[option] ?? option})`).join(', ') });
  }
  const args = { slot: slot.name, value, unit: slot.unit ?? '', min: slot.min ?? '', max: slot.max ?? '' };
  if (!DECIMAL.test(value)) throw new DomainError('invalid', 'fact_decimal', args);
  const number = dec(value);
  if ((slot.min !== null && number.lt(dec(slot.min))) || (slot.max !== null && number.gt(dec(slot.max)))) throw new DomainError('invalid', 'fact_range', args);
  return value;
}

const SUBJECT_SQL: Readonly<Record<Subject, (scope: Scope) => string>> = {
  building: (scope) => `select b.id from ${buildingsFor(scope)} where b.code = :subject`,
  staircase: (scope) => `select s.id from staircases s join ${buildingsFor(scope)} on b.id = s.building_id where b.code || '/' || s.code = :subject`,
  dwelling: (scope) => `select d.id from ${dwellingsFor(scope)} where d.code = :subject`,
};

/** What the fact is about; what lies outside the writer's scope is not there. */
async function targetOf(trx: Transaction, ctx: Context, slot: Slot, subject: string): Promise<Target> {
  const scope = scopeOf(ctx);
  const [found] = await rows<{ id: string }>(trx, SUBJECT_SQL[slot.subject](scope), { ...scopeBindings(scope), subject });
  if (!found) throw new DomainError('not found', 'subject_unknown', { subject, kind: SUBJECT_NAMES[slot.subject] });
  // One writer a subject at a time: what is judged stays true until it is written.
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${slot.subject}:${found.id}`]);
  return { slot, table: OBSERVED[slot.subject][slot.shape], key: { [`${slot.subject}_id`]: found.id, slot: slot.slot } };
}

const SUBJECT_NAMES: Readonly<Record<Subject, string>> = { building: 'budynku', staircase: 'klatki', dwelling: 'lokalu' };

/** A second value for the same days is refused unless it is said to be a change or a correction. VAL-2 */
async function checkIntent(trx: Transaction, target: Target, given: z.output<typeof factInput>): Promise<void> {
  if (given.as === 'change') return;
  const column = target.slot.shape === 'option' ? 'option' : 'value';
  const [subject = ''] = Object.keys(target.table.key);
  const known = await rows<{ value: string; valid: string }>(
    trx,
    `select ${column}::text as value, valid::text as valid from ${target.table.table}
     where ${subject} = ? and slot = ? and upper_inf(recorded) and valid && daterange(?, ?)`,
    [target.key[subject] ?? '', target.slot.slot, given.from, given.to ?? null],
  );
  const ranges = known.map(({ value, valid }) => ({ value, ...parseDayRange(valid) }));
  if (given.as === 'correction') {
    if (!ranges.some(({ from }) => from === given.from)) throw new DomainError('not found', 'fact_not_found', { day: given.from });
    return;
  }
  const [first] = ranges;
  if (first) throw new DomainError('conflict', 'fact_exists', { slot: target.slot.name, value: target.slot.optionNames[first.value] ?? first.value, from: first.from, to: first.to ?? '…' });
}
