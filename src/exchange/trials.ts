/** Imports as people do them: the file is sent and tried, its sender looks at what would come of it, and loads the same file. */
import { require as requirePermission } from '../platform/access/roles.ts';
import { mayFollow, scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { SentFile } from '../platform/http/multipart.ts';
import { HttpProblem } from '../platform/http/index.ts';
import type { OperationView } from '../platform/operations.ts';
import { findOperation, latestOperations, reapOperations } from '../platform/operations.ts';
import { megabytes } from '../platform/tabular/index.ts';
import type { ImportReport } from './import.ts';
import { LARGEST_FILE, requireImport, startImport } from './import.ts';
import { discardKept, giveBackKept, isKept, keepFile, keptSource, takeKept } from './kept.ts';
import { checkedKind } from './recognise.ts';
import { requireSheet } from './scope.ts';
import { sheetNamed } from './sheets.ts';

export interface SeenImport {
  readonly operation: OperationView;
  /** What came of it; null while it runs, and where it failed. */
  readonly report: ImportReport | null;
}

const TRIAL_REASON = 'próba wczytania';

/**
 * Takes the file in and begins its trial; gives the operation.
 * @throws DomainError `not_permitted`, `import_sheet_unknown`, and what is wrong with the file as a whole, at the field `file`
 */
export async function startTrial(ctx: Context, sheet: string | null, file: SentFile): Promise<string> {
  requirePermission(ctx.actor, 'import');
  const given = sheet === null ? null : sheetNamed(sheet);
  if (given !== null) requireImport(ctx.actor, given);
  const keptFile = await keepFile(ctx, file.name, file.bytes).catch((error: unknown) => {
    throw atFile(error);
  });
  try {
    const source = keptSource(ctx.secrets, keptFile);
    const { sheet: { name } } = await checkedKind(given, source, file.name);
    requireSheet(scopeOf(ctx), name);
    const { operationId, finished } = await startImport(ctx, { sheet: name, source, fileName: file.name, reason: TRIAL_REASON, dryRun: true, keptFile });
    finished.catch(() => discardKept(keptFile)).catch(() => undefined);
    return operationId;
  } catch (error) {
    await discardKept(keptFile);
    throw atFile(error);
  }
}

/** What is wrong with a file is told where the file is chosen. */
function atFile(error: unknown): unknown {
  if (error instanceof HttpProblem && error.problem.code === 'body_too_large') return atFile(new DomainError('invalid', 'import_file_too_large', { limit: megabytes(LARGEST_FILE) }));
  if (!(error instanceof DomainError) || error.kind !== 'invalid') return error;
  const { kind, code, args } = error;
  return new DomainError(kind, code, args, [{ field: 'file', code, args }]);
}

/**
 * Loads the file of a trial as it was tried; gives the operation. What happened to the data since then is judged anew.
 * @throws DomainError `operation_unknown`, `import_not_a_trial`, `import_not_yours`, `import_file_gone`, and as `startImport`
 */
export async function loadTried(ctx: Context, trial: string, reason: string): Promise<string> {
  requirePermission(ctx.actor, 'import');
  const { operation, report } = await seenImport(ctx, trial);
  if (report?.dryRun !== true) throw new DomainError('conflict', 'import_not_a_trial', { operation: trial });
  if (operation.actor !== ctx.actor.code) throw new DomainError('forbidden', 'import_not_yours', { operation: trial, actor: operation.actor });
  const taken = report.keptFile === undefined ? null : await takeKept(report.keptFile);
  if (taken === null) throw new DomainError('conflict', 'import_file_gone', { operation: trial });
  try {
    const { operationId, finished } = await startImport(ctx, { sheet: report.sheet, source: keptSource(ctx.secrets, taken), fileName: report.file, reason, dryRun: false });
    finished.then(() => discardKept(taken), () => giveBackKept(taken)).catch(() => undefined);
    return operationId;
  } catch (error) {
    await giveBackKept(taken);
    throw error;
  }
}

/** Whether the file of this trial can be loaded by whoever looks. */
export async function mayLoad(ctx: Pick<Context, 'actor'>, { operation, report }: SeenImport): Promise<boolean> {
  return report?.keptFile !== undefined && operation.actor === ctx.actor.code && (await isKept(report.keptFile));
}

/** An import or a trial that the reader may follow. @throws DomainError `operation_unknown` */
export async function seenImport(ctx: Context, operationId: string): Promise<SeenImport> {
  await reapOperations(ctx);
  const operation = await findOperation(ctx.db, operationId);
  if (operation?.kind !== 'import' || !mayFollow(ctx, operation)) throw new DomainError('not found', 'operation_unknown', { operation: operationId });
  return { operation, report: reportOf(operation) };
}

/** The latest imports and trials that the reader may follow. */
export async function latestImports(ctx: Context, limit: number): Promise<SeenImport[]> {
  await reapOperations(ctx);
  const actor = scopeOf(ctx).kind === 'city' ? null : ctx.actor.code;
  const found = await latestOperations(ctx.db, 'import', { actor, limit });
  return found.map((operation) => ({ operation, report: reportOf(operation) }));
}

/** The operation keeps the report as `startImport` gave it. */
function reportOf({ state, result }: OperationView): ImportReport | null {
  return state === 'done' ? (result as ImportReport) : null;
}
