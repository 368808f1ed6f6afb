/**
 * Page views of 200 signed-in clerks, fifty a second whatever the answers take, over the whole city; and the first page of the longest
 * lists beside the bare query that reads their rows. Clients and service share one process: what is measured is what a neighbour sees too.
 */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { createApp } from '../../src/app.ts';
import { personDoors } from '../../src/doors.ts';
import { openAccess } from '../../src/platform/access/index.ts';
import { SYSTEM } from '../../src/platform/access/people.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { Instance } from '../../src/platform/instance.ts';
import { listLeases } from '../../src/leases/lists.ts';
import { signInPages } from '../../src/web/sign-in-pages.tsx';
import { Browser } from '../support/browser.ts';
import { ANCHOR, median, round, withCity } from './city.ts';

const CLERKS = 200;
const VIEWS_A_SECOND = 50;
const SECONDS = 30;
const WARM_VIEWS = 300;
const LISTS = 60;

export async function deskBench(print: (result: object) => void): Promise<void> {
  await withCity(14_604, async (instance) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const settings = { publicUrl: null, staff: null, tenants: null, audience: null, sessionSecret: 'a secret of the bench, longer than it needs to be', development: true };
    const access = openAccess(instance, settings, origin, personDoors(instance), signInPages(instance.clock));
    server.on('request', createApp(instance, { logLevel: 'silent', limits: null }, access));
    try {
      const clerks = await signedIn(origin);
      const paths = await pathsOf(instance);
      await views(clerks, paths, WARM_VIEWS, VIEWS_A_SECOND);
      print({ what: 'page views', clerks: CLERKS, perSecond: VIEWS_A_SECOND, ...summaryOf(await views(clerks, paths, VIEWS_A_SECOND * SECONDS, VIEWS_A_SECOND)) });
      print({ what: 'first 50 of the leases', ...(await firstPage(instance, clerks[0] ?? new Browser(origin))) });
    } finally {
      server.closeAllConnections();
      server.close();
      await access.close();
    }
  });
}

const STAFF = ['anna.referent', 'dawid.referent', 'hanna.podgorze', 'barbara.kierownik', 'filip.windykacja', 'edyta.audytor'];

/** A session for every clerk, by the development provider as anybody gets one. */
async function signedIn(origin: string): Promise<Browser[]> {
  const clerks: Browser[] = [];
  for (let index = 0; index < CLERKS; index += 1) {
    const browser = new Browser(origin);
    const page = await browser.get('/sign-in/staff');
    await browser.submit(page.address, { person: STAFF[index % STAFF.length] ?? '' });
    clerks.push(browser);
  }
  return clerks;
}

/** What people look at: lists in several orders, leases, dwellings, the start. */
async function pathsOf(instance: Instance): Promise<string[]> {
  const leases = await rows<{ number: string; dwelling: string }>(
    instance.db,
    `select l.number, d.code as dwelling from leases l join dwellings d on d.id = l.dwelling_id join lease_terms t on t.lease_id = l.id and t.valid @> ?::date and upper_inf(t.recorded) order by md5(l.number) limit 400`,
    [ANCHOR],
  );
  const lists = ['/leases', '/leases?sort=-to', '/leases?kind=social&sort=street', '/dwellings?sort=street', '/dwellings?sort=district&page=40', '/leases?sort=street&page=120', '/'];
  return leases.flatMap(({ number, dwelling }, index) => [lists[index % lists.length] ?? '/', `/leases/${encodeURIComponent(number)}`, index % 2 === 0 ? `/dwellings/${encodeURIComponent(dwelling)}` : '/leases?number=ZBK%2F20']);
}

interface View {
  readonly ms: number;
  readonly status: number;
}

/** So many views, begun at their time however long those before them take. */
async function views(clerks: readonly Browser[], paths: readonly string[], count: number, perSecond: number): Promise<View[]> {
  const began = performance.now();
  const running: Promise<View>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = began + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const clerk = clerks[(index * 7) % clerks.length];
    const path = paths[index % paths.length] ?? '/';
    // From when it was due: a service that falls behind does not look quick.
    if (clerk !== undefined) running.push(clerk.get(path).then(({ status }) => ({ ms: performance.now() - due, status })));
  }
  return Promise.all(running);
}

function summaryOf(seen: readonly View[]): object {
  const sorted = seen.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0, 1);
  // A clerk limited to a district does not find what lies elsewhere.
  return { views: seen.length, failed: seen.filter(({ status }) => status >= 500).length, notFound: seen.filter(({ status }) => status === 404).length, medianMs: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

async function firstPage(instance: Instance, clerk: Browser): Promise<object> {
  const pages: number[] = [];
  const bare: number[] = [];
  const ctx = instance.context(SYSTEM);
  for (let index = 0; index < LISTS; index += 1) {
    let started = performance.now();
    const { status } = await clerk.get('/leases?sort=street');
    if (status !== 200) throw new Error(`the list answered ${status}`);
    pages.push(performance.now() - started);
    started = performance.now();
    await listLeases(ctx, ANCHOR, {}, { limit: 50, offset: 0, sort: { by: 'street', descending: false } });
    bare.push(performance.now() - started);
  }
  return { pageMs: round(median(pages), 1), queryMs: round(median(bare), 1), ratio: round(median(pages) / median(bare), 2) };
}
