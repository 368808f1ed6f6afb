/** The audit trail over HTTP: to search, to read, to take away as a file. */
import { z } from 'zod';
import { file, route } from '../http/index.ts';
import type { Route } from '../http/index.ts';
import { dayOut, instantOut } from '../http/schemas.ts';
import { auditExportInput, exportTrail } from './export.ts';
import { auditSearchInput, readEvent, searchTrail } from './search.ts';
import { readPersonal } from './personal-read.ts';
import { requireTrail } from './scope.ts';
import { trailState } from './state.ts';
import { said } from '../problem-texts.ts';

const TAG = 'Dziennik zdarzeń';
const NDJSON = 'application/x-ndjson';
const CSV = 'text/csv';

const eventParam = z.strictObject({ event: z.string().regex(/^\d{1,18}$/, said('number_of_event')).meta({ examples: ['118'] }) });

const eventOut = z.strictObject({
  id: z.string(), at: instantOut, actor: z.string(), event: z.string(), request: z.string().nullable(), targets: z.record(z.string(), z.string()),
  before: z.unknown().meta({ description: 'Zmieniona rzecz przed zmianą; null, gdy jej nie było albo zdarzenie nic nie zmieniło.' }),
  after: z.unknown().meta({ description: 'Zmieniona rzecz po zmianie.' }),
  details: z.record(z.string(), z.unknown()),
  seal: z.strictObject({ place: z.string(), sealedAt: instantOut, hash: z.string() }).nullable().meta({ description: 'Miejsce w łańcuchu skrótów; null, gdy zdarzenie czeka na pieczęć.' }),
}).meta({ id: 'AuditEvent' });

const stateOut = z.strictObject({
  events: z.int(), oldest: instantOut.nullable(), newest: instantOut.nullable(), waiting: z.int(),
  sealed: z.strictObject({ place: z.string(), event: z.string(), sealedAt: instantOut, hash: z.string() }).nullable(),
  checkpoint: z.strictObject({ place: z.string(), hash: z.string(), removed: z.string(), before: dayOut, at: instantOut, actor: z.string() }).nullable()
    .meta({ description: 'Od którego miejsca zaczyna się łańcuch, gdy najstarsze zdarzenia usunięto po okresie przechowywania.' }),
  guarded: z.boolean().meta({ description: 'Czy rola bazy danych, z którą program pracuje, nie może dziennika zmieniać ani usuwać.' }),
  verified: z.strictObject({ at: instantOut, by: z.string(), sound: z.boolean(), sealed: z.int(), faults: z.int() }).nullable().meta({ description: 'Ostatnie sprawdzenie łańcucha.' }),
});

export const auditRoutes: readonly Route[] = [
  route({
    method: 'POST', path: '/audit/search', permission: 'audit.read', audit: 'audit.search', tag: TAG, summary: 'Szukaj w dzienniku zdarzeń',
    description: 'Filtry są w treści żądania, nie w adresie. Samo szukanie też jest zdarzeniem.', body: auditSearchInput,
    output: z.strictObject({ items: z.array(eventOut), next: z.string().nullable().meta({ description: 'Wartość pola after dla następnej strony.' }) }),
    handle: ({ ctx, body }) => searchTrail(ctx, body),
  }),
  route({
    method: 'GET', path: '/audit/events/:event', permission: 'audit.read', audit: 'audit.read', tag: TAG, summary: 'Jedno zdarzenie z jego miejscem w łańcuchu',
    params: eventParam, output: eventOut, handle: ({ ctx, params }) => readEvent(ctx, params.event),
  }),
  route({
    method: 'GET', path: '/audit/events/:event/personal', permission: 'audit.read', audit: 'audit.personal_read', tag: TAG, summary: 'Co zdarzenie mówi o osobie',
    description: 'Dane osoby przed zmianą i po niej, odszyfrowane jej kluczem; potrzebne jest też uprawnienie pesel.read. Odczyt zapisuje się w dzienniku. Po usunięciu danych osoby pole personal jest puste (null).',
    params: eventParam,
    output: z.strictObject({ event: z.string(), person: z.string().meta({ description: 'Numer osoby, jak w polu targets zdarzenia.' }), personal: z.record(z.string(), z.unknown()).nullable() }),
    handle: ({ ctx, params }) => readPersonal(ctx, params.event),
  }),
  route({
    method: 'GET', path: '/audit/state', permission: 'audit.read', audit: null, tag: TAG, summary: 'Stan dziennika: zdarzenia, pieczęcie, ostatnie sprawdzenie',
    output: stateOut,
    handle: ({ ctx }) => {
      requireTrail(ctx);
      return trailState(ctx.db);
    },
  }),
  route({
    method: 'POST', path: '/audit/export', permission: 'audit.read', audit: 'audit.export', tag: TAG, summary: 'Pobierz zapieczętowany dziennik jako plik ze skrótami',
    description: 'Plik można sprawdzić bez tego programu; przepis jest w docs/audit-export.md.', body: auditExportInput, output: file(NDJSON, CSV),
    handle: async ({ ctx, body }) => {
      const exported = await exportTrail(ctx, body);
      return { fileName: exported.fileName, type: exported.format === 'csv' ? `${CSV}; charset=utf-8` : NDJSON, write: (sink) => exported.write(sink) };
    },
  }),
];
