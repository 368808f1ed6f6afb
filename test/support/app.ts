/** The whole program over HTTP on a database of its own, with a clock that the test moves. */
import type { Express } from 'express';
import type { Response } from 'supertest';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { expect } from 'vitest';
import { BASE, createApp } from '../../src/app.ts';
import { PEOPLE } from '../../src/platform/access/people.ts';
import { movableClock } from '../../src/platform/clock.ts';
import type { MovableClock } from '../../src/platform/clock.ts';
import { atHour } from '../../src/platform/dates/instants.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import { BY_HEADER, IDENTITY_HEADER } from '../../src/platform/http/index.ts';
import type { Instance } from '../../src/platform/instance.ts';
import { LawShelf } from '../../src/platform/law/store.ts';
import { CITY, CITY_DAY } from './cluster.ts';
import type { TestDatabase } from './database.ts';
import { cloneDatabase } from './database.ts';
import { SECRETS } from './secrets.ts';

/** The day after the city's: nothing that the city was given is newer. */
export const TODAY = addDays(CITY_DAY, 1);

/** Who asks; addresses are below the base. */
export interface Person {
  get(path: string): Promise<Response>;
  post(path: string, body?: object): Promise<Response>;
  delete(path: string): Promise<Response>;
}

export interface TestApp {
  readonly app: Express;
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  readonly instance: Instance;
  /** Asks as the person of the code; as nobody without one. */
  as(code?: string): Person;
  drop(): Promise<void>;
}

/** The program at nine in the morning of the day, over a clone of the small city. */
export async function cityApp(day: PlainDate = TODAY, template = CITY): Promise<TestApp> {
  const database = await cloneDatabase(template);
  const clock = movableClock(atHour(day, 9));
  const law = new LawShelf();
  const instance: Instance = {
    db: database.db, url: database.url, ownerUrl: database.ownerUrl, clock, law, secrets: SECRETS, server: 'external',
    context: (actor, requestId = null, ownClock = clock) => ({ db: database.db, databaseUrl: database.url, clock: ownClock, actor, requestId, law, secrets: SECRETS }),
    close: () => Promise.resolve(),
  };
  const app = createApp(instance, { limits: null, logLevel: 'error' }, BY_HEADER);
  return { app, database, clock, instance, as: (code) => agentOf(app, code), drop: () => database.drop() };
}

function agentOf(app: Express, code: string | undefined): Person {
  const agent: TestAgent = request.agent(app);
  if (code !== undefined) agent.set(IDENTITY_HEADER, code);
  return {
    get: async (path) => agent.get(BASE + path),
    post: async (path, body) => (body === undefined ? agent.post(BASE + path) : agent.post(BASE + path).send(body)),
    delete: async (path) => agent.delete(BASE + path),
  };
}

/** Everybody one may ask as. */
export const CODES: readonly string[] = PEOPLE.map(({ code }) => code);

/** The body of a good answer. */
export function bodyOf<T>(answer: Response, status = 200): Readonly<T> {
  expect({ status: answer.status, problem: answer.status === status ? null : (answer.body as unknown) }).toEqual({ status, problem: null });
  return answer.body as T;
}

export interface ToldProblem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** The problem of an answer: complete, in words, with no argument left unfilled. */
export function problemOf(answer: Response, status: number, code: string): ToldProblem {
  const told = answer.body as ToldProblem;
  expect({ status: answer.status, code: told.code }).toEqual({ status, code });
  expect(answer.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(told.status).toBe(status);
  expect(told.title).not.toBe('');
  expect(told.detail).toMatch(/^[„A-ZŁŚŹŻ0-9].*[.]$/s);
  for (const text of [told.detail, ...(told.errors ?? []).map(({ message }) => message)]) expect(text).not.toMatch(/\{\w+\}|undefined|null/);
  return told;
}

/** `field: message` of each wrong place. */
export function places({ errors = [] }: ToldProblem): string[] {
  return errors.map(({ field, message }) => `${field}: ${message}`);
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
}

export interface ToldOperation {
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly result: unknown;
  readonly problem: unknown;
}

/** Asks until the operation is over. */
export async function finished(person: Person, location: string): Promise<ToldOperation> {
  let found: ToldOperation = { state: 'running', startedAt: '', finishedAt: null, result: null, problem: null };
  await expect.poll(async () => (found = bodyOf(await person.get(location.replace(BASE, '')))).state, { timeout: 20_000, interval: 50 }).not.toBe('running');
  return found;
}
