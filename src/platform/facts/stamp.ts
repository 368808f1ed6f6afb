/**
 * When a fact became known. What was known at a fixed instant is the same for ever: writers share a lock until they commit and stamp
 * under it; whoever fixes a "known at" takes the lock alone for a moment.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { noteChange } from '../changes.ts';
import type { Queryable } from '../database/connect.ts';
import { row } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { plusMicroseconds } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';

/** Key of the advisory lock that facts and fixed instants share. */
const KNOWN_LOCK = 7_240_001;

/** The moment of a change and the change itself. */
export interface Stamp {
  readonly at: Instant;
  readonly changeId: string;
}

export interface StampedChange {
  readonly actor: string;
  readonly kind: string;
  readonly reason: string;
  /** Known since this instant instead of now: a first import. Changes of the same `knownFrom` follow one another by a microsecond. */
  readonly knownFrom?: Instant | undefined;
}

/**
 * Takes the shared lock for the transaction and stamps a change after every fixed instant and every change before it.
 * @throws DomainError `known_from_too_early`, `known_from_future`
 */
export async function stampChange(trx: Queryable, clock: Clock, change: StampedChange): Promise<Stamp> {
  await trx.raw('select pg_advisory_xact_lock_shared(?)', [KNOWN_LOCK]);
  const { actor, kind, reason, knownFrom } = change;
  // Facts never close the law's rows, so a law that was loaded since is no obstacle to a first import.
  const { latest } = await row<{ latest: Instant | null }>(
    trx,
    `select to_char(greatest((select max(at) from fixed_instants), (select max(recorded_at) from changes ${knownFrom === undefined ? '' : "where kind <> 'law'"}))
       at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as latest`,
  );
  const wanted = knownFrom === undefined ? clock.now() : backdated(knownFrom, latest, clock.now());
  const at = latest !== null && latest >= wanted ? plusMicroseconds(latest, 1) : wanted;
  return { at, changeId: await noteChange(trx, { at, actor, kind, reason }) };
}

const SECOND = 1_000_000;

function backdated(knownFrom: Instant, latest: Instant | null, now: Instant): Instant {
  if (knownFrom > now) throw new DomainError('invalid', 'known_from_future', { instant: knownFrom });
  if (latest !== null && latest > plusMicroseconds(knownFrom, SECOND)) throw new DomainError('conflict', 'known_from_too_early', { instant: knownFrom, latest });
  return knownFrom;
}

/**
 * Fixes an instant: everything stamped later is later than it. Waits for writers for a while.
 * @throws DomainError `facts_being_written`, naming what it waited for
 */
export async function fixKnownAt(trx: Queryable, clock: Clock, purpose: string, patience = { tries: 60, pauseMs: 500 }): Promise<Instant> {
  for (let attempt = 0; ; attempt += 1) {
    const { taken } = await row<{ taken: boolean }>(trx, 'select pg_try_advisory_xact_lock(?) as taken', [KNOWN_LOCK]);
    if (taken) break;
    if (attempt >= patience.tries) throw new DomainError('busy', 'facts_being_written', { writer: await runningWriter(trx) });
    await sleep(patience.pauseMs);
  }
  const { latest } = await row<{ latest: Instant | null }>(
    trx,
    `select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as latest from changes`,
  );
  const now = clock.now();
  const at = latest !== null && latest > now ? latest : now;
  await trx.raw('insert into fixed_instants (at, purpose) values (?, ?) on conflict do nothing', [at, purpose]);
  return at;
}

async function runningWriter(trx: Queryable): Promise<string> {
  const { message } = await row<{ message: string | null }>(
    trx,
    `select (select coalesce(message, kind) from operations where state = 'running' and kind = 'import' order by id desc limit 1) as message`,
  );
  return message ?? 'zapis danych';
}
