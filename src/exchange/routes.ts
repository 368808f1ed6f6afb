/** Import and export over HTTP. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { mayFollow, scopeOf } from '../platform/access/scope.ts';
import { DomainError } from '../platform/errors.ts';
import { accepted, booleanParam, file, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { findOperation } from '../platform/operations.ts';
import { describeSheet, fileInput } from '../platform/tabular/index.ts';
import { exportSheet, fileName } from './export.ts';
import { startImport } from './import.ts';
import { requireSheet } from './scope.ts';
import { SHEETS, sheetNamed } from './sheets.ts';

const TAG = 'Import i eksport';
const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Largest file, bytes: the reader has limits of its own besides. */
const LARGEST = 200 * 1024 * 1024;

const importQuery = z.strictObject({
  sheet: z.string().min(1).max(40).optional().meta({ description: 'Rodzaj pliku; bez niego rozpoznawany po nagłówku lub nazwie.', examples: ['lokale'] }),
  name: z.string().min(1).max(200).meta({ description: 'Nazwa pliku.', examples: ['lokale.csv'] }),
  reason: z.string().min(3).max(500).meta({ description: 'Powód, zapisywany przy każdej danej.', examples: ['Inwentaryzacja 2026'] }),
  dry_run: booleanParam('Próba: ta sama praca, nic nie zostaje zapisane.').optional(),
});

const operationParam = z.strictObject({ operation: z.string().regex(/^\d{1,18}$/, 'Numer zadania to liczba.').meta({ examples: ['12'] }) });

export const exchangeRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/imports/sheets', permission: 'law.read', audit: null, tag: TAG, summary: 'Rodzaje plików i ich kolumny, w kolejności importu',
    output: z.strictObject({
      sheets: z.array(z.strictObject({
        name: z.string(), title: z.string(),
        columns: z.array(z.strictObject({
          name: z.string(), required: z.boolean(), form: z.string(), help: z.string(), example: z.string(), words: z.array(z.string()).nullable(),
        })),
      })),
    }),
    handle: () => ({ sheets: SHEETS.map(({ sheet }) => describeSheet(sheet)) }),
  }),
  route({
    method: 'POST', path: '/imports', permission: 'import', audit: 'import.file', tag: TAG, summary: 'Wczytaj plik CSV albo XLSX (także na próbę)',
    description: 'Treścią żądania jest sam plik. Dobre wiersze wchodzą, złe są w pliku odrzuconych; wynik pokazuje zadanie.',
    query: importQuery, uploadLimit: LARGEST, output: accepted(z.strictObject({ operation: z.string() })),
    handle: async ({ ctx, query, upload }) => {
      // The upload goes away with the request; the import goes on after it.
      const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-import-'));
      const kept = path.join(folder, 'file');
      await rename(upload?.path ?? '', kept);
      const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
      try {
        const { operationId, finished } = await startImport(ctx, {
          sheet: query.sheet ?? null, source: fileInput(kept), fileName: query.name, reason: query.reason, dryRun: query.dry_run ?? false,
        });
        void finished.then(remove, remove);
        const location: `/${string}` = `/operations/${operationId}`;
        return { location, body: { operation: operationId } };
      } catch (error) {
        await remove();
        throw error;
      }
    },
  }),
  route({
    method: 'GET', path: '/imports/:operation/rejects', permission: 'import', audit: null, tag: TAG, summary: 'Odrzucone wiersze importu z powodami',
    params: operationParam, output: file(CSV),
    handle: async ({ ctx, params }) => {
      const operation = await findOperation(ctx.db, params.operation);
      const result = operation?.kind === 'import' && mayFollow(ctx, operation) ? (operation.result as { rejectsFile?: string | null } | null) : null;
      const rejects = result?.rejectsFile ?? null;
      if (rejects === null) throw new DomainError('not found', 'rejects_none', { operation: params.operation });
      return { fileName: path.basename(rejects), type: `${CSV}; charset=utf-8`, write: (sink) => pipeline(createReadStream(rejects), sink, { end: false }) };
    },
  }),
  route({
    method: 'GET', path: '/exports/:sheet', permission: 'export', audit: null, tag: TAG, summary: 'Pobierz wszystkie dane jednego rodzaju jako CSV albo XLSX',
    params: z.strictObject({ sheet: z.string().min(1).max(40).meta({ examples: ['lokale'] }) }), query: z.strictObject({ format: z.enum(['csv', 'xlsx']).optional() }),
    output: file(CSV, XLSX), answerWithin: 600_000,
    handle: ({ ctx, params, query }) => {
      const format = query.format ?? 'csv';
      const { name } = sheetNamed(params.sheet).sheet;
      requireSheet(scopeOf(ctx), name);
      return {
        fileName: fileName(name, format), type: format === 'csv' ? `${CSV}; charset=utf-8` : XLSX,
        write: async (sink) => {
          await exportSheet(ctx, name, format, sink);
        },
      };
    },
  }),
];
