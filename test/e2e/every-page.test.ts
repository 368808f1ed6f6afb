/** Every page there is, as it stands when one comes to it; what comes of wrong input and other states is looked at where it is tried. */
import { expect, it } from 'vitest';
import { PAGES } from '../../src/app.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { may } from '../../src/platform/access/roles.ts';
import { at } from '../../src/web/address.ts';
import { objectsOf } from '../support/matrix.ts';
import type { Visit } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

const PEOPLE = ['barbara.kierownik', 'anna.referent', 'cezary.prawo', 'edyta.audytor'];

/** Pages of what there is none of in this city; they are looked at where it is made. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '/account/tokens/:token/revoke': 'users.test.ts', '/files/imports/:operation': 'files.test.ts', '/files/imports/:operation/load': 'files.test.ts',
  '/retention-lists/:list': 'retention.test.ts', '/retention-lists/:list/approval': 'retention.test.ts', '/retention-lists/:list/rejection': 'retention.test.ts', '/retention-lists/:list/persons': 'retention.test.ts',
  '/views/new': 'views.test.ts',
};

/** Lists need not be long to be right. */
const SHORT: Readonly<Record<string, string>> = { '/leases': '?per_page=10', '/dwellings': '?per_page=10', '/runs/:run/leases': '?per_page=10' };

inBrowser('every page', (desk) => {
  it('has no flaw that axe knows, light or dark', { timeout: 300_000 }, async () => {
    const objects = await objectsOf(desk.app);
    const visits = new Map<string, Visit>();
    for (const code of PEOPLE) visits.set(code, await desk.as(code));
    const params = { ...Object.fromEntries(Object.entries(objects).map(([name, { own }]) => [name, own])), user: 'anna.referent' };
    const wrong: Record<string, unknown> = {};
    const looked: string[] = [];
    for (const { method, path, permission } of PAGES) {
      if (method !== 'GET' || path.endsWith('/export') || path.endsWith('/rejects') || path.endsWith('/sample') || path in ELSEWHERE) continue;
      const who = PEOPLE.find((code) => may(personOf(code), permission));
      const visit = visits.get(who ?? '');
      if (visit === undefined) throw new Error(`nobody may see ${path}`);
      const { page } = visit;
      const answer = await page.goto(`${at(path, params)}${SHORT[path] ?? ''}`);
      if (answer?.status() !== 200) wrong[path] = answer?.status();
      // What is folded away is looked at too, as far as one part shows what the others are like.
      await page.evaluate('document.querySelectorAll("#content details").forEach((part, index) => { if (index === 1) part.open = true; })');
      const flaws = await flawsOf(page);
      if (flaws.length > 0) wrong[path] = flaws;
      looked.push(path);
    }
    expect(wrong).toEqual({});
    expect(looked.length).toBeGreaterThan(40);
  });
});
