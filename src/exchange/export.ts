/** Export: the valid history as known now, as files that can be imported again to the same state. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { require as requirePermission } from '../platform/access/roles.ts';
import type { Scope } from '../platform/access/scope.ts';
import { scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { Setting } from '../platform/exchange/types.ts';
import { part, writeCsv, writeXlsx } from '../platform/tabular/index.ts';
import { requireSheet, rowFilter } from './scope.ts';
import type { AnyExchange } from './sheets.ts';
import { SHEETS, sheetNamed } from './sheets.ts';

export type ExportFormat = 'csv' | 'xlsx';

export interface ExportedSheet {
  readonly sheet: string;
  readonly rows: number;
  /** Path of the file, where it was written to one. */
  readonly file: string | null;
}

/**
 * Writes all rows of a sheet that are in the reader's scope and ends the sink. A CSV is streamed; a workbook is made in memory.
 * @throws DomainError `not_permitted`, `import_sheet_unknown`, `sheet_needs_whole_city`; FileError `too_many_rows` for what no workbook holds
 */
export async function exportSheet(ctx: Context, sheet: string, format: ExportFormat, sink: Writable): Promise<ExportedSheet> {
  requirePermission(ctx.actor, 'export');
  const exchange = sheetNamed(sheet);
  return inSnapshot(ctx, async (trx, setting) => ({ sheet, rows: await exportInto(trx, { ...setting, scope: scopeOf(ctx) }, exchange, format, sink), file: null }));
}

/** Writes a file for every sheet into the folder, all from one snapshot; what cannot be written whole is taken away. */
export async function exportAll(ctx: Context, folder: string, format: ExportFormat = 'csv'): Promise<ExportedSheet[]> {
  requirePermission(ctx.actor, 'export');
  const scope = scopeOf(ctx);
  for (const { sheet } of SHEETS) requireSheet(scope, sheet.name);
  await mkdir(folder, { recursive: true });
  return inSnapshot(ctx, async (trx, setting) => {
    const exported: ExportedSheet[] = [];
    for (const exchange of SHEETS) {
      const { name } = exchange.sheet;
      const file = path.join(folder, fileName(name, format));
      try {
        exported.push({ sheet: name, rows: await exportInto(trx, { ...setting, scope }, exchange, format, createWriteStream(file)), file });
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    }
    return exported;
  });
}

/** Name of a sheet's file in a folder of exports. */
export function fileName(sheet: string, format: ExportFormat): string {
  return `${sheet}.${format}`;
}

function inSnapshot<T>(ctx: Context, work: (trx: Transaction, setting: Setting) => Promise<T>): Promise<T> {
  return ctx.db.transaction(
    async (trx) => work(trx, { law: await ctx.law.book(trx), knownAt: ctx.clock.now() }),
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

async function exportInto(trx: Transaction, setting: Setting & { readonly scope: Scope }, exchange: AnyExchange, format: ExportFormat, sink: Writable): Promise<number> {
  const { sheet } = exchange;
  const wanted = await rowFilter(trx, setting.scope, sheet.name);
  let count = 0;
  const rows = (async function* (): AsyncGenerator<object> {
    for await (const row of exchange.read(trx, setting)) {
      if (wanted !== null && !wanted(row)) continue;
      count += 1;
      yield row;
    }
  })();
  const content = format === 'csv' ? Readable.from(writeCsv(sheet, rows)) : Readable.from([await writeXlsx(part(sheet, rows))]);
  await pipeline(content, sink);
  return count;
}
