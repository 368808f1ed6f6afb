/** The audit trail over HTTP: what every route writes into it, who is told off, and how it is read. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import request from 'supertest';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, ROUTES } from '../../src/app.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { REFUSALS_A_MINUTE } from '../../src/platform/audit/refusals.ts';
import type { FoundEvent, FoundPage } from '../../src/platform/audit/search.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { plusMicroseconds } from '../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { IDENTITY_HEADER } from '../../src/platform/http/index.ts';
import type { Route } from '../../src/platform/http/index.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import { bodyOf, cityApp, finished, places, problemOf } from '../support/app.ts';
import type { Person, TestApp } from '../support/app.ts';
import { PEOPLE_RECIPES } from './audit-recipes-people.ts';
import { RECIPES as OTHER_RECIPES } from './audit-recipes.ts';
import type { Place } from './audit-recipes.ts';

const RECIPES = { ...OTHER_RECIPES, ...PEOPLE_RECIPES };

let city: TestApp;
let afterwards: TestApp | null = null;
let edyta: Person;
let place: Place;
beforeAll(async () => {
  city = await cityApp();
  edyta = city.as('edyta.audytor');
  place = { city, drawn: () => drawn('anna.referent'), later: async () => (afterwards ??= await cityApp(parsePlainDate('2051-11-22'))) };
});
afterAll(async () => {
  await city.drop();
  await afterwards?.drop();
});

async function drawn(code: string, of = city): Promise<string> {
  const run = await startRun(of.instance.context(personOf(code)), { tariff: 'krk-2027-projekt', delivered: parsePlainDate('2026-12-10') });
  await run.finished;
  return run.runId;
}

interface Noted {
  readonly event: string;
  readonly actor: string;
  readonly targets: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Events of the request that was answered so, in their order. */
async function eventsOf(answer: Response): Promise<Noted[]> {
  const id = answer.get('X-Request-Id') ?? '';
  expect(id).not.toBe('');
  const databases = afterwards === null ? [city.database] : [city.database, afterwards.database];
  const found = await Promise.all(databases.map(({ owner }) => rows<Noted>(owner, 'select event, actor, targets, details from audit_events where request_id = ? order by id', [id])));
  return found.flat();
}

const search = async (body: object): Promise<FoundPage> => bodyOf<FoundPage>(await edyta.post('/audit/search', body));

/** Routes in the order of the recipes: what ends something comes after what needs it. */
function inOrder(): (readonly [string, Route])[] {
  const order = Object.keys(RECIPES);
  const named = ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const);
  return [...named].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

describe('every route', () => {
  it.each(inOrder())('%s writes the event it declares when it succeeds, once, and no other', async (name, route) => {
    const recipe = new Map(Object.entries(RECIPES)).get(name);
    if (recipe === undefined) throw new Error(`test/app/audit-recipes.ts does not say how ${name} is called so that it succeeds`);
    const answer = await recipe(place);
    expect({ status: answer.status, problem: answer.status < 300 ? null : (answer.body as unknown) }).toEqual({ status: route.status, problem: null });
    if (route.status === 202) await finished(city.as('anna.referent'), answer.get('location') ?? '');
    expect((await eventsOf(answer)).map(({ event }) => event)).toEqual(route.audit === null ? [] : [route.audit]);
  });

  it('has its way of being called, and no other has', () => {
    expect(Object.keys(RECIPES).sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });
});

describe('an event of a change', () => {
  it('tells the fact before and after, and the subject by its code', async () => {
    const { code } = await row<{ code: string }>(city.database.db, 'select code from dwellings order by id desc limit 1');
    const anna = city.as('anna.referent');
    const fact = { slot: 'mould', subject: code, reason: 'Wizja lokalna u Jana Kowalskiego.', evidence: 'Notatka Jana Kowalskiego' };
    expect((await anna.post('/facts', { ...fact, value: 'independent', from: '2025-03-01' })).status).toBe(204);
    const [first] = await eventsOf(await anna.post('/facts', { ...fact, value: 'tenant', from: '2026-01-01', as: 'change' }));
    expect(first?.targets).toMatchObject({ dwelling: code, slot: 'mould', dwelling_id: expect.stringMatching(/^\d+$/) as string });
    expect(first?.details).toMatchObject({
      before: [{ value: 'independent', from: '2025-03-01', to: null }],
      after: [{ value: 'independent', from: '2025-03-01', to: '2026-01-01' }, { value: 'tenant', from: '2026-01-01', to: null }],
    });
    expect(JSON.stringify(first)).not.toContain('Kowalski');
    const [ended] = await eventsOf(await anna.post('/facts/end', { slot: 'mould', subject: code, on: '2026-06-01', reason: fact.reason }));
    expect(ended?.details).toEqual({ on: '2026-06-01', before: [{ value: 'tenant', from: '2026-01-01', to: null }], after: [{ value: 'tenant', from: '2026-01-01', to: '2026-06-01' }] });
  });

  it('tells of an import the hash of the very file and its counts, and not its name', async () => {
    const file = readFileSync('seeds/samples/budynki.csv');
    const answer = await request(city.app).post(`${BASE}/imports?sheet=budynki&name=Kowalski.csv&reason=Inwentaryzacja`)
      .set(IDENTITY_HEADER, 'anna.referent').set('Content-Type', 'text/csv').send(file);
    await finished(city.as('anna.referent'), answer.get('location') ?? '');
    const [event] = await eventsOf(answer);
    expect(event?.details).toMatchObject({ sha256: createHash('sha256').update(file).digest('hex'), before: null, after: { sheet: 'budynki' } });
    expect(event?.details).toMatchObject({ rows: expect.any(Number) as number, good: expect.any(Number) as number, rejected: expect.any(Number) as number });
    expect(JSON.stringify(event)).not.toContain('Kowalski');
  });

  it('tells which tariffs a loaded one replaced', async () => {
    const text = readFileSync('seeds/law/tariff-sample.yaml', 'utf8').replace(/krk-[\w-]+/, 'krk-proba').replace(/^from: .*$/m, 'from: 2029-01-01').replace(/^signed_on: .*$/m, 'signed_on: 2028-10-01').replace(/^council_informed_on: .*$/m, 'council_informed_on: 2028-08-01');
    const [event] = await eventsOf(await city.as('cezary.prawo').post('/tariffs', { file: 'krk-proba.yaml', text }));
    expect(event?.targets).toMatchObject({ tariff: 'krk-proba', change: expect.stringMatching(/^\d+$/) as string });
    const { before, after } = event?.details as { before: { tariff: string; to: string | null }[]; after: { tariff: string; from: string; to: string | null }[] };
    expect(after).toContainEqual(expect.objectContaining({ tariff: 'krk-proba', from: '2029-01-01' }));
    expect(before).toHaveLength(1);
    expect(before[0]?.to).not.toBe('2029-01-01');
    expect(after.find(({ tariff }) => tariff === before[0]?.tariff)?.to).toBe('2029-01-01');
  });
});

describe('ten who approve the same run at once', () => {
  it('are one who wins and nine who are told, and the trail shows one approval', async () => {
    const other = await cityApp();
    try {
      await tenAtOnce(other);
    } finally {
      await other.drop();
    }
  });

  async function tenAtOnce(own: TestApp): Promise<void> {
    const run = await drawn('anna.referent', own);
    const answers = await Promise.all(Array.from({ length: 10 }, () => own.as('barbara.kierownik').post(`/runs/${run}/approval`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    for (const answer of answers) if (answer.status === 409) expect(['decision_not_draft', 'decision_taken']).toContain((answer.body as { code: string }).code);
    const { items } = bodyOf<FoundPage>(await own.as('edyta.audytor').post('/audit/search', { target: { kind: 'run', id: run }, limit: 200 }));
    expect(items.filter(({ event }) => event === 'run.approve')).toHaveLength(1);
    expect(items.find(({ event }) => event === 'run.approve')).toMatchObject({ before: { state: 'draft' }, after: { state: 'approved', rents: expect.any(Number) as number } });
    expect(items.filter(({ event }) => event === 'decision.lost')).toHaveLength(9);
    const { rents } = await row<{ rents: string }>(own.database.db, 'select count(*) as rents from rents where run_id = ?', [run]);
    expect(items.find(({ event }) => event === 'run.approve')?.after).toMatchObject({ rents: Number(rents) });
  }
});

describe('a refused attempt', () => {
  it('without the permission is an event with the route and what it named', async () => {
    const answer = await city.as('anna.referent').post('/runs/4/approval');
    problemOf(answer, 403, 'not_permitted');
    expect(await eventsOf(answer)).toEqual([
      { event: 'access.refused', actor: 'anna.referent', targets: { route: 'POST /runs/:run/approval', run: '4' }, details: { code: 'not_permitted', permission: 'run.approve' } },
    ]);
  });

  it('by four eyes is one, and nothing of the command is kept', async () => {
    const run = await drawn('barbara.kierownik');
    const answer = await city.as('barbara.kierownik').post(`/runs/${run}/approval`);
    problemOf(answer, 403, 'decision_own');
    expect((await eventsOf(answer)).map(({ event, targets }) => ({ event, run: targets['run'] }))).toEqual([{ event: 'decision.own_refused', run }]);
    expect(bodyOf<{ state: string }>(await edyta.get(`/runs/${run}`)).state).toBe('draft');
  });

  it('by four eyes is one too where a form is shown again with the refusal', async () => {
    const run = await drawn('barbara.kierownik');
    const answer = await request(city.app).post(`/runs/${run}/approval`).set(IDENTITY_HEADER, 'barbara.kierownik').type('form').send({});
    expect(answer.status).toBe(403);
    expect((await eventsOf(answer)).map(({ event, targets }) => ({ event, targets }))).toEqual([{ event: 'decision.own_refused', targets: { route: 'POST /runs/:run/approval', run } }]);
  });

  it('does not carry into the trail what looks like a PESEL or is of no form', async () => {
    for (const given of ['44051401359', 'Jan%20Kowalski']) {
      const answer = await city.as('filip.windykacja').post(`/runs/${given}/approval`);
      problemOf(answer, 403, 'not_permitted');
      expect((await eventsOf(answer)).map(({ targets }) => targets)).toEqual([{ route: 'POST /runs/:run/approval' }]);
    }
  });

  it('that is merely wrong is none: nothing there, bad input, nobody signed in', async () => {
    const barbara = city.as('barbara.kierownik');
    for (const answer of [await barbara.post('/runs/999999/approval'), await barbara.post('/runs/x/approval'), await city.as().post('/runs/4/approval')]) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await eventsOf(answer)).toEqual([]);
    }
  });

  it('repeated without end does not flood the trail: so many a minute are kept, the rest are counted', async () => {
    const dawid = city.as('dawid.referent');
    const kept = async (): Promise<number> => (await rows(city.database.db, `select 1 from audit_events where event = 'access.refused' and actor = 'dawid.referent'`)).length;
    city.clock.moveTo(plusMicroseconds(city.clock.now(), 90_000_000));
    for (let turn = 0; turn < REFUSALS_A_MINUTE + 7; turn += 1) problemOf(await dawid.post('/audit/search', {}), 403, 'not_permitted');
    expect(await kept()).toBe(REFUSALS_A_MINUTE);
    city.clock.moveTo(plusMicroseconds(city.clock.now(), 60_000_000));
    expect((await eventsOf(await dawid.post('/audit/search', {})))[0]?.details).toMatchObject({ unrecorded: 7 });
    expect((await eventsOf(await dawid.post('/audit/search', {})))[0]?.details).not.toHaveProperty('unrecorded');
  });
});

describe('the trail over HTTP', () => {
  it('is searched by the auditor, who leaves an event with what was looked for', async () => {
    const answer = await edyta.post('/audit/search', { event: 'run.*', actor: 'anna.referent', limit: 2 });
    const { items, next } = bodyOf<FoundPage>(answer);
    expect(items).toHaveLength(2);
    expect(items.every(({ actor, event }) => actor === 'anna.referent' && event.startsWith('run.'))).toBe(true);
    expect(next).toBe(items[1]?.id);
    expect((await eventsOf(answer))[0]?.details).toEqual({ found: 2, limit: 2, event: 'run.*', actor: 'anna.referent' });
  });

  it('does not keep what somebody typed who found nothing: it may be a name', async () => {
    const answer = await edyta.post('/audit/search', { actor: 'Jan Kowalski', target: { kind: 'person', id: '44051401359' } });
    expect(bodyOf<FoundPage>(answer)).toEqual({ items: [], next: null });
    expect((await eventsOf(answer))[0]?.details).toEqual({ found: 0, filters: ['actor', 'target'] });
  });

  it('shows one event, and that it was looked at', async () => {
    const [found] = (await search({ event: 'run.approve', limit: 1 })).items;
    const answer = await edyta.get(`/audit/events/${found?.id ?? ''}`);
    expect(bodyOf<FoundEvent>(answer)).toEqual({ ...found });
    expect(await eventsOf(answer)).toMatchObject([{ event: 'audit.read', targets: { event: found?.id } }]);
    problemOf(await edyta.get('/audit/events/999999999'), 404, 'audit_event_unknown');
    problemOf(await edyta.get('/audit/events/abc'), 422, 'invalid_input');
  });

  it('refuses filters that mean nothing, each in words', async () => {
    const told = problemOf(await edyta.post('/audit/search', { from: '0000-01-01T00:00:00Z', to: '9999-12-31', event: 'Run*', target: { kind: 'Run', id: '' }, limit: 201, after: 'x', kto: 'x' }), 422, 'invalid_input');
    expect(places(told).map((line) => line.slice(0, line.indexOf(':'))).sort()).toEqual(['after', 'event', 'from', 'kto', 'limit', 'target.id', 'target.kind', 'to']);
    problemOf(await edyta.post('/audit/search', { after: '999999999' }), 404, 'audit_event_unknown');
    problemOf(await edyta.post('/audit/search'), 400, 'body_missing');
    problemOf(await edyta.post('/audit/export', { from: '1999-01-01', to: '1999-12-31' }), 404, 'audit_export_empty');
  });

  it('says how it stands', async () => {
    const state = bodyOf<{ events: number; waiting: number; sealed: { place: string } | null; verified: null; checkpoint: null }>(await edyta.get('/audit/state'));
    const { events } = await row<{ events: number }>(city.database.db, 'select count(*)::int as events from audit_events');
    expect(state).toMatchObject({ events, verified: null, checkpoint: null });
    expect(state.waiting).toBeLessThanOrEqual(events);
  });
});
