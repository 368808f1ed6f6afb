/** Every page × every role × an object of their own and a foreign one, from the declarations of the pages. */
import request from 'supertest';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../../src/app.ts';
import { may } from '../../src/platform/access/roles.ts';
import type { Actor } from '../../src/platform/context.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { PageRoute } from '../../src/web/declared.ts';
import type { AccessBench } from '../support/matrix.ts';
import { OF_DISTRICT, accessBench, isForeign } from '../support/matrix.ts';

let { city, app, objects, actors } = {} as AccessBench;

beforeAll(async () => {
  ({ city, app, objects, actors } = await accessBench());
});
afterAll(() => city.drop());

const params = (page: PageRoute): string[] => [...page.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');

function asked(actor: Actor, page: PageRoute, whose: 'own' | 'foreign', body = ''): Promise<Response> {
  const path = page.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(objects[name]?.[whose] ?? ''));
  const at = page.method === 'GET' ? request(app).get(path) : request(app).post(path).set('Content-Type', 'application/x-www-form-urlencoded').send(body);
  return Promise.resolve(at.set('x-test-actor', actor.code).set('Accept', 'text/html').buffer(true));
}

/** Everything that may change, counted: what was refused has changed nothing. */
async function counted(): Promise<unknown> {
  const tables = ['changes', 'runs', 'run_omissions', 'rents', 'decision_hands', 'tariffs', 'users', 'persons', 'leases', 'dwellings'];
  return rows(city.database.owner, `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`);
}

describe('every page', () => {
  it('names in its path only kinds of things of which we know whose they are', () => {
    expect(PAGES.flatMap(params).filter((name) => !(name in objects))).toEqual([]);
  });

  it('is shown to each role as declared, of things of their own and of foreign ones, and never breaks', { timeout: 180_000 }, async () => {
    const wrong: string[] = [];
    for (const page of PAGES.filter(({ method }) => method === 'GET')) {
      const kinds = params(page);
      for (const actor of Object.values(actors)) {
        // Without a parameter there is nothing foreign to ask for.
        for (const whose of kinds.length === 0 ? (['own'] as const) : (['own', 'foreign'] as const)) {
          const { status, text } = await asked(actor, page, whose);
          const told = `${page.path} by ${actor.code}, ${whose}: ${status}`;
          const elsewhere = actor.districts !== null && status === 403;
          if (!may(actor, page.permission)) {
            if (status !== 403) wrong.push(`let in: ${told}`);
          } else if (isForeign(actor, kinds, whose)) {
            // Who may not export at all is told so before anything is looked for.
            if (status !== 404 && !(status === 403 && page.path.endsWith('/export') && !may(actor, 'export'))) wrong.push(`tells of what is foreign: ${told}`);
          } else if (status >= 500 || status === 401 || (!elsewhere && ![200, 303, 404, 422].includes(status) && !(status === 403 && page.path.endsWith('/export')))) {
            wrong.push(`kept out: ${told}`);
          } else if (whose === 'own' && status === 404 && kinds.some((kind) => OF_DISTRICT.has(kind)) && !kinds.includes('run')) {
            wrong.push(`does not find their own: ${told}`);
          }
          if (/\sstyle=|<script(?![^>]*\ssrc=)|undefined|\[object |NaN/.test(text)) wrong.push(`shows what it must not: ${told}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('does nothing for an empty or senseless form, and never breaks', { timeout: 180_000 }, async () => {
    const before = await counted();
    const wrong: string[] = [];
    for (const page of PAGES.filter(({ method }) => method === 'POST')) {
      for (const actor of Object.values(actors)) {
        for (const body of page.path === '/runs/:run/approval' ? [] : ['%00=%00&reason=%FF', 'reason=x&from=99.99.9999&value=-1e9&kind=__proto__&scope.kind=constructor']) {
          const { status } = await asked(actor, page, 'foreign', body);
          const told = `${page.path} by ${actor.code}: ${status}`;
          if (status >= 500) wrong.push(`broke: ${told}`);
          if (!may(actor, page.permission) && status !== 403) wrong.push(`let in: ${told}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await counted()).toEqual(before);
  });
});
