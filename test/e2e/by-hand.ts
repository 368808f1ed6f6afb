/** What tests of pages do besides what the pages offer. */
import type { Page } from 'playwright-core';

/** What stands in the page's own part. */
export function main(page: Page): Promise<string> {
  return page.locator('main').innerText();
}

/** Sends the form of signing out to another address: what a page does not offer, asked for all the same. */
export async function sendByHand(page: Page, to: string, fields: Readonly<Record<string, string>> = {}): Promise<number> {
  const filled = Object.entries(fields).map(([name, value]) => `form.append(Object.assign(document.createElement('input'), { name: '${name}', value: '${value}' }));`).join(' ');
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'), page.waitForEvent('load'),
    page.evaluate(`(() => { const form = document.querySelector('form[action="/sign-out"]'); form.action = '${to}'; ${filled} form.submit(); })()`),
  ]);
  return answer.status();
}
