/** Import of one file: one transaction, one change. All good rows in, all bad rows into a file with their reasons. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { require as requirePermission } from '../platform/access/roles.ts';
import { scopeOf } from '../platform/access/scope.ts';
import { audit } from '../platform/audit/events.ts';
import type { Actor, Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { DomainError } from '../platform/errors.ts';
import { stampChange } from '../platform/facts/stamp.ts';
import type { WriteCounts } from '../platform/facts/plan.ts';
import type { Operation, ProgressListener } from '../platform/operations.ts';
import { beginOperation, runOperation } from '../platform/operations.ts';
import { describeError } from '../platform/problems.ts';
import type { TableInput } from '../platform/tabular/index.ts';
import { chunksOf } from '../platform/tabular/source.ts';
import { importBatch } from './batch.ts';
import { isConnectionLost } from './constraints.ts';
import { recognise } from './recognise.ts';
import { discardRejects, writeRejects } from './rejects.ts';
import { requireSheet } from './scope.ts';
import type { AnyExchange } from './sheets.ts';
import { fileProblem, sheetNamed } from './sheets.ts';
import { batches, coverOf, createStaging, stageFile } from './staging.ts';
import type { Warning } from './tally.ts';
import { Tally } from './tally.ts';
import type { Work } from './write.ts';

export interface ImportInput {
  /** Name of the kind of file; null = recognised by its first row or its name. */
  readonly sheet: string | null;
  readonly source: TableInput;
  readonly fileName: string;
  /** Why the data are entered; kept with every fact. */
  readonly reason: string;
  /** The same work, then nothing of it is kept. */
  readonly dryRun: boolean;
  /** Known since this instant instead of now: a first import. */
  readonly knownFrom?: Instant | undefined;
  /** Where the file is kept after a trial, so that it can be loaded as it is. */
  readonly keptFile?: string | undefined;
}

export interface ImportReport extends WriteCounts {
  readonly sheet: string;
  readonly file: string;
  readonly dryRun: boolean;
  /** Rows with anything in them: good and rejected. */
  readonly rows: number;
  /** added + changed + corrected + unchanged + duplicates. */
  readonly good: number;
  readonly rejected: number;
  /** Rows that say what an earlier row of the file said. */
  readonly duplicates: number;
  readonly warnings: number;
  /** The first warnings in full. */
  readonly warningsTold: readonly Warning[];
  /** CSV of the rejected rows with their reasons, read with `readRejects`; whoever asked takes it away. null = none were rejected. */
  readonly rejectsFile: string | null;
  /** Since when the data are known; null = nothing was kept. */
  readonly knownAt: Instant | null;
  /** Where the file of a trial is kept. */
  readonly keptFile?: string | undefined;
}

export interface StartedImport {
  readonly operationId: string;
  readonly finished: Promise<ImportReport>;
}

/** Why data are entered, as a sender says it. */
export const importReason = z.string().min(3).max(500).meta({ description: 'Powód, zapisywany przy każdej danej.', examples: ['Inwentaryzacja 2026'] });

/** Largest file that is taken over HTTP, bytes: the reader has limits of its own besides. */
export const LARGEST_FILE = 200 * 1024 * 1024;

const BATCH = 2_000;
/** One import at a time: what is judged against what is known stays true until it is written. */
const IMPORT_LOCK = 7_240_003;

/** Begins an import, which goes on in the background. @throws DomainError `not_permitted`, `reason_missing`, `import_sheet_unknown` */
export async function startImport(ctx: Context, input: ImportInput, listen?: ProgressListener): Promise<StartedImport> {
  requirePermission(ctx.actor, 'import');
  if (input.reason.trim() === '') throw new DomainError('invalid', 'reason_missing');
  const given = input.sheet === null ? null : sheetNamed(input.sheet);
  if (given !== null) requireImport(ctx.actor, given);
  const file = baseName(input.fileName);
  const begun = await beginOperation(ctx, 'import', `${input.dryRun ? 'próba importu' : 'import'} pliku „${file}”`);
  const work = async (operation: Operation): Promise<ImportReport> => {
    try {
      return await importInto(ctx, given ?? (await recognise(input.source, file)), { ...input, fileName: file }, operation);
    } catch (error) {
      throw isConnectionLost(error) ? new DomainError('busy', 'unavailable') : fileProblem(error, file);
    }
  };
  const finished = runOperation(ctx, begun, work, describeError, listen);
  // Whoever asked may not wait; the operation keeps what went wrong.
  finished.catch(() => undefined);
  return { operationId: begun.id, finished };
}

/** Imports a file and waits for it. @throws DomainError as `startImport`, `import_file`, `import_not_recognised`, `known_from_too_early` */
export async function importFile(ctx: Context, input: ImportInput, listen?: ProgressListener): Promise<ImportReport> {
  const { finished } = await startImport(ctx, input, listen);
  return finished;
}

function baseName(fileName: string): string {
  return path.basename(fileName.replaceAll('\\', '/')).replace(/\p{Cc}/gu, '').slice(0, 200);
}

/** Carries the report out of a transaction of which nothing is kept. */
class NothingKept extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super('nothing is kept');
    this.report = report;
  }
}

/** That whoever acts may load files of the kind. @throws DomainError `not_permitted` */
export function requireImport(actor: Actor, { guard }: AnyExchange): void {
  if (guard !== undefined) requirePermission(actor, guard.toImport);
}

async function importInto(ctx: Context, exchange: AnyExchange, input: ImportInput, operation: Operation): Promise<ImportReport> {
  requireImport(ctx.actor, exchange);
  // Before the transaction, which keeps others waiting.
  const sha256 = await sha256Of(input.source);
  try {
    return await ctx.db.transaction(async (trx) => {
      const report = await importRows(trx, ctx, exchange, input, operation);
      if (report.knownAt === null) throw new NothingKept(report);
      try {
        await auditImport(trx, ctx, { ...report, sha256 }, operation);
      } catch (error) {
        if (report.rejectsFile !== null) await discardRejects(report.rejectsFile);
        throw error;
      }
      return report;
    });
  } catch (error) {
    if (!(error instanceof NothingKept)) throw error;
    const { report } = error;
    if (!input.dryRun) await ctx.db.transaction((trx) => auditImport(trx, ctx, { ...report, sha256 }, operation));
    return report;
  }
}

async function importRows(trx: Transaction, ctx: Context, exchange: AnyExchange, input: ImportInput, operation: Operation): Promise<ImportReport> {
  const { fileName, dryRun, reason, knownFrom, keptFile } = input;
  const setting = { law: await ctx.law.book(trx), knownAt: ctx.clock.now(), by: ctx };
  const cover = coverOf(exchange, ctx.secrets);
  const scope = scopeOf(ctx);
  requireSheet(scope, exchange.sheet.name);
  await createStaging(trx);
  const staged = await stageFile(trx, exchange, cover, input.source, fileName, (rows) => operation.progress(rows, null));
  const tally = new Tally();
  tally.refused = staged.refused;
  let work: Work | null = null;
  let done = staged.refused;
  for await (const batch of batches(trx, cover, BATCH)) {
    if (work === null) {
      await trx.raw('select pg_advisory_xact_lock(?)', [IMPORT_LOCK]);
      const change = { actor: ctx.actor.code, kind: 'import', reason: `${reason.trim()} (plik „${fileName}”)`, knownFrom };
      work = { trx, exchange, setting, cover, scope, tally, stamp: await stampChange(trx, ctx.clock, change) };
    }
    await importBatch(work, batch);
    done += batch.length;
    operation.progress(done, staged.rows);
  }
  const { counts, duplicates, refused: rejected, warnings, told } = tally;
  const changed = counts.added + counts.changed + counts.corrected > 0;
  return {
    sheet: exchange.sheet.name, file: fileName, dryRun, rows: staged.rows, good: staged.rows - rejected, ...counts, duplicates, rejected,
    warnings, warningsTold: told,
    rejectsFile: rejected === 0 ? null : await writeRejects(trx, ctx.secrets, exchange, fileName),
    knownAt: changed && !dryRun ? (work?.stamp.at ?? null) : null, ...(keptFile === undefined ? {} : { keptFile }),
  };
}

/** The file is told by its hash: its name is the sender's own words, and the operation keeps it. */
async function auditImport(trx: Transaction, ctx: Context, report: ImportReport & { readonly sha256: string }, operation: Operation): Promise<void> {
  const { sheet, sha256, rows, good, added, changed, corrected, unchanged, duplicates, rejected, knownAt } = report;
  const after = { sheet, added, changed, corrected, knownAt };
  await audit(trx, ctx, { event: 'import.file', targets: { operation: operation.id, sheet }, before: null, after, details: { sha256, rows, good, rejected, unchanged, duplicates } });
}

/** SHA-256 of the file's bytes, hexadecimal. */
async function sha256Of(source: TableInput): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(source)) hash.update(chunk);
  return hash.digest('hex');
}
