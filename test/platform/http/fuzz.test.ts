import { once } from 'node:events';
import type { Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { IDENTITIES, tuneServer } from '../../../src/platform/http/index.ts';
import { ROUTES } from './sample.ts';
import { bench } from './support.ts';

const { app, lines } = bench({ routes: ROUTES });
let server: Server;
beforeAll(async () => {
  server = tuneServer(app.listen(0, '127.0.0.1'));
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** As sent: no client corrects it on the way. */
async function ask({ method, path, headers, body }: Asked): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method, path, headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }) }, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A good answer, or a problem document below 500. */
async function sound(asked: Asked): Promise<void> {
  lines.splice(0);
  const { status, type, text } = await ask(asked);
  const told = `${asked.method} ${asked.path}: ${status} ${text.slice(0, 300)} ${JSON.stringify(lines)}`;
  if (status < 200 || status >= 500) throw new Error(told);
  if (status < 300 || asked.method === 'HEAD') return;
  const problem = JSON.parse(text) as Record<string, unknown>;
  if (!type.startsWith('application/problem+json') || problem['status'] !== status || typeof problem['detail'] !== 'string' || problem['detail'] === '') throw new Error(told);
}

const clerk = { 'X-Kamienica-As': 'anna.referent' };
const encoded = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !/\p{Surrogate}/u.test(text)).map((text) => encodeURIComponent(text));
/** Bytes of an address that Node's client lets through, escapes broken and whole. */
const wild = fc.string({ unit: fc.constantFrom(...Array.from('/:?&=#%+.,;@!$\'()*[]{}|^~-_aZ09'), '%00', '%ff', '%2f', '%C3%B3', '__proto__', '..'), maxLength: 40 });
const verb = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
const RUNS = { numRuns: 250 };

describe('whatever is sent', () => {
  it('as an address is answered, never with an unexpected error', async () => {
    const known = fc.constantFrom(...ROUTES.map(({ path }) => path), '/docs', '');
    const path = fc.oneof(
      wild.map((rest) => `/${rest}`),
      fc.tuple(known, fc.oneof(encoded, wild), wild).map(([at, param, query]) => `/api/v1${at.replaceAll(/:\w+/g, param)}?${query}`),
      fc.tuple(encoded, encoded, encoded).map(([name, one, other]) => `/api/v1/leases?${name}=${one}&page=${other}&sort=lease`),
    );
    await fc.assert(fc.asyncProperty(verb, path, (method, at) => sound({ method, path: at, headers: clerk })), RUNS);
  });

  it('as a body is answered, never with an unexpected error', async () => {
    const nearly = fc.record(
      {
        tariff: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
        scope: fc.oneof(fc.record({ kind: fc.constantFrom('all', 'district', 'x'), district: fc.jsonValue() }, { requiredKeys: [] }), fc.jsonValue()),
        delivered: fc.oneof(fc.constant('2026-02-30'), fc.string(), fc.jsonValue()),
        text: fc.string({ unit: 'binary' }),
        labels: fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'toString')), fc.string()),
        name: fc.string(),
        parts: fc.jsonValue({ maxDepth: 8 }),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      nearly.map((value) => JSON.stringify(value)),
      fc.jsonValue({ maxDepth: 40, noNullPrototype: true } as object).map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }),
      fc.tuple(nearly, fc.nat()).map(([value, at]) => JSON.stringify(value).slice(0, at % 60)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    const target = fc.constantFrom(['POST', '/runs'] as const, ['PUT', '/leases/UN-1/note'] as const, ['POST', '/trees'] as const, ['DELETE', '/leases/UN-1/note'] as const);
    await fc.assert(fc.asyncProperty(target, text, ([method, at], body) => sound({ method, path: `/api/v1${at}`, headers: { ...clerk, 'Content-Type': 'application/json' }, body })), RUNS);
  });

  it('as headers is answered, never with an unexpected error', async () => {
    const words = fc.string({ unit: fc.constantFrom(...' !"#$%&\'()*+,-./0;<=>?@A[\\]^_`a{|}~é\u00ff\t'.split('')), maxLength: 60 });
    const headers = fc.record(
      {
        'X-Kamienica-As': fc.oneof(words, fc.constantFrom(...IDENTITIES.map(({ code }) => code), 'system', '__proto__', 'constructor')),
        'X-Request-Id': words,
        'Content-Type': fc.oneof(words, fc.constantFrom('application/json', 'application/json;charset=utf-16', 'application/json;charset="', 'text/json', 'application/problem+json')),
        'Content-Encoding': fc.oneof(words, fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'gzip, gzip')),
        Accept: words,
        'Accept-Encoding': words,
        Cookie: words,
        Range: words,
        'If-None-Match': fc.constantFrom('*', 'W/"x"'),
        'X-HTTP-Method-Override': fc.constant('DELETE'),
      },
      { requiredKeys: [] },
    );
    const target = fc.constantFrom(['POST', '/api/v1/runs'] as const, ['GET', '/api/v1/leases'] as const, ['GET', '/api/docs'] as const, ['POST', '/api/v1/none'] as const);
    const body = fc.constantFrom('{"tariff":"K"}', '{}', 'x');
    await fc.assert(
      fc.asyncProperty(target, headers, body, ([method, path], given, text) => sound({ method, path, headers: given, ...(method === 'POST' ? { body: text } : {}) })),
      RUNS,
    );
  });
});
