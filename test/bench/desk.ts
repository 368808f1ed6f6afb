/**
 * Page views of 200 signed-in clerks, fifty a second whatever the answers take, over the whole city; and the first page of the longest
 * lists beside the bare query that reads their rows. The clerks are a process of their own on the same two cores.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
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
import { signedIn } from './desk-sign-in.ts';
import { ANCHOR, median, round, withCity } from './city.ts';

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
      print({ what: 'page views', ...(await clerksAt(origin, await pathsOf(instance))) });
      print({ what: 'first 50 of the leases', ...(await firstPage(instance, origin)) });
    } finally {
      server.closeAllConnections();
      server.close();
      await access.close();
    }
  });
}

/** The clerks, somewhere else. */
async function clerksAt(origin: string, paths: readonly string[]): Promise<object> {
  const clerks = fork(path.join(import.meta.dirname, 'desk-clerks.ts'), { execArgv: ['--import', 'tsx'] });
  const told = once(clerks, 'message');
  const gone = once(clerks, 'exit').then(() => Promise.reject(new Error('the clerks left before they were done')));
  clerks.send({ origin, paths });
  try {
    const [result] = (await Promise.race([told, gone])) as [object];
    return result;
  } finally {
    gone.catch(() => undefined);
    clerks.kill();
  }
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

async function firstPage(instance: Instance, origin: string): Promise<object> {
  const clerk = await signedIn(origin, 'anna.referent');
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
