/** Runs and their drafts, for whoever looks: lists sort and filter on typed columns in one query. */
import { z } from 'zod';
import { leasesFor } from '../../leases/sql.ts';
import type { Reader, Scope } from '../../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import { row, rows } from '../../platform/database/connect.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Flaw } from '../../platform/errors.ts';
import type { Statement } from '../../platform/statement/types.ts';
import { dwellingCodes } from '../../stock/sql.ts';
import type { KeptScope } from './scope.ts';
import type { RunSummary } from './store.ts';
import { summaryFor } from './store.ts';
import { andLeaseIn, runBindings, runsFor } from './visible.ts';

const CODES = dwellingCodes();

/** A run with its state, who prepared and who decided it. */
export interface RunView {
  readonly run: string;
  readonly tariff: string;
  readonly state: 'drafting' | 'draft' | 'approved' | 'rejected' | 'void';
  readonly stateReason: string | null;
  readonly scope: KeptScope;
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

const runColumns = (scope: Scope): string => `r.id as run, r.tariff, d.state, d.state_reason as "stateReason", r.scope, r.business_date as "businessDate", r.delivery_date as delivered,
  r.known_at as "knownAt", r.leases, r.operation_id as operation, r.warnings, d.decided_at as "decidedAt",
  (select coalesce(json_agg(h.actor order by h.at), '[]') from decision_hands h where h.decision_id = d.id and h.part = 'prepared') as "preparedBy",
  (select h.actor from decision_hands h where h.decision_id = d.id and h.part = 'decided') as "decidedBy",
  (select count(*)::int from run_omissions o where o.run_id = r.id and o.withdrawn_at is null${andLeaseIn(scope, 'o.lease_id')}) as "leftOut"`;

/** Runs that the reader may see, the newest first. */
export async function listRuns(reader: Reader, page: { limit: number; offset: number }): Promise<{ items: RunView[]; total: number }> {
  const scope = scopeOf(reader);
  const from = `from ${runsFor(scope)} join decisions d on d.id = r.decision_id`;
  const bindings = { ...runBindings(scope, reader), limit: page.limit, offset: page.offset };
  const items = await rows<RunView>(reader.db, `select ${runColumns(scope)} ${from} order by r.id desc limit :limit offset :offset`, bindings);
  const { total } = await row<{ total: number }>(reader.db, `select count(*)::int as total from ${runsFor(scope)}`, bindings);
  return { items, total };
}

/** One run with the totals of what the reader may see of it. @throws DomainError `run_unknown` */
export async function viewRun(reader: Reader, runId: string): Promise<RunView & { summary: RunSummary | null }> {
  const scope = scopeOf(reader);
  const whole = scope.kind === 'city';
  const sql = `select ${runColumns(scope)}${whole ? ', r.summary' : ''} from ${runsFor(scope)} join decisions d on d.id = r.decision_id where r.id = :run`;
  const [found] = /^\d{1,18}$/.test(runId) ? await rows<RunView & { summary: RunSummary | null }>(reader.db, sql, { ...runBindings(scope, reader), run: runId }) : [];
  if (!found) throw new DomainError('not found', 'run_unknown', { run: runId });
  if (whole) return found;
  return { ...found, summary: found.leases === null ? null : await summaryFor(reader.db, scope, runId) };
}

/** That there is such a run for the reader, without its totals. @throws DomainError `run_unknown` */
export async function requireRun(reader: Reader, runId: string): Promise<void> {
  const scope = scopeOf(reader);
  const bindings = { ...runBindings(scope, reader), run: runId };
  const found = /^\d{1,18}$/.test(runId) ? await rows(reader.db, `select 1 from ${runsFor(scope)} where r.id = :run`, bindings) : [];
  if (found.length === 0) throw new DomainError('not found', 'run_unknown', { run: runId });
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

const FILTER_SQL: Readonly<Record<keyof DraftFilter, string>> = {
  outcome: 'd.outcome = :outcome',
  reason: 'd.reason = :reason',
  district: 'd.district = :district',
  zone: 'd.zone = :zone',
  category: 'd.category = :category',
  basis: 'd.basis = :basis',
  warning: `:warning = any(string_to_array(d.warnings, ' '))`,
  lease: 'l.number = :lease',
};

function conditions(filter: DraftFilter): { sql: string; values: Record<string, string> } {
  const given = Object.entries(filter).filter((entry): entry is [keyof DraftFilter, string] => entry[1] !== undefined);
  return { sql: ['d.run_id = :run', ...given.map(([name]) => FILTER_SQL[name])].join(' and '), values: Object.fromEntries(given) };
}

/** Drafts of a run, those of the reader's leases. @throws DomainError `run_unknown` */
export async function listDrafts(
  reader: Reader,
  runId: string,
  filter: DraftFilter,
  page: { limit: number; offset: number; sort: { by: DraftSort; descending: boolean } },
): Promise<{ items: DraftView[]; total: number }> {
  await requireRun(reader, runId);
  const scope = scopeOf(reader);
  const { sql, values } = conditions(filter);
  const bindings = { ...scopeBindings(scope), ...values, run: runId, limit: page.limit, offset: page.offset };
  const from = `from run_drafts d join ${leasesFor(scope)} on l.id = d.lease_id join ${CODES} w on w.dwelling_id = l.dwelling_id where ${sql}`;
  const order = `${SORT_SQL[page.sort.by]} ${page.sort.descending ? 'desc' : 'asc'} nulls last, l.number, d.step`;
  const items = await rows<DraftView>(reader.db, `select ${DRAFT_COLUMNS} ${from} order by ${order} limit :limit offset :offset`, bindings);
  const { total } = await row<{ total: number }>(reader.db, `select count(*)::int as total ${from}`, bindings);
  return { items, total };
}

/** The steps of one lease with both statements. */
export interface DraftDetail extends DraftView {
  readonly statement: Statement | null;
  readonly oldStatement: Statement | null;
}

/** Old and new statement of a lease side by side. @throws DomainError `run_unknown`, `lease_not_in_run` */
export async function viewDraft(reader: Reader, runId: string, lease: string): Promise<DraftDetail[]> {
  await requireRun(reader, runId);
  const scope = scopeOf(reader);
  const found = await rows<DraftDetail>(
    reader.db,
    `select ${DRAFT_COLUMNS}, d.statement, o.statement as "oldStatement"
     from run_drafts d join ${leasesFor(scope)} on l.id = d.lease_id join ${CODES} w on w.dwelling_id = l.dwelling_id
       left join rents q on q.id = d.old_rent_id left join run_drafts o on o.run_id = q.run_id and o.lease_id = q.lease_id and o.step = q.step
     where d.run_id = :run and l.number = :lease order by d.step`,
    { ...scopeBindings(scope), run: runId, lease },
  );
  if (found.length === 0) throw new DomainError('not found', 'lease_not_in_run', { lease, run: runId });
  return found;
}
