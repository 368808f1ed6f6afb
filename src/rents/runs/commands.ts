/** Recalculation runs: draw, leave out, approve, reject. */
import { z } from 'zod';
import type pg from 'pg';
import { scopeOf } from '../../platform/access/scope.ts';
import { audit } from '../../platform/audit/events.ts';
import type { Context } from '../../platform/context.ts';
import { openClient, row } from '../../platform/database/connect.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { addMonths, earlierOf } from '../../platform/dates/plain.ts';
import { plainDate } from '../../platform/dates/schema.ts';
import { openDecision } from '../../platform/decisions.ts';
import { DomainError } from '../../platform/errors.ts';
import { fixKnownAt } from '../../platform/facts/stamp.ts';
import type { ProgressListener } from '../../platform/operations.ts';
import { abandonOperation, beginOperation, runOperation } from '../../platform/operations.ts';
import { describeError } from '../../platform/problems.ts';
import { tariffBook } from '../../tariffs/read.ts';
import { tariffWarnings } from '../../tariffs/rules.ts';
import type { DrawInputs } from './engine.ts';
import { chunksOf, drawDrafts } from './engine.ts';
import { lawChanges, runFrame } from './frame.ts';
import type { FrameInputs } from './frame.ts';
import { checkScope } from './scope-check.ts';
import type { KeptScope } from './scope.ts';
import { keptScope, runScope } from './scope.ts';
import { insertRun, runSummary } from './store.ts';

export const startRunInput = z.strictObject({
  /** Code of the tariff. */
  tariff: z.string().trim().min(1).max(60),
  scope: runScope.default({ kind: 'all' }),
  /** Assumed day on which the notices are delivered; today by default. */
  delivered: plainDate.optional(),
  /** Day as of which the run looks at leases; today by default. */
  businessDate: plainDate.optional(),
});

export type StartRunInput = z.input<typeof startRunInput>;

export interface StartedRun {
  readonly runId: string;
  readonly operationId: string;
  /** Resolves when the drafts are drawn, rejects when the run is void. */
  readonly finished: Promise<{ leases: number }>;
}

/** Begins a run; its drafts are drawn in the background. @throws DomainError `day_far`, `tariff_unknown`, `facts_being_written` */
export async function startRun(ctx: Context, input: StartRunInput, listen?: ProgressListener): Promise<StartedRun> {
  const given = startRunInput.parse(input);
  const businessDate = given.businessDate ?? ctx.clock.today();
  const delivered = given.delivered ?? businessDate;
  checkDays(ctx, { businessDate, delivered });
  const tariffs = await tariffBook(ctx.db, ctx.clock.now());
  const tariff = tariffs.named(given.tariff);
  if (!tariff) throw new DomainError('not found', 'tariff_unknown', { tariff: given.tariff, known: tariffs.all.map(({ code }) => code).join(', ') });
  const reader = scopeOf(ctx);
  await checkScope(ctx, reader, given.scope, businessDate);
  const scope = keptScope(given.scope, reader);
  const warnings = tariffWarnings(tariff, (await ctx.law.book(ctx.db)).at(tariff.from, ctx.clock.now()));
  const begun = await beginOperation(ctx, 'recalculation', `Przeliczenie czynszów według taryfy ${tariff.code}`);
  const operationId = begun.id;
  const runId = await ctx.db.transaction(async (trx) => {
    const decisionId = await openDecision(trx, ctx, 'recalculation');
    const id = await insertRun(trx, { decisionId, operationId, tariff: tariff.code, scope, businessDate, delivered, warnings, at: ctx.clock.now() });
    const after = { state: 'drafting', tariff: tariff.code, scope: scope.kind, businessDate, delivered };
    await audit(trx, ctx, { event: 'run.start', targets: { run: id, tariff: tariff.code }, before: null, after });
    return id;
  }).catch(async (error: unknown) => {
    await abandonOperation(ctx, begun);
    throw error;
  });
  const finished = runOperation(
    ctx,
    begun,
    async (operation) => {
      const leases = await draw(ctx, runId, { tariff: tariff.code, businessDate, delivered, scope }, (done, total) => operation.progress(done, total));
      return { run: runId, leases };
    },
    describeError,
    listen,
  ).catch(async (error: unknown) => {
    await voidRun(ctx, runId);
    throw error;
  });
  // Whoever asked may not wait; the operation keeps what went wrong.
  finished.catch(() => undefined);
  return { runId, operationId, finished };
}

const FARTHEST_MONTHS = 24;

/** A day years ahead is a slip of the pen, which approval would freeze. @throws DomainError `day_far` */
function checkDays(ctx: Context, days: Readonly<Record<string, PlainDate>>): void {
  const latest = addMonths(ctx.clock.today(), FARTHEST_MONTHS);
  for (const [field, day] of Object.entries(days)) {
    if (day > latest) throw new DomainError('invalid', 'day_far', { day, latest }, [{ field, code: 'day_far', args: { day, latest } }]);
  }
}

async function voidRun(ctx: Context, runId: string): Promise<void> {
  await ctx.db.raw(
    `update decisions set state = 'void', state_reason = 'interrupted' where state = 'drafting' and id = (select decision_id from runs where id = ?)`,
    [runId],
  );
}

export interface DrawRequest {
  readonly tariff: string;
  readonly businessDate: PlainDate;
  readonly delivered: PlainDate;
  readonly scope: KeptScope;
}

/** Draws all drafts in one transaction of the writer, beside one snapshot of the reader. */
async function draw(ctx: Context, runId: string, request: DrawRequest, progress: (done: number, total: number) => void): Promise<number> {
  const [reader, writer] = await openBoth(ctx, runId);
  try {
    const knownAt = await fixSnapshot(ctx, reader, runId);
    // What was known at an instant every connection tells alike: both are looked up at once.
    const [inputs, chunks] = await Promise.all([drawInputs(ctx, runId, request, knownAt), chunksOf(reader, request.scope, knownAt, request.businessDate)]);
    await writer.query('begin');
    const leases = await drawDrafts(reader, writer, inputs, chunks, progress);
    await reader.query('commit');
    await writer.query('update runs set known_at = $2, window_from = $3, leases = $4 where id = $1', [runId, knownAt, inputs.windowFrom, leases]);
    const summary = await runSummary(async (sql, values) => (await writer.query<Record<string, unknown>>(sql, [...values])).rows, runId);
    await writer.query('update runs set summary = $2 where id = $1', [runId, JSON.stringify(summary)]);
    await writer.query(`update decisions set state = 'draft' where state = 'drafting' and id = (select decision_id from runs where id = $1)`, [runId]);
    await writer.query('commit');
    return leases;
  } finally {
    await Promise.all([reader.end(), writer.end()]);
  }
}

/** The reader and the writer; where one cannot be opened, neither stays open. */
async function openBoth(ctx: Context, runId: string): Promise<[reader: pg.Client, writer: pg.Client]> {
  const opened = await Promise.allSettled(['reader', 'writer'].map((part) => openClient(ctx.databaseUrl, `kamienica run ${runId} ${part}`)));
  const [reader, writer] = opened.map((result) => (result.status === 'fulfilled' ? result.value : null));
  if (reader && writer) return [reader, writer];
  await Promise.all([reader?.end(), writer?.end()]);
  throw opened.find((result) => result.status === 'rejected')?.reason;
}

/** Opens the reader's snapshot while the lock is held: what is known then stays the same for ever. */
async function fixSnapshot(ctx: Context, reader: pg.Client, runId: string): Promise<Instant> {
  return ctx.db.transaction(async (trx) => {
    const knownAt = await fixKnownAt(trx, ctx.clock, `run ${runId}`);
    // A chunk is a small part of each table: fetched by its keys, not by reading the table again for every chunk. Compiling a plan takes
    // longer than running it.
    await reader.query(`set jit = off; set enable_seqscan = off; set random_page_cost = 1.1; set work_mem = '32MB'; set plan_cache_mode = force_generic_plan`);
    await reader.query('begin isolation level repeatable read read only');
    await reader.query('select 1');
    return knownAt;
  });
}

/** Everything a drawing needs besides its leases. */
export async function drawInputs(ctx: Context, runId: string, request: DrawRequest, knownAt: Instant): Promise<DrawInputs> {
  const law = await ctx.law.book(ctx.db);
  const tariffs = await tariffBook(ctx.db, knownAt);
  const tariff = tariffs.named(request.tariff);
  if (!tariff) throw new DomainError('not found', 'tariff_unknown', { tariff: request.tariff, known: '' });
  const { businessDate, delivered } = request;
  const oldest = await row<{ from: PlainDate | null; since: Instant | null }>(
    ctx.db,
    `select min(lower(valid))::text as from, to_char(min(lower(recorded)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since
     from rent_periods where recorded @> ?::timestamptz and (upper_inf(valid) or upper(valid) > ?::date)`,
    [knownAt, businessDate],
  );
  const windowFrom = earlierOf(earlierOf(oldest.from ?? businessDate, businessDate), tariff.from);
  const frameInputs: FrameInputs = { law, tariffs, tariff, businessDate, delivered, knownAt };
  const frame = runFrame(frameInputs);
  // A law that lacks a value stops the run before its first draft and names what is missing.
  frame.lawOn(delivered).number('notice.months');
  return {
    runId, frame, lawChanges: lawChanges(frameInputs, windowFrom), windowFrom, knownAt, since: oldest.since ?? knownAt,
  };
}
