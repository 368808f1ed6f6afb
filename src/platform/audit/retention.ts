/**
 * Taking away what is older than it must be kept: by the owner of the tables alone, whole links from the beginning of the chain, with a
 * checkpoint from which the rest is verified. The application's role can delete nothing.
 */
import { require as requirePermission } from '../access/roles.ts';
import { requireWholeCity } from '../access/scope.ts';
import type { Context } from '../context.ts';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { row, rows, touched } from '../database/connect.ts';
import { atHour } from '../dates/instants.ts';
import type { PlainDate } from '../dates/plain.ts';
import { addMonths } from '../dates/plain.ts';
import { DomainError } from '../errors.ts';
import { audit } from './events.ts';
import { lockSealing } from './seal.ts';
import { verifyAudit } from './verify.ts';

/** How long the trail is kept at least, years: two where no other act says longer. KRI */
export async function yearsKept({ db, law, clock }: Pick<Context, 'db' | 'law' | 'clock'>): Promise<number> {
  return (await law.book(db)).at(clock.today(), clock.now()).integer('retention.audit.years');
}

/** Where the chain begins since its oldest links were taken away. */
export interface Checkpoint {
  /** Place and hash of the last link that was taken away: the next one is bound to it. */
  readonly place: string;
  readonly hash: string;
  readonly removed: string;
  /** Events from this day on were kept. */
  readonly before: string;
  readonly at: string;
  readonly actor: string;
}

/** The checkpoint from which the chain goes on, or null while it is whole. */
export async function lastCheckpoint(db: Queryable): Promise<Checkpoint | null> {
  const [found] = await rows<Checkpoint>(db, `select place, encode(hash, 'hex') as hash, removed, before, at, actor from audit_checkpoints order by place desc limit 1`);
  return found ?? null;
}

/** Who takes away, and when; `db` is the owner's connection. */
type Pruner = Pick<Context, 'actor' | 'clock' | 'requestId'> & { readonly db: Database };

interface Pruning {
  readonly before: PlainDate;
  readonly reason: string;
  /** Years that are kept in any case: `yearsKept`. */
  readonly years: number;
}

/**
 * Takes away the events before the day. Gives their number; 0 when there are none. The chain is verified first: nothing is taken from
 * one that is broken.
 * @throws DomainError `not_permitted`, `needs_whole_city`, `audit_kept` for a day too near, `reason_missing`, `audit_broken`, `audit_not_owner`
 */
export async function pruneAudit(ctx: Pruner, { before, reason, years }: Pruning): Promise<number> {
  requirePermission(ctx.actor, 'audit.prune');
  requireWholeCity(ctx, 'needs_whole_city');
  const latest = addMonths(ctx.clock.today(), -12 * years);
  if (before > latest) throw new DomainError('invalid', 'audit_kept', { day: before, latest });
  if (reason.trim().length < 3) throw new DomainError('invalid', 'reason_missing');
  if (!(await mayDelete(ctx.db))) throw new DomainError('forbidden', 'audit_not_owner');
  return ctx.db.transaction(async (trx) => {
    await lockSealing(trx);
    const { faultCount } = await verifyAudit(trx);
    if (faultCount > 0) throw new DomainError('conflict', 'audit_broken', { count: String(faultCount) });
    const last = await lastOld(trx, before);
    if (last === null) return 0;
    const removed = await removeUpTo(trx, last.place);
    await trx.raw(
      'insert into audit_checkpoints (place, hash, removed, before, at, actor, reason) values (?, ?, ?, ?, ?, ?, ?)',
      [last.place, last.hash, removed, before, ctx.clock.now(), ctx.actor.code, reason.trim()],
    );
    // The checkpoint is believed because this event, which is sealed like any other, tells the same.
    await audit(trx, ctx, { event: 'audit.prune', targets: { checkpoint: last.place }, details: { before, removed, hash: last.hash.toString('hex') } });
    return removed;
  });
}

async function mayDelete(db: Queryable): Promise<boolean> {
  return (await row<{ may: boolean }>(db, `select has_table_privilege('audit_events', 'delete') as may`)).may;
}

/** The last link before the first event of the day or later; the chain's last link always stays, for the next is bound to it. */
async function lastOld(trx: Transaction, before: PlainDate): Promise<{ place: string; hash: Buffer } | null> {
  const [last] = await rows<{ place: string; hash: Buffer }>(
    trx,
    `select place, hash from audit_seals
     where place < coalesce((select min(s.place) from audit_seals s join audit_events e on e.id = s.event_id where e.at >= ?), (select max(place) from audit_seals))
     order by place desc limit 1`,
    [atHour(before, 0)],
  );
  return last ?? null;
}

async function removeUpTo(trx: Transaction, place: string): Promise<number> {
  await trx.raw('delete from audit_events e using audit_seals s where s.event_id = e.id and s.place <= ?', [place]);
  return touched(trx, 'delete from audit_seals where place <= ?', [place]);
}
