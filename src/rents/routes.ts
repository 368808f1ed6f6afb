/** Rents over HTTP: the explained rent, and recalculation runs. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import type { Flaw } from '../platform/errors.ts';
import { accepted, integerParam, listRoute, nothing, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut, decimalOut, instantOut, missingOut, renderedOut, statementOut } from '../platform/http/schemas.ts';
import { problemText } from '../platform/problem-texts.ts';
import type { Statement } from '../platform/statement/types.ts';
import { rentOn } from './explain.ts';
import { Presenter } from './present.ts';
import { startRun, startRunInput } from './runs/commands.ts';
import { approveRun, leaveOut, omissionInput, redrawChanged, rejectRun, rejectionInput, takeBack } from './runs/decide.ts';
import { compareRuns } from './runs/compare.ts';
import { DRAFT_SORTS, draftFilter, listDrafts, viewDraft } from './runs/drafts.ts';
import { listRuns, runParam, viewRun } from './runs/read.ts';

const RENTS = 'Czynsze';
const RUNS = 'Przeliczenia';
const leaseParam = z.strictObject({ lease: z.string().min(1).max(60).meta({ examples: ['ZBK/2019/00001'] }) });

type Told = z.output<typeof statementOut>;
const told = (statement: Statement): Told => statement as unknown as Told;

const rentAnswer = z.strictObject({
  lease: z.string(), dwelling: z.string(), day: dayOut, knownAt: instantOut, tariff: z.string(),
  inForce: z.strictObject({
    amount: decimalOut, rate: decimalOut.nullable(), from: dayOut, to: dayOut.nullable(), lastIncrease: dayOut.nullable(),
    origin: z.enum(['imported', 'run']), run: z.string().nullable(), tariff: z.string().nullable(), statement: statementOut.nullable(),
  }).nullable().meta({ description: 'Czynsz obowiązujący: zatwierdzony lub wczytany.' }),
  calculated: z.strictObject({ amount: decimalOut, rate: decimalOut, area: decimalOut, statement: statementOut, explained: renderedOut })
    .nullable().meta({ description: 'Czynsz wyliczony z prawa i ustaleń; nic nie zapisuje.' }),
  missing: z.array(missingOut).meta({ description: 'Czego brakuje, żeby policzyć czynsz.' }),
});

const explainedRent = route({
  method: 'GET', path: '/leases/:lease/rent', permission: 'lease.read', audit: null, tag: RENTS,
  summary: 'Czynsz umowy na dzień, z całym uzasadnieniem',
  description: 'Odpowiada na dowolny dzień, według stanu wiedzy z dowolnego dnia. Czynsz obowiązujący i wyliczony są osobno.',
  params: leaseParam,
  query: z.strictObject({ day: plainDate.optional(), known_on: plainDate.optional(), tariff: z.string().max(60).optional(), language: z.enum(['pl', 'en']).optional() }),
  output: rentAnswer,
  handle: async ({ ctx, params, query }) => {
    const { day, known_on: knownOn, tariff } = query;
    const view = await rentOn(ctx, { lease: params.lease, day, knownOn, tariff });
    const present = new Presenter(ctx, query.language ?? 'pl');
    const { inForce, calculated } = view;
    return {
      ...view,
      inForce: inForce === null ? null : { ...inForce, statement: inForce.statement === null ? null : told(inForce.statement) },
      calculated: calculated === null ? null
        : { ...calculated, statement: told(calculated.statement), explained: await present.render(calculated.statement, view.day, view.knownAt) },
      missing: await present.name(view.missing, view.day, view.knownAt),
    };
  },
});

const flawOut = z.strictObject({ field: z.string(), code: z.string(), args: z.record(z.string(), z.string()).optional(), message: z.string() });

/** The run with its warnings in words. */
function worded<T extends { readonly warnings: readonly Flaw[] }>(run: T): Omit<T, 'warnings'> & { readonly warnings: readonly (Flaw & { readonly message: string })[] } {
  return { ...run, warnings: run.warnings.map((flaw) => ({ ...flaw, message: problemText(flaw.code, flaw.args) })) };
}

const runOut = z.strictObject({
  run: z.string(), tariff: z.string(), state: z.enum(['drafting', 'draft', 'approved', 'rejected', 'void']), stateReason: z.string().nullable(),
  scope: z.record(z.string(), z.unknown()), businessDate: dayOut, delivered: dayOut, knownAt: instantOut.nullable(), leases: z.int().nullable(),
  preparedBy: z.array(z.string()), decidedBy: z.string().nullable(), decidedAt: instantOut.nullable(), operation: z.string(), leftOut: z.int(), warnings: z.array(flawOut),
}).meta({ id: 'Run' });

const totals = { leases: z.string(), before: decimalOut.nullable(), after: decimalOut.nullable(), difference: decimalOut.nullable() };
const summaryOut = z.strictObject({
  outcomes: z.array(z.strictObject({ outcome: z.string(), reason: z.string().nullable(), ...totals })),
  zones: z.array(z.strictObject({ zone: z.string().nullable(), ...totals })),
  categories: z.array(z.strictObject({ category: z.string().nullable(), ...totals })),
  bases: z.array(z.strictObject({ basis: z.string().nullable(), ...totals })),
  warnings: z.array(z.strictObject({ warning: z.string(), leases: z.string() })),
  months: z.array(z.strictObject({ month: dayOut, leases: z.string() })),
}).meta({ id: 'RunSummary' });

const draftShape = {
  lease: z.string(), dwelling: z.string(), step: z.int(), outcome: z.string(), reason: z.string().nullable(),
  effectiveFrom: dayOut.nullable(), effectiveTo: dayOut.nullable(), oldAmount: decimalOut.nullable(), newAmount: decimalOut.nullable(),
  difference: decimalOut.nullable(), percent: decimalOut.nullable(), rate: decimalOut.nullable(), area: decimalOut.nullable(), points: decimalOut.nullable(),
  category: z.string().nullable(), zone: z.string().nullable(), basis: z.string().nullable(), district: z.string().nullable(),
  warnings: z.array(z.string()), differing: z.array(z.string()), missing: z.array(z.string()), leftOut: z.boolean(),
};

const drawnBy = {
  day: dayOut.meta({ description: 'Dzień, według którego prawa czyta się nowe uzasadnienie; oldDay: dawne.' }), knownAt: instantOut, oldDay: dayOut.nullable(), oldKnownAt: instantOut.nullable(),
  omission: z.strictObject({ reason: z.string(), actor: z.string(), at: instantOut }).nullable().meta({ description: 'Dlaczego, przez kogo i kiedy umowę pominięto.' }),
};

export const runRoutes: readonly Route[] = [
  listRoute({
    path: '/runs', permission: 'run.read', audit: null, tag: RUNS, summary: 'Przeliczenia, najnowsze na początku',
    sort: ['run'], item: runOut, handle: async ({ ctx, page }) => {
      const { items, total } = await listRuns(ctx, page);
      return { items: items.map(worded), total };
    },
  }),
  route({
    method: 'POST', path: '/runs', permission: 'run.prepare', audit: 'run.start', tag: RUNS, summary: 'Rozpocznij przeliczenie czynszów',
    description: 'Liczy w tle; postęp pokazuje zadanie (operations). Wynik jest projektem, który zatwierdza inna osoba.',
    body: startRunInput, output: accepted(z.strictObject({ run: z.string(), operation: z.string() })),
    handle: async ({ ctx, body }) => {
      const { runId, operationId } = await startRun(ctx, body);
      const location: `/${string}` = `/operations/${operationId}`;
      return { location, body: { run: runId, operation: operationId } };
    },
  }),
  route({
    method: 'GET', path: '/runs/:run', permission: 'run.read', audit: null, tag: RUNS, summary: 'Przeliczenie z podsumowaniem',
    params: runParam, output: runOut.safeExtend({ summary: summaryOut.nullable() }), handle: async ({ ctx, params }) => worded(await viewRun(ctx, params.run)),
  }),
  listRoute({
    path: '/runs/:run/drafts', permission: 'run.read', audit: null, tag: RUNS, summary: 'Propozycje przeliczenia, z filtrami',
    params: runParam, query: draftFilter, sort: DRAFT_SORTS, item: z.strictObject(draftShape),
    handle: ({ ctx, params, query, page }) => listDrafts(ctx, params.run, query, page),
  }),
  route({
    method: 'GET', path: '/runs/:run/draft', permission: 'run.read', audit: null, tag: RUNS, summary: 'Propozycja dla jednej umowy: dawne i nowe uzasadnienie',
    params: runParam, query: z.strictObject({ lease: z.string().min(1).max(60) }),
    output: z.strictObject({ steps: z.array(z.strictObject({ ...draftShape, statement: statementOut.nullable(), oldStatement: statementOut.nullable(), ...drawnBy })) }),
    handle: async ({ ctx, params, query }) => {
      const steps = await viewDraft(ctx, params.run, query.lease);
      return { steps: steps.map((step) => ({ ...step, statement: step.statement && told(step.statement), oldStatement: step.oldStatement && told(step.oldStatement) })) };
    },
  }),
  route({
    method: 'GET', path: '/runs/:run/comparison', permission: 'run.read', audit: null, tag: RUNS, summary: 'Porównanie z innym przeliczeniem',
    params: runParam,
    query: z.strictObject({
      with: runParam.shape.run, page: integerParam({ min: 1, max: 100_000 }).optional(), per_page: integerParam({ min: 1, max: 200, example: 50 }).optional(),
    }),
    output: z.strictObject({
      leases: z.int(), same: z.int(), onlyA: z.int(), onlyB: z.int(), sumA: decimalOut, sumB: decimalOut, difference: decimalOut, total: z.int(),
      items: z.array(z.strictObject({
        lease: z.string(), outcomeA: z.string().nullable(), outcomeB: z.string().nullable(), reasonA: z.string().nullable(), reasonB: z.string().nullable(),
        amountA: decimalOut.nullable(), amountB: decimalOut.nullable(), difference: decimalOut.nullable(),
      })),
    }),
    handle: ({ ctx, params, query }) => {
      const limit = query.per_page ?? 50;
      return compareRuns(ctx, params.run, query.with, { limit, offset: ((query.page ?? 1) - 1) * limit });
    },
  }),
  route({
    method: 'POST', path: '/runs/:run/omissions', permission: 'run.prepare', audit: 'run.leave_out', tag: RUNS, summary: 'Pomiń umowę, z podaniem powodu',
    params: runParam, body: omissionInput, output: nothing,
    handle: async ({ ctx, params, body }) => {
      await leaveOut(ctx, params.run, body);
      return undefined;
    },
  }),
  route({
    method: 'DELETE', path: '/runs/:run/omissions', permission: 'run.prepare', audit: 'run.take_back', tag: RUNS, summary: 'Cofnij pominięcie umowy',
    params: runParam, query: z.strictObject({ lease: z.string().min(1).max(60) }), output: nothing,
    handle: async ({ ctx, params, query }) => {
      await takeBack(ctx, params.run, query.lease);
      return undefined;
    },
  }),
  route({
    method: 'POST', path: '/runs/:run/redraw', permission: 'run.prepare', audit: 'run.redraw', tag: RUNS, summary: 'Przelicz umowy, których dane się zmieniły',
    params: runParam, output: z.strictObject({ leases: z.array(z.string()) }), handle: ({ ctx, params }) => redrawChanged(ctx, params.run),
  }),
  route({
    method: 'POST', path: '/runs/:run/approval', permission: 'run.approve', audit: 'run.approve', tag: RUNS, summary: 'Zatwierdź przeliczenie',
    description: 'Zatwierdza inna osoba niż ta, która je przygotowała. Całość albo nic.',
    params: runParam, output: z.strictObject({ rents: z.int() }), handle: ({ ctx, params }) => approveRun(ctx, params.run),
  }),
  route({
    method: 'POST', path: '/runs/:run/rejection', permission: 'run.approve', audit: 'run.reject', tag: RUNS, summary: 'Odrzuć przeliczenie, z podaniem powodu',
    params: runParam, body: rejectionInput, output: nothing,
    handle: async ({ ctx, params, body }) => {
      await rejectRun(ctx, params.run, body);
      return undefined;
    },
  }),
];

export const rentRoutes: readonly Route[] = [explainedRent, ...runRoutes];
