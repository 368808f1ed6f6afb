/** Long work: one row with state and progress; an open transaction with a lock is its sign of life. */
import type { Context } from './context.ts';
import type { Queryable } from './database/connect.ts';
import { openClient, row, rows } from './database/connect.ts';

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

/** Begins an operation and gives its id; `work` then runs under its sign of life. */
export async function beginOperation(ctx: Context, kind: string, message: string): Promise<string> {
  const { id } = await row<{ id: string }>(
    ctx.db,
    `insert into operations (kind, state, actor, started_at, message) values (?, 'running', ?, ?, ?) returning id`,
    [kind, ctx.actor.code, ctx.clock.now(), message],
  );
  return id;
}

/**
 * Runs the work of an operation; its outcome is written whatever happens. Rethrows what the work throws.
 * `describe` turns an error into the problem that is kept for whoever asks later.
 */
export async function runOperation<T extends object>(
  ctx: Context,
  id: string,
  work: (operation: Operation) => Promise<T>,
  describe: (error: unknown) => object,
  listen?: ProgressListener,
): Promise<T> {
  const life = await openClient(ctx.databaseUrl, `kamienica operation ${id}`);
  try {
    await life.query('begin');
    await life.query('select pg_advisory_xact_lock($1, $2::int)', [LIFE, Number(id) % 2_147_483_647]);
    const { operation, settled } = progressWriter(ctx, id, listen);
    try {
      const result = await work(operation);
      await settled();
      await finish(ctx, id, 'done', { result: JSON.stringify(result) });
      return result;
    } catch (error) {
      await settled();
      await finish(ctx, id, 'failed', { problem: JSON.stringify(describe(error)) });
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
