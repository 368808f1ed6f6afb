/** Who comes from a provider: the user they were before, or a new one. */
import { audit } from '../audit/events.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import { requireCurrentKey } from '../secrets/index.ts';
import type { Role } from './roles.ts';
import type { Subject } from './subjects.ts';
import { hashedSubject, sealVouched, subjectHashes } from './subjects.ts';
import type { Kind, User, UserRow } from './users.ts';
import { USER_COLUMNS, userOf } from './users.ts';

/** What a provider told about somebody who signed in. */
export interface Claimed extends Subject {
  readonly code: string;
  readonly name: string;
}

export interface StaffClaimed extends Claimed {
  readonly roles: readonly Role[];
  /** null = the whole city. */
  readonly districts: readonly string[] | null;
}

export interface TenantClaimed extends Claimed {
  /** Id of the person the provider vouches for; null when nobody was found. */
  readonly person: string | null;
  /** The PESEL it vouches for, where nobody of the register has it. */
  readonly vouched?: string | null;
}

/** A user who is known and not let in. */
export class SignInBlocked extends DomainError {
  /** Id of the user. */
  readonly user: string;

  constructor(user: string, name: string) {
    super('forbidden', 'sign_in_blocked', { name });
    this.user = user;
  }
}

export type SignInContext = Pick<Context, 'db' | 'clock' | 'requestId' | 'secrets'>;

/** What of a user a sign-in may change. */
interface Told {
  readonly kind: Kind;
  readonly roles: readonly Role[];
  readonly districts: readonly string[] | null;
  readonly person: string | null;
  readonly vouched: string | null;
}

/**
 * Notes a member of the staff who signed in, with the roles and districts of today, under the code of their first sign-in.
 * @throws DomainError `sign_in_without_role`, `sign_in_blocked`, `sign_in_code_taken`
 */
export async function signInStaff(ctx: SignInContext, claimed: StaffClaimed): Promise<User> {
  if (claimed.roles.length === 0) throw new DomainError('forbidden', 'sign_in_without_role', { name: claimed.code });
  return signIn(ctx, claimed, { kind: 'staff', roles: claimed.roles, districts: claimed.districts, person: null, vouched: null });
}

/**
 * Notes a tenant who signed in. A person once found stays, also when the provider does not vouch again. Whoever works here and rents here
 * is two users, though one provider knows them by one name. @throws DomainError `sign_in_blocked`
 */
export async function signInTenant(ctx: SignInContext, claimed: TenantClaimed): Promise<User> {
  return signIn(ctx, claimed, { kind: 'tenant', roles: ['tenant'], districts: null, person: claimed.person, vouched: claimed.vouched ?? null });
}

async function signIn(ctx: SignInContext, claimed: Claimed, told: Told): Promise<User> {
  return ctx.db.transaction(async (trx) => {
    // Somebody who comes twice at once for the first time is one user.
    await rows(trx, `select pg_advisory_xact_lock(hashtextextended('sign-in/' || ?, 0))`, [JSON.stringify([told.kind, claimed.issuer, claimed.subject])]);
    // With other keys a tenant would not be found, and be a second user.
    if (told.kind === 'tenant') await requireCurrentKey(trx, ctx.secrets);
    const before = await known(trx, ctx, claimed, told.kind);
    if (before !== null && before.blocked_at !== null) throw new SignInBlocked(before.id, before.name);
    const values = { ...stored(ctx, claimed, told), person: told.person ?? before?.person_id ?? null, name: claimed.name, at: ctx.clock.now() };
    const user = userOf(before === null ? await first(trx, { ...values, kind: told.kind, issuer: claimed.issuer, code: claimed.code }) : await again(trx, { ...values, id: before.id }));
    await audit(trx, { ...ctx, actor: user.actor }, {
      event: 'session.begin', targets: { user: user.id }, details: { kind: told.kind, roles: [...told.roles], districts: told.districts === null ? null : [...told.districts] },
      ...changed(before === null ? null : userOf(before), user),
    });
    return user;
  });
}

async function known(trx: Queryable, { secrets }: SignInContext, of: Subject, kind: Kind): Promise<UserRow | null> {
  const where = kind === 'staff' ? 'u.subject = ?' : 'u.subject_hash = any(?::bytea[])';
  const [found] = await rows<UserRow>(trx, `select ${USER_COLUMNS} from users u where u.kind = ? and u.issuer = ? and ${where} order by u.id limit 1 for update`, [
    kind, of.issuer, kind === 'staff' ? of.subject : subjectHashes(secrets, of),
  ] as never[]);
  return found ?? null;
}

type Bindings = Readonly<Record<string, string | Buffer | string[] | null>>;

/** The columns of what was told. Of a tenant's subject and PESEL nothing stands in the open. */
function stored({ secrets }: SignInContext, claimed: Claimed, { kind, roles, districts, vouched }: Told): Bindings {
  const { hash, sealed } = kind === 'tenant' ? hashedSubject(secrets, claimed) : { hash: null, sealed: null };
  return {
    subject: kind === 'staff' ? claimed.subject : null, hash, sealed, vouched: vouched === null ? null : sealVouched(secrets, vouched),
    roles: roles.join(','), districts: districts === null ? null : [...districts],
  };
}

/** @throws DomainError `sign_in_code_taken`: four eyes are told apart by the code, so it stays with the one who had it first */
async function first(trx: Queryable, values: Bindings): Promise<UserRow> {
  try {
    return await row<UserRow>(
      trx,
      `insert into users as u (kind, issuer, subject, subject_hash, subject_sealed, vouched_sealed, code, name, roles, districts, person_id, signed_in_at)
       values (:kind, :issuer, :subject, :hash, :sealed, :vouched, :code, :name, string_to_array(:roles, ','), :districts::text[], :person, :at)
       returning ${USER_COLUMNS}`,
      values,
    );
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'users_code_twice') throw new DomainError('forbidden', 'sign_in_code_taken', { name: String(values['code']) });
    throw error;
  }
}

function again(trx: Queryable, values: Bindings): Promise<UserRow> {
  return row<UserRow>(
    trx,
    `update users u set subject_hash = :hash, subject_sealed = :sealed, vouched_sealed = :vouched, name = :name,
       roles = string_to_array(:roles, ','), districts = :districts::text[], person_id = :person, signed_in_at = :at
     where u.id = :id returning ${USER_COLUMNS}`,
    values,
  );
}

/** What the provider says otherwise than the last time. */
function changed(before: User | null, after: User): { before?: ReturnType<typeof access> | null; after?: ReturnType<typeof access> } {
  if (before === null) return { before: null, after: access(after) };
  return JSON.stringify(access(before)) === JSON.stringify(access(after)) ? {} : { before: access(before), after: access(after) };
}

function access({ actor }: User): { roles: string[]; districts: string[] | null; person: string | null } {
  return { roles: [...actor.roles], districts: actor.districts === null ? null : [...actor.districts], person: actor.person };
}
