/** Whether the audit trail is what was sealed: a missing, altered or moved event is named. */
import type { Queryable } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import type { StoredEvent } from './chain.ts';
import { BEGINNING, sealOf } from './chain.ts';
import { EVENT_COLUMNS } from './seal.ts';

export interface AuditFault {
  /**
   * `missing`: the sealed event is gone. `altered`: it, its seal or its place is another. `seal_missing`: a link of the chain is gone.
   * `checkpoint`: no event tells of the checkpoint after which the chain begins.
   */
  readonly fault: 'missing' | 'altered' | 'seal_missing' | 'checkpoint';
  /** Number of the event, or the place in the chain of a seal that is gone or of the checkpoint. */
  readonly id: string;
}

export interface AuditCheck {
  /** Events in the chain. */
  readonly sealed: number;
  /** Events that wait for their seal. */
  readonly waiting: number;
  /** Hash of the last link, hexadecimal; empty for an empty chain. Noted elsewhere, it shows later that nothing was cut off. */
  readonly head: string;
  /** Whether the head noted earlier is a link of the chain; null when none was given. */
  readonly headKnown: boolean | null;
  readonly faults: readonly AuditFault[];
}

type Link = { readonly place: string; readonly sealedId: string; readonly hash: Buffer } & (StoredEvent | { readonly id: null });

const PAGE = 2_000;

/** Where the chain begins, and the place and hash that its first link is bound to. */
interface Start {
  readonly place: bigint;
  readonly hash: Buffer;
  readonly faults: readonly AuditFault[];
}

/** A checkpoint is believed because an event of the chain tells the same: whoever cut the beginning off by hand has none. */
async function startOf(db: Queryable): Promise<Start> {
  const [checkpoint] = await rows<{ place: string; hash: Buffer; told: boolean }>(
    db,
    `select c.place, c.hash, exists (
       select 1 from audit_events e where e.event = 'audit.prune' and e.targets->>'checkpoint' = c.place::text and e.details->>'hash' = encode(c.hash, 'hex')) as told
     from audit_checkpoints c order by c.place desc limit 1`,
  );
  if (!checkpoint) return { place: 0n, hash: BEGINNING, faults: [] };
  const { place, hash, told } = checkpoint;
  return { place: BigInt(place), hash, faults: told ? [] : [{ fault: 'checkpoint', id: place }] };
}

/** Reads the chain from its beginning, or from the checkpoint behind what was taken away. `head` is a hash noted earlier. */
export async function verifyAudit(db: Queryable, head: string | null = null): Promise<AuditCheck> {
  const start = await startOf(db);
  const faults: AuditFault[] = [...start.faults];
  let before = start.hash;
  let { place } = start;
  let found = start.hash.toString('hex') === head && place > 0n;
  let sealed = 0;
  for (;;) {
    const links = await rows<Link>(
      db,
      `select s.place, s.event_id as "sealedId", s.hash, ${EVENT_COLUMNS} from audit_seals s left join audit_events e on e.id = s.event_id
       where s.place > ? order by s.place limit ?`,
      [String(place), PAGE],
    );
    for (const link of links) {
      const follows = BigInt(link.place) === place + 1n;
      for (place += 1n; place < BigInt(link.place); place += 1n) faults.push({ fault: 'seal_missing', id: String(place) });
      if (link.id === null) faults.push({ fault: 'missing', id: link.sealedId });
      // What it was bound to is gone with the missing seal.
      else if (follows && !sealOf(before, link).equals(link.hash)) faults.push({ fault: 'altered', id: link.id });
      // From the stored hash on, so that one altered event does not make all later ones look so.
      before = link.hash;
      found ||= link.hash.toString('hex') === head;
    }
    sealed += links.length;
    if (links.length < PAGE) break;
  }
  const { waiting } = await row<{ waiting: number }>(
    db,
    'select count(*)::int as waiting from audit_events e where not exists (select 1 from audit_seals s where s.event_id = e.id)',
  );
  return { sealed, waiting, head: sealed === 0 ? '' : before.toString('hex'), headKnown: head === null ? null : found, faults };
}
