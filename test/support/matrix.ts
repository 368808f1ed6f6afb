/** Who asks for what, for the checks of access: actors of every role, with the whole city and limited, and a thing of each kind of their own and a foreign one. */
import type { Express } from 'express';
import { createApp } from '../../src/app.ts';
import { ROLES } from '../../src/platform/access/roles.ts';
import type { Actor } from '../../src/platform/context.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { makeScenario } from '../../src/scenarios/commands.ts';
import type { TestApp } from './app.ts';
import { TODAY, cityApp } from './app.ts';
import { limited } from './asking.ts';

/** The district of those who are limited. */
export const OWN = 'I Stare Miasto';

/** One object of each kind that is named in a path: one in the reader's district or lease, one that is not. */
export type Objects = Readonly<Record<string, { readonly own: string; readonly foreign: string }>>;

/** Kinds that lie in a district, and those a tenant may have of their own. */
export const OF_DISTRICT = new Set(['dwelling', 'lease', 'room', 'run', 'person']);
export const OF_TENANT = new Set(['lease', 'room']);

/** Actors by code: `m.` for the whole city, `n.` limited to a district; a tenant, and somebody without a role. */
async function actorsOf(city: TestApp, lease: string): Promise<Readonly<Record<string, Actor>>> {
  const [tenantPerson] = await rows<{ id: string }>(city.database.owner, `select f.person_id as id from lease_parties f join leases l on l.id = f.lease_id where l.number = ? limit 1`, [lease]);
  const staff = ROLES.filter((role) => role !== 'tenant' && role !== 'system');
  const whole = staff.map((role): Actor => ({ code: `m.${role}`, name: role, roles: [role], districts: null, person: null }));
  const narrow = staff.map((role) => ({ ...limited(`n.${role}`, [role], OWN) }));
  const others: Actor[] = [{ code: 'm.tenant', name: 'tenant', roles: ['tenant'], districts: null, person: tenantPerson?.id ?? null }, { code: 'm.nothing', name: 'nothing', roles: [], districts: null, person: null }];
  return Object.fromEntries([...whole, ...narrow, ...others].map((actor) => [actor.code, actor]));
}

/** Whoever the header names: what they may is what is tried, not how they sign in. */
function identifyAmong(actors: () => Readonly<Record<string, Actor>>): (req: { get(name: string): string | undefined }) => Promise<Actor> {
  return (req) => {
    const actor = actors()[req.get('x-test-actor') ?? ''];
    return actor === undefined ? Promise.reject(new Error('nobody')) : Promise.resolve(actor);
  };
}

/** Whether the thing is none of the actor's. */
export function isForeign(actor: Actor, kinds: readonly string[], whose: 'own' | 'foreign'): boolean {
  if (whose === 'own') return false;
  if (actor.roles.includes('tenant')) return kinds.some((kind) => OF_TENANT.has(kind));
  return actor.districts !== null && kinds.some((kind) => OF_DISTRICT.has(kind));
}

/** A scenario of somebody's. */
async function made(instance: TestApp['instance']): Promise<string> {
  const author: Actor = { code: 'z.author', name: 'Z', roles: ['clerk'], districts: null, person: null };
  return (await makeScenario(instance.context(author), { name: 'Na próbę', day: TODAY })).scenario;
}

/** A thing of each kind that a path names. */
export async function objectsOf({ database, instance }: TestApp): Promise<Objects> {
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
    table: same('points'),
    tariff: same('krk-2025'),
    user: same('nie.ma.takiego'),
    token: same('1'),
    list: same('1'),
    scenario: same(await made(instance)),
  };
}

/** The program asked by every actor, over a city of its own. */
export interface AccessBench {
  readonly city: TestApp;
  readonly app: Express;
  readonly objects: Objects;
  readonly actors: Readonly<Record<string, Actor>>;
}

export async function accessBench(): Promise<AccessBench> {
  const city = await cityApp();
  const objects = await objectsOf(city);
  const actors = await actorsOf(city, objects['lease']?.own ?? '');
  const app = createApp(city.instance, { limits: null, logLevel: 'silent' }, { development: false, identify: identifyAmong(() => actors), before: [], formTargets: [] });
  return { city, app, objects, actors };
}
