/**
 * Figures for Prometheus. Labels are methods, templates of paths, classes of status and names the program gave: never an address with
 * its values, a person or a number of a lease.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { Router } from 'express';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { HttpProblem } from './problem.ts';
import { otherMethods } from './router.ts';
import { traceOf } from './trace.ts';

/** A figure that is read when it is asked for. */
export interface GaugeSource {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  /** Figures by the value of the label. When it fails, the figure is left out. */
  readonly read: () => Promise<Readonly<Record<string, number>>>;
}

export interface MetricsSettings {
  /** Who shows it may read from anywhere; without one only this machine may. */
  readonly token?: string | null | undefined;
  readonly gauges?: readonly GaugeSource[];
}

export interface Metrics {
  /** Counts every request; stands behind `tracing`. */
  readonly count: RequestHandler;
  /** `/metrics` */
  readonly router: Router;
}

const PATH = '/metrics';
/** Seconds; a question is given up after 30. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Any other method is one: their number is not for whoever asks to raise. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function createMetrics({ token = null, gauges = [] }: MetricsSettings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({ name: 'http_requests_total', help: 'Requests answered.', labelNames: ['method', 'route', 'status'], registers });
  const durations = new Histogram({ name: 'http_request_duration_seconds', help: 'Time to the end of the answer.', labelNames: ['route'], buckets: BUCKETS, registers });
  for (const source of gauges) addGauge(registry, source);
  let processToo = false;
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATH, async (req, res) => {
    traceOf(req).template = PATH;
    admit(req, token);
    // Only where somebody reads them: they keep a timer of their own.
    if (!processToo) collectDefaultMetrics({ register: registry });
    processToo = true;
    res.set('Content-Type', registry.contentType).send(await registry.metrics());
  });
  router.all(PATH, otherMethods(['GET']));
  const count: RequestHandler = (req, res, next) => {
    const began = performance.now();
    res.once('close', () => {
      const route = traceOf(req).template ?? 'none';
      const status = res.writableFinished ? `${Math.floor(res.statusCode / 100)}xx` : 'aborted';
      requests.inc({ method: METHODS.has(req.method) ? req.method : 'other', route, status });
      durations.observe({ route }, (performance.now() - began) / 1000);
    });
    next();
  };
  return { count, router };
}

function addGauge(registry: Registry, { name, help, label, read }: GaugeSource): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    async collect() {
      this.reset();
      // A database that does not answer must not hide the figures that say so.
      const figures = await read().catch(() => ({}));
      for (const [value, figure] of Object.entries(figures)) this.set({ [label]: value }, figure);
    },
  });
}

/** @throws HttpProblem 401 `metrics_token`, 403 `metrics_elsewhere` */
function admit(req: Request, token: string | null): void {
  if (token === null) {
    if (!isFromHere(req)) throw new HttpProblem(403, 'metrics_elsewhere');
    return;
  }
  const [, given = ''] = /^Bearer +([\x21-\x7e]+)$/i.exec(req.get('authorization') ?? '') ?? [];
  // Of the digests, which are equally long: the time of the comparison tells nothing of the token.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(token))) throw new HttpProblem(401, 'metrics_token', {}, { headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' } });
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Asked on this machine and not handed on by a proxy on it. */
function isFromHere(req: Request): boolean {
  const handedOn = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some((name) => req.headers[name] !== undefined);
  return !handedOn && LOOPBACK.test(req.socket.remoteAddress ?? '');
}
