/** The whole program with its sign-in, listening, over a clone of the small city. */
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import { personDoors } from '../../src/doors.ts';
import { openAccess } from '../../src/platform/access/index.ts';
import type { AccessSettings } from '../../src/platform/access/settings.ts';
import { signInPages } from '../../src/web/sign-in-pages.tsx';
import type { TestApp } from './app.ts';
import { cityApp } from './app.ts';
import type { Page } from './browser.ts';
import { Browser } from './browser.ts';

export const DEVELOPMENT: AccessSettings = { publicUrl: null, staff: null, tenants: null, audience: null, sessionSecret: 'a secret of the tests, longer than it needs to be', development: true };

export interface SignInApp extends TestApp {
  readonly origin: string;
  browser(): Browser;
  /** Signs in by a click at the development provider; gives the page one lands on. */
  signIn(browser: Browser, kind: 'staff' | 'tenant', code: string, to?: string): Promise<Page>;
  /** Of the signed-in browser. */
  csrf(browser: Browser): Promise<string>;
}

export async function signInApp(settings: AccessSettings = DEVELOPMENT): Promise<SignInApp> {
  const city = await cityApp();
  const server = createServer();
  const origin = await listening(server);
  const access = openAccess(city.instance, settings, origin, personDoors(city.instance), signInPages(city.instance.clock));
  server.on('request', createApp(city.instance, { logLevel: 'silent', limits: null }, access));
  return {
    ...city,
    origin,
    browser: () => new Browser(origin),
    signIn: async (browser, kind, code, to) => {
      const page = await browser.get(`/sign-in/${kind}${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`);
      if (!page.address.startsWith('/development-provider/choose/')) return page;
      return browser.submit(page.address, { person: code });
    },
    csrf: async (browser) => (JSON.parse((await browser.get('/session')).body) as { csrf: string }).csrf,
    drop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await access.close();
      await city.drop();
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
