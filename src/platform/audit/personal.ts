/** Events that say something of a person which is to be unreadable once the person's key is destroyed. */
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import type { PersonalPen, PersonalValues, Secrets } from '../secrets/index.ts';
import { openPersonal, sealPersonal } from '../secrets/index.ts';
import type { AuditEvent } from './events.ts';
import { audit } from './events.ts';

export interface PersonalEvent extends AuditEvent {
  /** `person` is an id. */
  readonly personal: { readonly person: string; readonly values: PersonalValues };
}

/**
 * Notes an event with personal values, which are stored encrypted under the person's own key in `details.personal`: the chain of seals
 * covers the ciphertext. @throws DomainError `person_erased`
 */
export async function auditPersonal(trx: Queryable, ctx: Pick<Context, 'actor' | 'requestId'> & PersonalPen, { personal: { person, values }, ...event }: PersonalEvent): Promise<void> {
  const sealed = await sealPersonal(trx, ctx, person, values);
  await audit(trx, ctx, { ...event, details: { ...event.details, personal: { person, sealed } } });
}

/** An event about a person. */
export interface EventAbout {
  readonly at: string;
  readonly event: string;
  /** What it says of the person; null where it says nothing, or where the key was destroyed. */
  readonly personal: PersonalValues | null;
}

/** Every event that targets the person, the oldest first, with what it says of that person. */
export async function eventsAbout(db: Queryable, secrets: Secrets, person: string): Promise<EventAbout[]> {
  const found = await rows<{ at: string; event: string; sealed: string | null }>(
    db,
    `select e.at, e.event, case when e.details #>> '{personal,person}' = ? then e.details #>> '{personal,sealed}' end as sealed
     from audit_events e where e.targets::jsonb @> ?::jsonb order by e.at, e.id`,
    [person, JSON.stringify({ person })],
  );
  const events: EventAbout[] = [];
  for (const { at, event, sealed } of found) events.push({ at, event, personal: sealed === null ? null : await openPersonal(db, secrets, person, sealed) });
  return events;
}
