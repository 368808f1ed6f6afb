/** The application with a pretended instance and a log one can read. */
import pino from 'pino';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { Context } from '../../../src/platform/context.ts';
import type { Instance } from '../../../src/platform/instance.ts';
import { BY_HEADER, IDENTITY_HEADER, httpApp } from '../../../src/platform/http/index.ts';
import type { HttpSettings } from '../../../src/platform/http/index.ts';
import { FAULTY, ROUTES } from './sample.ts';

/** Without a database: touching it fails the test. */
export const instance: Pick<Instance, 'context'> = {
  context: (actor, requestId = null) => ({ actor, requestId }) as unknown as Context,
};

export interface Bench {
  readonly app: ReturnType<typeof httpApp>;
  /** Asks as a clerk. */
  readonly clerk: TestAgent;
  /** Asks as nobody. */
  readonly nobody: TestAgent;
  /** Lines of the log. */
  readonly lines: Readonly<Record<string, unknown>>[];
}

export function bench(settings: Partial<HttpSettings> = {}): Bench {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const app = httpApp({ instance, routes: [...ROUTES, ...FAULTY], base: '/api/v1', log, limits: null, access: BY_HEADER, ...settings });
  return { app, lines, nobody: request.agent(app), clerk: request.agent(app).set(IDENTITY_HEADER, 'anna.referent') };
}

export interface SentProblem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** The answer is a problem document, complete and of the announced status. */
export function problemIn(answer: Response, status: number, code: string): SentProblem {
  const told = answer.body as SentProblem;
  expect({ status: answer.status, code: told.code }).toEqual({ status, code });
  expect(answer.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(told.status).toBe(status);
  expect(told.title).not.toBe('');
  expect(told.detail).not.toContain('{');
  expect(told.detail).toMatch(/[.:]/);
  expect(told.requestId).toBe(answer.get('x-request-id'));
  return told;
}

/** `field: message` of each wrong place. */
export function places(told: SentProblem): string[] {
  return (told.errors ?? []).map(({ field, message }) => `${field}: ${message}`);
}
