/** Long work: one row with state and progress; an open transaction with a lock is its sign of life. */
import type pg from 'pg';
import type { Context } from './context.ts';
import type { Queryable } from './database/connect.ts';
import { openClient, rows } from './database/connect.ts';
import { PLAIN, speaking } from './language.ts';

/** Class of the advisory locks that operations hold while they live. */
const LIFE = 7_241;

export interface Operation {
  readonly id: string;
  /** Tells how far the work is; written at most a few times a second. */
  progress(done: number, total: number | null, message?: string): void;
}

/** What an operation shows of itself. */
export interface OperationView {
  readonly id: string;
  readonly kind: string;
  readonly state: 'running' | 'done' | 'failed' | 'void';
  readonly actor: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly done: string;
  readonly total: string | null;
  readonly message: string | null;
  readonly result: unknown;
  readonly problem: unknown;
}

/** Listener for a terminal's bar. */
export type ProgressListener = (done: number, total: number | null, message?: string) => void;

const PAUSE_MS = 250;

/** An operation that has begun: whoever begins it runs or abandons it. */
export interface BegunOperation {
  readonly id: string;
  /** Its connection, whose open transaction holds the lock. */
  readonly life: pg.Client;
}

const LOCK = `$1, ($2::bigint % 2147483647)::int`;

/** Begins an operation; `work` then runs under its sign of life. */
export async function beginOperation(ctx: Context, kind: string, message: string): Promise<BegunOperation> {
  const life = await openClient(ctx.databaseUrl, 'kamienica operation');
  try {
    await life.query('begin');
    const { rows: made } = await life.query<{ id: string }>(
      `insert into operations (kind, state, actor, started_at, message) values ($1, 'running', $2, $3, $4) returning id`,
      [kind, ctx.actor.code, ctx.clock.now(), message],
    );
    const id = made[0]?.id ?? '';
    // Nobody sees the row without its sign of life, or whoever asks at once would find it dead: the session's lock lasts from before
    // the commit that shows the row until the transaction's lock holds.
    await life.query(`select pg_advisory_lock(${LOCK})`, [LIFE, id]);
    await life.query('commit');
    await life.query('begin');
    await life.query(`select pg_advisory_xact_lock(${LOCK})`, [LIFE, id]);
    await life.query(`select pg_advisory_unlock(${LOCK})`, [LIFE, id]);
    return { id, life };
  } catch (error) {
    await life.end();
    throw error;
  }
}

/** Gives up an operation whose work never began: it becomes void. */
export async function abandonOperation(ctx: Pick<Context, 'db' | 'clock'>, { life }: BegunOperation): Promise<void> {
  await life.end();
  await reapOperations(ctx);
}

/**
 * Runs the work of an operation; its outcome is written whatever happens. Rethrows what the work throws.
 * `describe` turns an error into the problem that is kept for whoever asks later.
 */
export async function runOperation<T extends object>(
  ctx: Context,
  { id, life }: BegunOperation,
  work: (operation: Operation) => Promise<T>,
  describe: (error: unknown) => object,
  listen?: ProgressListener,
): Promise<T> {
  try {
    const { operation, settled } = progressWriter(ctx, id, listen);
    try {
      // Whoever reads of it later is not who began it: what is kept is worded as the files are, and worded anew where it is shown.
      const result = await speaking(PLAIN, () => work(operation));
      await settled();
      await finish(ctx, id, 'done', { result: JSON.stringify(result) });
      return result;
    } catch (error) {
      await settled();
      await finish(ctx, id, 'failed', { problem: JSON.stringify(speaking(PLAIN, () => describe(error))) });
      throw error;
    }
  } finally {
    await life.end();
  }
}

function progressWriter(ctx: Context, id: string, listen?: ProgressListener): { operation: Operation; settled: () => Promise<void> } {
  let writing: Promise<unknown> = Promise.resolve();
  let last = 0;
  const progress = (done: number, total: number | null, message?: string): void => {
    listen?.(done, total, message);
    const now = performance.now();
    if (now - last < PAUSE_MS) return;
    last = now;
    const values = { done, total, ...(message === undefined ? {} : { message }) };
    // A missed progress report is no reason to lose the work.
    writing = writing.then(() => ctx.db('operations').where({ id }).update(values)).catch(() => undefined);
  };
  return {
    operation: { id, progress },
    settled: async () => {
      await writing;
    },
  };
}

async function finish(ctx: Context, id: string, state: 'done' | 'failed', values: Record<string, string>): Promise<void> {
  await ctx.db('operations').where({ id, state: 'running' }).update({ state, finished_at: ctx.clock.now(), ...values });
}

/** Operations that say they run but hold no lock were interrupted: they become void. Gives their ids. */
export async function reapOperations(ctx: Pick<Context, 'db' | 'clock'>): Promise<string[]> {
  return ctx.db.transaction(async (trx) => {
    const dead = await rows<{ id: string }>(
      trx,
      `update operations set state = 'void', finished_at = ?, message = 'Przerwano przed końcem.'
       where state = 'running' and pg_try_advisory_xact_lock(?, (id % 2147483647)::int) returning id`,
      [ctx.clock.now(), LIFE],
    );
    return dead.map(({ id }) => id);
  });
}

/** Operations of a kind, the newest first: everybody's, or one actor's alone. */
export async function latestOperations(db: Queryable, kind: string, { actor, limit }: { readonly actor: string | null; readonly limit: number }): Promise<OperationView[]> {
  return rows<OperationView>(
    db,
    `select id, kind, state, actor, started_at as "startedAt", finished_at as "finishedAt", done, total, message, result, problem
     from operations where kind = :kind and (:actor::text is null or actor = :actor) order by id desc limit :limit`,
    { kind, actor, limit },
  );
}

/** The operation, or null. */
export async function findOperation(db: Queryable, id: string): Promise<OperationView | null> {
  const [found] = await rows<OperationView>(
    db,
    `select id, kind, state, actor, started_at as "startedAt", finished_at as "finishedAt", done, total, message, result, problem
     from operations where id = ?`,
    [id],
  );
  return found ?? null;
}
