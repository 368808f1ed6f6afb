/** `npm run pictures`: the pictures of the README, of pages of the small city in a real Chromium. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './support-chromium.ts';

const [origin = 'http://localhost:3000', folder = 'docs/pictures'] = process.argv.slice(2);

/** Address or how to come there, and the file. */
const PICTURES: readonly { readonly name: string; readonly go: (page: Page) => Promise<void>; readonly height?: number }[] = [
  { name: 'lease', go: async (page) => { await page.goto('/leases/ZBK%2F2015%2F00001'); await page.evaluate('document.querySelectorAll(".statement > ol > li > details").forEach((one) => { one.open = true; })'); }, height: 1200 },
  { name: 'run', go: async (page) => { await page.goto('/runs'); await page.click('tbody a >> nth=0'); }, height: 1200 },
  { name: 'scenario', go: async (page) => { await page.goto('/scenarios'); await page.click('tbody a >> nth=0'); await page.waitForSelector('#effect .figures', { timeout: 60_000 }); }, height: 1200 },
];

if (CHROMIUM === null) {
  process.stderr.write('There is no Chromium: install the package chromium or name it in KAMIENICA_CHROMIUM.\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 900 }, colorScheme: 'light', locale: 'pl-PL' });
const page = await context.newPage();
await page.goto('/sign-in/staff');
await page.click('button[value="anna.referent"]');
for (const { name, go, height = 900 } of PICTURES) {
  await page.setViewportSize({ width: 1280, height });
  await go(page);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  process.stdout.write(`${name}.png\n`);
}
await browser.close();
