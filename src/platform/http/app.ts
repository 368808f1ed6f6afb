/** The Express application: what every request goes through, and in which order. */
import compression from 'compression';
import express from 'express';
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Instance } from '../instance.ts';
import type { Language, Speech } from '../language.ts';
import { speaking } from '../language.ts';
import type { Problem } from '../problems.ts';
import type { Route } from './declared.ts';
import { docsRouter } from './docs/router.ts';
import type { OutputCheck } from './endpoint.ts';
import type { Probe } from './health.ts';
import { healthRouter } from './health.ts';
import type { MetricsSettings } from './metrics.ts';
import { createMetrics } from './metrics.ts';
import type { Reached } from './identify.ts';
import { languageAsked, speakingTo, speechOf } from './language.ts';
import { describeApi } from './openapi/document.ts';
import { HttpProblem, sendProblem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import { RATE_LIMITS, limiting, signInLimit } from './rate-limits.ts';
import { apiRouter } from './router.ts';
import { securityHeaders } from './security.ts';
import { loggedError, traceOf, tracing } from './trace.ts';

export interface HttpSettings {
  readonly instance: Pick<Instance, 'context'>;
  readonly routes: readonly Route[];
  /** `/api/v1` */
  readonly base: string;
  readonly log: Logger;
  /** Version of the program, shown in the description. */
  readonly version?: string;
  /** What to do with an answer that breaks its schema: refuse it, in production report it and send it all the same. */
  readonly outputCheck?: OutputCheck;
  readonly access: Reached;
  /** What else is served, behind the same protection: pages, files. */
  readonly mount?: readonly RequestHandler[];
  /** Proxies that are believed whom they hand on: how many there are, or their addresses and networks. None by default. */
  readonly trustProxy?: number | readonly string[] | undefined;
  /** How often one may ask; null = any number, for tests. */
  readonly limits?: RateLimits | null | undefined;
  /** Whether the service can serve; without one it can. */
  readonly probe?: Probe | undefined;
  readonly metrics?: MetricsSettings | undefined;
  /** How a problem is told to a browser that came for a page; without it everybody gets the document. */
  readonly problemPage?: ProblemPage | undefined;
  /** The language in which a browser wants its pages; Polish without it. */
  readonly pageLanguage?: ((req: Request) => Language) | undefined;
}

/** Sends a problem as a page. */
export type ProblemPage = (req: Request, res: Response, problem: Problem, requestId: string) => void;

/** Longest address, characters. */
export const LONGEST_URL = 4_096;

/** @throws Error when two routes collide */
export function httpApp(settings: HttpSettings): Express {
  const { instance, routes, base, log, version = '0', mount = [] } = settings;
  const { access } = settings;
  const outputCheck = settings.outputCheck ?? (process.env['NODE_ENV'] === 'production' ? 'report' : 'refuse');
  const app = express();
  app.set('etag', false);
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.set('trust proxy', settings.trustProxy ?? false);
  const metrics = createMetrics(settings.metrics ?? {});
  const wantsPage = settings.problemPage === undefined ? () => false : asksForPage([base, '/api']);
  const speaks = speakingTo((req) => speechFor(req, wantsPage, settings.pageLanguage));
  app.use(tracing(log), speaks, metrics.count, securityHeaders(access.formTargets), compression());
  app.use(['/api', base, '/health', '/metrics'], neverStored);
  // Whoever watches over the process is never one too many.
  app.use(healthRouter(settings.probe ?? ready), metrics.router);
  app.use(limiting(settings.limits === undefined ? RATE_LIMITS : settings.limits), soundAddress);
  app.use('/sign-in', signInLimit);
  for (const first of access.before) app.use(first);
  app.use(speaks);
  app.use('/api', docsRouter(describeApi({ routes, base, version, development: access.development })));
  app.use(base, apiRouter(routes, { instance, base, outputCheck, identify: access.identify }));
  for (const more of mount) app.use(more);
  app.use(nothingHere, failing(wantsPage, settings.problemPage));
  return app;
}

const ready: Probe = () => Promise.resolve(null);

/** Nobody keeps an answer, so nobody can ask whether it is still the same: Express would answer `If-None-Match: *` with 304. */
const neverStored: RequestHandler = (req, res, next) => {
  res.set('Cache-Control', 'no-store').vary('Accept-Language');
  delete req.headers['if-none-match'];
  delete req.headers['if-modified-since'];
  next();
};

/** @throws HttpProblem `url_too_long`, `url_encoding` */
const soundAddress: RequestHandler = (req, _res, next) => {
  if (req.originalUrl.length > LONGEST_URL) throw new HttpProblem(414, 'url_too_long', { limit: String(LONGEST_URL) });
  try {
    decodeURIComponent(req.path);
  } catch {
    throw new HttpProblem(400, 'url_encoding');
  }
  next();
};

const nothingHere: RequestHandler = () => {
  throw new HttpProblem(404, 'route_unknown');
};

/** Whether a browser came for a page; below `documents` there are none. */
function asksForPage(documents: readonly string[]): (req: Request) => boolean {
  return (req) => !documents.some((path) => req.path === path || req.path.startsWith(`${path}/`)) && req.accepts(['json', 'html']) === 'html';
}

function speechFor(req: Request, wantsPage: (req: Request) => boolean, pageLanguage: (req: Request) => Language = () => 'pl'): Speech {
  return wantsPage(req) ? { language: pageLanguage(req), onPage: true } : { language: languageAsked(req), onPage: false };
}

/** Tells every error, to a browser that came for a page as a page. Express knows it by its four parameters. */
function failing(wantsPage: (req: Request) => boolean, page: ProblemPage | undefined): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const { requestId, log, template } = traceOf(req);
    if (res.headersSent) {
      log.error({ path: template, error: loggedError(error) }, 'failed while answering');
      // Half an answer must not pass for a whole one.
      res.destroy();
      return;
    }
    const send = page !== undefined && wantsPage(req) ? (problem: Problem): void => page(req, res, problem, requestId) : undefined;
    try {
      const told = speaking(speechOf(req), () => sendProblem(res, error, requestId, send));
      if (told.status === 500) log.error({ path: template, error: loggedError(error) }, 'unexpected error');
    } catch (worse) {
      next(worse);
    }
  };
}
