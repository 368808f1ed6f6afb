/** Who asks. Sign-in will replace this one function; until then a header names one of the development identities. */
import type { Request } from 'express';
import { PEOPLE, personOf } from '../access/people.ts';
import type { Actor } from '../context.ts';
import { DomainError } from '../errors.ts';
import { HttpProblem, cut } from './problem.ts';

export const IDENTITY_HEADER = 'X-Kamienica-As';

/** Identities one may try. Not the program's own: what it does by itself must stay tellable from what a person does. */
export const IDENTITIES: readonly Actor[] = PEOPLE;

/** @throws HttpProblem 401 `identity_missing` or `actor_unknown`, naming the header and the identities there are */
export function identify(req: Request): Actor {
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
