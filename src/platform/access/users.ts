/** Users as their providers name them. A provider says who somebody is and, for staff, which roles and districts they have; we keep what it said last. */
import { z } from 'zod';
import type { Actor, Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { row, rows, touched } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';
import { audit } from '../audit/events.ts';
import type { Role } from './roles.ts';
import { ROLE_NAMES, isRole } from './roles.ts';
import type { Reader, Scope } from './scope.ts';
import { scopeOf } from './scope.ts';

/** Staff and tenants; each has a provider of its own. */
export type Kind = 'staff' | 'tenant';

export interface User {
  readonly id: string;
  readonly actor: Actor;
  readonly blocked: boolean;
}

/** What a provider told about somebody who signed in. */
export interface Claimed {
  readonly issuer: string;
  readonly subject: string;
  readonly code: string;
  readonly name: string;
}

export interface StaffClaimed extends Claimed {
  readonly roles: readonly Role[];
  /** null = the whole city. */
  readonly districts: readonly string[] | null;
}

export interface TenantClaimed extends Claimed {
  /** The person the provider vouches for; null when nobody was found. */
  readonly person: string | null;
}

interface UserRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly roles: string[];
  readonly districts: string[] | null;
  readonly person_id: string | null;
  readonly blocked_at: Instant | null;
}

const COLUMNS = 'u.id, u.code, u.name, u.roles, u.districts, u.person_id, u.blocked_at';

function userOf(row: UserRow): User {
  const actor = { code: row.code, name: row.name, roles: row.roles.filter(isRole), districts: row.districts, person: row.person_id };
  return { id: row.id, actor, blocked: row.blocked_at !== null };
}

/** The user, or null where there is none. */
export async function findUser(db: Queryable, id: string): Promise<User | null> {
  const [found] = await rows<UserRow>(db, `select ${COLUMNS} from users u where u.id = ?`, [id]);
  return found ? userOf(found) : null;
}

export type SignInContext = Pick<Context, 'db' | 'clock' | 'requestId'>;

/**
 * Notes a member of the staff who signed in, with the roles and districts of today, under the code of their first sign-in.
 * @throws DomainError `sign_in_without_role`, `sign_in_blocked`, `sign_in_code_taken`, `sign_in_other_kind`
 */
export async function signInStaff(ctx: SignInContext, claimed: StaffClaimed): Promise<User> {
  if (claimed.roles.length === 0) throw new DomainError('forbidden', 'sign_in_without_role', { name: claimed.code });
  return signIn(ctx, claimed, { kind: 'staff', roles: claimed.roles, districts: claimed.districts, person: null });
}

/** Notes a tenant who signed in. A person once found stays, also when the provider does not vouch again. @throws DomainError `sign_in_blocked`, `sign_in_other_kind` */
export async function signInTenant(ctx: SignInContext, claimed: TenantClaimed): Promise<User> {
  return signIn(ctx, claimed, { kind: 'tenant', roles: ['tenant'], districts: null, person: claimed.person });
}

interface Told {
  readonly kind: Kind;
  readonly roles: readonly Role[];
  readonly districts: readonly string[] | null;
  readonly person: string | null;
}

async function signIn({ db, clock, requestId }: SignInContext, claimed: Claimed, told: Told): Promise<User> {
  return db.transaction(async (trx) => {
    const user = await note(trx, claimed, told, clock.now());
    if (user.blocked) throw new DomainError('forbidden', 'sign_in_blocked', { name: claimed.code });
    await audit(trx, { actor: user.actor, clock, requestId }, { event: 'session.begin', targets: { user: user.id }, details: { kind: told.kind, roles: [...told.roles], districts: told.districts } });
    return user;
  });
}

/** The user of the subject, who keeps the code of the first sign-in. */
async function note(trx: Queryable, { issuer, subject, code, name }: Claimed, told: Told, at: Instant): Promise<User> {
  try {
    const [kept] = await rows<UserRow>(
      trx,
      `insert into users as u (kind, issuer, subject, code, name, roles, districts, person_id, signed_in_at)
       values (:kind, :issuer, :subject, :code, :name, string_to_array(:roles, ','), :districts::text[], :person, :at)
       on conflict on constraint users_subject_twice do update
         set name = excluded.name, roles = excluded.roles, districts = excluded.districts, signed_in_at = excluded.signed_in_at,
             person_id = coalesce(excluded.person_id, u.person_id)
         where u.kind = excluded.kind
       returning ${COLUMNS}`,
      { ...told, districts: told.districts === null ? null : [...told.districts], roles: told.roles.join(','), issuer, subject, code, name, at },
    );
    // Where one provider serves both doors: somebody who works here does not become a tenant by the other one, nor a tenant staff.
    if (!kept) throw new DomainError('forbidden', 'sign_in_other_kind', { kind: told.kind === 'tenant' ? 'pracownik' : ROLE_NAMES.tenant });
    return userOf(kept);
  } catch (error) {
    // Four eyes are told apart by the code: it stays with the one who had it first.
    if (error instanceof Error && 'constraint' in error && error.constraint === 'users_code_twice') throw new DomainError('forbidden', 'sign_in_code_taken', { name: code });
    throw error;
  }
}

export const userReason = z.strictObject({ reason: z.string().trim().min(3).max(500).meta({ examples: ['Odejście z pracy 30 listopada.'] }) });

export const USER_SORTS = ['code', 'name', 'signedInAt'] as const;

export interface UserSeen {
  readonly code: string;
  readonly kind: Kind;
  readonly name: string;
  readonly roles: Role[];
  readonly districts: string[] | null;
  readonly signedInAt: Instant;
  readonly blockedAt: Instant | null;
  readonly blockedBy: string | null;
}

const SORTS: Readonly<Record<(typeof USER_SORTS)[number], string>> = { code: 'u.code', name: 'u.name', signedInAt: 'u.signed_in_at' };

/** `users u` whom a reader may see: a tenant may live in any district, so who is limited to some sees the staff alone. */
function usersFor({ kind }: Scope): string {
  return kind === 'city' ? 'users u' : `(select * from users where kind = 'staff') u`;
}

/** Everybody who ever signed in, as far as the reader sees them. */
export async function listUsers(
  reader: Reader,
  page: { limit: number; offset: number; sort: { by: (typeof USER_SORTS)[number]; descending: boolean } },
): Promise<{ items: UserSeen[]; total: number }> {
  const { db } = reader;
  const users = usersFor(scopeOf(reader));
  const { total } = await row<{ total: number }>(db, `select count(*)::int as total from ${users}`);
  const found = await rows<Omit<UserSeen, 'roles'> & { roles: string[] }>(
    db,
    `select u.code, u.kind, u.name, u.roles, u.districts, u.signed_in_at as "signedInAt", u.blocked_at as "blockedAt", u.blocked_by as "blockedBy"
     from ${users} order by ${SORTS[page.sort.by]} ${page.sort.descending ? 'desc' : 'asc'}, u.code limit ? offset ?`,
    [page.limit, page.offset],
  );
  return { items: found.map((user) => ({ ...user, roles: user.roles.filter(isRole) })), total };
}

/** Shuts somebody out at once: their sessions and tokens work no longer. @throws DomainError `user_unknown`, `user_blocked`, `user_own` */
export async function blockUser(ctx: Context, code: string, input: z.input<typeof userReason>): Promise<void> {
  const { reason } = userReason.parse(input);
  if (code === ctx.actor.code) throw new DomainError('conflict', 'user_own');
  await changeBlock(ctx, code, reason, true);
}

/** Lets somebody in again. @throws DomainError `user_unknown`, `user_not_blocked`, `user_own` */
export async function unblockUser(ctx: Context, code: string, input: z.input<typeof userReason>): Promise<void> {
  const { reason } = userReason.parse(input);
  if (code === ctx.actor.code) throw new DomainError('conflict', 'user_own');
  await changeBlock(ctx, code, reason, false);
}

async function changeBlock(ctx: Context, code: string, reason: string, block: boolean): Promise<void> {
  await ctx.db.transaction(async (trx) => {
    const [user] = await rows<{ id: string; blocked: boolean }>(trx, `select u.id, u.blocked_at is not null as blocked from ${usersFor(scopeOf(ctx))} where u.code = ? for update`, [code]);
    if (!user) throw new DomainError('not found', 'user_unknown', { user: code });
    if (user.blocked === block) throw new DomainError('conflict', block ? 'user_blocked' : 'user_not_blocked', { user: code });
    const [at, by] = block ? [ctx.clock.now(), ctx.actor.code] : [null, null];
    await touched(trx, 'update users set blocked_at = ?, blocked_by = ?, block_reason = ? where id = ?', [at, by, reason, user.id]);
    await audit(trx, ctx, { event: block ? 'user.block' : 'user.unblock', targets: { user: user.id }, before: { blocked: user.blocked }, after: { blocked: block } });
  });
}

/** Takes the names of erased persons from those who signed in as them, and shuts their way in. `persons` are ids. */
export async function forgetPersons(trx: Queryable, persons: readonly string[], { at, by, name }: { at: Instant; by: string; name: string }): Promise<void> {
  await touched(
    trx,
    `update users set name = ?, blocked_at = coalesce(blocked_at, ?), blocked_by = coalesce(blocked_by, ?) where person_id = any(?::bigint[])`,
    [name, at, by, persons] as never[],
  );
  await touched(trx, 'update letter_codes set withdrawn_at = ? where person_id = any(?::bigint[]) and used_at is null and withdrawn_at is null', [at, persons] as never[]);
}

/** With what accounts a person signed in. `person` is an id. */
export function accountsOf(db: Queryable, person: string): Promise<{ code: string; issuer: string; signedInAt: Instant }[]> {
  return rows(db, 'select code, issuer, signed_in_at as "signedInAt" from users where person_id = ? order by id', [person]);
}
