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
 * What a log may keep of an unexpected error. Messages quote values: those of the database whole rows, those of refusals what was given,
 * those of a parser the text it tripped over. So of the first only codes and names are kept, of the others the words outside quotes and
 * braces, and the frames of the stack.
 */
export function loggedError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const coded = 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);
  const kept = ['code', 'constraint', 'table', 'column', 'routine'].map((key) => [key, Reflect.get(error, key)] as const).filter(([, value]) => typeof value === 'string');
  return {
    type: error.name,
    ...(coded ? {} : { message: unquoted(error.message) }),
    ...Object.fromEntries(kept),
    stack: framesOf(error),
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}

const LONGEST_MESSAGE = 300;
const QUOTED = /"(?:[^"\\]|\\.)*"?|'[^']*'?|`[^`]*`?|„[^”]*”?|\{.*|\[.*/gsu;

/** The message without what stands in quotes, brackets of lists and objects, or beyond its first line. */
function unquoted(message: string): string {
  return message.replace(QUOTED, '…').split('\n', 1).join('').slice(0, LONGEST_MESSAGE);
}

/** Frames alone: the message stands before them and may look like one. */
function framesOf({ message, stack = '' }: Error): string {
  const after = stack.indexOf(message);
  const frames = after === -1 ? stack : stack.slice(after + message.length);
  return frames.split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
}
