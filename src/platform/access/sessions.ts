/** Sessions of signed-in people, kept in PostgreSQL; the browser holds a signed number only. */
import { randomBytes } from 'node:crypto';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { SessionData } from 'express-session';
import pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Instant } from '../dates/instants.ts';
import { parseInstant } from '../dates/instants.ts';
import type { Journey } from './provider.ts';
import type { Kind } from './users.ts';

declare module 'express-session' {
  interface SessionData {
    /** On the way to a provider and back. */
    journey?: Journey & { readonly kind: Kind; readonly to: string };
    signedIn?: SignedIn;
    /** A form sent after the session had ended, sealed: it may hold personal data. It waits for its author to sign in again. */
    keptForm?: { readonly path: string; readonly sealed: string };
  }
}

/** Who is signed in. */
export interface SignedIn {
  readonly kind: Kind;
  /** Id of the user. */
  readonly user: string;
  /** Comes back with every command, where the cookie alone would not do. */
  readonly csrf: string;
  /** Milliseconds since 1970. */
  readonly began: number;
}

/** Without a request for half an hour one is signed out. */
export const IDLE_MS = 30 * 60_000;
/** And in any case after a working day. */
export const LONGEST_MS = 10 * 60 * 60_000;

export interface Sessions {
  readonly handler: RequestHandler;
  close(): Promise<void>;
}

/**
 * `secure` = reached by https: the cookie travels there alone, and no neighbouring host can set one in its place. A proxy that does not say
 * how it was asked was asked by https, for the public address says so; one that says by http gets no cookie.
 */
export function openSessions(databaseUrl: string, { secret, secure }: { secret: string | null; secure: boolean }): Sessions {
  const Store = connectPgSimple(session);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 3, application_name: 'kamienica sessions' });
  // A connection may be lost while idle; the next query takes another.
  pool.on('error', () => undefined);
  const store = new Store({ pool, tableName: 'sessions', ttl: IDLE_MS / 1000, pruneSessionInterval: 15 * 60, errorLog: () => undefined });
  store.touch = toTheMinute(store.touch.bind(store));
  const handler = session({
    store,
    name: cookieName(secure),
    secret: secret ?? randomBytes(32).toString('base64'),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    ...(secure ? {} : { proxy: false }),
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: IDLE_MS },
  });
  return {
    handler: secure ? (req, res, next) => void handler(throughHttps(req), res, next) : handler,
    close: async () => {
      store.close();
      await pool.end();
    },
  };
}

type Touch = (sid: string, session: SessionData, done?: () => void) => void;

const MINUTE_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** A session's end moves on with what one does. To the minute is enough: not every look at a page writes to the database. */
function toTheMinute(touch: Touch): Touch {
  const moved = new Map<string, number>();
  return (sid, kept, done) => {
    const now = Date.now();
    if (now - (moved.get(sid) ?? 0) < MINUTE_MS) {
      done?.();
      return;
    }
    if (moved.size >= MOST_REMEMBERED) moved.clear();
    moved.set(sid, now);
    touch(sid, kept, done);
  };
}

/** Express and the sessions ask the request itself whether it came by https. */
function throughHttps(req: Request): Request {
  const said = req.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase() ?? 'https';
  return Object.defineProperty(req, 'secure', { value: said === 'https', configurable: true });
}

export function cookieName(secure: boolean): string {
  return secure ? '__Host-kamienica' : 'kamienica';
}

/** The instant of the clock, milliseconds since 1970. */
export function millisecondsOf(clock: Pick<Clock, 'now'>): number {
  return Date.parse(clock.now());
}

/** Who signed in with this session, be it past its longest life; null without one. */
export function signedInOnce(req: Request): SignedIn | null {
  // Undefined where no sessions are kept.
  return (req as Partial<Request>).session?.signedIn ?? null;
}

/** Who is signed in, or null. A session past its longest life counts as none. */
export function signedInOf(req: Request, clock: Pick<Clock, 'now'>): SignedIn | null {
  const signedIn = signedInOnce(req);
  return signedIn === null || millisecondsOf(clock) - signedIn.began > LONGEST_MS ? null : signedIn;
}

/** Until when at the longest, however much one does; null without a session. */
export function signedInUntil(req: Request, clock: Pick<Clock, 'now'>): Instant | null {
  const signedIn = signedInOf(req, clock);
  return signedIn === null ? null : parseInstant(new Date(signedIn.began + LONGEST_MS).toISOString());
}

/** A new number at every sign-in: one that somebody planted beforehand is worth nothing. */
export async function beginSession(req: Request, signedIn: Omit<SignedIn, 'csrf'>): Promise<void> {
  const { keptForm } = req.session;
  await done((callback) => req.session.regenerate(callback));
  if (keptForm !== undefined) req.session.keptForm = keptForm;
  req.session.signedIn = { ...signedIn, csrf: randomBytes(32).toString('base64url') };
  await saveSession(req);
}

export function saveSession(req: Request): Promise<void> {
  return done((callback) => req.session.save(callback));
}

export function endSession(req: Request): Promise<void> {
  return done((callback) => req.session.destroy(callback));
}

function done(start: (callback: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('the session could not be kept'));
    });
  });
}
