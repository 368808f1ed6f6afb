/** Recalculation runs: draw, leave out, approve, reject. */
import { z } from 'zod';
import { LEASES, lasting } from '../../leases/sql.ts';
import type pg from 'pg';
import { audit } from '../../platform/audit/events.ts';
import type { Context } from '../../platform/context.ts';
import { openClient, row, rows } from '../../platform/database/connect.ts';
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
import { DWELLINGS, inBuilding, placesAt } from '../../stock/sql.ts';
import { tariffBook } from '../../tariffs/read.ts';
import { tariffWarnings } from '../../tariffs/rules.ts';
import type { DrawInputs } from './engine.ts';
import { chunksOf, drawDrafts } from './engine.ts';
import { lawChanges, runFrame } from './frame.ts';
import type { FrameInputs } from './frame.ts';
import { runScope } from './scope.ts';
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
  await checkScope(ctx, given.scope, businessDate);
  const warnings = tariffWarnings(tariff, (await ctx.law.book(ctx.db)).at(tariff.from, ctx.clock.now()));
  const begun = await beginOperation(ctx, 'recalculation', `Przeliczenie czynszów według taryfy ${tariff.code}`);
  const operationId = begun.id;
  const runId = await ctx.db.transaction(async (trx) => {
    const decisionId = await openDecision(trx, ctx, 'recalculation');
    const id = await insertRun(trx, { decisionId, operationId, tariff: tariff.code, scope: given.scope, businessDate, delivered, warnings, at: ctx.clock.now() });
    await audit(trx, ctx, { event: 'run.start', targets: { run: id }, details: { tariff: tariff.code, scope: given.scope.kind } });
    return id;
  }).catch(async (error: unknown) => {
    await abandonOperation(ctx, begun);
    throw error;
  });
  const finished = runOperation(
    ctx,
    begun,
    async (operation) => {
      const leases = await draw(ctx, runId, { tariff: tariff.code, businessDate, delivered, scope: given.scope }, (done, total) => operation.progress(done, total));
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

/**
 * A scope that names what is not there, or what has ended, is a slip of the pen: it would be left out without a word.
 * @throws DomainError `leases_unknown`, `leases_ended`, `building_unknown`, `district_unknown`
 */
async function checkScope(ctx: Context, scope: z.output<typeof runScope>, day: PlainDate): Promise<void> {
  if (scope.kind === 'leases') {
    const unknown = await numbersWithout(ctx, scope.leases, `exists (select 1 from ${LEASES} where l.number = n.number)`, []);
    if (unknown !== '') throw new DomainError('not found', 'leases_unknown', { leases: unknown });
    const running = `exists (select 1 from ${LEASES} where l.number = n.number and ${lasting('?::timestamptz', '?::date')})`;
    const ended = await numbersWithout(ctx, scope.leases, running, [ctx.clock.now(), day]);
    if (ended !== '') throw new DomainError('invalid', 'leases_ended', { leases: ended, day });
  }
  if (scope.kind === 'building' && (await rows(ctx.db, `select 1 from ${DWELLINGS} where ${inBuilding('?')} limit 1`, [scope.building])).length === 0) {
    throw new DomainError('not found', 'building_unknown', { building: scope.building });
  }
  if (scope.kind === 'district') {
    const known = await rows<{ district: string }>(ctx.db, `select distinct p.district from ${placesAt('?::date', null)} p where p.district is not null order by 1`, [day, day]);
    if (!known.some(({ district }) => district === scope.district)) {
      throw new DomainError('not found', 'district_unknown', { district: scope.district, known: known.map(({ district }) => district).join(', ') });
    }
  }
}

/** Numbers of the list that do not meet the condition on `n`, the first of them, in the order of the list. */
async function numbersWithout(ctx: Context, numbers: readonly string[], condition: string, values: readonly string[]): Promise<string> {
  const found = await rows<{ number: string }>(
    ctx.db,
    `select n.number from unnest(?::text[]) with ordinality as n(number, place) where not ${condition} order by n.place limit 20`,
    [numbers as never, ...values],
  );
  return found.map(({ number }) => number).join(', ');
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
  readonly scope: z.infer<typeof runScope>;
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
