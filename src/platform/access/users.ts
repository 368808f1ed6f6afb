/** Users as their providers named them last: looked up, blocked, forgotten. */
import { z } from 'zod';
import type { Actor, Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { rows, touched } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';
import { audit } from '../audit/events.ts';
import { auditPersonal } from '../audit/personal.ts';
import { isRole } from './roles.ts';
import type { Scope } from './scope.ts';
import { scopeOf } from './scope.ts';

/** Staff and tenants; each has a provider of its own. */
export type Kind = 'staff' | 'tenant';

export interface User {
  readonly id: string;
  readonly actor: Actor;
  readonly blocked: boolean;
  /** Sessions that began before are over; null where nobody ever lifted a block. */
  readonly admittedSince: Instant | null;
}

/** A user as they stand in the table. */
export interface UserRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly roles: string[];
  readonly districts: string[] | null;
  readonly person_id: string | null;
  readonly blocked_at: Instant | null;
  readonly admitted_since: Instant | null;
}

export const USER_COLUMNS = 'u.id, u.code, u.name, u.roles, u.districts, u.person_id, u.blocked_at, u.admitted_since';

export function userOf(row: UserRow): User {
  const actor = { code: row.code, name: row.name, roles: row.roles.filter(isRole), districts: row.districts, person: row.person_id };
  return { id: row.id, actor, blocked: row.blocked_at !== null, admittedSince: row.admitted_since };
}

/** The user, or null where there is none. */
export async function findUser(db: Queryable, id: string): Promise<User | null> {
  const [found] = await rows<UserRow>(db, `select ${USER_COLUMNS} from users u where u.id = ?`, [id]);
  return found ? userOf(found) : null;
}

export const userReason = z.strictObject({ reason: z.string().trim().min(3).max(500).meta({ examples: ['Odejście z pracy 30 listopada.'] }) });

/** `users u` whom a reader may see: a tenant may live in any district, so who is limited to some sees the staff alone. */
export function usersFor({ kind }: Scope): string {
  return kind === 'city' ? 'users u' : `(select * from users where kind = 'staff') u`;
}

/** Shuts somebody out at once and for good: their sessions and tokens never work again, whoever may have got hold of one. @throws DomainError `user_unknown`, `user_blocked`, `user_own` */
export async function blockUser(ctx: Context, code: string, input: z.input<typeof userReason>): Promise<void> {
  const { reason } = userReason.parse(input);
  if (code === ctx.actor.code) throw new DomainError('conflict', 'user_own');
  await changeBlock(ctx, code, reason, true);
}

/** Lets somebody in again, by a new sign-in. @throws DomainError `user_unknown`, `user_not_blocked`, `user_own` */
export async function unblockUser(ctx: Context, code: string, input: z.input<typeof userReason>): Promise<void> {
  const { reason } = userReason.parse(input);
  if (code === ctx.actor.code) throw new DomainError('conflict', 'user_own');
  await changeBlock(ctx, code, reason, false);
}

async function changeBlock(ctx: Context, code: string, reason: string, block: boolean): Promise<void> {
  await ctx.db.transaction(async (trx) => {
    const [user] = await rows<{ id: string; person: string | null; blocked: boolean }>(trx, `select u.id, u.person_id as person, u.blocked_at is not null as blocked from ${usersFor(scopeOf(ctx))} where u.code = ? for update`, [code]);
    if (!user) throw new DomainError('not found', 'user_unknown', { user: code });
    if (user.blocked === block) throw new DomainError('conflict', block ? 'user_blocked' : 'user_not_blocked', { user: code });
    const now = ctx.clock.now();
    const [at, by] = block ? [now, ctx.actor.code] : [null, null];
    await touched(trx, 'update users set blocked_at = ?, blocked_by = ?, block_reason = ?, admitted_since = coalesce(?::timestamptz, admitted_since) where id = ?', [at, by, reason, block ? null : now, user.id] as never[]);
    if (block) await touched(trx, 'update personal_tokens set revoked_at = ? where user_id = ? and revoked_at is null', [now, user.id]);
    const event = { event: block ? 'user.block' : 'user.unblock', targets: { user: user.id }, before: { blocked: user.blocked }, after: { blocked: block } };
    // What a supervisor writes of a tenant goes when the tenant is forgotten.
    if (user.person === null) await audit(trx, ctx, { ...event, details: { reason } });
    else await auditPersonal(trx, ctx, { ...event, targets: { ...event.targets, person: user.person }, personal: { person: user.person, values: { reason } } });
  });
}

/**
 * Takes from those who signed in as erased persons their names and what their provider calls them, and shuts their way in: who rents
 * again one day is a new user. `persons` are ids.
 */
export async function forgetPersons(trx: Queryable, persons: readonly string[], { at, by, name }: { at: Instant; by: string; name: string }): Promise<void> {
  await touched(
    trx,
    `update users set name = ?, subject = null, subject_hash = null, subject_sealed = null, vouched_sealed = null, block_reason = null,
       blocked_at = coalesce(blocked_at, ?), blocked_by = coalesce(blocked_by, ?) where person_id = any(?::bigint[])`,
    [name, at, by, persons] as never[],
  );
  await touched(trx, 'update letter_codes set withdrawn_at = ? where person_id = any(?::bigint[]) and used_at is null and withdrawn_at is null', [at, persons] as never[]);
}

/** With what accounts a person signed in. `person` is an id. */
export function accountsOf(db: Queryable, person: string): Promise<{ code: string; issuer: string; signedInAt: Instant }[]> {
  return rows(db, 'select code, issuer, signed_in_at as "signedInAt" from users where person_id = ? order by id', [person]);
}
