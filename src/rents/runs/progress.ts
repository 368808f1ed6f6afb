/** How far the drawing of a run is, and why it came to nothing. */
import { mayFollow } from '../../platform/access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { findOperation, reapOperations } from '../../platform/operations.ts';
import { retold } from '../../platform/problems.ts';
import type { RunView } from './read.ts';

export interface RunProgress {
  readonly running: boolean;
  readonly done: number;
  /** Null as long as it is not known how many leases there are. */
  readonly total: number | null;
  /** What went wrong, for whoever asks; null where nothing did or nobody could say. */
  readonly problem: string | null;
}

/** Of a run that the reader was shown. A drawing whose process died says so to whoever asks. */
export async function runProgress(ctx: Context, { operation: id }: Pick<RunView, 'operation'>): Promise<RunProgress> {
  await reapOperations(ctx);
  const operation = await findOperation(ctx.db, id);
  const running = operation?.state === 'running';
  // It tells of everything it goes over: to others than its own only that it runs.
  if (!operation || !mayFollow(ctx, operation)) return { running, done: 0, total: null, problem: null };
  return { running, done: Number(operation.done), total: operation.total === null ? null : Number(operation.total), problem: retold(operation.problem)?.detail ?? null };
}
