import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../src/app.ts';
import { may } from '../../src/platform/access/roles.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { OpenApiDocument } from '../../src/platform/http/index.ts';
import type { Caller } from '../fuzz/callers.ts';
import { callersOf } from '../fuzz/callers.ts';
import type { Known } from '../fuzz/known.ts';
import { knownOf } from '../fuzz/known.ts';
import type { Asked } from '../fuzz/requests.ts';
import { operationsOf, requestOf } from '../fuzz/requests.ts';
import type { SignInApp } from '../support/sign-in-app.ts';
import { signInApp } from '../support/sign-in-app.ts';

/** Requests in all; `npm run fuzz` sends 20,000. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
const AT_ONCE = 4;

let city: SignInApp;
let known: Known;
let callers: Caller[];
let document: OpenApiDocument;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  city = await signInApp();
  known = await knownOf(city.database.db);
  callers = await callersOf(city);
  document = (await (await fetch(`${city.origin}/api/openapi.json`)).json()) as OpenApiDocument;
});
afterAll(async () => {
  agent.destroy();
  await city.drop();
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function ask({ method, path, as, body, type = 'application/json' }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...as.headers, ...(body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }) };
    const sent = request(new URL(path, city.origin), { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Why the answer is not one that a program may give, or null. */
function fault(asked: Asked, { status, type, text }: Answer): string | null {
  const told = `${asked.method} ${asked.path.slice(0, 300)} as ${asked.as.name} ${asked.body?.slice(0, 300) ?? ''} → ${status} ${text.slice(0, 300)}`;
  if (status < 200 || status >= 500) return told;
  if (/\n\s+at .+:\d+:\d+/.test(text) || text.includes('node_modules')) return `a stack trace: ${told}`;
  if (status < 300) return mayHave(asked) || asked.method === 'OPTIONS' ? null : `data for nobody: ${told}`;
  if (asked.method === 'HEAD') return text === '' ? null : told;
  const problem = JSON.parse(text) as Record<string, unknown>;
  const sound = type.startsWith('application/problem+json') && problem['status'] === status && typeof problem['detail'] === 'string' && problem['detail'] !== '' && !/\{\w+\}/.test(problem['detail']);
  const more = Object.keys(problem).filter((key) => !['type', 'title', 'status', 'detail', 'code', 'errors', 'args', 'requestId'].includes(key));
  return sound && more.length === 0 ? null : told;
}

function mayHave({ as, permission, method }: Asked): boolean {
  return as.actor !== null && may(as.actor, permission) && (as.asksOnly !== true || method === 'GET' || method === 'HEAD');
}

describe('whatever is asked of the real program', () => {
  it('is answered, or refused by a problem document; never with an unexpected error, a stack trace, or data for those who may not', { timeout: 900_000 }, async () => {
    // A run costs as much as a hundred questions, so few are begun.
    const isDear = ({ verb, path }: { verb: string; path: string }): boolean => verb === 'post' && path === '/runs';
    const described = operationsOf(document);
    const any = fc.oneof(...described.map((one) => ({ weight: isDear(one) ? 1 : 8, arbitrary: requestOf(one, document, known, callers) })));
    const seed = Number(process.env['FUZZ_SEED'] ?? 1);
    const asked = fc.sample(any, { numRuns: REQUESTS, seed });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const met = new Set<string>();
    const queue = asked[Symbol.iterator]();
    const one = async (): Promise<void> => {
      for (const next of queue) {
        const answer = await ask(next);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        met.add(next.operation);
        const wrong = fault(next, answer);
        if (wrong !== null) faults.push(wrong);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    await expect.poll(async () => (await rows(city.database.db, `select 1 from operations where state = 'running'`)).length, { timeout: 60_000 }).toBe(0);
    if (process.env['FUZZ_TELL']) console.log(`${asked.length} requests over ${met.size} of ${described.length} operations, seed ${seed}:`, Object.fromEntries([...statuses].sort(([a], [b]) => a - b)));
    expect(faults.slice(0, 20)).toEqual([]);
    expect(ROUTES.map(({ operationId }) => operationId).filter((id) => !met.has(id))).toEqual([]);
    // Otherwise nothing but the front door was tried.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 10);
    const unforeseen = await rows(city.database.db, `select problem from operations where problem->>'code' = 'unexpected'`);
    expect(unforeseen).toEqual([]);
  });
});
