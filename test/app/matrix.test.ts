/** Every route × every role × an object of their own and a foreign one, from the declarations of the routes. */
import request from 'supertest';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, ROUTES, createApp } from '../../src/app.ts';
import { PERMISSIONS, ROLES, may, rolesWith } from '../../src/platform/access/roles.ts';
import type { Actor } from '../../src/platform/context.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { describeApi } from '../../src/platform/http/index.ts';
import type { Route } from '../../src/platform/http/index.ts';
import type { TestApp } from '../support/app.ts';
import { cityApp } from '../support/app.ts';
import { limited } from '../support/asking.ts';

const OWN = 'I Stare Miasto';

/** One object of each kind that is named in a path: one in the reader's district or lease, one that is not. */
type Objects = Readonly<Record<string, { readonly own: string; readonly foreign: string }>>;

/** Kinds that lie in a district, and those a tenant may have of their own. */
const OF_DISTRICT = new Set(['dwelling', 'lease', 'room', 'run', 'person']);
const OF_TENANT = new Set(['lease', 'room']);

let city: TestApp;
let app: ReturnType<typeof createApp>;
let objects: Objects;
let actors: Readonly<Record<string, Actor>>;

beforeAll(async () => {
  city = await cityApp();
  objects = await objectsOf(city);
  const [tenantPerson] = await rows<{ id: string }>(city.database.owner, `select f.person_id as id from lease_parties f join leases l on l.id = f.lease_id where l.number = ? limit 1`, [objects['lease']?.own ?? '']);
  const whole = ROLES.filter((role) => role !== 'tenant' && role !== 'system').map((role): Actor => ({ code: `m.${role}`, name: role, roles: [role], districts: null, person: null }));
  const narrow = ROLES.filter((role) => role !== 'tenant' && role !== 'system').map((role) => ({ ...limited(`n.${role}`, [role], OWN) }));
  const all = [...whole, ...narrow, { code: 'm.tenant', name: 'tenant', roles: ['tenant'], districts: null, person: tenantPerson?.id ?? null } as const, { code: 'm.nothing', name: 'nothing', roles: [], districts: null, person: null } as const];
  actors = Object.fromEntries(all.map((actor) => [actor.code, actor]));
  // Whoever the header names: what they may is what is tried here, not how they sign in.
  const identify = (req: { get(name: string): string | undefined }): Promise<Actor> => {
    const actor = actors[req.get('x-test-actor') ?? ''];
    return actor === undefined ? Promise.reject(new Error('nobody')) : Promise.resolve(actor);
  };
  app = createApp(city.instance, { limits: null, logLevel: 'silent' }, { development: false, identify, before: [], formTargets: [] });
});
afterAll(() => city.drop());

async function objectsOf({ database, instance }: TestApp): Promise<Objects> {
  const one = async (sql: string, values: string[] = []): Promise<string> => {
    const [found] = await rows<{ found: string }>(database.owner, sql, values);
    if (!found) throw new Error(`nothing found: ${sql}`);
    return found.found;
  };
  const inDistrict = `d.building_id in (select building_id from building_details where district = ? and valid @> '2026-11-22'::date and upper_inf(recorded))`;
  const pair = async (sql: string): Promise<{ own: string; foreign: string }> => ({ own: await one(sql.replace('WHERE', inDistrict), [OWN]), foreign: await one(sql.replace('WHERE', `not ${inDistrict}`), [OWN]) });
  const lasting = `exists (select 1 from lease_terms t where t.lease_id = l.id and t.valid @> '2026-11-22'::date and upper_inf(t.recorded)) and exists (select 1 from lease_parties f where f.lease_id = l.id)`;
  const { startRun } = await import('../../src/rents/runs/commands.ts');
  const drawn = async (district: string): Promise<string> => {
    const preparer: Actor = { code: 'z.preparer', name: 'Z', roles: ['clerk'], districts: null, person: null };
    const started = await startRun(instance.context(preparer), { tariff: 'krk-2027-projekt', delivered: '2026-12-10', scope: { kind: 'district', district } });
    await started.finished;
    return started.runId;
  };
  const other = await one(`select district as found from building_details where district <> ? and valid @> '2026-11-22'::date and upper_inf(recorded) order by building_id limit 1`, [OWN]);
  const same = (value: string): { own: string; foreign: string } => ({ own: value, foreign: value });
  return {
    dwelling: await pair('select d.code as found from dwellings d where WHERE order by d.id limit 1'),
    lease: await pair(`select l.number as found from leases l join dwellings d on d.id = l.dwelling_id where WHERE and ${lasting} order by l.id limit 1`),
    room: await pair('select a.code as found from auxiliary_rooms a join buildings b on b.id = a.building_id join dwellings d on d.building_id = b.id where WHERE order by a.id limit 1'),
    person: await pair(
      `select p.code as found from lease_parties f join leases l on l.id = f.lease_id join dwellings d on d.id = l.dwelling_id join persons p on p.id = f.person_id
       where WHERE and not exists (select 1 from lease_parties g join leases m on m.id = g.lease_id where g.person_id = p.id and m.dwelling_id <> l.dwelling_id) order by p.id limit 1`,
    ),
    run: { own: await drawn(OWN), foreign: await drawn(other) },
    operation: same(await one('select max(id) as found from operations')),
    event: same(await one('select min(id) as found from audit_events')),
    sheet: same('budynki'),
    user: same('nie.ma.takiego'),
    token: same('1'),
    list: same('1'),
  };
}

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
        for (const whose of ['own', 'foreign'] as const) {
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

function isForeign(actor: Actor, kinds: readonly string[], whose: 'own' | 'foreign'): boolean {
  if (whose === 'own') return false;
  if (actor.roles.includes('tenant')) return kinds.some((kind) => OF_TENANT.has(kind));
  return actor.districts !== null && kinds.some((kind) => OF_DISTRICT.has(kind));
}
