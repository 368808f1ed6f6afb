/** Asks the program's routes as anybody at all: people with limits and tenants that no sign-in knows. */
import { pino } from 'pino';
import { ROUTES } from '../../src/app.ts';
import { require } from '../../src/platform/access/roles.ts';
import type { Role } from '../../src/platform/access/roles.ts';
import type { Actor } from '../../src/platform/context.ts';
import { DomainError } from '../../src/platform/errors.ts';
import type { Route } from '../../src/platform/http/index.ts';
import { problemText } from '../../src/platform/problem-texts.ts';
import type { TestApp } from './app.ts';

export interface Question {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Gives the body of the answer, checked by its schema; what is refused is thrown. */
export type Ask = <T>(operation: string, question?: Question) => Promise<T>;

const log = pino({ level: 'silent' });

/** A member of the staff with a limit. */
export function limited(code: string, roles: readonly Role[], ...districts: readonly string[]): Actor {
  return { code, name: code, roles, districts, person: null };
}

/** A tenant who is the person of the id. */
export function tenant(person: string | null): Actor {
  return { code: `najemca-${person ?? '0'}`, name: 'Najemca', roles: ['tenant'], districts: null, person };
}

/** The route of an operation: `GET /runs/:run`. @throws Error when there is none */
export function routeOf(operation: string): Route {
  const found = ROUTES.find(({ method, path }) => `${method} ${path}` === operation);
  if (!found) throw new Error(`no route ${operation}`);
  return found;
}

export function asking(city: TestApp, actor: Actor): Ask {
  return async <T>(operation: string, { params = {}, query = {}, body }: Question = {}): Promise<T> => {
    const route = routeOf(operation);
    require(actor, route.permission);
    const reply = await route.run({ ctx: city.instance.context(actor), log, upload: null }, { params, query: { values: query, errors: [] }, body });
    route.answer?.parse(reply.body);
    return reply.body as T;
  };
}

/** What the question is refused with; null when it is answered. */
export async function refusalOf(work: Promise<unknown>): Promise<{ code: string; text: string } | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, text: problemText(error.code, error.args) };
  }
}
