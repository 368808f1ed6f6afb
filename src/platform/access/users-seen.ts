/** Users as those see them who look after who gets in. */
import { z } from 'zod';
import type { Queryable } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import type { ListPage, Listing } from '../database/listing.ts';
import { polish, readList } from '../database/listing.ts';
import type { Instant } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';
import { said } from '../problem-texts.ts';
import type { Role } from './roles.ts';
import { ROLES, isRole } from './roles.ts';
import type { Reader } from './scope.ts';
import { scopeOf } from './scope.ts';
import type { Kind } from './users.ts';
import { usersFor } from './users.ts';

export const userFilter = z.strictObject({
  /** Beginning of the code. Its form keeps names of people out of addresses. */
  code: z.string().regex(/^[a-z0-9][a-z0-9._@:-]{0,99}$/, said('user_code_form')).optional(),
  kind: z.enum(['staff', 'tenant']).optional(),
  role: z.enum(ROLES).optional(),
  /** Who is limited to the district, among others. */
  district: z.string().min(1).max(60).optional(),
  blocked: z.enum(['true', 'false']).optional(),
});
export type UserFilter = z.output<typeof userFilter>;

export const USER_SORTS = ['code', 'name', 'kind', 'signedInAt', 'blockedAt'] as const;
export type UserSort = (typeof USER_SORTS)[number];

export interface UserSeen {
  readonly code: string;
  readonly kind: Kind;
  readonly name: string;
  readonly roles: Role[];
  readonly districts: string[] | null;
  readonly signedInAt: Instant;
  readonly blockedAt: Instant | null;
  readonly blockedBy: string | null;
  /** Why they are shut out; null while they are not. */
  readonly blockReason: string | null;
}

const COLUMNS = `u.code, u.kind, u.name, u.roles, u.districts, u.signed_in_at as "signedInAt", u.blocked_at as "blockedAt", u.blocked_by as "blockedBy",
  case when u.blocked_at is not null then u.block_reason end as "blockReason"`;

type Stored = Omit<UserSeen, 'roles'> & { readonly roles: string[] };

const seen = <Row extends Stored>(user: Row): Omit<Row, 'roles'> & { roles: Role[] } => ({ ...user, roles: user.roles.filter(isRole) });

const listing = (from: string): Listing<UserFilter, UserSort> => ({
  columns: COLUMNS, from,
  filters: {
    code: 'starts_with(u.code, :code)', kind: 'u.kind = :kind', role: ':role = any(u.roles)', district: ':district = any(u.districts)',
    blocked: '(u.blocked_at is not null) = :blocked::boolean',
  },
  sorts: { code: ['u.code'], name: [polish('u.name')], kind: ['u.kind'], signedInAt: ['u.signed_in_at'], blockedAt: ['u.blocked_at'] },
  key: 'u.code',
});

/** Everybody who ever signed in and fits the filter, as far as the reader sees them. */
export async function listUsers(reader: Reader, filter: UserFilter, page: ListPage<UserSort>): Promise<{ items: UserSeen[]; total: number }> {
  const { items, total } = await readList<Stored, UserFilter, UserSort>(reader.db, listing(usersFor(scopeOf(reader))), filter, page, {});
  return { items: items.map(seen), total };
}

/** One user. */
export interface UserShown extends UserSeen {
  readonly id: string;
  /** Id of the person they are; null for staff, and for a tenant not yet found among the persons. */
  readonly person: string | null;
  /** Tokens that would work now if their owner is let in. */
  readonly tokens: number;
}

/** The user of the code. @throws DomainError `user_unknown`, also for one whom the reader does not see */
export async function showUser(reader: Reader, code: string): Promise<UserShown> {
  const [found] = await rows<Stored & { id: string; person: string | null }>(reader.db, `select ${COLUMNS}, u.id, u.person_id as person from ${usersFor(scopeOf(reader))} where u.code = ?`, [code]);
  if (found === undefined) throw new DomainError('not found', 'user_unknown', { user: code });
  const { tokens } = await row<{ tokens: number }>(
    reader.db,
    'select count(*)::int as tokens from personal_tokens where user_id = ? and revoked_at is null and expires_at > ?',
    [found.id, reader.clock.now()],
  );
  return { ...seen(found), tokens };
}

/** Id and code of a user. */
export interface NamedUser {
  readonly id: string;
  readonly code: string;
}

/** The users of these ids and codes, as far as there are any: for whoever reads the trail, which names them by either. */
export function usersNamed(db: Queryable, { ids, codes }: { readonly ids: readonly string[]; readonly codes: readonly string[] }): Promise<NamedUser[]> {
  return rows<NamedUser>(db, 'select id, code from users where id = any(?::bigint[]) or code = any(?::text[])', [ids, codes] as never[]);
}
