/** The stock over HTTP: dwellings, what was recorded about them, and recording more. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import { listRoute, nothing, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut, instantOut } from '../platform/http/schemas.ts';
import { endFact, endInput, factInput, recordFact } from './commands.ts';
import { DWELLING_SORTS, dwellingFilter, factHistory, listDwellings } from './lists.ts';

const TAG = 'Zasób';
const dwellingOut = z.strictObject({
  dwelling: z.string(), building: z.string(), street: z.string().nullable(), buildingNumber: z.string().nullable(), number: z.string().nullable(),
  postcode: z.string().nullable(), district: z.string().nullable(), staircase: z.string().nullable(), shared: z.boolean().nullable(), holder: z.string().nullable(),
}).meta({ id: 'Dwelling' });

const dwellingParam = z.strictObject({ dwelling: z.string().min(1).max(60).meta({ examples: ['B00001-002'] }) });

export const stockRoutes: readonly Route[] = [
  listRoute({
    path: '/dwellings', permission: 'stock.read', audit: null, tag: TAG, summary: 'Lokale na dzień, z filtrami',
    query: dwellingFilter.safeExtend({ day: plainDate.optional() }), sort: DWELLING_SORTS, item: dwellingOut,
    handle: ({ ctx, query: { day, ...filter }, page }) => listDwellings(ctx, day ?? ctx.clock.today(), filter, page),
  }),
  route({
    method: 'GET', path: '/dwellings/:dwelling/facts', permission: 'stock.read', audit: null, tag: TAG, summary: 'Lokal i wszystko, co o nim ustalono, z historią',
    params: dwellingParam, query: z.strictObject({ day: plainDate.optional() }),
    output: z.strictObject({
      dwelling: dwellingOut,
      facts: z.array(z.strictObject({
        subject: z.enum(['building', 'staircase', 'dwelling']), slot: z.string(), value: z.string(), from: dayOut, to: dayOut.nullable(), evidence: z.string().nullable(),
        knownFrom: instantOut, knownTo: instantOut.nullable(), actor: z.string(), reason: z.string(), closedBy: z.string().nullable(), closedReason: z.string().nullable(),
      })),
    }),
    handle: ({ ctx, params, query }) => factHistory(ctx, params.dwelling, query.day ?? ctx.clock.today()),
  }),
  route({
    method: 'POST', path: '/facts', permission: 'facts.write', audit: 'fact.record', tag: TAG, summary: 'Zapisz ustalenie: nowe, zmianę albo korektę',
    description: 'Nic nie jest nadpisywane: poprzednia wartość zostaje w historii.', body: factInput, output: nothing,
    handle: async ({ ctx, body }) => {
      await recordFact(ctx, body);
      return undefined;
    },
  }),
  route({
    method: 'POST', path: '/facts/end', permission: 'facts.write', audit: 'fact.end', tag: TAG, summary: 'Zakończ ustalenie od dnia', body: endInput, output: nothing,
    handle: async ({ ctx, body }) => {
      await endFact(ctx, body);
      return undefined;
    },
  }),
];
