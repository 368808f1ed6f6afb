/**
 * What the drafts of a run stand on: for every value of the law how many leases' statements name it. Statements are read whole, a few
 * at a time and in the background; no query looks inside them.
 */
import { z } from 'zod';
import type { Scope } from '../../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import { audit } from '../../platform/audit/events.ts';
import type { Context } from '../../platform/context.ts';
import type { Queryable } from '../../platform/database/connect.ts';
import { row, rows } from '../../platform/database/connect.ts';
import type { Operation, OperationView } from '../../platform/operations.ts';
import { abandonOperation, beginOperation, latestOperations, runOperation } from '../../platform/operations.ts';
import { describeError } from '../../platform/problems.ts';
import type { Statement } from '../../platform/statement/types.ts';
import { requireRun } from './read.ts';
import { LAST_STEP, LEFT_OUT } from './store.ts';
import { andLeaseIn } from './visible.ts';

const KIND = 'resting';
/** Statements read at a time: some 5 kB each. */
const CHUNK = 500;

const restingResult = z.object({
  run: z.string(),
  /** Districts that it was counted over; null = the whole city. */
  districts: z.array(z.string()).nullable(),
  /** Leases whose statement was read. */
  leases: z.number(),
  /** `law` is `key@reference` as the lines name it, `category` that of a tariff's rate, `day` one on which it was used. */
  values: z.array(z.object({ law: z.string(), category: z.string().nullable(), day: z.string(), leases: z.number() })),
});

/** What was counted. */
export type Resting = z.output<typeof restingResult>;

/** Counts in the background over the leases that the reader sees. @throws DomainError `run_unknown` */
export async function beginResting(ctx: Context, run: string): Promise<{ readonly operation: string; readonly finished: Promise<Resting> }> {
  await requireRun(ctx, run);
  const begun = await beginOperation(ctx, KIND, `Na czym stoi przeliczenie ${run}`);
  try {
    await ctx.db.transaction((trx) => audit(trx, ctx, { event: 'run.count_resting', targets: { run, operation: begun.id } }));
  } catch (error) {
    await abandonOperation(ctx, begun);
    throw error;
  }
  const finished = runOperation(ctx, begun, (operation) => count(ctx, run, operation), describeError);
  // Whoever asked may not wait; the operation keeps what went wrong.
  finished.catch(() => undefined);
  return { operation: begun.id, finished };
}

export interface LatestResting {
  /** A count that still runs. */
  readonly running: OperationView | null;
  /** The latest that came to its end, over the same leases that the reader sees. */
  readonly done: { readonly at: string; readonly resting: Resting } | null;
}

/** What was last counted of the run, for the districts of whoever asks. */
export async function latestResting(ctx: Pick<Context, 'db' | 'actor' | 'clock'>, run: string): Promise<LatestResting> {
  const mine = districtsOf(scopeOf(ctx));
  const latest = await latestOperations(ctx.db, KIND, { limit: 50, actor: null });
  for (const { state, result, finishedAt } of latest) {
    const read = restingResult.safeParse(result);
    if (state !== 'done' || !read.success || read.data.run !== run || JSON.stringify(read.data.districts) !== JSON.stringify(mine)) continue;
    return { running: runningOf(latest, ctx), done: { at: finishedAt ?? '', resting: read.data } };
  }
  return { running: runningOf(latest, ctx), done: null };
}

function runningOf(latest: readonly OperationView[], { actor }: Pick<Context, 'actor'>): OperationView | null {
  return latest.find(({ state, actor: by }) => state === 'running' && by === actor.code) ?? null;
}

function districtsOf(scope: Scope): string[] | null {
  return scope.kind === 'districts' ? [...scope.districts].sort() : null;
}

interface DraftRead {
  readonly lease: string;
  readonly day: string;
  readonly statement: Statement;
}

async function count(ctx: Context, run: string, operation: Operation): Promise<Resting> {
  const scope = scopeOf(ctx);
  const counted = `d.run_id = :run and d.outcome <> 'exception' and ${LAST_STEP} and not ${LEFT_OUT}${andLeaseIn(scope, 'd.lease_id')}`;
  const bindings = { ...scopeBindings(scope), run };
  const { total } = await row<{ total: number }>(ctx.db, `select count(*)::int as total from run_drafts d where ${counted}`, bindings);
  const values = new Map<string, { law: string; category: string | null; day: string; leases: number }>();
  let leases = 0;
  for (let after = '0'; ;) {
    const chunk = await readChunk(ctx.db, counted, { ...bindings, after, chunk: CHUNK });
    for (const draft of chunk) add(values, draft);
    leases += chunk.length;
    operation.progress(leases, total);
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < CHUNK) break;
    after = last.lease;
  }
  return { run, districts: districtsOf(scope), leases, values: [...values.values()].sort((a, b) => b.leases - a.leases || (a.law < b.law ? -1 : 1)) };
}

function readChunk(db: Queryable, counted: string, bindings: Record<string, string | number | string[] | null>): Promise<DraftRead[]> {
  return rows<DraftRead>(
    db, `select d.lease_id as lease, coalesce(d.effective_from, (select r.business_date from runs r where r.id = d.run_id)) as day, d.statement
     from run_drafts d where ${counted} and d.lease_id > :after order by d.lease_id limit :chunk`, bindings,
  );
}

/** A lease counts once for each value, however often its lines name it. */
function add(values: Map<string, { law: string; category: string | null; day: string; leases: number }>, { day, statement }: DraftRead): void {
  const seen = new Set<string>();
  for (const { law, args } of statement.lines) {
    if (law === undefined) continue;
    const category = law.startsWith('tariff.') ? (args?.['category'] ?? null) : null;
    const key = `${law} ${category ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const known = values.get(key);
    if (known === undefined) values.set(key, { law, category, day, leases: 1 });
    else known.leases += 1;
  }
}
