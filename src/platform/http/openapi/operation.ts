/** One route as an operation of the description. */
import type { z } from 'zod';
import type { Route } from '../declared.ts';
import { UPLOAD_TYPES } from '../files.ts';
import { problemsOf } from './answers.ts';
import { exampleOf } from './example.ts';
import type { Operation, Parameter, Ref, Response, Schema } from './model.ts';
import type { SchemaBook } from './schemas.ts';
import { resolved } from './schemas.ts';

/** Ways to say who asks, any one of them. */
export const SECURITY = { token: 'token', session: 'sesja', header: 'osobaProbna' } as const;

export function operationOf(route: Route, book: SchemaBook, ways: readonly string[]): Operation {
  const { operationId, summary, description, tag, method } = route;
  const body = route.body === null ? uploadBody(route) : { required: !route.body.safeParse(undefined).success, content: json(route.body, 'input', `${operationId}Body`, book) };
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    parameters: [...parameters(route.params, 'path', `${operationId}Path`, book), ...parameters(route.query, 'query', `${operationId}Query`, book)],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { [String(route.status)]: success(route, book), ...problemsOf(route) },
    security: ways.map((way) => ({ [way]: [] })),
    'x-permission': route.permission,
    'x-audit-event': method === 'GET' && route.audit === null ? null : route.audit,
  };
}

/** A file as it is, in any of the types. */
function uploadBody(route: Route): Operation['requestBody'] {
  if (route.uploadLimit === null) return undefined;
  return { required: true, content: binary(UPLOAD_TYPES) };
}

function binary(types: readonly string[]): Readonly<Record<string, { schema: Schema }>> {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
}

function parameters(fields: z.ZodObject, place: 'path' | 'query', owner: string, book: SchemaBook): Parameter[] {
  const { properties = {}, required = [] } = book.of(fields, 'input', owner);
  return Object.entries(properties).map(([name, given]) => {
    const { description, ...schema } = given;
    const words = description ?? resolved(given, book.shared).description;
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(words === undefined ? {} : { description: words }),
      schema,
      example: exampleOf(schema, book.shared),
    };
  });
}

function json(schema: z.ZodType, io: 'input' | 'output', owner: string, book: SchemaBook): Readonly<Record<string, { schema: Schema; example: unknown }>> {
  const described = book.of(schema, io, owner);
  return { 'application/json': { schema: described, example: exampleOf(described, book.shared, io === 'output') } };
}

const WORDS = { 200: 'Odpowiedź.', 201: 'Utworzono; nagłówek Location podaje adres.', 202: 'Przyjęto; nagłówek Location podaje adres zadania, pod którym widać postęp i wynik.', 204: 'Zrobione; odpowiedź nie ma treści.' };

function success(route: Route, book: SchemaBook): Response {
  const header = (name: string): Ref => ({ $ref: `#/components/headers/${name}` });
  return {
    description: WORDS[route.status],
    headers: {
      'X-Request-Id': header('RequestId'),
      ...(route.paged ? { Link: header('Link') } : {}),
      ...(route.status === 201 || route.status === 202 ? { Location: header('Location') } : {}),
    },
    ...(route.fileTypes.length > 0 ? { content: binary(route.fileTypes) } : route.answer === null ? {} : { content: json(route.answer, 'output', `${route.operationId}Answer`, book) }),
  };
}
