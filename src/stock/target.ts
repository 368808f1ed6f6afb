/** What a finding is about, and whether it may be recorded as it was said. The same judgement before a write and before a look at its effect. */
import type { Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains, parseDayRange } from '../platform/dates/ranges.ts';
import type { ErrorKind, Flaw } from '../platform/errors.ts';
import { DomainError } from '../platform/errors.ts';
import type { FactTable } from '../platform/facts/write.ts';
import type { Slot, Subject } from '../platform/law/types.ts';
import { dec } from '../platform/money.ts';
import { buildingsFor, dwellingsFor } from './sql.ts';
import { OBSERVED } from './store.ts';

/** A slot of one subject, where its facts are kept. */
export interface Target {
  readonly slot: Slot;
  /** Id of the building, staircase or dwelling. */
  readonly id: string;
  readonly table: FactTable;
  readonly key: Record<string, string>;
}

/** A refusal that is told at its field; `told` where the field needs other words than the whole. */
function refusal(kind: ErrorKind, code: string, field: string, args: Readonly<Record<string, string>>, told = code): DomainError {
  const flaw: Flaw = { field, code: told, args };
  return new DomainError(kind, code, args, [flaw]);
}

/**
 * The slot in the law of the day; of a day before the law knew it as it is today: a house was there before the law, and what was recorded
 * of it wrongly must not stay so. Whether a dwelling is shared is no finding. @throws DomainError `slot_unknown`
 */
export async function slotOn(ctx: Context, name: string, day: PlainDate): Promise<Slot> {
  const book = await ctx.law.book(ctx.db);
  const now = ctx.clock.now();
  const slot = book.at(day, now).slots.get(name) ?? book.at(ctx.clock.today(), now).slots.get(name);
  if (slot === undefined || name === 'shared_dwelling') throw refusal('not found', 'slot_unknown', 'slot', { slot: name });
  return slot;
}

const DECIMAL = /^-?\d{1,9}(\.\d{1,4})?$/;

/** The value as it is kept. @throws DomainError `fact_option`, `fact_decimal`, `fact_range` */
export function factValue(slot: Slot, value: string): string {
  if (slot.shape === 'option') {
    if (slot.options.includes(value)) return value;
    throw refusal('invalid', 'fact_option', 'value', { slot: slot.name, value, allowed: slot.options.map((option) => `${option} (${slot.optionNames[option] ?? option})`).join(', ') });
  }
  const args = { slot: slot.name, value, unit: slot.unit ?? '', min: slot.min ?? '', max: slot.max ?? '' };
  if (!DECIMAL.test(value)) throw refusal('invalid', 'fact_decimal', 'value', args);
  const number = dec(value);
  if ((slot.min !== null && number.lt(dec(slot.min))) || (slot.max !== null && number.gt(dec(slot.max)))) throw refusal('invalid', 'fact_range', 'value', args);
  return value;
}

/** @throws DomainError `fact_days` */
export function requireDays(from: PlainDate, to: PlainDate | null): void {
  if (to !== null && to <= from) throw refusal('invalid', 'fact_days', 'to', { from, to }, 'fact_days_field');
}

const SUBJECT_SQL: Readonly<Record<Subject, (scope: Scope) => string>> = {
  building: (scope) => `select b.id from ${buildingsFor(scope)} where b.code = :subject`,
  staircase: (scope) => `select s.id from staircases s join ${buildingsFor(scope)} on b.id = s.building_id where b.code || '/' || s.code = :subject`,
  dwelling: (scope) => `select d.id from ${dwellingsFor(scope)} where d.code = :subject`,
};

/** What the fact is about; what lies outside the scope of whoever asks is not there. @throws DomainError `subject_unknown` */
export async function findTarget(db: Queryable, ctx: Context, slot: Slot, subject: string): Promise<Target> {
  const scope = scopeOf(ctx);
  const [found] = await rows<{ id: string }>(db, SUBJECT_SQL[slot.subject](scope), { ...scopeBindings(scope), subject });
  if (!found) throw refusal('not found', 'subject_unknown', 'subject', { subject, kind: slot.subject });
  return { slot, id: found.id, table: OBSERVED[slot.subject][slot.shape], key: { [`${slot.subject}_id`]: found.id, slot: slot.slot } };
}

/** One writer a subject at a time: what is judged stays true until it is written. */
export async function lockTarget(db: Queryable, { slot, id }: Target): Promise<void> {
  await db.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${slot.subject}:${id}`]);
}

/** How a finding is meant. */
export interface Intent {
  readonly from: PlainDate;
  readonly to?: PlainDate | null | undefined;
  readonly as: 'new' | 'change' | 'correction';
}

/** A second value for the same days is refused unless it is said to be a change or a correction. VAL-2 @throws DomainError `fact_exists`, `fact_not_found` */
export async function checkIntent(db: Queryable, { slot, table, id }: Target, given: Intent): Promise<void> {
  if (given.as === 'change') return;
  const column = slot.shape === 'option' ? 'option' : 'value';
  const known = await rows<{ value: string; valid: string }>(
    db,
    `select ${column}::text as value, valid::text as valid from ${table.table}
     where ${slot.subject}_id = ? and slot = ? and upper_inf(recorded) and valid && daterange(?, ?)`,
    [id, slot.slot, given.from, given.to ?? null],
  );
  const ranges = known.map(({ value, valid }) => ({ value, ...parseDayRange(valid) }));
  if (given.as === 'correction') {
    if (!ranges.some(({ from }) => from === given.from)) throw refusal('not found', 'fact_not_found', 'from', { day: given.from }, 'fact_nothing_to_correct');
    return;
  }
  const [first] = ranges;
  if (first) throw refusal('conflict', 'fact_exists', 'as', { slot: slot.name, value: slot.optionNames[first.value] ?? first.value, from: first.from, to: first.to ?? '…' });
}

/** Something must hold on the day, or begin on it, to be ended. @throws DomainError `fact_not_found` */
export function requireHolding(known: readonly DayRange[], on: PlainDate): void {
  if (!known.some((range) => contains(range, on))) throw refusal('not found', 'fact_not_found', 'on', { day: on });
}

/** Where nothing was ever recorded. */
export const NEVER = 'never';

/** Two people at once: who recorded since this was looked at is named. @throws DomainError `fact_recorded_since` */
export async function checkSeen(db: Queryable, { slot, table, id }: Target, seen: string | null | undefined): Promise<void> {
  if (seen === null || seen === undefined) return;
  const [last] = await rows<{ at: string; actor: string }>(
    db,
    `select greatest(lower(t.recorded), upper(t.recorded)) as at, c.actor from ${table.table} t join changes c on c.id = coalesce(t.closed_change_id, t.change_id)
     where ${slot.subject}_id = ? and slot = ? order by 1 desc limit 1`,
    [id, slot.slot],
  );
  if ((last?.at ?? NEVER) !== seen) throw new DomainError('conflict', 'fact_recorded_since', { slot: slot.name, actor: last?.actor ?? '—' });
}
