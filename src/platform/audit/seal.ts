/**
 * Seals the audit trail: each event once, in a chain of hashes. Nobody waits for it: it looks only at events that no open transaction
 * can precede any more.
 */
import type { Clock } from '../clock.ts';
import type { Database, Transaction } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import type { StoredEvent } from './chain.ts';
import { BEGINNING, sealOf } from './chain.ts';

const SEAL_LOCK = 7_240_005;
/** Events sealed in one transaction. */
const BATCH = 2_000;

/** Keeps the sealer away until the transaction ends; waits for one that works. */
export async function lockSealing(trx: Transaction): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(?)', [SEAL_LOCK]);
}

/** Columns of `audit_events e` as the chain reads them. */
export const EVENT_COLUMNS = 'e.id, e.at, e.actor, e.event, e.request_id as "requestId", e.targets::text as targets, e.details::text as details';

interface LastSeal {
  readonly place: string;
  readonly eventId: string;
  readonly writtenIn: string;
  readonly hash: Buffer;
  /** Whether this server has not come to that transaction yet: the data were carried over from another one. */
  readonly foreign: boolean;
}

/** Seals what can be sealed; gives the number of events. Of two who seal at once one does. */
export async function sealAudit({ db, clock }: { readonly db: Database; readonly clock: Clock }): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await db.transaction((trx) => sealBatch(trx, clock));
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}

async function sealBatch(trx: Transaction, clock: Clock): Promise<number> {
  const { mine } = await row<{ mine: boolean }>(trx, 'select pg_try_advisory_xact_lock(?) as mine', [SEAL_LOCK]);
  if (!mine) return 0;
  const [last] = await rows<LastSeal>(
    trx,
    `select place, event_id as "eventId", written_in::text as "writtenIn", hash, written_in >= pg_snapshot_xmax(pg_current_snapshot()) as foreign
     from audit_seals order by place desc limit 1`,
  );
  const events = await unsealed(trx, last ?? null);
  let place = BigInt(last?.place ?? 0);
  let before = last?.hash ?? BEGINNING;
  const seals = events.map((event) => {
    before = sealOf(before, event);
    place += 1n;
    return { place: String(place), event_id: event.id, written_in: event.writtenIn, hash: before, sealed_at: clock.now() };
  });
  if (seals.length > 0) await trx.batchInsert('audit_seals', seals, 500);
  return seals.length;
}

/** Settled events after the last sealed one, in the order of their transactions. */
async function unsealed(trx: Transaction, last: LastSeal | null): Promise<(StoredEvent & { readonly writtenIn: string })[]> {
  const settled = 'e.written_in < pg_snapshot_xmin(pg_current_snapshot())';
  const columns = `${EVENT_COLUMNS}, e.written_in::text as "writtenIn"`;
  if (last === null || last.foreign) {
    // Numbers of transactions begin anew on another server: whatever has no seal is looked for by itself.
    const elsewhere = 'e.written_in >= pg_snapshot_xmax(pg_current_snapshot())';
    return rows(
      trx,
      `select ${columns} from audit_events e where (${settled} or ${elsewhere}) and not exists (select 1 from audit_seals s where s.event_id = e.id)
       order by e.written_in, e.id limit ?`,
      [BATCH],
    );
  }
  return rows(trx, `select ${columns} from audit_events e where ${settled} and (e.written_in, e.id) > (?::xid8, ?::bigint) order by e.written_in, e.id limit ?`, [
    last.writtenIn, last.eventId, BATCH,
  ]);
}
