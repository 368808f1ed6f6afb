/**
 * How often one may ask: per address before anything is known of who asks, per person once it is. Counted in the memory of this
 * process: of several processes each counts for itself.
 */
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Options } from 'express-rate-limit';
import type { Actor } from '../context.ts';
import { HttpProblem } from './problem.ts';

/** At most so many requests in so many seconds. */
export interface Quota {
  readonly most: number;
  readonly seconds: number;
}

export interface RateLimits {
  readonly addressQuestions: Quota;
  readonly addressCommands: Quota;
  readonly personQuestions: Quota;
  readonly personCommands: Quota;
  readonly signIns: Quota;
  readonly failedSignIns: Quota;
}

/**
 * A whole office stands behind one address: a few hundred clerks, each of whose pages asks some ten questions. So an address gets what
 * ten busy people get; a person gets ten questions a second, more than hands can click, and two commands a second, for a command
 * locks rows, writes the audit trail and may start minutes of work. On the first morning everybody signs in within minutes, two
 * requests each, but few fail: failures are what a guesser makes.
 */
export const RATE_LIMITS: RateLimits = {
  addressQuestions: { most: 6_000, seconds: 60 },
  addressCommands: { most: 1_200, seconds: 60 },
  personQuestions: { most: 600, seconds: 60 },
  personCommands: { most: 120, seconds: 60 },
  signIns: { most: 600, seconds: 300 },
  failedSignIns: { most: 60, seconds: 900 },
};

interface Limiters {
  readonly address: RequestHandler;
  readonly person: (code: string) => RequestHandler;
  readonly signIns: readonly RequestHandler[];
}

/** null: any number is taken. */
const limitersOf = new WeakMap<IncomingMessage, Limiters | null>();

/** Holds every request to the limits of its address, and lets those of persons and sign-in find theirs. `null` takes any number (tests). */
export function limiting(limits: RateLimits | null): RequestHandler {
  const limiters = limits === null ? null : limitersFor(limits);
  return (req, res, next) => {
    limitersOf.set(req, limiters);
    if (limiters === null) next();
    else void limiters.address(req, res, next);
  };
}

/** Holds a request to the limits of the person who asks. @throws HttpProblem 429 `too_many_requests` */
export async function limitPerson(req: Request, res: Response, actor: Pick<Actor, 'code'>): Promise<void> {
  const limiters = found(req);
  if (limiters !== null) await passed(limiters.person(actor.code), req, res);
}

/** For every address of sign-in: few attempts, and fewer that fail. Each that sets out leaves a row in the table of sessions. */
export const signInLimit: RequestHandler = async (req, res, next) => {
  for (const limiter of found(req)?.signIns ?? []) await passed(limiter, req, res);
  next();
};

/** @throws Error when the application was put together without `limiting` */
function found(req: Request): Limiters | null {
  const limiters = limitersOf.get(req);
  if (limiters === undefined) throw new Error('the request came past the limits');
  return limiters;
}

function passed(limiter: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('a limit failed', { cause: error }));
    };
    void limiter(req, res, next);
  });
}

function limitersFor(limits: RateLimits): Limiters {
  const questions = limiter('address-questions', limits.addressQuestions, { keyGenerator: addressOf });
  const commands = limiter('address-commands', limits.addressCommands, { keyGenerator: addressOf });
  const persons = new WeakMap<Request, string>();
  const keyGenerator = (req: Request): string => persons.get(req) ?? '';
  const personQuestions = limiter('person-questions', limits.personQuestions, { keyGenerator });
  const personCommands = limiter('person-commands', limits.personCommands, { keyGenerator });
  return {
    address: (req, res, next) => (isQuestion(req) ? questions : commands)(req, res, next),
    person: (code) => (req, res, next) => {
      persons.set(req, code);
      return (isQuestion(req) ? personQuestions : personCommands)(req, res, next);
    },
    signIns: [
      limiter('sign-ins', limits.signIns, { keyGenerator: addressOf }),
      // Counted when it comes and taken back when it succeeds, so that many at once are no way around.
      limiter('failed-sign-ins', limits.failedSignIns, { keyGenerator: addressOf, skipSuccessfulRequests: true }),
    ],
  };
}

function isQuestion({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** The address, of IPv6 the subnet that one customer gets; one key for those who hung up before it could be read. */
function addressOf({ ip }: Request): string {
  return ip === undefined ? 'gone' : ipKeyGenerator(ip, 56);
}

function limiter(identifier: string, { most, seconds }: Quota, options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: seconds * 1000,
    limit: most,
    identifier,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The library's advice on proxies would be printed on the console at the first request of whoever sends a forged header.
    validate: false,
    handler: (_req, res, next) => next(new HttpProblem(429, 'too_many_requests', { seconds: String(res.getHeader('Retry-After') ?? seconds) })),
    ...options,
  });
}
