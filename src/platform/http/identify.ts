/** Who asks, beside the development provider: a header names one of its people. */
import type { Request, RequestHandler } from 'express';
import { PEOPLE, personOf } from '../access/people.ts';
import type { Actor } from '../context.ts';
import { DomainError } from '../errors.ts';
import { HttpProblem, cut } from './problem.ts';

/** What a page knows of a request besides its headers. */
export interface Told {
  /** The session's word as a form brought it, in place of the header. */
  readonly csrf?: string | null;
  /** Nothing will be done, whatever the method: who looks is all that is asked. */
  readonly looking?: boolean;
}

/** Says who asks. @throws HttpProblem 401, DomainError where the request is no word of theirs */
export type Identify = (req: Request, told?: Told) => Promise<Actor>;

export const IDENTITY_HEADER = 'X-Kamienica-As';

/** Identities one may try. Not the program's own: what it does by itself must stay tellable from what a person does. */
export const IDENTITIES: readonly Actor[] = PEOPLE;

/** @throws HttpProblem 401 `identity_missing` or `actor_unknown`, naming the header and the identities there are */
export function identifyByHeader(req: Request): Actor {
  const code = req.get(IDENTITY_HEADER)?.trim() ?? '';
  if (code === '') throw unauthorized('identity_missing', {});
  try {
    const actor = personOf(code);
    if (IDENTITIES.some((known) => known.code === actor.code)) return actor;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  throw unauthorized('actor_unknown', { actor: cut(code, 60) });
}

function unauthorized(code: string, args: Readonly<Record<string, string>>): HttpProblem {
  const known = IDENTITIES.map((actor) => actor.code).join(', ');
  return new HttpProblem(401, code, { ...args, header: IDENTITY_HEADER, known }, { headers: { 'WWW-Authenticate': `${IDENTITY_HEADER} realm="Kamienica"` } });
}

/** How an application is reached: who asks, what comes before its routes, where its forms may lead. */
export interface Reached {
  readonly identify: Identify;
  /** Whether a header may name one of the development's people. */
  readonly development: boolean;
  readonly before: readonly RequestHandler[];
  readonly formTargets: readonly string[];
}

/** By the header alone, without sign-in: for tests and measurements. */
export const BY_HEADER: Reached = { development: true, identify: async (req) => Promise.resolve(identifyByHeader(req)), before: [], formTargets: [] };
