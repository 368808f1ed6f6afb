/** The number of a request, and its line in the log: the template of the path, never the address itself. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

export const REQUEST_ID = 'X-Request-Id';

export interface Trace {
  readonly requestId: string;
  readonly log: Logger;
  /** `/api/v1/leases/:lease`; null until a route is found. */
  template: string | null;
}

const traces = new WeakMap<IncomingMessage, Trace>();

/** The trace of a request. @throws Error when `tracing` has not seen it */
export function traceOf(req: IncomingMessage): Trace {
  const trace = traces.get(req);
  if (!trace) throw new Error('the request is not traced');
  return trace;
}

/** A number from outside is kept only when it can do no harm in a log, a header or a table. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Numbers each request and logs its end: method, template, status and duration; nothing personal. */
export function tracing(log: Logger): RequestHandler {
  return (req, res, next) => {
    const given = req.get(REQUEST_ID);
    const requestId = given !== undefined && SAFE_ID.test(given) ? given : randomUUID();
    const trace: Trace = { requestId, log: log.child({ requestId }), template: null };
    traces.set(req, trace);
    res.set(REQUEST_ID, requestId);
    const began = performance.now();
    res.once('close', () => {
      const ms = Math.ceil(performance.now() - began);
      const line = { method: req.method, path: trace.template, status: res.statusCode, ms };
      trace.log.info(res.writableFinished ? line : { ...line, aborted: true }, 'request');
    });
    next();
  };
}

const DEEPEST_CAUSE = 3;

/**
 * What a log may keep of an unexpected error. Messages of the database quote values (and those of the query builder whole rows),
 * so only its codes and names are kept, and the frames of the stack.
 */
export function loggedError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const database = 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const kept = ['code', 'constraint', 'table', 'column', 'routine'].map((key) => [key, Reflect.get(error, key)] as const).filter(([, value]) => typeof value === 'string');
  return {
    type: error.name,
    ...(database ? {} : { message: error.message }),
    ...Object.fromEntries(kept),
    stack: frames.join('\n'),
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}
