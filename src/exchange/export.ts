/** Export: the valid history as known now, as files that can be imported again to the same state. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Permission } from '../platform/access/roles.ts';
import { may, require as requirePermission } from '../platform/access/roles.ts';
import type { Scope } from '../platform/access/scope.ts';
import { scopeOf } from '../platform/access/scope.ts';
import { auditRead } from '../platform/audit/reads.ts';
import type { Actor, Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { Setting } from '../platform/exchange/types.ts';
import { part, writeCsv, writeXlsx } from '../platform/tabular/index.ts';
import { requireSheet } from './scope.ts';
import type { AnyExchange } from './sheets.ts';
import { SHEETS, sheetNamed } from './sheets.ts';

export type ExportFormat = 'csv' | 'xlsx';

export interface ExportedSheet {
  readonly sheet: string;
  readonly rows: number;
  /** Path of the file, where it was written to one. */
  readonly file: string | null;
  /** The permission for want of which it was left out; null = it was not. */
  readonly withheld: Permission | null;
}

/**
 * Writes all rows of a sheet that are in the reader's scope and ends the sink. A CSV is streamed; a workbook is made in memory.
 * @throws DomainError `not_permitted`, `import_sheet_unknown`, `sheet_needs_whole_city`; FileError `too_many_rows` for what no workbook holds
 */
export async function exportSheet(ctx: Context, sheet: string, format: ExportFormat, sink: Writable): Promise<ExportedSheet> {
  requirePermission(ctx.actor, 'export');
  const exchange = sheetNamed(sheet);
  const scope = scopeOf(ctx);
  requireSheet(scope, exchange.sheet.name);
  requireExport(ctx.actor, exchange);
  return inSnapshot(ctx, async (trx, setting) => {
    await noteExport(ctx, trx, setting, exchange);
    return { sheet, rows: await exportInto(trx, setting, scope, exchange, format, sink), file: null, withheld: null };
  });
}

/** That whoever asks may have files of the kind. @throws DomainError `not_permitted` */
export function requireExport(actor: Actor, { guard }: AnyExchange): void {
  if (guard !== undefined) requirePermission(actor, guard.toExport);
}

/** A file with sensitive data is an event, with the number of its rows, before the first of them is given. */
async function noteExport(ctx: Context, trx: Transaction, setting: Setting, { guard, sheet }: AnyExchange): Promise<void> {
  if (guard !== undefined) await auditRead(ctx, guard.exported, { sheet: sheet.name }, { rows: await guard.count(trx, setting) });
}

/**
 * Writes a file for every sheet into the folder, all from one snapshot; what cannot be written whole is taken away. A sheet whose own
 * permission is wanting is left out, and the result says so.
 */
export async function exportAll(ctx: Context, folder: string, format: ExportFormat = 'csv'): Promise<ExportedSheet[]> {
  requirePermission(ctx.actor, 'export');
  const scope = scopeOf(ctx);
  for (const { sheet } of SHEETS) requireSheet(scope, sheet.name);
  await mkdir(folder, { recursive: true });
  return inSnapshot(ctx, async (trx, setting) => {
    const exported: ExportedSheet[] = [];
    for (const exchange of SHEETS) {
      const { guard, sheet: { name } } = exchange;
      if (guard !== undefined && !may(ctx.actor, guard.toExport)) {
        exported.push({ sheet: name, rows: 0, file: null, withheld: guard.toExport });
        continue;
      }
      const file = path.join(folder, fileName(name, format));
      try {
        await noteExport(ctx, trx, setting, exchange);
        const sink = createWriteStream(file, guard === undefined ? {} : { mode: 0o600 });
        exported.push({ sheet: name, rows: await exportInto(trx, setting, scope, exchange, format, sink), file, withheld: null });
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    }
    return exported;
  });
}

/**
 * Writes one workbook with a tab for every sheet, all from one snapshot, and ends the sink. As with `exportAll`, a sheet whose own permission
 * is wanting is left out. @throws DomainError `not_permitted`, `sheet_needs_whole_city`; FileError for what no workbook holds
 */
export async function exportWorkbook(ctx: Context, sink: Writable): Promise<void> {
  requirePermission(ctx.actor, 'export');
  const scope = scopeOf(ctx);
  for (const { sheet } of SHEETS) requireSheet(scope, sheet.name);
  const given = SHEETS.filter(({ guard }) => guard === undefined || may(ctx.actor, guard.toExport));
  const workbook = await inSnapshot(ctx, async (trx, setting) => {
    for (const exchange of given) await noteExport(ctx, trx, setting, exchange);
    return writeXlsx(...given.map((exchange) => part(exchange.sheet, exchange.read(trx, setting, scope))));
  });
  await pipeline(Readable.from([workbook]), sink);
}

/** Name of a sheet's file in a folder of exports. */
export function fileName(sheet: string, format: ExportFormat): string {
  return `${sheet}.${format}`;
}

function inSnapshot<T>(ctx: Context, work: (trx: Transaction, setting: Setting) => Promise<T>): Promise<T> {
  return ctx.db.transaction(
    async (trx) => work(trx, { law: await ctx.law.book(trx), knownAt: ctx.clock.now(), by: ctx }),
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

async function exportInto(trx: Transaction, setting: Setting, scope: Scope, exchange: AnyExchange, format: ExportFormat, sink: Writable): Promise<number> {
  const { sheet } = exchange;
  let count = 0;
  const rows = (async function* (): AsyncGenerator<object> {
    for await (const row of exchange.read(trx, setting, scope)) {
      count += 1;
      yield row;
    }
  })();
  const content = format === 'csv' ? Readable.from(writeCsv(sheet, rows)) : Readable.from([await writeXlsx(part(sheet, rows))]);
  await pipeline(content, sink);
  return count;
}
