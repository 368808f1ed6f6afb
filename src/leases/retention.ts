/** Whose lease files are no longer kept: all leases ended longer ago than the law's data say, and nothing of them is open. */
import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addMonths } from '../platform/dates/plain.ts';
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
  const today = ctx.clock.today();
  const years = (await ctx.law.book(ctx.db)).at(today, ctx.clock.now()).integer(PERIODS[kind]);
  const before = addMonths(today, -12 * years);
  return ctx.db.transaction(async (trx) => openRetentionList(trx, ctx, { class: kind, before, due: await duePersons(trx, before, null) }));
}

/** How many years each kind of case is kept. */
const PERIODS = { lease_file: 'retention.lease_file.years' } as const satisfies Record<(typeof RETENTION_CLASSES)[number], string>;

/** Approves a list of lease files. @throws as approveRetentionList */
export function approveLeaseFiles(ctx: Context, list: string): Promise<{ erased: number }> {
  return approveRetentionList(ctx, list, stillDue);
}
