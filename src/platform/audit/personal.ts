/** Events that say something of a person which is to be unreadable once the person's key is destroyed. */
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import type { PersonalPen, PersonalValues, Secrets } from '../secrets/index.ts';
import { openPersonal, sealPersonal, sealPersonalAll } from '../secrets/index.ts';
import type { AuditEvent } from './events.ts';
import { audit, auditAll } from './events.ts';

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

/** The same for many persons, each told of once, in the order given. @throws DomainError `person_erased` */
export async function auditPersonalAll(trx: Queryable, ctx: Pick<Context, 'actor' | 'requestId'> & PersonalPen, events: readonly PersonalEvent[]): Promise<void> {
  const sealed = await sealPersonalAll(trx, ctx, events.map(({ personal }) => personal));
  await auditAll(trx, ctx, events.map(({ personal: { person }, ...event }, place) => ({ ...event, details: { ...event.details, personal: { person, sealed: sealed[place] } } })));
}

/** An event about a person. */
export interface EventAbout {
  readonly at: string;
  readonly event: string;
  /** What it says of the person; null where it says nothing, or where the key was destroyed. */
  readonly personal: PersonalValues | null;
}

/** By what events are a person's: the id of the person, the accounts, the lists on which the person stands. */
export interface WhoseEvents {
  readonly person: string;
  readonly accounts: readonly { readonly id: string; readonly code: string }[];
  /** Numbers of the lists of persons whose data are erased. */
  readonly lists: readonly string[];
}

/** Every event about the person, of the person's accounts and of lists with the person, the oldest first, with what it says of that person. */
export async function eventsAbout(db: Queryable, secrets: Secrets, { person, accounts, lists }: WhoseEvents): Promise<EventAbout[]> {
  const targets = [{ person }, ...accounts.map(({ id }) => ({ user: id })), ...lists.map((retention) => ({ retention }))];
  const found = await rows<{ at: string; event: string; sealed: string | null }>(
    db,
    `select e.at, e.event, case when e.details #>> '{personal,person}' = ? then e.details #>> '{personal,sealed}' end as sealed
     from audit_events e where e.id in (
       select t.id from unnest(?::text[]) k(target) cross join lateral (select a.id from audit_events a where a.targets::jsonb @> k.target::jsonb) t
       union select a.id from audit_events a where a.actor = any(?::text[])) order by e.at, e.id`,
    [person, targets.map((target) => JSON.stringify(target)), accounts.map(({ code }) => code)],
  );
  const events: EventAbout[] = [];
  for (const { at, event, sealed } of found) events.push({ at, event, personal: sealed === null ? null : await openPersonal(db, secrets, person, sealed) });
  return events;
}
