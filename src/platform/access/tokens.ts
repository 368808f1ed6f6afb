/** Personal tokens: a person of the staff acts by one in the terminal. Only its hash is kept; it is shown once. */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { audit } from '../audit/events.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { row, rows, touched } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { plusMicroseconds } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { User } from './users.ts';
import { findUser } from './users.ts';

/** What a token begins with, so that one that leaked into a file can be found. */
export const TOKEN_PREFIX = 'kam_';

/** Longest life of a token, days: a quarter after its owner signed in last, who then signs in again. */
const LONGEST_LIFE = 92;

/** The same as the database counts it. */
const LIFE = `${LONGEST_LIFE * 24} hours`;

const DAY = 86_400_000_000;

export const tokenInput = z.strictObject({
  name: z.string().trim().min(1).max(60).meta({ examples: ['komputer przy biurku'] }),
  days: z.int().min(1).max(LONGEST_LIFE).default(30),
});

export interface TokenMade {
  readonly id: string;
  /** The only time it is shown. */
  readonly token: string;
  readonly expiresAt: Instant;
}

export interface TokenKept {
  readonly id: string;
  readonly name: string;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

async function ownerOf(db: Queryable, code: string, now: Instant): Promise<{ id: string; until: Instant }> {
  const [user] = await rows<{ id: string; until: Instant; over: boolean }>(
    db,
    `select u.id, u.until, u.until <= :now as over from (select id, signed_in_at + :life::interval as until from users where code = :code and kind = 'staff') u`,
    { code, now, life: LIFE },
  );
  if (!user || user.over) throw new DomainError('conflict', 'token_without_user', { actor: code });
  return user;
}

/**
 * Makes a token for the one who asks.
 * @throws DomainError `token_by_token` for one who comes by a token, which would make the next one for ever; `token_without_user` when they
 * never signed in, or not for a quarter
 */
export async function makeToken(ctx: Context, input: z.input<typeof tokenInput>): Promise<TokenMade> {
  const { name, days } = tokenInput.parse(input);
  if (ctx.actor.by === 'token') throw new DomainError('forbidden', 'token_by_token');
  return ctx.db.transaction(async (trx) => {
    const token = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    const madeAt = ctx.clock.now();
    const { id: user, until } = await ownerOf(trx, ctx.actor.code, madeAt);
    const wanted = plusMicroseconds(madeAt, days * DAY);
    const expiresAt = wanted < until ? wanted : until;
    const { id } = await row<{ id: string }>(
      trx,
      'insert into personal_tokens (user_id, name, hash, made_at, expires_at) values (?, ?, ?, ?, ?) returning id',
      [user, name, hashOf(token), madeAt, expiresAt],
    );
    await audit(trx, ctx, { event: 'token.make', targets: { token: id }, before: null, after: { expires: expiresAt } });
    return { id, token, expiresAt };
  });
}

/** The tokens of the one who asks, newest first. */
export async function ownTokens(ctx: Context): Promise<TokenKept[]> {
  return rows<TokenKept>(
    ctx.db,
    `select t.id, t.name, t.made_at as "madeAt", t.expires_at as "expiresAt", t.used_at as "usedAt", t.revoked_at as "revokedAt"
     from personal_tokens t join users u on u.id = t.user_id where u.code = ? order by t.id desc limit 200`,
    [ctx.actor.code],
  );
}

/** Ends a token of the one who asks. @throws DomainError `token_unknown`, also for somebody else's; `token_revoked` */
export async function revokeToken(ctx: Context, id: string): Promise<void> {
  await ctx.db.transaction(async (trx) => {
    const [found] = await rows<{ revoked: boolean }>(
      trx,
      `select t.revoked_at is not null as revoked from personal_tokens t join users u on u.id = t.user_id where t.id = ? and u.code = ? for update of t`,
      [id, ctx.actor.code],
    );
    if (!found) throw new DomainError('not found', 'token_unknown', { token: id });
    if (found.revoked) throw new DomainError('conflict', 'token_revoked', { token: id });
    await touched(trx, 'update personal_tokens set revoked_at = ? where id = ?', [ctx.clock.now(), id]);
    await audit(trx, ctx, { event: 'token.revoke', targets: { token: id }, before: { revoked: false }, after: { revoked: true } });
  });
}

/** Whose token it is; null when it is unknown, expired or revoked, or its owner blocked or not signed in for a quarter. */
export async function userByToken(db: Queryable, clock: Clock, token: string): Promise<User | null> {
  const [found] = await rows<{ id: string; user: string; stale: boolean }>(
    db,
    `select t.id, t.user_id as "user", t.used_at is null or t.used_at < ?::timestamptz - interval '1 minute' as stale
     from personal_tokens t join users u on u.id = t.user_id
     where t.hash = ? and t.revoked_at is null and t.expires_at > ? and u.signed_in_at + ?::interval > ?`,
    [clock.now(), hashOf(token), clock.now(), LIFE, clock.now()],
  );
  if (!found) return null;
  // To the minute is enough to see which one is in use.
  if (found.stale) await touched(db, 'update personal_tokens set used_at = ? where id = ?', [clock.now(), found.id]);
  const user = await findUser(db, found.user);
  return user === null || user.blocked ? null : { ...user, actor: { ...user.actor, by: 'token' } };
}
