/** How the trail stands: counts, the last seal, the last verification. Tells nothing of any event, and leaves none. */
import { z } from 'zod';
import type { Queryable } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import type { Checkpoint } from './retention.ts';
import { lastCheckpoint } from './retention.ts';
import type { FoundEvent } from './search.ts';
import { findEvents } from './search.ts';
import { trailGuard } from './guard.ts';

export interface TrailState {
  /** Events that are there. */
  readonly events: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  /** Events that wait for their seal. */
  readonly waiting: number;
  /** Last link of the chain. */
  readonly sealed: { readonly place: string; readonly event: string; readonly sealedAt: string; readonly hash: string } | null;
  /** Where the chain begins since its oldest links were taken away. */
  readonly checkpoint: Checkpoint | null;
  /** Whether the serving role can neither alter nor delete the trail. */
  readonly guarded: boolean;
  readonly verified: { readonly at: string; readonly by: string; readonly sound: boolean; readonly sealed: number; readonly faults: number } | null;
}

export async function trailState(db: Queryable): Promise<TrailState> {
  const { events, seals, oldest, newest } = await row<{ events: number; seals: number; oldest: string | null; newest: string | null }>(
    db,
    `select (select count(*)::int from audit_events) as events, (select count(*)::int from audit_seals) as seals,
       (select min(at) from audit_events) as oldest, (select max(at) from audit_events) as newest`,
  );
  const [sealed] = await rows<NonNullable<TrailState['sealed']>>(
    db,
    `select place, event_id as event, sealed_at as "sealedAt", encode(hash, 'hex') as hash from audit_seals order by place desc limit 1`,
  );
  const [verified] = (await findEvents(db, { event: 'audit.verify', limit: 1 })).items;
  return {
    events, oldest, newest, waiting: Math.max(0, events - seals), sealed: sealed ?? null, checkpoint: await lastCheckpoint(db),
    guarded: (await trailGuard(db)).kept,
    verified: verified === undefined ? null : verificationOf(verified),
  };
}

const verification = z.object({ sealed: z.number(), faults: z.number(), sound: z.boolean() });

function verificationOf({ at, actor, details }: FoundEvent): TrailState['verified'] {
  return { at, by: actor, ...verification.parse(details) };
}
