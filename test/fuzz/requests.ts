/** Requests over every route, good ones and such as are wrong in one place. */
import fc from 'fast-check';
import { z } from 'zod';
import { BASE, ROUTES } from '../../src/app.ts';
import { may } from '../../src/platform/access/roles.ts';
import type { Permission } from '../../src/platform/access/roles.ts';
import type { Route } from '../../src/platform/http/index.ts';
import type { Caller } from './callers.ts';
import type { Known } from './known.ts';
import type { Schema } from './values.ts';
import { mutated, nastyText, nastyValue, objectOf } from './values.ts';

export interface Asked {
  readonly route: string;
  readonly permission: Permission;
  /** The route's own, or one that its address does not know. */
  readonly method: string;
  readonly path: string;
  readonly as: Caller;
  readonly body?: string;
  readonly type?: string;
}

const percent = (value: unknown): string => encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\p{Surrogate}/gu, '\ufffd'));

/** A request of the route, mostly a good one, by one of the callers: mostly one who may. */
export function requestOf(route: Route, known: Known, callers: readonly Caller[]): fc.Arbitrary<Asked> {
  const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Schema;
  const params = objectOf(known, schemaOf(route.params)).chain((object) => mutatedParams(object));
  const query = mutated(objectOf(known, schemaOf(route.query)), nastyText);
  const facts = fc.constantFrom(...(known.get('facts') ?? [])).map((text) => JSON.parse(text) as Record<string, unknown>);
  const fitted = (schema: Schema): fc.Arbitrary<unknown> => (route.path.startsWith('/facts') ? fc.oneof(bodyOf(known, schema), mutatedFact(known, facts, schema)) : bodyOf(known, schema));
  const body = route.body === null ? fc.constant(undefined) : fc.oneof({ weight: 9, arbitrary: fitted(schemaOf(route.body)) }, nastyValue).map((value) => JSON.stringify(value));
  const upload = fc.record({ text: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...(known.get('files') ?? [])) }, nastyText), value: nastyText, at: fc.nat() }).map(({ text, value, at }) => {
    const cells = text.split(';');
    return cells.map((cell, index) => (index === at % (cells.length * 2) ? value : cell)).join(';');
  });
  const able = callers.filter((caller) => caller.actor !== null && may(caller.actor, route.permission));
  const as = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...able) }, fc.constantFrom(...callers));
  const sent = route.uploadLimit === null ? body : upload;
  const other = fc.oneof({ weight: 40, arbitrary: fc.constant(null) }, fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'));
  return fc.record({ params, query, body: sent, as, other }).map(({ params: at, query: given, body: text, as: who, other }) => {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => percent(at[name] ?? ''));
    const search = Object.entries(given).map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&');
    return { route: route.operationId, permission: answering(route, other).permission, method: other ?? route.method, path: `${BASE}${path}${search === '' ? '' : `?${search}`}`, as: who, ...(text === undefined ? {} : { body: text }), ...(route.uploadLimit === null ? {} : { type: 'text/csv' }) };
  });
}

/** The route that answers at the address when another method is used. */
function answering(route: Route, other: string | null): Route {
  const method = other === 'HEAD' ? 'GET' : other;
  return ROUTES.find((one) => one.path === route.path && one.method === method) ?? route;
}

function mutatedParams(object: Record<string, unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(object) }, nastyText.map((text) => Object.fromEntries(Object.keys(object).map((key) => [key, text]))));
}

/** Of a slot with a subject and a value that go together. */
function mutatedFact(known: Known, facts: fc.Arbitrary<Record<string, unknown>>, schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const given = fc.tuple(facts, objectOf(known, schema)).map(([fact, object]) => Object.fromEntries(Object.entries({ ...object, ...fact }).filter(([key]) => key in (schema.properties ?? {}))));
  return mutated(given, nastyValue);
}

function bodyOf(known: Known, schema: Schema): fc.Arbitrary<unknown> {
  return mutated(objectOf(known, schema), nastyValue);
}

