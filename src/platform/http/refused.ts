/** What a request attempted, for the audit trail: refused requests go into it, where they matter. */
import type { z } from 'zod';
import type { Attempt } from '../audit/refusals.ts';
import type { Route } from './declared.ts';

/** What is asked for: a route of the interface or a page. */
export type Attempted = Pick<Route, 'method' | 'path' | 'permission' | 'params'>;

/** A PESEL, or what looks like one: nobody put it into the address on purpose, and the trail keeps it for years. */
const ELEVEN_DIGITS = /\d{11}/;

/** The template of the path, and of its parameters those that are of their form. */
export function attemptOf({ method, path, permission, params }: Attempted, given: Readonly<Record<string, unknown>>): Attempt {
  const named = Object.entries(params.shape as Readonly<Record<string, z.ZodType>>).flatMap(([name, schema]) => {
    const value = given[name];
    return typeof value === 'string' && schema.safeParse(value).success && !ELEVEN_DIGITS.test(value) ? [[name, value] as const] : [];
  });
  return { route: `${method} ${path}`, permission, targets: Object.fromEntries(named) };
}
