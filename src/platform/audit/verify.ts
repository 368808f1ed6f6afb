/** Whether the audit trail is what was sealed: a missing, altered or moved event is named. */
import type { Queryable } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import type { StoredEvent } from './chain.ts';
import { BEGINNING, sealOf } from './chain.ts';
import { EVENT_COLUMNS } from './seal.ts';
import { contradictions } from './witnesses.ts';

export interface AuditFault {
  /**
   * `missing`: the sealed event is gone. `altered`: it, its seal or its place is another. `seal_missing`: links of the chain are gone.
   * `checkpoint`: no event tells of the checkpoint after which the chain begins. `contradicted`: the event tells a head that is no link
   * before it, so that the chain was made anew since.
   */
  readonly fault: 'missing' | 'altered' | 'seal_missing' | 'checkpoint' | 'contradicted';
  /** Number of the event, or the place in the chain of the first seal that is gone or of the checkpoint. */
  readonly id: string;
  /** Place of the last seal that is gone, where it is not the first. */
  readonly to?: string;
}

/** Faults that are named; the rest are counted. */
export const MOST_FAULTS = 1_000;

export interface AuditCheck {
  /** Events in the chain. */
  readonly sealed: number;
  /** Events that wait for their seal. */
  readonly waiting: number;
  /** Hash of the last link, hexadecimal; empty for an empty chain. Noted elsewhere, it shows later that nothing was cut off. */
  readonly head: string;
  /** Place of the last link; 0 for an empty chain. */
  readonly place: string;
  /** Whether the head noted earlier is a link of the chain; null when none was given. */
  readonly headKnown: boolean | null;
  /** The first of them, at most `MOST_FAULTS`. */
  readonly faults: readonly AuditFault[];
  /** How many there are. */
  readonly faultCount: number;
}

type Link = { readonly place: string; readonly sealedId: string; readonly hash: Buffer } & (StoredEvent | { readonly id: null });

const PAGE = 2_000;

/** What is found wrong, in constant memory whatever somebody did to the tables. */
class Faults {
  readonly named: AuditFault[] = [];
  count = 0;

  add(fault: AuditFault): void {
    this.count += 1;
    if (this.named.length < MOST_FAULTS) this.named.push(fault);
  }
}

/** The place and hash that the first link is bound to. */
interface Start {
  readonly place: bigint;
  readonly hash: Buffer;
}

/** A checkpoint is believed because an event of the chain tells the same: whoever cut the beginning off by hand has none. */
async function startOf(db: Queryable, faults: Faults): Promise<Start> {
  const [checkpoint] = await rows<{ place: string; hash: Buffer; told: boolean }>(
    db,
    `select c.place, c.hash, exists (
       select 1 from audit_events e where e.event = 'audit.prune' and e.targets->>'checkpoint' = c.place::text and e.details->>'hash' = encode(c.hash, 'hex')) as told
     from audit_checkpoints c order by c.place desc limit 1`,
  );
  if (!checkpoint) return { place: 0n, hash: BEGINNING };
  if (!checkpoint.told) faults.add({ fault: 'checkpoint', id: checkpoint.place });
  return { place: BigInt(checkpoint.place), hash: checkpoint.hash };
}

/** Reads the chain from its beginning, or from the checkpoint behind what was taken away. `head` is a hash noted earlier; `tell` hears how many links were read. */
export async function verifyAudit(db: Queryable, head: string | null = null, tell: (done: number) => void = () => undefined): Promise<AuditCheck> {
  const faults = new Faults();
  const start = await startOf(db, faults);
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
      const follows = checkGap(place, link, faults);
      place = BigInt(link.place);
      if (link.id === null) faults.add({ fault: 'missing', id: link.sealedId });
      // What it was bound to is gone with the missing seal.
      else if (follows && !sealOf(before, link).equals(link.hash)) faults.add({ fault: 'altered', id: link.id });
      // From the stored hash on, so that one altered event does not make all later ones look so.
      before = link.hash;
      found ||= link.hash.toString('hex') === head;
    }
    sealed += links.length;
    tell(sealed);
    if (links.length < PAGE) break;
  }
  for await (const id of contradictions(db)) faults.add({ fault: 'contradicted', id });
  const { waiting } = await row<{ waiting: number }>(
    db,
    'select count(*)::int as waiting from audit_events e where not exists (select 1 from audit_seals s where s.event_id = e.id)',
  );
  return {
    sealed, waiting, head: sealed === 0 ? '' : before.toString('hex'), place: String(sealed === 0 ? 0n : place), headKnown: head === null ? null : found,
    faults: faults.named, faultCount: faults.count,
  };
}

/** Whether the link stands right behind the place; a gap, however wide, is one fault. */
function checkGap(place: bigint, link: Link, faults: Faults): boolean {
  const [first, last] = [place + 1n, BigInt(link.place) - 1n];
  if (last < first) return true;
  faults.add({ fault: 'seal_missing', id: String(first), ...(last > first ? { to: String(last) } : {}) });
  return false;
}
