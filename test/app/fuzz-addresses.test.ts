/** What lies beside the interface: sign-in, the way back from a provider, signing out, the looks of pages, the development provider. */
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../support/browser.ts';
import type { SignInApp } from '../support/sign-in-app.ts';
import { signInApp } from '../support/sign-in-app.ts';

/** Requests in all; `npm run fuzz` sends a tenth of what it sends to the interface. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 6_000) / 10;
const AT_ONCE = 4;

let city: SignInApp;
let cookies: readonly string[];
let onTheWay = '';
let csrf = '';
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

const cookieOf = (browser: Browser): string => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

beforeAll(async () => {
  city = await signInApp();
  const [clerk, tenant, leaving] = [city.browser(), city.browser(), city.browser()];
  await city.signIn(clerk, 'staff', 'anna.referent');
  await city.signIn(tenant, 'tenant', 'najemca.pokazowy');
  onTheWay = (await leaving.get('/sign-in/staff')).address;
  csrf = await city.csrf(clerk);
  cookies = [cookieOf(clerk), cookieOf(tenant), cookieOf(leaving), `${cookieOf(clerk).slice(0, -6)}AAAAAA`, 'kamienica=s%3A%00.x; a=%E0%A4%A', `kamienica=${'x'.repeat(3_000)}`];
});
afterAll(async () => {
  agent.destroy();
  await city.drop();
});

const NASTY = ['', '/', '//evil.example', '/\t/[', '/\t//[', '\\\\x', 'https://evil.example/', 'javascript:alert(1)', '/%00', '\u0000', 'a\r\nSet-Cookie: x=y', '[', '%', "' or 1=1 --", '__proto__', 'ąę', '🏠', 'x'.repeat(3_000)];
const word = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 30 }));
/** As an address carries it: encoded, or as it stands where HTTP lets it through. */
const carried = fc.oneof(
  { weight: 4, arbitrary: word.map((text) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''))) },
  { weight: 1, arbitrary: fc.stringMatching(/^[\x21-\x22\x24-\x7e]{0,30}$/) },
  { weight: 1, arbitrary: fc.constantFrom('%', '%zz', '%ff', '%C0%AF', '%00', '%0d%0a') },
);
const NAMES = ['to', 'code', 'state', 'iss', 'error', 'error_description', 'language', 'theme', 'person', '_csrf', 'client_id', 'redirect_uri', 'response_type', 'scope', 'post_logout_redirect_uri', 'id_token_hint', 'grant_type', 'xsrf', 'logout', '__proto__'];
const pairs = fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: carried }), carried), { maxLength: 8 });
const queryOf = (fields: readonly (readonly [string, string])[]): string => fields.map(([name, value]) => `${name}=${value}`).join('&');

const OURS = ['/sign-in', '/sign-in/', '/sign-in/staff', '/sign-in/tenant', '/sign-in/callback/staff', '/sign-in/callback/tenant', '/sign-out', '/sign-out', '/session', '/preferences'];
const PLACES = [
  ...OURS,
  ...['', '/.well-known/openid-configuration', '/auth', '/token', '/jwks', '/me', '/request', '/session/end', '/session/end/confirm', '/session/end/success', '/token/introspection', '/token/revocation', '/choose/', '/choose/nothing', '/auth/nothing'].map((path) => `/development-provider${path}`),
];
const GIVEN = { sound: 'application/x-www-form-urlencoded', odd: ['application/x-www-form-urlencoded; charset=utf-7', 'application/x-www-form-urlencoded; charset=', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain', 'nonsense', '*/*'] };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | null;
}

/** Made once the doors are open, for the addresses and cookies are theirs. */
function asking(): fc.Arbitrary<Asked> {
  const place = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...OURS) }, { weight: 3, arbitrary: fc.constantFrom(...PLACES) }, { weight: 2, arbitrary: fc.constant(onTheWay) }, { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...PLACES), carried).map(([start, more]) => `${start}/${more}`) });
  const body = fc.oneof(
    { weight: 3, arbitrary: pairs.map((fields) => Buffer.from(queryOf(fields))) },
    { weight: 1, arbitrary: fc.constantFrom('anna.referent', 'najemca.pokazowy', 'nikt').map((person) => Buffer.from(`person=${person}`)) },
    { weight: 1, arbitrary: fc.constant(Buffer.from(`_csrf=${csrf}`)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constantFrom(Buffer.alloc(1_500, 'a=1&'), Buffer.alloc(400_000, 'x'), Buffer.from('{"a":1}'), gzipSync(Buffer.alloc(300_000, 'x')), gzipSync('person=nikt')) },
  );
  return fc.record({
    method: fc.oneof({ weight: 4, arbitrary: fc.constant('GET') }, { weight: 4, arbitrary: fc.constant('POST') }, { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE') }),
    place, fields: pairs, body: fc.option(body), cookie: fc.option(fc.constantFrom(...cookies)),
    type: fc.oneof({ weight: 5, arbitrary: fc.constant(GIVEN.sound) }, { weight: 3, arbitrary: fc.constantFrom(...GIVEN.odd) }),
    more: fc.constantFrom<OutgoingHttpHeaders>({}, {}, {}, { 'content-encoding': 'gzip' }, { 'content-encoding': 'foo' }, { accept: 'text/html' }, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { authorization: 'Basic YTpi' }, { authorization: 'Bearer kam_x' }, { 'x-forwarded-proto': 'https' }, { 'x-csrf-token': csrf }),
  }).map(({ method, place: path, fields, body: sent, cookie, type, more }) => ({
    method, path: fields.length === 0 ? path : `${path}?${queryOf(fields)}`, body: method === 'GET' || method === 'HEAD' ? null : sent,
    headers: { ...more, ...(cookie === null ? {} : { cookie }), ...(sent === null ? {} : { 'content-type': type }) },
  }));
}

function ask({ method, path, headers, body }: Asked): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(city.origin);
    const sent = request({ hostname, port, path, method, headers: { ...headers, ...(body === null ? {} : { 'content-length': body.length }) }, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    // An answer that refuses the body may come before all of it was sent.
    sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve({ status: 413, text: '' }) : reject(error)));
    sent.end(body ?? undefined);
  });
}

describe('whatever is asked beside the interface', () => {
  it('is answered or refused, never with an unexpected error or a stack trace', { timeout: 600_000 }, async () => {
    const asked = fc.sample(asking(), { numRuns: REQUESTS, seed: Number(process.env['FUZZ_SEED'] ?? 1) });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const queue = asked[Symbol.iterator]();
    const one = async (): Promise<void> => {
      for (const next of queue) {
        const { status, text } = await ask(next);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500 || /\n\s+at .+:\d+:\d+|node_modules/.test(text)) faults.push(`${next.method} ${next.path.slice(0, 300)} ${JSON.stringify(next.headers).slice(0, 300)} ${next.body?.toString('latin1').slice(0, 100) ?? ''} → ${status} ${text.slice(0, 300)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    if (process.env['FUZZ_TELL']) console.log(`${asked.length} requests beside the interface:`, Object.fromEntries([...statuses].sort(([a], [b]) => a - b)));
    expect(faults.slice(0, 20)).toEqual([]);
    for (const status of [200, 303, 400, 404, 413, 415]) expect(statuses.get(status) ?? 0, `answers of ${status}`).toBeGreaterThan(0);
  });
});
