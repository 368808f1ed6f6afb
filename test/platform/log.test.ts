import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/platform/errors.ts';
import { route } from '../../src/platform/http/index.ts';
import type { Route } from '../../src/platform/http/index.ts';
import { createLog } from '../../src/platform/log.ts';
import { bench } from './http/support.ts';

/** A log and the lines it wrote. */
function logged(): { log: ReturnType<typeof createLog>; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLog('debug', { write: (line: string) => void lines.push(line) }) };
}

const PESEL = '44051401359';
const ACCOUNT = '61109010140000071219812874';
const PERSONAL = /44051401359|61109010140000071219812874|Kowalsk|Zażółć|jan@example|tajne-haslo|eyJhbGciOi|sesja-123/;

const question = { method: 'GET', permission: 'lease.read', audit: null, tag: 'Próby', output: z.strictObject({}) } as const;
const fails = (path: `/${string}`, error: () => Error): Route =>
  route({ ...question, path, summary: 'Błąd', handle: () => {
    throw error();
  } });

/** Routes whose errors quote what nobody may read in a log. */
const QUOTING: readonly Route[] = [
  fails('/quotes/parser', () => new SyntaxError(`Unexpected token 'J', "Jan Kowalski ${PESEL}" is not valid JSON`)),
  fails('/quotes/words', () => new Error(`no person „Jan Kowalski” with '${PESEL}' or \`jan@example.pl\`\n   at Jan Kowalski`)),
  fails('/quotes/object', () => new TypeError(`cannot take {"pesel":"${PESEL}","name":"Kowalska"}`)),
  fails('/quotes/number', () => new RangeError(`${PESEL} is out of range, so is ${ACCOUNT}`)),
  fails('/quotes/cause', () => new Error('it failed', { cause: new DomainError('invalid', 'day_form', { day: 'Kowalski' }) })),
  route({
    ...question, method: 'POST', audit: 'note.set', path: '/quotes/:name', summary: 'Zapis', params: z.strictObject({ name: z.string() }), query: z.strictObject({ pesel: z.string().optional() }),
    body: z.strictObject({ name: z.string(), pesel: z.string().optional() }),
    handle: ({ params, query, body, log }) => {
      // What somebody would write in haste.
      log.info({ headers: { authorization: 'Bearer eyJhbGciOi', cookie: 'sesja-123', 'set-cookie': 'sesja-123' }, person: { pesel: body.pesel, password: 'tajne-haslo' } }, query.pesel ?? '');
      throw new Error(`"${params.name}" and "${body.name}"`);
    },
  }),
];

describe('the log', () => {
  it('has nothing personal in any line, whatever is sent in path, query, body and headers, and whatever fails', async () => {
    const { log, lines } = logged();
    const { clerk, nobody } = bench({ routes: QUOTING, log });
    const personal = { Cookie: 'sesja=sesja-123', Authorization: 'Bearer eyJhbGciOi', Referer: `http://x/?pesel=${PESEL}`, 'User-Agent': 'Kowalski', 'X-Forwarded-For': PESEL };
    const send = (path: string, body: unknown): PromiseLike<{ status: number }> => clerk.post(path).set(personal).set('Content-Type', 'application/json').send(typeof body === 'string' ? body : JSON.stringify(body));
    const name = encodeURIComponent('Jan Kowalski');
    const statuses = [
      (await send(`/api/v1/quotes/${name}?pesel=${PESEL}`, { name: 'Zażółć', pesel: PESEL })).status,
      (await send(`/api/v1/quotes/${name}?${PESEL}=Kowalski`, { name: 'Zażółć', [PESEL]: 1 })).status,
      (await send(`/api/v1/quotes/${PESEL}`, `{"name":"Kowalski`)).status,
      (await send(`/api/v1/${name}/${PESEL}`, { name: 'Zażółć' })).status,
      (await nobody.get(`/api/v1/quotes/parser`).set(personal).set('X-Request-Id', PESEL).set('X-Kamienica-As', 'Kowalski')).status,
      (await nobody.get(`/%zz${PESEL}`)).status,
    ];
    expect(statuses).toEqual([500, 422, 400, 404, 401, 400]);
    for (const { path } of QUOTING.filter(({ method }) => method === 'GET')) expect((await clerk.get(`/api/v1${path}?jan=Kowalski`)).status).toBe(422);
    for (const { path } of QUOTING.filter(({ method }) => method === 'GET')) expect((await clerk.get(`/api/v1${path}`).set(personal)).status).toBe(500);
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      expect(line).not.toMatch(PERSONAL);
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  });

  it('keeps of an unexpected error what its finder needs', async () => {
    const { log, lines } = logged();
    const { clerk } = bench({ routes: QUOTING, log });
    const { body } = (await clerk.get('/api/v1/quotes/words')) as { body: { requestId: string } };
    const line = lines.map((text) => JSON.parse(text) as { requestId: string; path: string; msg: string; error?: { type: string; message: string; stack: string } }).find(({ error }) => error !== undefined);
    expect(line).toMatchObject({ requestId: body.requestId, path: '/api/v1/quotes/words', msg: 'unexpected error', error: { type: 'Error', message: 'no person … with … or …' } });
    expect(line?.error?.stack).toMatch(/^\s+at .*log\.test\.ts/);
    expect(line?.error?.stack).not.toContain('at Jan');
  });

  it('hides what proves who somebody is at every depth, and numbers that look personal wherever they stand', () => {
    const { log, lines } = logged();
    const deep = { authorization: 'a-secret', cookie: 'a-secret', 'set-cookie': 'a-secret', token: 'a-secret', password: 'a-secret' };
    log.info({ ...deep, req: { headers: deep }, one: { two: { headers: deep } } }, 'headers');
    log.child({ pesel: PESEL, of: { pesel: PESEL } }).warn({ number: Number(PESEL), list: [PESEL, Number(PESEL)], text: `PESEL:${PESEL},` }, `nr ${PESEL} konto ${ACCOUNT}`);
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/a-secret|44051401359|61109010140000071219812874/);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ number: 99_999_999_999, text: 'PESEL:99999999999,' });
  });

  it('leaves numbers of requests, times and other figures as they are', () => {
    const { log, lines } = logged();
    const requestId = '3f2a1b0c-1234-4abc-8def-a12345678901';
    log.child({ requestId }).info({ ms: 12, rows: 1234567890, instant: 1769000000000 }, 'request');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId, ms: 12, rows: 1234567890, instant: 1769000000000 });
  });
});
