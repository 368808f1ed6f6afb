/** How each route is called so that it succeeds: the trail is then looked at for the event it declares. */
import { readFileSync } from 'node:fs';
import request from 'supertest';
import type { Response } from 'supertest';
import { expect } from 'vitest';
import { BASE } from '../../src/app.ts';
import { sealAudit } from '../../src/platform/audit/seal.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { IDENTITY_HEADER } from '../../src/platform/http/index.ts';
import { bodyOf, finished } from '../support/app.ts';
import type { Page, TestApp } from '../support/app.ts';

export interface Place {
  readonly city: TestApp;
  /** The same city a generation later. */
  readonly later: () => Promise<TestApp>;
  /** Draws a run prepared by Anna and gives its number. */
  readonly drawn: () => Promise<string>;
}

export type Recipe = (place: Place) => Promise<Response>;

const asks = (code: string, path: string): Recipe => ({ city }) => city.as(code).get(path);
const anna = (path: string): Recipe => asks('anna.referent', path);

async function first(city: TestApp, sql: string): Promise<string> {
  const [found] = await rows<{ found: string }>(city.database.db, sql);
  if (!found) throw new Error(`nothing found: ${sql}`);
  return found.found;
}

const dwelling = (city: TestApp): Promise<string> => first(city, `select d.code as found from dwellings d join leases l on l.dwelling_id = d.id order by d.id limit 1`);
const lease = (city: TestApp): Promise<string> => first(city, `select l.number as found from leases l join run_drafts d on d.lease_id = l.id and d.run_id = 2 and d.outcome = 'increase' order by l.id limit 1`);

/** A lease that stands in the run. */
async function leaseOf({ city }: Place, run: string): Promise<string> {
  const { items } = bodyOf<Page<{ lease: string }>>(await city.as('anna.referent').get(`/runs/${run}/drafts?outcome=increase&per_page=1`));
  return items[0]?.lease ?? '';
}

function sent(city: TestApp, name: string, file: Buffer): Promise<Response> {
  const asked = request(city.app).post(`${BASE}/imports?name=${encodeURIComponent(name)}&reason=${encodeURIComponent('Próba')}`).set(IDENTITY_HEADER, 'anna.referent');
  return Promise.resolve(asked.set('Content-Type', 'text/csv').send(file));
}

/** Sealed until nothing older than now waits: other databases of the server have open transactions too. */
async function sealed(city: TestApp): Promise<void> {
  await expect.poll(async () => (await sealAudit(city.instance), (await rows(city.database.db, 'select 1 from audit_seals limit 1')).length), { timeout: 20_000 }).toBe(1);
}

const FACT = { slot: 'mould', reason: 'Wizja lokalna.' };

export const RECIPES: Readonly<Record<string, Recipe>> = {
  'GET /dwellings': anna('/dwellings'),
  'GET /dwellings/:dwelling/facts': async ({ city }) => city.as('anna.referent').get(`/dwellings/${await dwelling(city)}/facts`),
  'GET /dwellings/:dwelling/value': async ({ city }) => city.as('anna.referent').get(`/dwellings/${await dwelling(city)}/value`),
  'POST /facts': async ({ city }) => city.as('anna.referent').post('/facts', { ...FACT, subject: await dwelling(city), value: 'independent', from: '2026-02-01' }),
  'POST /facts/end': async ({ city }) => city.as('anna.referent').post('/facts/end', { ...FACT, subject: await dwelling(city), on: '2026-05-01' }),
  'GET /auxiliary-rooms': anna('/auxiliary-rooms'),
  'GET /auxiliary-rooms/:room/remuneration': async ({ city }) => {
    const { rooms } = bodyOf<{ rooms: { room: string }[] }>(await city.as('anna.referent').get('/auxiliary-rooms'));
    return city.as('anna.referent').get(`/auxiliary-rooms/${encodeURIComponent(rooms[0]?.room ?? '')}/remuneration`);
  },
  'GET /leases': anna('/leases'),
  'GET /leases/:lease/rent': async ({ city }) => city.as('anna.referent').get(`/leases/${encodeURIComponent(await lease(city))}/rent`),
  'GET /runs': anna('/runs'),
  'POST /runs': async ({ city }) => city.as('anna.referent').post('/runs', { tariff: 'krk-2027-projekt', delivered: '2026-12-10' }),
  'GET /runs/:run': anna('/runs/2'),
  'GET /runs/:run/drafts': anna('/runs/2/drafts'),
  'GET /runs/:run/draft': async ({ city }) => city.as('anna.referent').get(`/runs/2/draft?lease=${encodeURIComponent(await lease(city))}`),
  'GET /runs/:run/comparison': anna('/runs/1/comparison?with=2'),
  'POST /runs/:run/omissions': async (place) => {
    const run = await place.drawn();
    return place.city.as('anna.referent').post(`/runs/${run}/omissions`, { lease: await leaseOf(place, run), reason: 'Wyjaśniamy.' });
  },
  'DELETE /runs/:run/omissions': async (place) => {
    const run = await place.drawn();
    const left = await leaseOf(place, run);
    await place.city.as('anna.referent').post(`/runs/${run}/omissions`, { lease: left, reason: 'Wyjaśniamy.' });
    return place.city.as('anna.referent').delete(`/runs/${run}/omissions?lease=${encodeURIComponent(left)}`);
  },
  'POST /runs/:run/redraw': async (place) => place.city.as('anna.referent').post(`/runs/${await place.drawn()}/redraw`),
  'POST /runs/:run/approval': async (place) => place.city.as('barbara.kierownik').post(`/runs/${await place.drawn()}/approval`),
  'POST /runs/:run/rejection': async (place) => place.city.as('barbara.kierownik').post(`/runs/${await place.drawn()}/rejection`, { reason: 'Rada nie wie.' }),
  'GET /law/items': anna('/law/items'),
  'GET /law/slots': anna('/law/slots'),
  'GET /law/parameters': anna('/law/parameters'),
  'GET /tariffs': anna('/tariffs'),
  'POST /tariffs': ({ city }) => city.as('cezary.prawo').post('/tariffs', { file: 'krk-2028.yaml', text: readFileSync('seeds/law/tariff-sample.yaml', 'utf8') }),
  'GET /imports/sheets': anna('/imports/sheets'),
  'POST /imports': ({ city }) => sent(city, 'budynki.csv', readFileSync('seeds/samples/budynki.csv')),
  'GET /imports/:operation/rejects': async ({ city }) => {
    const bad = Buffer.from(readFileSync('seeds/samples/osoby.csv', 'utf8').replaceAll(/\d{4}-\d\d-\d\d/g, 'kiedyś'));
    const location = (await sent(city, 'osoby.csv', bad)).get('location') ?? '';
    await finished(city.as('anna.referent'), location);
    return city.as('anna.referent').get(`/imports/${location.split('/').at(-1) ?? ''}/rejects`);
  },
  'GET /exports/:sheet': anna('/exports/osoby'),
  'GET /operations/:operation': async ({ city }) => city.as('anna.referent').get(`/operations/${await first(city, 'select max(id) as found from operations')}`),
  'POST /audit/search': ({ city }) => city.as('edyta.audytor').post('/audit/search', {}),
  'GET /audit/events/:event': async ({ city }) => city.as('edyta.audytor').get(`/audit/events/${await first(city, 'select max(id) as found from audit_events')}`),
  'GET /audit/state': asks('edyta.audytor', '/audit/state'),
  'POST /audit/export': async ({ city }) => {
    await sealed(city);
    return city.as('edyta.audytor').post('/audit/export', {});
  },
};
