/** Import of a folder: a file for each kind, in the order in which they build on one another. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../platform/context.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { DomainError } from '../platform/errors.ts';
import type { ProgressListener } from '../platform/operations.ts';
import { fileInput } from '../platform/tabular/index.ts';
import type { ImportReport } from './import.ts';
import { importFile, requireImport } from './import.ts';
import { namedLike } from './recognise.ts';
import { SHEETS, sheetNames } from './sheets.ts';

export interface ImportAllInput {
  readonly reason: string;
  readonly knownFrom?: Instant | undefined;
  /** Told before each file. */
  readonly onFile?: (file: string) => void;
}

/**
 * Imports every file of the folder that is named like a kind of file; each is a transaction of its own.
 * @throws DomainError `import_folder_empty`, `not_permitted`, and as `importFile`: files before the one that failed are in
 */
export async function importAll(ctx: Context, folder: string, input: ImportAllInput, listen?: ProgressListener): Promise<ImportReport[]> {
  const names = (await readdir(folder)).filter((name) => /\.(?:csv|txt|xlsx)$/iu.test(name)).sort();
  const files = SHEETS.flatMap((exchange) => names.filter((name) => namedLike(name) === exchange).map((name) => ({ exchange, name })));
  if (files.length === 0) throw new DomainError('invalid', 'import_folder_empty', { folder: path.basename(folder), known: sheetNames() });
  // Before anything is in: what may not be loaded is found at the first look.
  for (const { exchange } of files) requireImport(ctx.actor, exchange);
  const reports: ImportReport[] = [];
  for (const { exchange: { sheet: { name: sheet } }, name } of files) {
    input.onFile?.(name);
    const { reason, knownFrom } = input;
    reports.push(await importFile(ctx, { sheet, source: fileInput(path.join(folder, name)), fileName: name, reason, dryRun: false, knownFrom }, listen));
  }
  return reports;
}
