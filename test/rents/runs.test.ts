import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { DomainError } from '../../src/platform/errors.ts';
import { reapOperations } from '../../src/platform/operations.ts';
import { faults } from '../../src/platform/statement/lines.ts';
import { rentOn } from '../../src/rents/explain.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import type { StartRunInput } from '../../src/rents/runs/commands.ts';
import { approveRun, leaveOut, redrawChanged, rejectRun, takeBack, voidInterruptedRuns } from '../../src/rents/runs/decide.ts';
import { compareRuns } from '../../src/rents/runs/compare.ts';
import { listDrafts, viewDraft } from '../../src/rents/runs/drafts.ts';
import { viewRun } from '../../src/rents/runs/read.ts';
import { recordFact } from '../../src/stock/commands.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { Context } from '../../src/platform/context.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

const NEXT = 'krk-2027-projekt';
const ALL = { limit: 1_000, offset: 0, sort: { by: 'lease', descending: false } } as const;

let database: TestDatabase;
let who: People;

beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, addDays(CITY_DAY, 1));
});
afterAll(() => database.drop());

async function drawn(ctx: Context, input: Partial<StartRunInput> = {}): Promise<string> {
  const run = await startRun(ctx, { tariff: NEXT, delivered: parsePlainDate('2026-12-10'), ...input });
  await run.finished;
  return run.runId;
}

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error(`no refusal: ${String(error)}`);
  return error;
}

/** A lease by points whose rent rises in the run. */
async function risingLease(runId: string): Promise<{ lease: string; dwelling: string }> {
  const { items } = await listDrafts(who.anna, runId, { outcome: 'increase', basis: 'points' }, ALL);
  const found = items.find(({ step }) => step === 0);
  if (!found) throw new Error('no rising lease');
  return found;
}

describe('a recalculation run', () => {
  it('has a row for every lease that lasts, none silently skipped', async () => {
    const runId = await drawn(who.anna);
    const missing = await rows(
      database.db,
      `select l.number from leases l join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and (upper_inf(t.valid) or upper(t.valid) > ?::date)
       where not exists (select 1 from run_drafts d where d.run_id = ? and d.lease_id = l.id)`,
      [addDays(CITY_DAY, 1), runId],
    );
    expect(missing).toEqual([]);
    const { summary, leases } = await viewRun(who.anna, runId);
    expect(summary?.outcomes.reduce((sum, entry) => sum + Number(entry.leases), 0)).toBe(leases);
    expect(summary?.outcomes.filter(({ outcome }) => outcome === 'exception').every(({ reason }) => reason !== null)).toBe(true);
  });

  it('explains every amount by a statement whose lines add up to it', async () => {
    const runId = await drawn(who.anna);
    const drafts = await rows<{ new_amount: string; statement: Parameters<typeof faults>[0] & { result: { rent: string } } }>(
      database.db,
      'select new_amount, statement from run_drafts where run_id = ? and statement is not null',
      [runId],
    );
    expect(drafts.length).toBeGreaterThan(100);
    for (const draft of drafts) {
      expect(faults(draft.statement)).toEqual([]);
      expect(draft.statement.result.rent).toBe(draft.new_amount);
    }
  });

  it('cannot be approved by the person who made it, nor may the database be talked into it', async () => {
    const runId = await drawn(who.barbara);
    expect((await refusal(approveRun(who.barbara, runId))).code).toBe('decision_own');
    const decision = await rows<{ id: string }>(database.db, 'select decision_id as id from runs where id = ?', [runId]);
    const talked = database.db('decision_hands').insert({ decision_id: decision[0]?.id, actor: 'barbara.kierownik', part: 'decided', at: who.clock.now() });
    await expect(talked).rejects.toThrow(/decision_hands_two_parts/);
  });

  it('is not approved by a person who left a lease out, for that is preparing', async () => {
    const runId = await drawn(who.anna);
    const { lease } = await risingLease(runId);
    await leaveOut(who.barbara, runId, { lease, reason: 'Trwa wyjaśnienie powierzchni.' });
    expect((await refusal(approveRun(who.barbara, runId))).code).toBe('decision_own');
  });

  it('is approved once when ten people approve at the same moment', async () => {
    const copy = await cloneDatabase(CITY);
    const there = people(copy, addDays(CITY_DAY, 1));
    const run = await startRun(there.anna, { tariff: NEXT, delivered: parsePlainDate('2026-12-10') });
    await run.finished;
    const approvals = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => approveRun({ ...there.barbara, actor: { ...there.barbara.actor, code: `kierownik.${index}` } }, run.runId)),
    );
    expect(approvals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const approval of approvals) {
      if (approval.status === 'rejected') expect(approval.reason).toMatchObject({ code: 'decision_not_draft' });
    }
    const twice = await rows(copy.db, `select lease_id from rent_periods where upper_inf(recorded) group by lease_id, valid having count(*) > 1`);
    expect(twice).toEqual([]);
    await copy.drop();
  });

  it('leaves a lease out with a reason and takes it back', async () => {
    const runId = await drawn(who.anna);
    const { lease } = await risingLease(runId);
    const before = await viewRun(who.anna, runId);
    await leaveOut(who.anna, runId, { lease, reason: 'Sprawa w sądzie.' });
    expect((await refusal(leaveOut(who.anna, runId, { lease, reason: 'Drugi raz.' }))).code).toBe('lease_left_out');
    const out = await viewRun(who.anna, runId);
    expect(out.leftOut).toBe(1);
    expect(out.summary).not.toEqual(before.summary);
    await takeBack(who.anna, runId, lease);
    expect((await viewRun(who.anna, runId)).summary).toEqual(before.summary);
    expect((await refusal(takeBack(who.anna, runId, lease))).code).toBe('lease_not_left_out');
  });

  it('names the leases whose inputs changed beneath it, and draws those alone anew', async () => {
    const runId = await drawn(who.anna);
    const { lease, dwelling } = await risingLease(runId);
    const before = await listDrafts(who.anna, runId, {}, ALL);
    await recordFact(who.dawid, { slot: 'mould', subject: dwelling, value: 'independent', from: parsePlainDate('2026-11-01'), reason: 'Wizja lokalna.', as: 'change' });
    const refused = await refusal(approveRun(who.barbara, runId));
    expect(refused).toMatchObject({ code: 'run_inputs_changed' });
    expect(refused.args['leases']).toContain(lease);
    expect((await redrawChanged(who.anna, runId)).leases).toContain(lease);
    const after = await listDrafts(who.anna, runId, {}, ALL);
    const changed = new Set((await viewDraft(who.anna, runId, lease)).map((step) => step.lease));
    expect(after.items.filter((item) => !changed.has(item.lease))).toEqual(before.items.filter((item) => !changed.has(item.lease)));
    expect((await redrawChanged(who.anna, runId)).leases).toEqual([]);
  });

  it('does not mind a fact that changes nothing of the rent', async () => {
    const runId = await drawn(who.anna);
    const { dwelling } = await risingLease(runId);
    await recordFact(who.dawid, { slot: 'sunny', subject: dwelling, value: 'yes', from: parsePlainDate('2035-01-01'), reason: 'Przyszły stan.', as: 'change' });
    expect((await redrawChanged(who.anna, runId)).leases).toEqual([]);
  });

  it('gives one new lease its first rent over a list of one', async () => {
    const without = await rows<{ number: string }>(
      database.db,
      `select l.number from leases l join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and t.valid @> ?::date
       where not exists (select 1 from rent_periods p where p.lease_id = l.id) limit 1`,
      [CITY_DAY],
    );
    const number = without[0]?.number ?? (await risingLease(await drawn(who.anna))).lease;
    const runId = await drawn(who.anna, { tariff: 'krk-2025', scope: { kind: 'leases', leases: [number] } });
    const { items } = await listDrafts(who.anna, runId, {}, ALL);
    expect(new Set(items.map(({ lease }) => lease))).toEqual(new Set([number]));
  });

  it('says which leases it does not know, and which have ended', async () => {
    const refused = await refusal(startRun(who.anna, { tariff: 'krk-1999' }));
    expect(refused).toMatchObject({ code: 'tariff_unknown' });
    expect((await refusal(startRun(who.anna, { tariff: NEXT, scope: { kind: 'leases', leases: ['NIE/MA/1'] } }))).code).toBe('leases_unknown');
    const [ended] = await rows<{ number: string }>(
      database.db,
      `select l.number from leases l join lease_terms t on t.lease_id = l.id where upper_inf(t.recorded)
       group by l.number having bool_and(not upper_inf(t.valid) and upper(t.valid) <= ?::date) limit 1`,
      [CITY_DAY],
    );
    const list = { tariff: NEXT, scope: { kind: 'leases' as const, leases: [ended?.number ?? ''] } };
    expect(await refusal(startRun(who.anna, list))).toMatchObject({ code: 'leases_ended', args: { leases: ended?.number } });
    expect((await refusal(startRun(who.anna, { tariff: NEXT, scope: { kind: 'building', building: 'NIE-MA' } }))).code).toBe('building_unknown');
    expect((await refusal(startRun(who.anna, { tariff: NEXT, scope: { kind: 'district', district: 'Atlantyda' } }))).code).toBe('district_unknown');
  });

  it('follows up what changed since the last approved run', async () => {
    const since = who.clock.now();
    const runId = await drawn(who.anna);
    const { dwelling, lease } = await risingLease(runId);
    await recordFact(who.dawid, { slot: 'damp', subject: dwelling, value: 'independent', from: parsePlainDate('2026-11-02'), reason: 'Wizja lokalna.', as: 'change' });
    const followUp = await drawn(who.anna, { scope: { kind: 'changed', since } });
    const { items } = await listDrafts(who.anna, followUp, {}, ALL);
    expect(items.map((item) => item.lease)).toContain(lease);
    expect(items.length).toBeLessThan(20);
  });

  it('compares two runs lease by lease', async () => {
    const first = await drawn(who.anna);
    const same = await drawn(who.anna);
    expect(await compareRuns(who.anna, first, same, { limit: 10, offset: 0 })).toMatchObject({ total: 0, difference: '0.00' });
    const present = await drawn(who.anna, { tariff: 'krk-2025' });
    const compared = await compareRuns(who.anna, present, first, { limit: 10, offset: 0 });
    expect(compared.total).toBeGreaterThan(50);
    expect(Number(compared.difference)).toBeGreaterThan(0);
    expect(compared.items[0]?.amountA).not.toBe(compared.items[0]?.amountB);
  });

  it('is rejected with a reason and then stays as it is', async () => {
    const runId = await drawn(who.anna);
    await rejectRun(who.barbara, runId, { reason: 'Rada nie została poinformowana.' });
    expect(await viewRun(who.anna, runId)).toMatchObject({ state: 'rejected', decidedBy: 'barbara.kierownik' });
    expect((await refusal(approveRun(who.barbara, runId))).code).toBe('decision_not_draft');
    expect((await refusal(redrawChanged(who.anna, runId))).code).toBe('run_not_draft');
  });
});

describe('an approved run', () => {
  it('freezes its rents: the answer for a day as known then is the same after later changes', async () => {
    const copy = await cloneDatabase(CITY);
    const there = people(copy, addDays(CITY_DAY, 1));
    const run = await startRun(there.anna, { tariff: NEXT, delivered: parsePlainDate('2026-12-10') });
    await run.finished;
    const { items } = await listDrafts(there.anna, run.runId, { outcome: 'increase', basis: 'points' }, ALL);
    const draft = items.find(({ effectiveFrom }) => effectiveFrom === '2027-04-01');
    if (!draft) throw new Error('no draft from April');
    await approveRun(there.barbara, run.runId);
    const day = parsePlainDate('2027-04-15');
    const knownOn = addDays(CITY_DAY, 1);
    there.clock.moveTo('2026-12-01T09:00:00.000000Z' as never);
    const before = await rentOn(there.anna, { lease: draft.lease, day, knownOn });
    expect(before.inForce?.amount).toBe(draft.newAmount);
    expect(before.inForce?.statement).toEqual(before.calculated?.statement);
    await recordFact(there.dawid, { slot: 'mould', subject: draft.dwelling, value: 'independent', from: parsePlainDate('2026-01-01'), reason: 'Wizja lokalna.', as: 'change' });
    const followUp = await startRun(there.anna, { tariff: NEXT, scope: { kind: 'leases', leases: [draft.lease] } });
    await followUp.finished;
    await approveRun(there.barbara, followUp.runId);
    expect(await rentOn(there.anna, { lease: draft.lease, day, knownOn })).toEqual(before);
    const now = await rentOn(there.anna, { lease: draft.lease, day });
    expect(Number(now.inForce?.amount)).toBeLessThan(Number(before.inForce?.amount));
    await copy.drop();
  });

  it('cannot be altered by the application: neither rents nor drafts nor the hands that decided', async () => {
    const refused = /permission denied|must be owner/;
    await expect(database.db.raw('update rents set amount = amount + 1')).rejects.toThrow(refused);
    await expect(database.db.raw('delete from rents')).rejects.toThrow(refused);
    await expect(database.db.raw('update rent_periods set valid = valid')).rejects.toThrow(refused);
    await expect(database.db.raw('update run_drafts set new_amount = 0')).rejects.toThrow(refused);
    await expect(database.db.raw('delete from decision_hands')).rejects.toThrow(refused);
    await expect(database.db.raw('delete from audit_events')).rejects.toThrow(refused);
    await expect(database.db.raw('delete from run_drafts where run_id = 1')).rejects.toThrow(/a run that was decided stays as it is/);
    await expect(database.owner.raw('delete from run_drafts where run_id = 1')).rejects.toThrow(/rents_of_draft/);
  });
});

describe('an interrupted run', () => {
  it('is void and says so after kill -9', async () => {
    const script = fileURLToPath(new URL('../support/killed-run.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const runId = text.trim();
    // The server notices the lost connections at once, the lock goes with them.
    await expect.poll(async () => (await reapOperations(who.anna)).length, { timeout: 10_000 }).toBe(1);
    await voidInterruptedRuns(who.anna);
    expect(await viewRun(who.anna, runId)).toMatchObject({ state: 'void', leases: null });
    expect(await rows(database.db, 'select 1 from run_drafts where run_id = ?', [runId])).toEqual([]);
    expect((await refusal(approveRun(who.barbara, runId))).code).toBe('run_not_draft');
  });

  it.each(['reader', 'writer'])('is void and says so when the server ends the connection of its %s', async (part) => {
    const day = parsePlainDate('2026-11-21');
    const begun = await startRun(who.anna, { tariff: NEXT, businessDate: day, delivered: day });
    const sql = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?`;
    await expect.poll(async () => (await rows(database.db, sql, [`kamienica run ${begun.runId} ${part}`])).length, { interval: 2, timeout: 5_000 }).toBe(1);
    await expect(begun.finished).rejects.toThrow();
    expect(await viewRun(who.anna, begun.runId)).toMatchObject({ state: 'void', leases: null });
    expect(await rows(database.db, 'select 1 from run_drafts where run_id = ?', [begun.runId])).toEqual([]);
  });
});
