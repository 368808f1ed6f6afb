/** Who asks: by a personal token, a machine's bearer token, the session of a sign-in, or (beside the development provider) a header. */
import type { Clock } from '../clock.ts';
import type { Actor } from '../context.ts';
import type { Database } from '../database/connect.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Identify } from '../http/identify.ts';
import { identifyByHeader } from '../http/identify.ts';
import type { BearerTokens } from './bearer.ts';
import { refuseForgery } from './csrf.ts';
import { signedInOf } from './sessions.ts';
import { TOKEN_PREFIX, userByToken } from './tokens.ts';
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

/** @throws HttpProblem 401 saying what is wrong, DomainError `cross_site`, `csrf_missing` */
export function identifier(settings: IdentitySettings): Identify {
  return async (req) => {
    const authorization = req.get('authorization');
    if (authorization !== undefined) return byToken(settings, authorization);
    const signedIn = signedInOf(req, settings.clock);
    if (signedIn !== null) {
      refuseForgery(req, { csrf: signedIn.csrf, ownOrigins: settings.ownOrigins });
      const user = await findUser(settings.db, signedIn.user);
      if (user === null || user.blocked) throw challenge('session_ended');
      return user.actor;
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

