/** What changed beneath a draft, and drawing those leases anew. */
import { leasesFor } from '../../leases/sql.ts';
import type { Reader, Scope } from '../../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import type { Context } from '../../platform/context.ts';
import type { Queryable, Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import { copyText } from '../../platform/database/copy.ts';
import { CopyRows } from '../../platform/database/copy-rows.ts';
import { poolQuery } from '../../platform/database/query.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { DomainError } from '../../platform/errors.ts';
import { tariffBook } from '../../tariffs/read.ts';
import type { AssembledLeases, LeaseSet } from '../assemble.ts';
import { assemble, timelineOf } from '../assemble.ts';
import { recalculate } from '../rules/recalculate.ts';
import type { DraftRow } from './draft-row.ts';
import { DRAFT_COLUMNS, copyDraft, draftRow } from './draft-row.ts';
import { lawChanges, runFrame } from './frame.ts';
import type { FrameInputs } from './frame.ts';
import { changedSince } from './scope.ts';
import { runBindings, runsFor } from './visible.ts';

/** So many leases are named on a page. */
const NAMED = 10;

/** A run as it stands, for what goes on with it. */
export interface RunRow {
  readonly id: string;
  readonly decisionId: string;
  readonly tariff: string;
  readonly businessDate: PlainDate;
  readonly delivered: PlainDate;
  readonly windowFrom: PlainDate;
  readonly knownAt: Instant;
}

/** The run, if the reader may see it. @throws DomainError `run_unknown`, or `run_not_draft` while it has no drafts yet */
export async function findRun(reader: Reader, runId: string): Promise<RunRow> {
  const scope = scopeOf(reader);
  const [found] = /^\d{1,18}$/.test(runId)
    ? await rows<RunRow & { state: string }>(
        reader.db,
        `select r.id, r.decision_id as "decisionId", r.tariff, r.business_date as "businessDate", r.delivery_date as delivered, r.window_from as "windowFrom",
           to_char(r.known_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "knownAt", d.state
         from ${runsFor(scope)} join decisions d on d.id = r.decision_id where r.id = :run`,
        { ...runBindings(scope, reader), run: runId },
      )
    : [];
  if (!found) throw new DomainError('not found', 'run_unknown', { run: runId });
  if (found.state === 'drafting' || found.state === 'void') throw new DomainError('conflict', 'run_not_draft', { run: runId, state: found.state });
  return found;
}

/** A lease whose drafts would be drawn otherwise now, with its new rows. */
export interface ChangedLease {
  readonly leaseId: string;
  readonly number: string;
  readonly drafts: readonly DraftRow[];
}

/** Leases of the run about which something was recorded since `:since`, with the values of the scope and `:run`. */
const touchedSince = (scope: Scope): string => `${leasesFor(scope)} where l.dwelling_id in (${changedSince(':since')}) and exists (select 1 from run_drafts d where d.run_id = :run and d.lease_id = l.id)`;

async function lawChangedSince(db: Queryable, instant: Instant): Promise<boolean> {
  return (await rows(db, `select 1 from changes where kind = 'law' and recorded_at > ? limit 1`, [instant])).length > 0;
}

/** What was recorded after a run was drawn. Whether the drafts would come out otherwise, only drawing them again shows. */
export interface RecordedSince {
  readonly law: boolean;
  readonly leases: number;
  /** The first of them. */
  readonly named: readonly string[];
}

/** @throws DomainError `run_unknown`, `run_not_draft` while it has no drafts yet */
export async function recordedSince(reader: Reader, runId: string): Promise<RecordedSince> {
  const run = await findRun(reader, runId);
  const scope = scopeOf(reader);
  const found = await rows<{ number: string; total: number }>(
    reader.db,
    `select l.number, count(*) over ()::int as total from ${touchedSince(scope)} order by l.number limit ${NAMED}`,
    { ...scopeBindings(scope), since: run.knownAt, run: run.id },
  );
  return { law: await lawChangedSince(reader.db, run.knownAt), leases: found[0]?.total ?? 0, named: found.map(({ number }) => number) };
}

/**
 * Leases of the run and the scope whose drafts differ from what is known at the instant. Only leases about which something was recorded
 * since are computed. @throws DomainError `run_tariff_changed` when the law itself changed
 */
export async function changedLeases(trx: Transaction, ctx: Context, run: RunRow, knownAt: Instant, scope: Scope): Promise<ChangedLease[]> {
  if (await lawChangedSince(trx, run.knownAt)) throw new DomainError('conflict', 'run_tariff_changed', { run: run.id });
  const candidates = await rows<{ id: string; dwellingId: string }>(
    trx,
    `select l.id, l.dwelling_id as "dwellingId" from ${touchedSince(scope)}`,
    { ...scopeBindings(scope), since: run.knownAt, run: run.id },
  );
  if (candidates.length === 0) return [];
  const frameInputs = await inputsOf(trx, ctx, run, knownAt);
  const ids = candidates.map(({ id }) => id);
  const assembled = await assembleSet(trx, run, { leases: ids, dwellings: [...new Set(candidates.map(({ dwellingId }) => dwellingId))] }, knownAt);
  const changes = lawChanges(frameInputs, run.windowFrom);
  const frame = runFrame(frameInputs);
  const drawn = Array.from(assembled, (lease) => ({
    leaseId: lease.lease.id,
    number: lease.lease.number,
    drafts: recalculate(frame, timelineOf(lease, changes)).map((step, index) => draftRow(run.id, knownAt, lease, step, index)),
  }));
  const stored = await storedDrafts(trx, run.id, ids);
  return drawn.filter(({ leaseId, drafts }) => fingerprint(drafts) !== (stored.get(leaseId) ?? ''));
}

async function inputsOf(trx: Transaction, ctx: Context, run: RunRow, knownAt: Instant): Promise<FrameInputs> {
  const tariffs = await tariffBook(trx, knownAt);
  const tariff = tariffs.named(run.tariff);
  if (!tariff) throw new DomainError('not found', 'tariff_unknown', { tariff: run.tariff, known: '' });
  return { law: await ctx.law.book(ctx.db), tariffs, tariff, businessDate: run.businessDate, delivered: run.delivered, knownAt };
}

async function assembleSet(trx: Transaction, run: RunRow, set: LeaseSet, knownAt: Instant): Promise<AssembledLeases> {
  const [oldest] = await rows<{ since: Instant | null }>(
    trx,
    `select to_char(min(lower(recorded)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since from rent_periods where lease_id = any(?) and upper_inf(recorded)`,
    [set.leases as never],
  );
  return assemble(poolQuery(trx), { ...set, window: { from: run.windowFrom, to: null }, knownAt, since: oldest?.since ?? knownAt, day: run.businessDate });
}

const COMPARED = ['step', 'outcome', 'reason', 'effective_from', 'effective_to', 'old_amount', 'new_amount', 'missing', 'line_amounts', 'old_rent_id'] as const;

function fingerprint(drafts: readonly DraftRow[]): string {
  return JSON.stringify(drafts.map(({ cells }) => COMPARED.map((column) => cells[DRAFT_COLUMNS.indexOf(column)] ?? null)));
}

async function storedDrafts(trx: Transaction, runId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<Record<(typeof COMPARED)[number], string | number | null> & { lease_id: string }>(
    trx,
    `select lease_id, ${COMPARED.map((column) => `${column}::text as ${column}`).join(', ')} from run_drafts where run_id = ? and lease_id = any(?) order by lease_id, step`,
    [runId, ids as never],
  );
  const byLease = new Map<string, unknown[]>();
  for (const draft of found) {
    const list = byLease.get(draft.lease_id) ?? [];
    list.push(COMPARED.map((column) => draft[column]));
    byLease.set(draft.lease_id, list);
  }
  return new Map([...byLease].map(([id, list]) => [id, JSON.stringify(list)]));
}

/** Replaces the drafts of the changed leases by what they are now. */
export async function replaceDrafts(trx: Transaction, run: RunRow, changed: readonly ChangedLease[]): Promise<void> {
  await trx('run_drafts').where({ run_id: run.id }).whereIn('lease_id', changed.map(({ leaseId }) => leaseId)).delete();
  const rows = new CopyRows();
  for (const { drafts } of changed) for (const draft of drafts) copyDraft(rows, draft);
  await copyText(trx, `copy run_drafts (${DRAFT_COLUMNS.join(', ')}) from stdin`, [rows.take()]);
}

