/** Runs and their drafts, for whoever looks: lists sort and filter on typed columns in one query. */
import { z } from 'zod';
import { LEASES } from '../../leases/sql.ts';
import type { Context } from '../../platform/context.ts';
import type { Queryable } from '../../platform/database/connect.ts';
import { row, rows } from '../../platform/database/connect.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Flaw } from '../../platform/errors.ts';
import type { Statement } from '../../platform/statement/types.ts';
import { dwellingCodes } from '../../stock/sql.ts';
import type { RunScope } from './scope.ts';
import type { RunSummary } from './store.ts';

const CODES = dwellingCodes();

/** A run with its state, who prepared and who decided it. */
export interface RunView {
  readonly run: string;
  readonly tariff: string;
  readonly state: 'drafting' | 'draft' | 'approved' | 'rejected' | 'void';
  readonly stateReason: string | null;
  readonly scope: RunScope;
  readonly businessDate: string;
  readonly delivered: string;
  readonly knownAt: string | null;
  readonly leases: number | null;
  readonly preparedBy: readonly string[];
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly operation: string;
  readonly leftOut: number;
  readonly warnings: readonly Flaw[];
}

const RUN_COLUMNS = `r.id as run, r.tariff, d.state, d.state_reason as "stateReason", r.scope, r.business_date as "businessDate", r.delivery_date as delivered,
  r.known_at as "knownAt", r.leases, r.operation_id as operation, r.warnings, d.decided_at as "decidedAt",
  (select coalesce(json_agg(h.actor order by h.at), '[]') from decision_hands h where h.decision_id = d.id and h.part = 'prepared') as "preparedBy",
  (select h.actor from decision_hands h where h.decision_id = d.id and h.part = 'decided') as "decidedBy",
  (select count(*)::int from run_omissions o where o.run_id = r.id and o.withdrawn_at is null) as "leftOut"`;

/** Runs, the newest first. */
export async function listRuns(db: Queryable, page: { limit: number; offset: number }): Promise<{ items: RunView[]; total: number }> {
  const items = await rows<RunView>(db, `select ${RUN_COLUMNS} from runs r join decisions d on d.id = r.decision_id order by r.id desc limit ? offset ?`, [page.limit, page.offset]);
  const { total } = await row<{ total: number }>(db, 'select count(*)::int as total from runs');
  return { items, total };
}

/** One run with its totals. @throws DomainError `run_unknown` */
export async function viewRun(db: Queryable, runId: string): Promise<RunView & { summary: RunSummary | null }> {
  const [found] = /^\d{1,18}$/.test(runId)
    ? await rows<RunView & { summary: RunSummary | null }>(db, `select ${RUN_COLUMNS}, r.summary from runs r join decisions d on d.id = r.decision_id where r.id = ?`, [runId])
    : [];
  if (!found) throw new DomainError('not found', 'run_unknown', { run: runId });
  return found;
}

/** What drafts may be filtered by. */
export const draftFilter = z.strictObject({
  outcome: z.enum(['increase', 'decrease', 'first', 'unchanged', 'exception']).optional(),
  reason: z.string().max(40).optional(),
  district: z.string().max(60).optional(),
  zone: z.string().max(10).optional(),
  category: z.string().max(10).optional(),
  basis: z.string().max(30).optional(),
  warning: z.string().max(20).optional(),
  lease: z.string().max(60).optional(),
});

export type DraftFilter = z.infer<typeof draftFilter>;

export const DRAFT_SORTS = ['lease', 'difference', 'percent', 'new_amount', 'old_amount', 'outcome', 'effective_from'] as const;
export type DraftSort = (typeof DRAFT_SORTS)[number];

/** A row of the list of drafts. */
export interface DraftView {
  readonly lease: string;
  readonly dwelling: string;
  readonly step: number;
  readonly outcome: string;
  readonly reason: string | null;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly oldAmount: string | null;
  readonly newAmount: string | null;
  readonly difference: string | null;
  readonly percent: string | null;
  readonly rate: string | null;
  readonly area: string | null;
  readonly points: string | null;
  readonly category: string | null;
  readonly zone: string | null;
  readonly basis: string | null;
  readonly district: string | null;
  readonly warnings: readonly string[];
  /** Ids of the lines in which the new statement differs. */
  readonly differing: readonly string[];
  readonly missing: readonly string[];
  readonly leftOut: boolean;
}

const DRAFT_COLUMNS = `l.number as lease, w.dwelling, d.step, d.outcome, d.reason, d.effective_from as "effectiveFrom", d.effective_to as "effectiveTo",
  d.old_amount as "oldAmount", d.new_amount as "newAmount", d.difference, d.percent, d.rate, d.area_m2 as area, d.points, d.category, d.zone, d.basis, d.district,
  coalesce(string_to_array(d.warnings, ' '), '{}') as warnings, coalesce(string_to_array(d.differing, ' '), '{}') as differing,
  coalesce(string_to_array(d.missing, ' '), '{}') as missing,
  exists (select 1 from run_omissions o where o.run_id = d.run_id and o.lease_id = d.lease_id and o.withdrawn_at is null) as "leftOut"`;

const SORT_SQL: Readonly<Record<DraftSort, string>> = {
  lease: 'l.number',
  difference: 'd.difference',
  percent: 'd.percent',
  new_amount: 'd.new_amount',
  old_amount: 'd.old_amount',
  outcome: 'd.outcome',
  effective_from: 'd.effective_from',
};

function conditions(runId: string, filter: DraftFilter): { sql: string; values: string[] } {
  const parts = ['d.run_id = ?'];
  const values = [runId];
  const add = (sql: string, value: string | undefined): void => {
    if (value === undefined) return;
    parts.push(sql);
    values.push(value);
  };
  add('d.outcome = ?', filter.outcome);
  add('d.reason = ?', filter.reason);
  add('d.district = ?', filter.district);
  add('d.zone = ?', filter.zone);
  add('d.category = ?', filter.category);
  add('d.basis = ?', filter.basis);
  add(`? = any(string_to_array(d.warnings, ' '))`, filter.warning);
  add('l.number = ?', filter.lease);
  return { sql: parts.join(' and '), values };
}

/** Drafts of a run. @throws DomainError `run_unknown` */
export async function listDrafts(
  db: Queryable,
  runId: string,
  filter: DraftFilter,
  page: { limit: number; offset: number; sort: { by: DraftSort; descending: boolean } },
): Promise<{ items: DraftView[]; total: number }> {
  await viewRun(db, runId);
  const { sql, values } = conditions(runId, filter);
  const from = `from run_drafts d join ${LEASES} on l.id = d.lease_id join ${CODES} w on w.dwelling_id = l.dwelling_id where ${sql}`;
  const order = `${SORT_SQL[page.sort.by]} ${page.sort.descending ? 'desc' : 'asc'} nulls last, l.number, d.step`;
  const items = await rows<DraftView>(db, `select ${DRAFT_COLUMNS} ${from} order by ${order} limit ? offset ?`, [...values, page.limit, page.offset]);
  const { total } = await row<{ total: number }>(db, `select count(*)::int as total ${from}`, values);
  return { items, total };
}

/** The steps of one lease with both statements. */
export interface DraftDetail extends DraftView {
  readonly statement: Statement | null;
  readonly oldStatement: Statement | null;
}

/** Old and new statement of a lease side by side. @throws DomainError `run_unknown`, `lease_not_in_run` */
export async function viewDraft(db: Queryable, runId: string, lease: string): Promise<DraftDetail[]> {
  await viewRun(db, runId);
  const found = await rows<DraftDetail>(
    db,
    `select ${DRAFT_COLUMNS}, d.statement, o.statement as "oldStatement"
     from run_drafts d join ${LEASES} on l.id = d.lease_id join ${CODES} w on w.dwelling_id = l.dwelling_id
       left join rents q on q.id = d.old_rent_id left join run_drafts o on o.run_id = q.run_id and o.lease_id = q.lease_id and o.step = q.step
     where d.run_id = ? and l.number = ? order by d.step`,
    [runId, lease],
  );
  if (found.length === 0) throw new DomainError('not found', 'lease_not_in_run', { lease, run: runId });
  return found;
}

/** A lease whose proposals in two runs differ. */
export interface ComparedLease {
  readonly lease: string;
  readonly outcomeA: string | null;
  readonly outcomeB: string | null;
  readonly reasonA: string | null;
  readonly reasonB: string | null;
  readonly amountA: string | null;
  readonly amountB: string | null;
  readonly difference: string | null;
}

export interface Comparison {
  readonly leases: number;
  readonly same: number;
  readonly onlyA: number;
  readonly onlyB: number;
  /** Sum of what each run would charge, zł a month. */
  readonly sumA: string;
  readonly sumB: string;
  readonly difference: string;
  readonly items: readonly ComparedLease[];
  /** Leases that differ, on all pages. */
  readonly total: number;
}

const COMPARED = `
  with a as (select distinct on (lease_id) * from run_drafts where run_id = :a order by lease_id, step desc),
  b as (select distinct on (lease_id) * from run_drafts where run_id = :b order by lease_id, step desc),
  c as (
    select coalesce(a.lease_id, b.lease_id) as lease_id, a.outcome as "outcomeA", b.outcome as "outcomeB", a.reason as "reasonA", b.reason as "reasonB",
      coalesce(a.new_amount, a.old_amount) as "amountA", coalesce(b.new_amount, b.old_amount) as "amountB",
      a.lease_id is null as only_b, b.lease_id is null as only_a
    from a full join b on b.lease_id = a.lease_id)`;

const DIFFERS = `("amountA" is distinct from "amountB" or "outcomeA" is distinct from "outcomeB" or "reasonA" is distinct from "reasonB")`;

/** Compares two runs lease by lease; the biggest differences first. @throws DomainError `run_unknown` */
export async function compareRuns(ctx: Context, runA: string, runB: string, page: { limit: number; offset: number }): Promise<Comparison> {
  await viewRun(ctx.db, runA);
  await viewRun(ctx.db, runB);
  const [totals] = await rows<Omit<Comparison, 'items'>>(
    ctx.db,
    `${COMPARED} select count(*)::int as leases, (count(*) filter (where not ${DIFFERS}))::int as same, (count(*) filter (where only_a))::int as "onlyA",
       (count(*) filter (where only_b))::int as "onlyB", coalesce(sum("amountA"), 0)::text as "sumA", coalesce(sum("amountB"), 0)::text as "sumB",
       (coalesce(sum("amountB"), 0) - coalesce(sum("amountA"), 0))::text as difference, (count(*) filter (where ${DIFFERS}))::int as total from c`,
    { a: runA, b: runB },
  );
  const items = await rows<ComparedLease>(
    ctx.db,
    `${COMPARED} select l.number as lease, "outcomeA", "outcomeB", "reasonA", "reasonB", "amountA", "amountB", "amountB" - "amountA" as difference
     from c join ${LEASES} on l.id = c.lease_id where ${DIFFERS} order by abs("amountB" - "amountA") desc nulls last, l.number limit :limit offset :offset`,
    { a: runA, b: runB, limit: page.limit, offset: page.offset },
  );
  if (!totals) throw new DomainError('not found', 'run_unknown', { run: runA });
  return { ...totals, items };
}
