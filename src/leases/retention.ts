/** Whose lease files are no longer kept: all leases ended longer ago than the law's data say, and nothing of them is open. */
import { z } from 'zod';
import { requireWholeCity } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addDays, addMonths } from '../platform/dates/plain.ts';
import type { Keeping } from '../persons/pages/told.ts';
import type { DuePerson, StillDue } from '../persons/retention.ts';
import { approveRetentionList, openRetentionList } from '../persons/retention.ts';
import { NOT_ERASED, PERSONS } from '../persons/sql.ts';

/** Kinds of cases whose persons can be listed. */
export const RETENTION_CLASSES = ['lease_file'] as const;

export const retentionInput = z.strictObject({ class: z.enum(RETENTION_CLASSES) });

/**
 * Persons each of whose leases, as known now, was over before the day; a lease without known terms counts as open. Whoever left a lease
 * that others go on with stays: its file is in use. `persons` are ids; null = all.
 */
export function duePersons(db: Queryable, before: PlainDate, persons: readonly string[] | null): Promise<DuePerson[]> {
  return rows<DuePerson>(
    db,
    `with ends as (
       select t.lease_id, max(coalesce(upper(t.valid), 'infinity'::date)) as ended from lease_terms t where upper_inf(t.recorded) group by t.lease_id)
     select p.id, max(e.ended) as "endedOn"
     from ${PERSONS} join lease_parties f on f.person_id = p.id and upper_inf(f.recorded) left join ends e on e.lease_id = f.lease_id
     where ${NOT_ERASED}${persons === null ? '' : ' and p.id = any(?::bigint[])'}
     group by p.id having bool_and(coalesce(e.ended <= ?::date, false)) order by p.id`,
    [...(persons === null ? [] : [persons]), before] as never[],
  );
}

const stillDue: StillDue = (trx, before, persons) => duePersons(trx, before, persons);

/** Makes a list of those who are due today. @throws DomainError `retention_needs_whole_city`, `retention_nobody`; LawMissing without a period for the class */
export async function makeRetentionList(ctx: Context, input: z.input<typeof retentionInput>): Promise<{ list: string; persons: number }> {
  const { class: kind } = retentionInput.parse(input);
  const { before } = await periodToday(ctx, kind);
  return ctx.db.transaction(async (trx) => openRetentionList(trx, ctx, { class: kind, before, due: await duePersons(trx, before, null) }));
}

/** How many years each kind of case is kept. */
const PERIODS = { lease_file: 'retention.lease_file.years' } as const satisfies Record<RetentionClass, string>;

type RetentionClass = (typeof RETENTION_CLASSES)[number];

/** How long a kind of case is kept today, and before which day its last case must be over. @throws LawMissing */
async function periodToday(ctx: Context, kind: RetentionClass): Promise<{ years: number; before: PlainDate }> {
  const today = ctx.clock.today();
  const years = (await ctx.law.book(ctx.db)).at(today, ctx.clock.now()).integer(PERIODS[kind]);
  return { years, before: addMonths(today, -12 * years) };
}

/** How many years at least the audit trail outlives what it tells of, today. @throws LawMissing */
export async function trailYears(ctx: Context): Promise<number> {
  return (await ctx.law.book(ctx.db)).at(ctx.clock.today(), ctx.clock.now()).integer('retention.audit.years');
}

/** Who would stand on a list made today: how many. @throws DomainError `retention_needs_whole_city`; LawMissing */
export async function dueToday(ctx: Context, kind: RetentionClass): Promise<{ years: number; before: PlainDate; persons: number }> {
  requireWholeCity(ctx, 'retention_needs_whole_city');
  const period = await periodToday(ctx, kind);
  return { ...period, persons: (await duePersons(ctx.db, period.before, null)).length };
}

/** Until when the person's lease file is kept; `person` is a code. @throws LawMissing */
export async function keepingOf(ctx: Context, person: string): Promise<Keeping> {
  const { ended, leases } = await row<{ ended: PlainDate | null; leases: number }>(
    ctx.db,
    `select count(distinct f.lease_id)::int as leases, case when bool_and(e.ended is not null and isfinite(e.ended)) then max(e.ended) end as ended
     from ${PERSONS} join lease_parties f on f.person_id = p.id and upper_inf(f.recorded)
     left join lateral (select max(coalesce(upper(t.valid), 'infinity'::date)) as ended from lease_terms t where t.lease_id = f.lease_id and upper_inf(t.recorded)) e on true
     where p.code = ?`,
    [person],
  );
  if (leases === 0) return { state: 'none' };
  if (ended === null) return { state: 'in use' };
  const { years } = await periodToday(ctx, 'lease_file');
  return { state: 'over', endedOn: ended, until: erasableFrom(ended, years), years };
}

/** The first day on which a list may have a file that was over on `ended`, the first day without any lease. */
export function erasableFrom(ended: PlainDate, years: number): PlainDate {
  const day = addMonths(ended, 12 * years);
  // From 29 February there are ten years until 1 March, for ten years before 28 February it was not yet over.
  return addMonths(day, -12 * years) < ended ? addDays(day, 1) : day;
}

/** Approves a list of lease files. @throws as approveRetentionList */
export function approveLeaseFiles(ctx: Context, list: string): Promise<{ erased: number }> {
  return approveRetentionList(ctx, list, stillDue);
}
