/** A small slice with one route of each kind; its data stands in memory. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { DomainError } from '../../../src/platform/errors.ts';
import { plainDate } from '../../../src/platform/dates/schema.ts';
import { accepted, booleanParam, created, listRoute, nothing, route } from '../../../src/platform/http/index.ts';
import type { Route } from '../../../src/platform/http/index.ts';

const lease = z.string().trim().min(1).max(30).meta({ description: 'Numer umowy.', examples: ['UN-0007'] });
const leaseRow = z.strictObject({ lease, district: z.string() }).meta({ id: 'LeaseRow', description: 'Umowa na liście.' });
const scope = z
  .discriminatedUnion('kind', [z.strictObject({ kind: z.literal('all') }), z.strictObject({ kind: z.literal('district'), district: z.string().min(1).meta({ examples: ['Podgórze'] }) })])
  .meta({ id: 'Scope', description: 'Zakres przeliczenia.' });

interface Tree {
  readonly name: string;
  readonly parts: readonly Tree[];
}
const tree: z.ZodType<Tree> = z.strictObject({
  name: z.string(),
  get parts() {
    return z.array(tree);
  },
});

export const LEASES = Array.from({ length: 120 }, (_, index) => ({ lease: `UN-${String(index + 1).padStart(4, '0')}`, district: index % 2 === 0 ? 'Podgórze' : 'Krowodrza' }));

/** What the handlers got, for the tests to look at. */
export const seen: { actor: string; requestId: string | null; params: unknown; query: unknown; body: unknown }[] = [];

export const leases = listRoute({
  path: '/leases',
  permission: 'lease.read',
  audit: null,
  summary: 'Lista umów',
  tag: 'Umowy',
  query: z.strictObject({ district: z.string().min(1).optional().meta({ description: 'Dzielnica.', examples: ['Podgórze'] }), social: booleanParam('Tylko socjalne.').optional() }),
  sort: ['lease', 'district'],
  item: leaseRow,
  handle: ({ query, page }) => {
    const fitting = LEASES.filter(({ district }) => query.district === undefined || district === query.district);
    const sorted = fitting.toSorted((a, b) => (a[page.sort.by] < b[page.sort.by] ? -1 : 1) * (page.sort.descending ? -1 : 1));
    return Promise.resolve({ items: sorted.slice(page.offset, page.offset + page.limit), total: fitting.length });
  },
});

export const rent = route({
  method: 'GET',
  path: '/leases/:lease/rent',
  permission: 'lease.read',
  audit: null,
  summary: 'Czynsz umowy w dniu',
  description: 'Podaje czynsz obliczony i obowiązujący, każdy z nazwą.',
  tag: 'Umowy',
  params: z.strictObject({ lease }),
  query: z.strictObject({ day: plainDate }),
  output: z.strictObject({ lease, day: plainDate, inForce: z.string().nullable().meta({ description: 'Czynsz obowiązujący, zł.', examples: ['412.50'] }) }),
  handle: ({ ctx, params, query }) => {
    seen.push({ actor: ctx.actor.code, requestId: ctx.requestId, params, query, body: undefined });
    if (!LEASES.some((known) => known.lease === params.lease)) throw new DomainError('not found', 'lease_unknown', { lease: params.lease });
    return { lease: params.lease, day: query.day, inForce: '412.50' };
  },
});

export const startRun = route({
  method: 'POST',
  path: '/runs',
  permission: 'run.prepare',
  audit: 'run.start',
  summary: 'Rozpocznij przeliczenie',
  tag: 'Przeliczenia',
  body: z.strictObject({ tariff: z.string().trim().min(1).max(60).meta({ description: 'Kod taryfy.', examples: ['KRK-2026'] }), scope: scope.default({ kind: 'all' }), delivered: plainDate.optional() }).meta({ id: 'StartRun' }),
  output: accepted(z.strictObject({ run: z.string(), operation: z.string() })),
  handle: ({ ctx, body }) => {
    seen.push({ actor: ctx.actor.code, requestId: ctx.requestId, params: undefined, query: undefined, body });
    return Promise.resolve({ location: '/operations/12', body: { run: '7', operation: '12' } });
  },
});

const setNote = route({
  method: 'PUT',
  path: '/leases/:lease/note',
  permission: 'facts.write',
  audit: 'note.set',
  summary: 'Zapisz uwagę',
  tag: 'Umowy',
  params: z.strictObject({ lease }),
  body: z.strictObject({ text: z.string().max(500), labels: z.record(z.string(), z.string()).optional(), free: z.unknown().optional() }),
  bodyLimit: 2_000,
  output: nothing,
  handle: async ({ body }) => {
    seen.push({ actor: '', requestId: null, params: undefined, query: undefined, body });
    await Promise.resolve();
    return undefined;
  },
});

const command = { permission: 'facts.write', tag: 'Budowa' } as const;
const question = { method: 'GET', permission: 'lease.read', audit: null, tag: 'Próby' } as const;

export const ROUTES: readonly Route[] = [
  leases,
  rent,
  startRun,
  setNote,
  route({ ...command, method: 'DELETE', path: '/leases/:lease/note', audit: 'note.remove', summary: 'Usuń uwagę', params: z.strictObject({ lease }), output: nothing, handle: () => undefined }),
  route({ ...command, method: 'POST', path: '/trees', audit: 'tree.plant', summary: 'Zapisz budowę', body: tree, output: created(tree), handle: ({ body }) => ({ location: '/trees/1', body }) }),
  route({ ...question, path: '/leases/:lease', summary: 'Umowa', params: z.strictObject({ lease }), output: leaseRow, handle: ({ params }) => ({ lease: params.lease, district: 'x' }) }),
  route({ ...question, path: '/leases/export', summary: 'Wyciąg', output: z.strictObject({ export: z.literal(true) }), handle: () => ({ export: true as const }) }),
];

/** Routes that go wrong in every way. */
export const FAULTY: readonly Route[] = [
  route({ ...question, path: '/faults/output', summary: 'Zła odpowiedź', output: leaseRow, handle: () => ({ lease: 'UN-1', district: 'x', pesel: '44051401359' }) as { lease: string; district: string } }),
  route({
    ...question,
    path: '/faults/error',
    summary: 'Błąd',
    output: leaseRow,
    handle: () => {
      throw new TypeError('cannot read the secret place');
    },
  }),
  route({
    ...question,
    path: '/faults/database',
    summary: 'Błąd bazy',
    output: leaseRow,
    handle: () => {
      throw Object.assign(new Error('insert into persons values (44051401359) - value too long'), { code: '22001', detail: 'Key (pesel)=(44051401359)', constraint: 'persons_pesel' });
    },
  }),
  route({
    ...question,
    path: '/faults/busy',
    summary: 'Zajęte',
    output: leaseRow,
    handle: () => {
      throw new DomainError('busy', 'facts_being_written', { writer: 'import' });
    },
  }),
  route({
    ...question,
    path: '/faults/slow',
    summary: 'Powolne',
    answerWithin: 30,
    output: leaseRow,
    handle: async () => {
      await pause(120);
      throw new Error('too late to matter');
    },
  }),
];
