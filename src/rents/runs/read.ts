/** Runs, for whoever looks. */
import { z } from 'zod';
import type { Reader, Scope } from '../../platform/access/scope.ts';
import { scopeOf } from '../../platform/access/scope.ts';
import { row, rows } from '../../platform/database/connect.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Flaw } from '../../platform/errors.ts';
import type { KeptScope } from './scope.ts';
import type { RunSummary } from './store.ts';
import { summaryFor } from './store.ts';
import { andLeaseIn, runBindings, runsFor } from './visible.ts';
import { said } from '../../platform/problem-texts.ts';

export const runParam = z.strictObject({ run: z.string().regex(/^\d{1,18}$/, said('number_of_run')).meta({ examples: ['4'] }) });

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

/** Runs that the reader may see, the newest first; on demand those alone that nobody has decided yet. */
export async function listRuns(reader: Reader, page: { limit: number; offset: number; undecided?: boolean }): Promise<{ items: RunView[]; total: number }> {
  const scope = scopeOf(reader);
  const from = `from ${runsFor(scope)} join decisions d on d.id = r.decision_id${page.undecided === true ? ` where d.state in ('drafting', 'draft')` : ''}`;
  const bindings = { ...runBindings(scope, reader), limit: page.limit, offset: page.offset };
  const items = await rows<RunView>(reader.db, `select ${runColumns(scope)} ${from} order by r.id desc limit :limit offset :offset`, bindings);
  const { total } = await row<{ total: number }>(reader.db, `select count(*)::int as total ${from}`, bindings);
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
