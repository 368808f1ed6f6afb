/** The whole program in a real Chromium, over a clone of the small city. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { SignInApp } from '../support/sign-in-app.ts';
import { signInApp } from '../support/sign-in-app.ts';
import { CHROMIUM } from './support-chromium.ts';

export type Theme = 'light' | 'dark';

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to a page of ours; it must answer with the status. */
  readonly go: (path: string, status?: number) => Promise<void>;
  /** What the browser complained of: errors of scripts, what the policy of content forbade. Failed answers aside, which tests ask for. */
  readonly complaints: readonly string[];
}

export interface DeskTest {
  readonly app: SignInApp;
  /** A browser of its own, signed in as the person of the code; `najemca.pokazowy` is the tenant. */
  readonly as: (code: string | null, how?: How) => Promise<Visit>;
  /** The same, standing on the first page. */
  readonly atHome: (code: string, how?: How) => Promise<Visit>;
}

export interface How {
  readonly script?: boolean;
  readonly theme?: Theme;
  readonly width?: number;
}

/** Nothing is drawn for anybody to see: without a process for graphics and one for every page it takes a fifth less. */
const FRUGAL = ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu', '--renderer-process-limit=1', '--disable-features=IsolateOrigins,site-per-process'];

/** A file of tests in the browser; skipped with a clear line where there is no Chromium. */
export function inBrowser(title: string, tests: (desk: DeskTest) => void): void {
  const executablePath = CHROMIUM;
  if (executablePath === null) {
    console.warn(`${title}: pominięto, bo nie ma Chromium (zainstaluj pakiet chromium albo wskaż go w KAMIENICA_CHROMIUM).`);
    describe.skip(title, () => tests({ app: undefined as never, as: () => Promise.reject(new Error('no Chromium')), atHome: () => Promise.reject(new Error('no Chromium')) }));
    return;
  }
  describe(title, () => {
    let browser: Browser;
    let app: SignInApp;
    const open: BrowserContext[] = [];
    beforeAll(async () => {
      [browser, app] = await Promise.all([chromium.launch({ executablePath, args: FRUGAL }), signInApp()]);
    });
    afterAll(async () => {
      for (const context of open) await context.close();
      await browser.close();
      await app.drop();
    });
    const as: DeskTest['as'] = async (code, how = {}) => {
      const context = await browser.newContext({
        baseURL: app.origin, viewport: { width: how.width ?? 1280, height: 900 }, colorScheme: how.theme ?? 'light', javaScriptEnabled: how.script ?? true, locale: 'pl-PL',
      });
      context.setDefaultTimeout(15_000);
      open.push(context);
      if (code !== null) await signIn(context, app, code);
      return visitOf(context);
    };
    const atHome: DeskTest['atHome'] = async (code, how) => {
      const visit = await as(code, how);
      await visit.go('/');
      return visit;
    };
    tests({
      get app() {
        return app;
      },
      as, atHome,
    });
  });
}

/** Through the development provider as a person would, but without drawing its pages, which are tried in a test of their own. */
async function signIn(context: BrowserContext, app: SignInApp, code: string): Promise<void> {
  const browser = app.browser();
  await app.signIn(browser, code === 'najemca.pokazowy' ? 'tenant' : 'staff', code);
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, url: app.origin })));
}

async function visitOf(context: BrowserContext): Promise<Visit> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  const go: Visit['go'] = async (path, status = 200) => {
    const answer = await page.goto(path);
    expect({ path, status: answer?.status() }).toEqual({ path, status });
  };
  return { page, context, complaints, go };
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it stands, by WCAG 2.2 A and AA and best practice, in light and in dark: rule and places. */
export async function flawsOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(axe.source);
  const light = await violations(page, { runOnly: { type: 'tag', values: TAGS } });
  await page.emulateMedia({ colorScheme: 'dark' });
  // Of all rules the colours change that of contrast alone.
  const dark = await violations(page, { runOnly: { type: 'rule', values: ['color-contrast'] } });
  const told = (theme: string, found: readonly Violation[]): string[] => found.map(({ id, places }) => `${theme} ${id}: ${places.join(' | ')}`);
  return [...told('light', light), ...told('dark', dark)];
}

interface Violation {
  readonly id: string;
  readonly places: readonly string[];
}

/** Run inside the page, and asked for violations only: naming every place that passes is what takes long. */
function violations(page: Page, options: axe.RunOptions): Promise<Violation[]> {
  const asked = JSON.stringify({ ...options, resultTypes: ['violations'], iframes: false, preload: false });
  return page.evaluate(`axe.run(document, ${asked}).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, places: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)) })))`);
}
