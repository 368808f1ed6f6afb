import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, ROUTES } from '../../src/app.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { require } from '../../src/platform/access/roles.ts';
import { describeApi } from '../../src/platform/http/index.ts';
import type { OpenApiDocument, Route } from '../../src/platform/http/index.ts';
import { documentFlaws, exampleFlaws } from '../platform/http/openapi-check.ts';
import { CODES, bodyOf, cityApp, problemOf } from '../support/app.ts';
import type { Person, TestApp } from '../support/app.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

const document = describeApi({ routes: ROUTES, base: BASE, version: '1' });

/** An address of the route about things there are not. */
function addressOf(route: Route): string {
  return route.path.replaceAll(/:(\w+)/g, (_, name: string) => (['run', 'operation', 'event', 'list'].includes(name) ? '999999' : 'NIE-MA')) + (route.path.endsWith('omissions') && route.method === 'DELETE' ? '?lease=X' : '');
}

function asked(person: Person, route: Route): ReturnType<Person['get']> {
  const address = addressOf(route);
  if (route.method === 'GET') return person.get(address);
  return route.method === 'DELETE' ? person.delete(address) : person.post(address, route.body === null ? undefined : {});
}

function allowed(code: string, route: Route): boolean {
  try {
    require(personOf(code), route.permission);
    return true;
  } catch {
    return false;
  }
}

describe('the description of the whole program', () => {
  it('is sound, and its examples are taken by their own routes', () => {
    expect(documentFlaws(document)).toEqual([]);
    expect(exampleFlaws(document, ROUTES)).toEqual([]);
  });

  it('is served, and so is its page', async () => {
    const told = bodyOf<OpenApiDocument>(await request(city.app).get('/api/openapi.json'));
    expect(Object.keys(told.paths)).toEqual(Object.keys(document.paths));
    const page = await request(city.app).get('/api/docs');
    expect(page.status).toBe(200);
    for (const { summary } of ROUTES) expect(page.text).toContain(summary.replaceAll('&', '&amp;'));
  });
});

describe('every route', () => {
  it('asks who wants to know', async () => {
    for (const route of ROUTES) {
      problemOf(await asked(city.as(), route), 401, 'identity_missing');
      problemOf(await asked(city.as('system'), route), 401, 'actor_unknown');
    }
  });

  it('refuses whose role does not permit it, and nobody else', async () => {
    for (const route of ROUTES) {
      for (const code of CODES) {
        const answer = await asked(city.as(code), route);
        // 415: a file is wanted, and none was sent.
        // What goes over the whole city is not for those who see a part of it.
        const [whole, { code: refusal }] = [personOf(code).districts === null, answer.body as { code?: string }];
        if (!whole && refusal?.endsWith('_needs_whole_city') === true) expect([answer.status, allowed(code, route)]).toEqual([403, true]);
        else if (allowed(code, route)) expect(route.uploadLimit === null ? [200, 404, 422] : [415, 422]).toContain(answer.status);
        else expect(problemOf(answer, 403, 'not_permitted').detail).toContain(route.permission);
      }
    }
  });

  it('that reads is open to the auditor, but rejected rows go back to those who import', () => {
    const closed = ROUTES.filter((route) => route.method === 'GET' && !allowed('edyta.audytor', route));
    expect(closed.map(({ path }) => path)).toEqual(['/imports/:operation/rejects']);
  });

  it('says that there is no such thing, in words', async () => {
    const about = ROUTES.filter(({ path, method }) => path.includes(':') && method === 'GET' && !path.endsWith('/draft') && !path.endsWith('/comparison'));
    for (const route of about) {
      const able = CODES.find((code) => allowed(code, route)) ?? '';
      const answer = await asked(city.as(able), route);
      expect({ path: route.path, status: answer.status }).toEqual({ path: route.path, status: 404 });
      expect((answer.body as { detail: string }).detail).toMatch(/(NIE-MA|999999).*\.$/);
    }
  });
});

describe('an address or method that is none', () => {
  it('is refused in words', async () => {
    const anna = city.as('anna.referent');
    problemOf(await anna.get('/lokale'), 404, 'route_unknown');
    expect(problemOf(await anna.delete('/dwellings'), 405, 'method_unknown').detail).toContain('GET');
    expect(problemOf(await anna.get('/dwellings?strona=2'), 422, 'invalid_input').errors?.[0]?.field).toBe('strona');
  });
});

describe('the law', () => {
  it('is told for a day', async () => {
    const anna = city.as('anna.referent');
    const { items } = bodyOf<{ items: { item: string; reference: string; certainty: string }[] }>(await anna.get('/law/items?day=2026-11-21'));
    expect(items.length).toBeGreaterThan(50);
    const { parameters } = bodyOf<{ parameters: { key: string; value: string[]; name: string }[] }>(await anna.get('/law/parameters'));
    expect(parameters.find(({ key }) => key === 'notice.months')).toMatchObject({ value: ['3'] });
    const { slots } = bodyOf<{ slots: { slot: string; name: string; options: Record<string, string> }[] }>(await anna.get('/law/slots'));
    expect(slots.find(({ slot }) => slot === 'zone')).toMatchObject({ name: 'strefa', options: { S: expect.stringContaining('specjalna') as string } });
  });

  it('of a day before there was any is empty, and not an error', async () => {
    expect(bodyOf(await city.as('anna.referent').get('/law/items?day=1850-01-01'))).toEqual({ items: [] });
  });
});
