/** Import and export over HTTP. */
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { scopeOf } from '../platform/access/scope.ts';
import { accepted, booleanParam, file, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { describeSheet, fileInput } from '../platform/tabular/index.ts';
import { exportSheet, fileName, requireExport } from './export.ts';
import { LARGEST_FILE, importReason, startImport } from './import.ts';
import { rejectsOf } from './rejects-given.ts';
import { requireSheet } from './scope.ts';
import { SHEETS, sheetNamed } from './sheets.ts';
import { said } from '../platform/problem-texts.ts';

const TAG = 'Import i eksport';
const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const importQuery = z.strictObject({
  sheet: z.string().min(1).max(40).optional().meta({ description: 'Rodzaj pliku; bez niego rozpoznawany po nagłówku lub nazwie.', examples: ['lokale'] }),
  name: z.string().min(1).max(200).meta({ description: 'Nazwa pliku.', examples: ['lokale.csv'] }),
  reason: importReason,
  dry_run: booleanParam('Próba: ta sama praca, nic nie zostaje zapisane.').optional(),
});

const operationParam = z.strictObject({ operation: z.string().regex(/^\d{1,18}$/, said('number_of_operation')).meta({ examples: ['12'] }) });

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
    query: importQuery, uploadLimit: LARGEST_FILE, output: accepted(z.strictObject({ operation: z.string() })),
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
    method: 'GET', path: '/imports/:operation/rejects', permission: 'import', audit: 'import.rejects_read', tag: TAG, summary: 'Odrzucone wiersze importu z powodami',
    description: 'Wiersze z numerami PESEL otrzymuje ten, kto wczytał plik, albo osoba z uprawnieniem pesel.read. Tylko ich pobranie zapisuje się w dzienniku.',
    params: operationParam, output: file(CSV),
    handle: ({ ctx, params }) => rejectsOf(ctx, params.operation),
  }),
  route({
    method: 'GET', path: '/exports/:sheet', permission: 'export', audit: 'person.pesel_export', tag: TAG, summary: 'Pobierz wszystkie dane jednego rodzaju jako CSV albo XLSX',
    description: 'Plik osoby zawiera numery PESEL: wymaga także uprawnienia pesel.read, a tylko jego pobranie zapisuje się w dzienniku.',
    params: z.strictObject({ sheet: z.string().min(1).max(40).meta({ examples: ['lokale'] }) }), query: z.strictObject({ format: z.enum(['csv', 'xlsx']).optional() }),
    output: file(CSV, XLSX), answerWithin: 600_000,
    handle: ({ ctx, params, query }) => {
      const format = query.format ?? 'csv';
      const exchange = sheetNamed(params.sheet);
      const { name } = exchange.sheet;
      requireSheet(scopeOf(ctx), name);
      requireExport(ctx.actor, exchange);
      return {
        fileName: fileName(name, format), type: format === 'csv' ? `${CSV}; charset=utf-8` : XLSX,
        write: async (sink) => {
          await exportSheet(ctx, name, format, sink);
        },
      };
    },
  }),
];
