/** Leaving single leases out, drawing the changed ones anew, approving and rejecting a run. */
import { z } from 'zod';
import { leasesFor } from '../../leases/sql.ts';
import { CITY, scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import type { AuditValue } from '../../platform/audit/events.ts';
import { audit } from '../../platform/audit/events.ts';
import { noteChange } from '../../platform/changes.ts';
import type { Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { row, rows, touched } from '../../platform/database/connect.ts';
import { plusMicroseconds } from '../../platform/dates/instants.ts';
import { decide, lockDecision, prepareDecision } from '../../platform/decisions.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Stamp } from '../../platform/facts/stamp.ts';
import { fixKnownAt } from '../../platform/facts/stamp.ts';
import type { RunRow } from './redraw.ts';
import { changedLeases, findRun, replaceDrafts } from './redraw.ts';
import { runSummary } from './store.ts';
import { requireWhole } from './visible.ts';

export const omissionInput = z.strictObject({ lease: z.string().trim().min(1).max(60), reason: z.string().trim().min(3).max(500) });
export const rejectionInput = z.strictObject({ reason: z.string().trim().min(3).max(500) });

const NAMED = 20;

/** Locks the run's decision and makes sure that it is a draft. @throws DomainError `run_not_draft` */
async function lockDraft(trx: Transaction, run: RunRow): Promise<void> {
  const state = await lockDecision(trx, run.decisionId);
  if (state !== 'draft') throw new DomainError('conflict', 'run_not_draft', { run: run.id, state });
}

/** A lease of the run that is the reader's. @throws DomainError `lease_not_in_run` */
async function leaseOfRun(trx: Transaction, ctx: Context, run: RunRow, number: string): Promise<string> {
  const scope = scopeOf(ctx);
  const [found] = await rows<{ id: string }>(
    trx,
    `select l.id from ${leasesFor(scope)} where l.number = :number and exists (select 1 from run_drafts d where d.run_id = :run and d.lease_id = l.id)`,
    { ...scopeBindings(scope), number, run: run.id },
  );
  if (!found) throw new DomainError('not found', 'lease_not_in_run', { lease: number, run: run.id });
  return found.id;
}

/** Leaves a lease out of the run, with a reason. Counts as preparing. @throws DomainError `lease_not_in_run`, `lease_left_out`, `run_not_draft` */
export async function leaveOut(ctx: Context, runId: string, input: z.input<typeof omissionInput>): Promise<void> {
  const { lease, reason } = omissionInput.parse(input);
  const run = await findRun(ctx, runId);
  await ctx.db.transaction(async (trx) => {
    await lockDraft(trx, run);
    const leaseId = await leaseOfRun(trx, ctx, run, lease);
    await prepareDecision(trx, ctx, run.decisionId);
    const added = await touched(
      trx,
      'insert into run_omissions (run_id, lease_id, reason, actor, at) values (?, ?, ?, ?, ?) on conflict do nothing',
      [run.id, leaseId, reason, ctx.actor.code, ctx.clock.now()],
    );
    if (added === 0) throw new DomainError('conflict', 'lease_left_out', { lease, run: run.id });
    await refreshSummary(trx, run);
    await audit(trx, ctx, { event: 'run.leave_out', targets: { run: run.id, lease_id: leaseId, lease }, before: { leftOut: false }, after: { leftOut: true } });
  });
}

/** Takes a lease that was left out back in. @throws DomainError `lease_not_left_out` */
export async function takeBack(ctx: Context, runId: string, lease: string): Promise<void> {
  const run = await findRun(ctx, runId);
  await ctx.db.transaction(async (trx) => {
    await lockDraft(trx, run);
    const leaseId = await leaseOfRun(trx, ctx, run, lease);
    await prepareDecision(trx, ctx, run.decisionId);
    const changed = await trx('run_omissions')
      .where({ run_id: run.id, lease_id: leaseId })
      .whereNull('withdrawn_at')
      .update({ withdrawn_at: ctx.clock.now(), withdrawn_by: ctx.actor.code });
    if (changed === 0) throw new DomainError('conflict', 'lease_not_left_out', { lease, run: run.id });
    await refreshSummary(trx, run);
    await audit(trx, ctx, { event: 'run.take_back', targets: { run: run.id, lease_id: leaseId, lease }, before: { leftOut: true }, after: { leftOut: false } });
  });
}

async function refreshSummary(trx: Transaction, run: RunRow): Promise<void> {
  const summary = await runSummary(async (sql, values) => rows(trx, sql.replaceAll('$1', '?'), values as never[]), run.id);
  await trx('runs').where({ id: run.id }).update({ summary: JSON.stringify(summary) });
}

/** Draws the reader's leases whose inputs changed anew, and those alone. Counts as preparing. Gives their numbers. */
export async function redrawChanged(ctx: Context, runId: string): Promise<{ leases: string[] }> {
  const run = await findRun(ctx, runId);
  return ctx.db.transaction(async (trx) => {
    await lockDraft(trx, run);
    const knownAt = await fixKnownAt(trx, ctx.clock, `run ${run.id} redraw`);
    const changed = await changedLeases(trx, ctx, run, knownAt, scopeOf(ctx));
    const before = await drawnOf(trx, run);
    if (changed.length > 0) {
      await prepareDecision(trx, ctx, run.decisionId);
      await replaceDrafts(trx, run, changed);
      await refreshSummary(trx, run);
    }
    const leases = changed.map(({ number }) => number).sort();
    const change = { before, after: await drawnOf(trx, run) };
    await audit(trx, ctx, { event: 'run.redraw', targets: { run: run.id }, ...change, details: { count: leases.length, leases: leases.slice(0, NAMED) } });
    return { leases };
  });
}

/** What the drafts came to, for the audit trail: leases and sums by outcome. */
async function drawnOf(trx: Transaction, run: RunRow): Promise<{ outcomes: AuditValue }> {
  const { outcomes } = await row<{ outcomes: AuditValue }>(trx, `select summary->'outcomes' as outcomes from runs where id = ?`, [run.id]);
  return { outcomes };
}

/** Rejects the draft, with a reason. @throws DomainError `run_beyond_scope`, `decision_own`, `decision_not_draft` */
export async function rejectRun(ctx: Context, runId: string, input: z.input<typeof rejectionInput>): Promise<void> {
  const { reason } = rejectionInput.parse(input);
  const run = await findRun(ctx, runId);
  await ctx.db.transaction(async (trx) => {
    await requireWhole(trx, scopeOf(ctx), run.id);
    await decide(trx, ctx, run.decisionId, 'rejected', reason);
    await audit(trx, ctx, { event: 'run.reject', targets: { run: run.id }, before: { state: 'draft' }, after: { state: 'rejected' } });
  });
}

/**
 * Approves the run: its rents are frozen and take effect in their months, in one transaction.
 * @throws DomainError `run_beyond_scope`, `decision_own` (four eyes), `decision_not_draft` (somebody was faster), `run_inputs_changed`, `run_tariff_changed`, `run_empty`
 */
export async function approveRun(ctx: Context, runId: string): Promise<{ rents: number }> {
  const run = await findRun(ctx, runId);
  return ctx.db.transaction(async (trx) => {
    await requireWhole(trx, scopeOf(ctx), run.id);
    await decide(trx, ctx, run.decisionId, 'approved', null);
    // Nobody writes facts between the look at the inputs and the end of this transaction.
    const knownAt = await fixKnownAt(trx, ctx.clock, `run ${run.id} approval`);
    const changed = await changedLeases(trx, ctx, run, knownAt, CITY);
    if (changed.length > 0) {
      const numbers = changed.map(({ number }) => number).sort();
      const leases = numbers.slice(0, NAMED).join(', ') + (numbers.length > NAMED ? ` i ${numbers.length - NAMED} innych` : '');
      throw new DomainError('conflict', 'run_inputs_changed', { run: run.id, count: String(numbers.length), leases });
    }
    const at = plusMicroseconds(knownAt, 1);
    const stamp: Stamp = { at, changeId: await noteChange(trx, { at, actor: ctx.actor.code, kind: 'rents', reason: `Zatwierdzenie przeliczenia ${run.id}` }) };
    const rents = await freeze(trx, run, stamp);
    if (rents === 0) throw new DomainError('conflict', 'run_empty', { run: run.id });
    const { outcomes } = await drawnOf(trx, run);
    await audit(trx, ctx, { event: 'run.approve', targets: { run: run.id }, before: { state: 'draft' }, after: { state: 'approved', rents, outcomes } });
    return { rents };
  });
}

/** Steps that change a rent, of leases that were not left out. */
const APPROVED = `
  select d.* from run_drafts d
  where d.run_id = :run and d.outcome in ('increase', 'decrease', 'first')
    and not exists (select 1 from run_omissions o where o.run_id = d.run_id and o.lease_id = d.lease_id and o.withdrawn_at is null)`;

/** Makes rents of the steps and puts their periods in the place of what was in force on those days; set-based. */
async function freeze(trx: Transaction, run: RunRow, { at, changeId }: Stamp): Promise<number> {
  const bindings = { run: run.id, at, change: changeId, tariff: run.tariff };
  // The planner knows nothing of rows this transaction has just written, and would read all of them again for each.
  await trx.raw('set local enable_nestloop = off');
  const inserted = await touched(
    trx,
    `insert into rents (lease_id, amount, rate, area_m2, origin, run_id, step, tariff, category, line_amounts, change_id)
     select a.lease_id, a.new_amount, a.rate, a.area_m2, 'run', a.run_id, a.step, :tariff, a.category, a.line_amounts, :change from (${APPROVED}) a`,
    bindings,
  );
  // What was in force on days that a step now covers is closed; the days it keeps are written again under the same rent.
  await trx.raw(
    `with steps as (select a.lease_id, range_agg(daterange(a.effective_from, a.effective_to)) as days from (${APPROVED}) a group by a.lease_id),
     closed as (
       update rent_periods p set recorded = tstzrange(lower(p.recorded), :at), closed_change_id = :change
       from steps s where p.lease_id = s.lease_id and upper_inf(p.recorded) and s.days && p.valid
       returning p.lease_id, p.rent_id, p.valid, p.last_increase_on, s.days)
     insert into rent_periods (lease_id, rent_id, last_increase_on, valid, recorded, change_id)
     select c.lease_id, c.rent_id, c.last_increase_on, piece, tstzrange(:at, null), :change
     from closed c, unnest(datemultirange(c.valid) - c.days) piece`,
    bindings,
  );
  await trx.raw(
    `insert into rent_periods (lease_id, rent_id, last_increase_on, valid, recorded, change_id)
     select a.lease_id, r.id,
       case when a.outcome = 'increase' then a.effective_from
         else (select max(p.last_increase_on) from rent_periods p where p.rent_id = a.old_rent_id) end,
       daterange(a.effective_from, a.effective_to), tstzrange(:at, null), :change
     from (${APPROVED}) a join rents r on r.run_id = a.run_id and r.lease_id = a.lease_id and r.step = a.step`,
    bindings,
  );
  return inserted;
}

/** Voids runs whose drawing was interrupted. */
export async function voidInterruptedRuns(ctx: Pick<Context, 'db'>): Promise<number> {
  const { count } = await row<{ count: string }>(
    ctx.db,
    `with gone as (
       update decisions set state = 'void', state_reason = 'interrupted'
       where state = 'drafting' and id in (select r.decision_id from runs r join operations o on o.id = r.operation_id where o.state <> 'running')
       returning id)
     select count(*)::text as count from gone`,
  );
  return Number(count);
}
