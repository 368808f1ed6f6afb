/** The routes as an Express router; each address knows its methods. */
import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { Method, Route } from './declared.ts';
import type { EndpointSettings } from './endpoint.ts';
import { endpoint } from './endpoint.ts';
import { HttpProblem } from './problem.ts';
import { traceOf } from './trace.ts';

/** @throws Error when two routes claim one address and method, or one form of address under two names */
export function apiRouter(routes: readonly Route[], settings: EndpointSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const [path, those] of byPath(routes)) {
    const place = router.route(path);
    place.all(named(`${settings.base}${path}`));
    for (const route of those) place[VERBS[route.method]](endpoint(route, settings));
    place.all(otherMethods(those.map(({ method }) => method)));
  }
  return router;
}

const VERBS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** Routes by path, fixed words before parameters: `/leases/export` is not the lease named export. */
function byPath(routes: readonly Route[]): [string, Route[]][] {
  const paths = new Map<string, Route[]>();
  const forms = new Map<string, string>();
  for (const route of routes) {
    const form = route.path.replaceAll(/:\w+/g, ':');
    const same = forms.get(form) ?? route.path;
    if (same !== route.path) throw new Error(`${route.path} and ${same} are one address under two names`);
    forms.set(form, same);
    const those = paths.get(route.path) ?? [];
    if (those.some(({ method }) => method === route.method)) throw new Error(`${route.method} ${route.path} is declared twice`);
    paths.set(route.path, [...those, route]);
  }
  // A colon sorts after digits and the hyphen, but before letters: replaced by what sorts last.
  const key = (path: string): string => path.replaceAll(':', '~');
  return [...paths].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
}

/** Tells the log which path this is. */
function named(template: string): RequestHandler {
  return (req, _res, next) => {
    traceOf(req).template = template;
    next();
  };
}

/** OPTIONS says which methods there are; any other is refused with 405. */
export function otherMethods(methods: readonly Method[]): RequestHandler {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (req, res) => {
    if (req.method !== 'OPTIONS') throw new HttpProblem(405, 'method_unknown', { method: req.method, allowed }, { headers: { Allow: allowed } });
    res.set('Allow', allowed).status(204).end();
  };
}
