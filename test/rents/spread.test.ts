import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personOf } from '../../src/platform/access/people.ts';
import type { Context } from '../../src/platform/context.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import { leaveOut } from '../../src/rents/runs/decide.ts';
import type { DraftView } from '../../src/rents/runs/drafts.ts';
import { NUMBER_COLUMNS, listDrafts } from '../../src/rents/runs/drafts.ts';
import { viewRun } from '../../src/rents/runs/read.ts';
import type { ChangeClass, Measure } from '../../src/rents/runs/spread.ts';
import { MEASURES, exceptionsOf, spreadOf } from '../../src/rents/runs/spread.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { people } from '../support/instance.ts';

const ALL = { limit: 1_000, offset: 0, sort: { by: 'lease', descending: false } } as const;
const COUNTED = { last: 'yes', left_out: 'no' } as const;

let database: TestDatabase;
let anna: Context;
let hanna: Context;
let run: string;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  ({ anna } = people(database, addDays(CITY_DAY, 1)));
  hanna = { ...anna, actor: { ...personOf('hanna.podgorze'), districts: ['I Stare Miasto'] } };
  const started = await startRun(anna, { tariff: 'krk-2027-projekt', delivered: parsePlainDate('2026-12-10') });
  await started.finished;
  run = started.runId;
  const [first] = (await listDrafts(anna, run, { outcome: 'increase' }, ALL)).items;
  await leaveOut(anna, run, { lease: first?.lease ?? '', reason: 'Sprawa w sądzie.' });
});
afterAll(() => database.drop());

/** Drafts as they are told one by one, the last step of each lease, without those left out. */
async function lastOnes(reader: Context): Promise<DraftView[]> {
  const { items } = await listDrafts(reader, run, {}, ALL);
  const last = new Map<string, DraftView>();
  for (const draft of items) if ((last.get(draft.lease)?.step ?? -1) < draft.step) last.set(draft.lease, draft);
  return [...last.values()].filter(({ leftOut }) => !leftOut);
}

const inside = ({ from, below }: ChangeClass, value: number): boolean => (from === null || value >= Number(from)) && (below === null || value < Number(below));

describe('the spread of changes', () => {
  it.each(MEASURES)('counts every lease once, in the class that its %s falls into', async (measure: Measure) => {
    for (const reader of [anna, hanna]) {
      const drafts = await lastOnes(reader);
      const values = drafts.flatMap((draft) => (draft[measure] === null ? [] : [Number(draft[measure])]));
      const { classes, without } = await spreadOf(reader, run, measure);
      expect(classes.map(({ leases }) => leases)).toEqual(classes.map((one) => values.filter((value) => inside(one, value)).length));
      expect(classes.reduce((sum, { leases }) => sum + leases, 0)).toBe(values.length);
      expect(values.length + without).toBe(drafts.length);
      expect(values.length).toBeGreaterThan(5);
    }
  });

  it('has as many leases in a class as the list of its bounds has', async () => {
    for (const measure of MEASURES) {
      const { classes } = await spreadOf(anna, run, measure);
      for (const { from, below, leases } of classes) {
        const bounds = { ...(from === null ? {} : { [`${measure}_from`]: from }), ...(below === null ? {} : { [`${measure}_below`]: below }) };
        expect((await listDrafts(anna, run, { ...COUNTED, ...bounds }, ALL)).total).toBe(leases);
      }
    }
  });

  it('is of the reader’s own leases alone, and of no run that is not his', async () => {
    const count = async (reader: Context): Promise<number> => {
      const { classes, without } = await spreadOf(reader, run, 'percent');
      return classes.reduce((sum, { leases }) => sum + leases, without);
    };
    expect(await count(hanna)).toBe((await lastOnes(hanna)).length);
    expect(await count(hanna)).toBeLessThan(await count(anna));
    await expect(spreadOf(anna, '99999', 'percent')).rejects.toMatchObject({ code: 'run_unknown' });
    await expect(exceptionsOf(anna, 'x')).rejects.toMatchObject({ code: 'run_unknown' });
  });
});

describe('the exceptions of a run', () => {
  it('are counted by reason as the summary counts them, with the first of each', async () => {
    for (const reader of [anna, hanna]) {
      const { summary } = await viewRun(reader, run);
      const { groups } = await exceptionsOf(reader, run);
      const expected = (summary?.outcomes ?? []).filter(({ outcome }) => outcome === 'exception').map(({ reason, leases }) => [reason, Number(leases)] as const);
      expect(new Map(groups.map(({ reason, leases }) => [reason, leases] as const))).toEqual(new Map(expected));
      const own = new Set((await lastOnes(reader)).map(({ lease }) => lease));
      for (const { some, leases } of groups) {
        expect(some.length).toBe(Math.min(5, leases));
        for (const { lease } of some) expect(own.has(lease)).toBe(true);
      }
    }
    expect((await exceptionsOf(anna, run)).groups.length).toBeGreaterThan(2);
  });

  it('name the facts that are missing, as many as the drafts name', async () => {
    const { missing } = await exceptionsOf(anna, run);
    const told = (await lastOnes(anna)).flatMap((draft) => draft.missing);
    expect(missing.length).toBeGreaterThan(0);
    for (const fact of missing) {
      expect(fact.leases).toBe(told.filter((one) => one === fact.missing).length);
      expect((await listDrafts(anna, run, { ...COUNTED, missing: fact.missing }, ALL)).total).toBe(fact.leases);
    }
    expect(missing.reduce((sum, { leases }) => sum + leases, 0)).toBe(told.length);
  });
});

describe('the filters of drafts', () => {
  it('lead from every total of the summary to just its leases', async () => {
    const { summary } = await viewRun(anna, run);
    const total = async (filter: object): Promise<number> => (await listDrafts(anna, run, { ...COUNTED, ...filter }, ALL)).total;
    for (const { zone, leases } of summary?.zones ?? []) expect([zone, await total({ exception: 'no', zone: zone ?? '-' })]).toEqual([zone, Number(leases)]);
    for (const { category, leases } of summary?.categories ?? []) expect([category, await total({ exception: 'no', category: category ?? '-' })]).toEqual([category, Number(leases)]);
    for (const { basis, leases } of summary?.bases ?? []) expect([basis, await total({ exception: 'no', basis: basis ?? '-' })]).toEqual([basis, Number(leases)]);
    for (const { month, leases } of summary?.months ?? []) expect([month, await total({ effective_since: month, effective_by: month })]).toEqual([month, Number(leases)]);
    for (const { warning, leases } of summary?.warnings ?? []) expect([warning, await total({ warning })]).toEqual([warning, Number(leases)]);
    expect(summary?.zones.length).toBeGreaterThan(1);
    expect(await total({ left_out: 'yes' })).toBe(1);
  });

  it('hold numbers between their bounds, the upper one left out', async () => {
    const { items } = await listDrafts(anna, run, {}, ALL);
    const KEYS = { old: 'oldAmount', new: 'newAmount', difference: 'difference', percent: 'percent', rate: 'rate', area: 'area', points: 'points' } as const;
    for (const column of NUMBER_COLUMNS) {
      const values = items.flatMap((draft) => (draft[KEYS[column]] === null ? [] : [Number(draft[KEYS[column]])])).sort((a, b) => a - b);
      const [from = 0, below = 0] = [values[Math.floor(values.length / 3)], values[Math.floor((values.length * 2) / 3)]];
      const { total } = await listDrafts(anna, run, { [`${column}_from`]: String(from), [`${column}_below`]: String(below) }, ALL);
      expect([column, total]).toEqual([column, values.filter((value) => value >= from && value < below).length]);
    }
  });
});
