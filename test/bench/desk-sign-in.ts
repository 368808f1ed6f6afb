import { Browser } from '../support/browser.ts';

/** A session by the development provider, as anybody gets one. */
export async function signedIn(origin: string, code: string): Promise<Browser> {
  const browser = new Browser(origin);
  const page = await browser.get('/sign-in/staff');
  await browser.submit(page.address, { person: code });
  return browser;
}
