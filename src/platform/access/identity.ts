/** Who asks: by a personal token, a machine's bearer token, the session of a sign-in, or (beside the development provider) a header. */
import type { Request } from 'express';
import type { Clock } from '../clock.ts';
import type { Actor } from '../context.ts';
import type { Database } from '../database/connect.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Identify } from '../http/identify.ts';
import { identifyByHeader } from '../http/identify.ts';
import type { BearerTokens } from './bearer.ts';
import { refuseForgery } from './csrf.ts';
import { refuseOverReal } from './real-use.ts';
import type { SignedIn } from './sessions.ts';
import { signedInOf } from './sessions.ts';
import { TOKEN_PREFIX, userByToken } from './tokens.ts';
import type { User } from './users.ts';
import { findUser } from './users.ts';

export interface IdentitySettings {
  readonly db: Database;
  readonly clock: Clock;
  readonly bearer: BearerTokens | null;
  /** Origins of our own pages. */
  readonly ownOrigins: readonly string[];
  readonly development: boolean;
}

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/** Who comes with a session. */
export interface Visitor {
  readonly signedIn: SignedIn;
  /** With the roles of today; null = no longer let in. */
  readonly user: User | null;
}

/** The one place that looks up whose session it is; null without one. */
export async function visitorOf(req: Request, { db, clock }: Pick<IdentitySettings, 'db' | 'clock'>): Promise<Visitor | null> {
  const signedIn = signedInOf(req, clock);
  if (signedIn === null) return null;
  const user = await findUser(db, signedIn.user);
  const over = user?.admittedSince != null && signedIn.began < Date.parse(user.admittedSince);
  return { signedIn, user: user === null || user.blocked || over ? null : user };
}

/** @throws HttpProblem 401 saying what is wrong, DomainError `cross_site`, `csrf_missing`, `development_over_real` */
export function identifier(settings: IdentitySettings): Identify {
  return async (req, told = {}) => {
    const authorization = req.get('authorization');
    if (authorization !== undefined) return byToken(settings, authorization);
    // A service for trying out may go on beside one that has meanwhile begun to work in earnest.
    if (settings.development) await refuseOverReal(settings.db, 'development_over_real');
    const visitor = await visitorOf(req, settings);
    if (visitor !== null) {
      if (told.looking !== true) refuseForgery(req, { csrf: visitor.signedIn.csrf, ownOrigins: settings.ownOrigins, given: told.csrf ?? null });
      if (visitor.user === null) throw challenge('session_ended');
      return visitor.user.actor;
    }
    if (settings.development) return identifyByHeader(req);
    throw challenge('sign_in_needed');
  };
}

async function byToken({ db, clock, bearer }: IdentitySettings, authorization: string): Promise<Actor> {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw challenge('token_form');
  if (token.startsWith(TOKEN_PREFIX)) {
    const user = await userByToken(db, clock, token);
    if (user === null) throw challenge('token_refused', 'error="invalid_token"');
    return user.actor;
  }
  const machine = await bearer?.actorOf(token);
  if (!machine) throw challenge('token_refused', 'error="invalid_token"');
  return machine;
}

function challenge(code: string, more = ''): HttpProblem {
  return new HttpProblem(401, code, {}, { headers: { 'WWW-Authenticate': `Bearer realm="Kamienica"${more === '' ? '' : `, ${more}`}` } });
}

