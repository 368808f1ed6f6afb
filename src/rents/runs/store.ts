/** The runs' own tables. */
import type { Scope } from '../../platform/access/scope.ts';
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Queryable } from '../../platform/database/connect.ts';
import { row } from '../../platform/database/connect.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { Flaw } from '../../platform/errors.ts';
import type { KeptScope } from './scope.ts';
import { andLeaseIn } from './visible.ts';

export interface NewRun {
  readonly decisionId: string;
  readonly operationId: string;
  readonly tariff: string;
  readonly scope: KeptScope;
  readonly businessDate: PlainDate;
  readonly delivered: PlainDate;
  readonly warnings: readonly Flaw[];
  readonly at: Instant;
}

export async function insertRun(trx: Queryable, run: NewRun): Promise<string> {
  const { id } = await row<{ id: string }>(
    trx,
    `insert into runs (decision_id, operation_id, tariff, scope, business_date, delivery_date, warnings, started_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    [run.decisionId, run.operationId, run.tariff, JSON.stringify(run.scope), run.businessDate, run.delivered, JSON.stringify(run.warnings), run.at],
  );
  return id;
}

/** Counts and sums of the drafts, as text with exact decimals. */
export interface Totals {
  readonly leases: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string | null;
}

export interface RunSummary {
  readonly outcomes: readonly (Totals & { outcome: string; reason: string | null })[];
  readonly zones: readonly (Totals & { zone: string | null })[];
  readonly categories: readonly (Totals & { category: string | null })[];
  readonly bases: readonly (Totals & { basis: string | null })[];
  readonly warnings: readonly { warning: string; leases: string }[];
  /** Leases by the first month of their new rent. */
  readonly months: readonly { month: string; leases: string }[];
}

/** Runs a parametrised query and gives its rows as objects. */
export type ObjectQuery = (sql: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** Conditions on `run_drafts d`: it is the last step of its lease, the one that lasts; its lease was left out. */
export const LAST_STEP = '(not exists (select 1 from run_drafts z where z.run_id = d.run_id and z.lease_id = d.lease_id and z.step > d.step))';
export const LEFT_OUT = '(exists (select 1 from run_omissions o where o.run_id = d.run_id and o.lease_id = d.lease_id and o.withdrawn_at is null))';

/** A lease is counted once: by its last step, the one that lasts. Leases left out are counted apart. `run` is SQL, `and` one more condition. */
const lastSteps = (run: string, and: string): string => `
  select distinct on (d.lease_id) d.outcome, d.reason, d.zone, d.category, d.points, d.basis, d.warnings, d.effective_from, d.old_amount, coalesce(d.new_amount, d.old_amount) as amount
  from run_drafts d
  where d.run_id = ${run} and not ${LEFT_OUT}${and}
  order by d.lease_id desc, d.step desc`;

/** The leases added up once, by all that they are told by: a few hundred rows to tell every total from. */
const addedUp = (run: string, and: string): string => `
  select outcome, reason, zone, category, basis, warnings, effective_from, min(points) as points, count(*) as leases,
    sum(old_amount) as before, sum(amount) as after, sum(amount - old_amount) as difference
  from (${lastSteps(run, and)}) d group by outcome, reason, zone, category, basis, warnings, effective_from`;

const TOTALS = `sum(leases)::text as leases, sum(before)::text as before, sum(after)::text as after, sum(difference)::text as difference`;

function grouped(columns: string, where = 'true', order = columns): string {
  return listed(`select ${columns}, ${TOTALS} from l where ${where} group by ${columns} order by ${order}`);
}

function listed(sql: string): string {
  return `(select coalesce(json_agg(q), '[]') from (${sql}) q)`;
}

const summarySql = (run: string, and: string): string => `with l as materialized (${addedUp(run, and)})
  select ${grouped('outcome, reason')} as outcomes,
    ${grouped('zone', `outcome <> 'exception'`)} as zones,
    ${grouped('category', `outcome <> 'exception'`, 'category is null, min(points)')} as categories,
    ${grouped('basis', `outcome <> 'exception'`)} as bases,
    ${listed(`select w as warning, sum(leases)::text as leases from l, unnest(string_to_array(l.warnings, ' ')) w group by w order by w`)} as warnings,
    ${listed('select effective_from::text as month, sum(leases)::text as leases from l where effective_from is not null group by effective_from order by effective_from')} as months`;

const SUMMARY = summarySql('$1', '');

/** Totals of a run by outcome, zone, category and basis. */
export async function runSummary(query: ObjectQuery, runId: string): Promise<RunSummary> {
  const [summary] = await query(SUMMARY, [runId]);
  return summary as unknown as RunSummary;
}

/** The same of the leases of a reader's scope alone. */
export async function summaryFor(db: Queryable, scope: Scope, runId: string): Promise<RunSummary> {
  return row<RunSummary>(db, summarySql(':run', andLeaseIn(scope, 'd.lease_id')), { ...scopeBindings(scope), run: runId });
}
