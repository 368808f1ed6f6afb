/** Every route × every role × an object of their own and a foreign one, from the declarations of the routes. */
import request from 'supertest';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, ROUTES } from '../../src/app.ts';
import { PERMISSIONS, may, rolesWith } from '../../src/platform/access/roles.ts';
import type { Actor } from '../../src/platform/context.ts';
import { describeApi } from '../../src/platform/http/index.ts';
import type { Route } from '../../src/platform/http/index.ts';
import type { AccessBench } from '../support/matrix.ts';
import { OF_DISTRICT, accessBench, isForeign } from '../support/matrix.ts';

let { city, app, objects, actors } = {} as AccessBench;

beforeAll(async () => {
  ({ city, app, objects, actors } = await accessBench());
});
afterAll(() => city.drop());

const document = describeApi({ routes: ROUTES, base: BASE, version: '1' });

function bodyFor(route: Route): unknown {
  const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
  const operation = (document.paths as Readonly<Record<string, Readonly<Record<string, { requestBody?: { content: Readonly<Record<string, { example?: unknown }>> } }>>>>)[path]?.[route.method.toLowerCase()];
  return operation?.requestBody?.content['application/json']?.example;
}

const params = (route: Route): string[] => [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');

async function asked(actor: Actor, route: Route, whose: 'own' | 'foreign'): Promise<Response> {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(objects[name]?.[whose] ?? ''));
  const lease = encodeURIComponent(objects['lease']?.[whose] ?? '');
  const query = route.path.endsWith('/draft') || route.path.endsWith('/omissions') ? `?lease=${lease}` : route.path.endsWith('/comparison') ? `?with=${objects['run']?.[whose] ?? ''}` : '';
  const verb = ({ GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const)[route.method];
  const sent = request(app)[verb](`${BASE}${path}${route.method === 'POST' && route.path.endsWith('/omissions') ? '' : query}`).set('x-test-actor', actor.code);
  if (route.uploadLimit !== null) return sent.set('Content-Type', 'text/csv').send('x');
  return route.body === null ? sent : sent.send((bodyFor(route) ?? {}));
}

const codeOf = (answer: Response): string | undefined => (answer.body as { code?: string }).code;

describe('every route', () => {
  it('names in its path only kinds of things of which we know whose they are', () => {
    expect(ROUTES.flatMap(params).filter((name) => !(name in objects))).toEqual([]);
  });

  it('has a permission that some role grants', () => {
    expect(ROUTES.filter(({ permission }) => rolesWith(permission).length === 0).map(({ path }) => path)).toEqual([]);
    expect(PERMISSIONS.filter((permission) => rolesWith(permission).length === 0)).toEqual([]);
  });

  it('answers each role as declared, of things of their own and of foreign ones', { timeout: 180_000 }, async () => {
    const wrong: string[] = [];
    for (const route of ROUTES) {
      const kinds = params(route);
      for (const actor of Object.values(actors)) {
        // Without a parameter there is nothing foreign to ask for.
        for (const whose of kinds.length === 0 ? (['own'] as const) : (['own', 'foreign'] as const)) {
          const answer = await asked(actor, route, whose);
          const [status, code] = [answer.status, codeOf(answer)];
          const told = `${route.method} ${route.path} by ${actor.code}, ${whose}: ${status} ${code ?? ''}`;
          if (!may(actor, route.permission)) {
            if (status !== 403 || code !== 'not_permitted') wrong.push(`let in: ${told}`);
          } else if (isForeign(actor, kinds, whose)) {
            if (status !== 404) wrong.push(`tells of what is foreign: ${told}`);
          } else if (actor.districts !== null && (code ?? '').endsWith('_needs_whole_city')) {
            if (status !== 403) wrong.push(`not a refusal: ${told}`);
          } else if (status >= 500 || status === 401 || code === 'not_permitted' || (whose === 'own' && route.method === 'GET' && ![200, 404].includes(status))) {
            wrong.push(`kept out: ${told}`);
          } else if (whose === 'own' && route.method === 'GET' && status === 404 && kinds.some((kind) => OF_DISTRICT.has(kind)) && !NOT_ALWAYS.has(route.path)) {
            wrong.push(`does not find their own: ${told}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** A lease need not stand in the run. */
const NOT_ALWAYS = new Set(['/runs/:run/draft']);
