/** Requests over every operation of the description, good ones and such as are wrong in one place. */
import fc from 'fast-check';
import { may } from '../../src/platform/access/roles.ts';
import type { Permission } from '../../src/platform/access/roles.ts';
import type { OpenApiDocument, Operation, PathItem, Schema } from '../../src/platform/http/openapi/model.ts';
import { VERBS } from '../../src/platform/http/openapi/model.ts';
import type { Caller } from './callers.ts';
import type { Known } from './known.ts';
import type { Form } from './values.ts';
import { mutated, nastyText, nastyValue, objectOf } from './values.ts';

export interface Asked {
  readonly operation: string;
  readonly permission: Permission;
  /** The operation's own, or one that its address does not know. */
  readonly method: string;
  readonly path: string;
  readonly as: Caller;
  readonly body?: string;
  readonly type?: string;
}

/** An operation with its address. */
export interface Described {
  readonly verb: (typeof VERBS)[number];
  readonly path: string;
  readonly item: PathItem;
  readonly operation: Operation;
}

export function operationsOf(document: OpenApiDocument): Described[] {
  return Object.entries(document.paths).flatMap(([path, item]) => VERBS.flatMap((verb) => (item[verb] === undefined ? [] : [{ verb, path, item, operation: item[verb] }])));
}

const percent = (value: unknown): string => encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\p{Surrogate}/gu, '\ufffd'));

/** The parameters of an address or its query as one object. */
function parametersIn({ parameters }: Operation, place: 'path' | 'query'): Schema {
  const those = parameters.filter((parameter) => parameter.in === place);
  return { type: 'object', properties: Object.fromEntries(those.map(({ name, schema }) => [name, schema])), required: those.filter(({ required }) => required).map(({ name }) => name) };
}

/** A request of the operation, mostly a good one, by one of the callers: mostly one who may. */
export function requestOf({ verb, path, item, operation }: Described, document: OpenApiDocument, known: Known, callers: readonly Caller[]): fc.Arbitrary<Asked> {
  const form: Form = { known, schemas: document.components.schemas, as: 'text' };
  const params = objectOf(form, parametersIn(operation, 'path')).chain((object) => mutatedParams(object));
  const query = mutated(objectOf(form, parametersIn(operation, 'query')), nastyText);
  const able = callers.filter((caller) => caller.actor !== null && may(caller.actor, operation['x-permission']));
  const as = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...able) }, fc.constantFrom(...callers));
  const other = fc.oneof({ weight: 40, arbitrary: fc.constant(null) }, fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'));
  const { sent, type } = bodyFor(path, operation, { ...form, as: 'json' });
  return fc.record({ params, query, sent, as, other }).map(({ params: at, query: given, sent: body, as: who, other: method }) => {
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => percent(at[name] ?? ''));
    const search = Object.entries(given).map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&');
    return {
      operation: operation.operationId,
      permission: answering(item, operation, method)['x-permission'],
      method: method ?? verb.toUpperCase(),
      path: `${document.servers[0]?.url ?? ''}${address}${search === '' ? '' : `?${search}`}`,
      as: who,
      ...(body === undefined ? {} : { body, type }),
    };
  });
}

/** What is sent: JSON that the schema takes, something wrong in its place, or a file of rows. */
function bodyFor(path: string, { requestBody }: Operation, form: Form): { sent: fc.Arbitrary<string | undefined>; type: string } {
  const json = requestBody?.content['application/json']?.schema;
  if (requestBody === undefined) return { sent: fc.constant(undefined), type: '' };
  if (json === undefined) return { sent: fileOf(form.known), type: 'text/csv' };
  const schema = json.$ref === undefined ? json : (form.schemas[json.$ref.split('/').at(-1) ?? ''] ?? {});
  const facts = fc.constantFrom(...(form.known.get('facts') ?? [])).map((text) => JSON.parse(text) as Record<string, unknown>);
  const fitted = path.startsWith('/facts') ? fc.oneof(bodyOf(form, schema), mutatedFact(form, facts, schema)) : bodyOf(form, schema);
  return { sent: fc.oneof({ weight: 9, arbitrary: fitted }, nastyValue).map((value) => JSON.stringify(value)), type: 'application/json' };
}

function fileOf(known: Known): fc.Arbitrary<string> {
  const text = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...(known.get('files') ?? [])) }, nastyText);
  return fc.record({ text, value: nastyText, at: fc.nat() }).map(({ text: rows, value, at }) => {
    const cells = rows.split(';');
    return cells.map((cell, index) => (index === at % (cells.length * 2) ? value : cell)).join(';');
  });
}

/** The operation that answers at the address when another method is used. */
function answering(item: PathItem, operation: Operation, method: string | null): Operation {
  const verb = method === 'HEAD' ? 'get' : method?.toLowerCase();
  return VERBS.flatMap((one) => (one === verb ? (item[one] ?? []) : []))[0] ?? operation;
}

function mutatedParams(object: Record<string, unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(object) }, nastyText.map((text) => Object.fromEntries(Object.keys(object).map((key) => [key, text]))));
}

/** Of a slot with a subject and a value that go together. */
function mutatedFact(form: Form, facts: fc.Arbitrary<Record<string, unknown>>, schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const given = fc.tuple(facts, objectOf(form, schema)).map(([fact, object]) => Object.fromEntries(Object.entries({ ...object, ...fact }).filter(([key]) => key in (schema.properties ?? {}))));
  return mutated(given, nastyValue);
}

function bodyOf(form: Form, schema: Schema): fc.Arbitrary<unknown> {
  return mutated(objectOf(form, schema), nastyValue);
}

