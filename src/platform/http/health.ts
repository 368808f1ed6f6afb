/** For whoever watches over the process: whether it lives, and whether it can serve. Neither tells anything else. */
import { Router } from 'express';
import { HttpProblem } from './problem.ts';
import { otherMethods } from './router.ts';
import { timely } from './timely.ts';
import { traceOf } from './trace.ts';

/** Why the service cannot serve, as a code of the catalogue; null when it can. */
export type Probe = () => Promise<string | null>;

export const LIVE = '/health/live';
const READY = '/health/ready';

/** What the process answers as long as it answers at all. */
export const ALIVE = { status: 'live' } as const;

/** `/health/live`, and `/health/ready`, which is refused with 503 for the reason the probe gives. */
export function healthRouter(probe: Probe): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(LIVE, (req, res) => {
    traceOf(req).template = LIVE;
    res.json(ALIVE);
  });
  router.get(READY, async (req, res) => {
    traceOf(req).template = READY;
    const reason = await probe();
    if (reason !== null) throw new HttpProblem(503, reason);
    res.json({ status: 'ready' });
  });
  router.all([LIVE, READY], otherMethods(['GET']));
  return router;
}

/** Longest wait of a probe, ms. */
export const PROBE_MS = 1_000;

/** A probe that answers in time: `unavailable` when the check fails or takes longer. */
export function probeOf(check: Probe, within = PROBE_MS): Probe {
  const asked = timely(check, within);
  return async () => {
    try {
      return await asked();
    } catch {
      return 'unavailable';
    }
  };
}
