/** What is wrong with a description, by hand-written rules; also used on the description of the whole program. */
import type { Route } from '../../../src/platform/http/index.ts';
import type { OpenApiDocument, Operation, PathItem } from '../../../src/platform/http/openapi/model.ts';
import { VERBS } from '../../../src/platform/http/openapi/model.ts';

interface Placed {
  readonly place: string;
  readonly path: string;
  readonly verb: string;
  readonly operation: Operation;
}

export function operationsOf(document: OpenApiDocument): Placed[] {
  return Object.entries(document.paths).flatMap(([path, item]: [string, PathItem]) =>
    VERBS.flatMap((verb) => {
      const operation = item[verb];
      return operation === undefined ? [] : [{ place: `${verb} ${path}`, path, verb, operation }];
    }),
  );
}

/** Flaws of the document; none when it is sound. */
export function documentFlaws(document: OpenApiDocument): string[] {
  const operations = operationsOf(document);
  const ids = operations.map(({ operation }) => operation.operationId);
  return [
    ...(/^3\.1\.\d+$/.test(document.openapi) ? [] : ['not OpenAPI 3.1']),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `operation id ${id} twice`),
    ...ids.filter((id) => !/^[a-z][A-Za-z0-9]*$/.test(id)).map((id) => `odd operation id ${id}`),
    ...referenceFlaws(document),
    ...Object.keys(document.components.schemas).filter((name) => !/^[A-Za-z0-9._-]+$/.test(name)).map((name) => `odd schema name ${name}`),
    ...operations.flatMap((placed) => operationFlaws(placed, document).map((flaw) => `${placed.place}: ${flaw}`)),
    ...unknownKeywords(document),
  ];
}

function operationFlaws({ path, verb, operation }: Placed, document: OpenApiDocument): string[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
  const names = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
  const statuses = Object.keys(operation.responses);
  const tags = new Set(document.tags.map(({ name }) => name));
  return [
    ...(inPath.sort().join() === declared.map(({ name }) => name).sort().join() ? [] : ['path parameters differ from the path']),
    ...declared.filter(({ required }) => !required).map(({ name }) => `path parameter ${name} is not required`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `parameter ${name} twice`),
    ...operation.parameters.filter(({ example }) => example === undefined).map(({ name }) => `parameter ${name} has no example`),
    ...(statuses.filter((status) => status.startsWith('2')).length === 1 ? [] : ['not exactly one success']),
    ...['400', '401', '403', '422', '500', '503'].filter((status) => !statuses.includes(status)).map((status) => `no answer ${status}`),
    ...(operation.requestBody === undefined ? [] : ['409', '413', '415'].filter((status) => !statuses.includes(status)).map((status) => `no answer ${status}`)),
    ...(verb === 'get' && operation.requestBody !== undefined ? ['a question has a body'] : []),
    ...(verb !== 'get' && operation['x-audit-event'] === null ? ['a command has no audit event'] : []),
    ...operation.tags.filter((tag) => !tags.has(tag)).map((tag) => `unknown tag ${tag}`),
    ...operation.security.flatMap((one) => Object.keys(one)).filter((name) => !(name in document.components.securitySchemes)).map((name) => `unknown security ${name}`),
    ...(operation.summary.trim() === '' ? ['no summary'] : []),
  ];
}

function referenceFlaws(document: OpenApiDocument): string[] {
  return references(document).filter((ref) => !resolves(document, ref)).map((ref) => `${ref} leads nowhere`);
}

function references(at: unknown): string[] {
  if (typeof at !== 'object' || at === null) return [];
  const own = '$ref' in at && typeof at.$ref === 'string' ? [at.$ref] : [];
  return [...own, ...Object.values(at).flatMap(references)];
}

function resolves(document: OpenApiDocument, ref: string): boolean {
  if (!ref.startsWith('#/components/')) return false;
  let at: unknown = document;
  for (const step of ref.slice(2).split('/')) at = typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined;
  return at !== undefined;
}

/** Leftovers of the making: parts that no reader of OpenAPI expects inside. */
function unknownKeywords(document: OpenApiDocument): string[] {
  const text = JSON.stringify(document);
  return ['"$defs"', '"$schema"', '"x-example"', '"x-default"', '"~standard"', '#/$defs'].filter((word) => text.includes(word)).map((word) => `${word} is left over`);
}

/** Examples that their own route would refuse. */
export function exampleFlaws(document: OpenApiDocument, routes: readonly Route[]): string[] {
  const byId = new Map(operationsOf(document).map(({ operation }) => [operation.operationId, operation]));
  return routes.flatMap((route) => {
    const operation = byId.get(route.operationId);
    if (operation === undefined) return [`${route.operationId} is not described`];
    const given = (place: string): Record<string, string> =>
      Object.fromEntries(operation.parameters.filter((parameter) => parameter.in === place).map(({ name, example }) => [name, typeof example === 'string' ? example : JSON.stringify(example)]));
    const body = operation.requestBody?.content['application/json']?.example;
    const answer = Object.entries(operation.responses).map(([, response]) => ('content' in response ? response.content['application/json']?.example : undefined)).find((example) => example !== undefined);
    const checks = { path: route.params.safeParse(given('path')), query: route.query.safeParse(given('query')), body: route.body?.safeParse(body), answer: route.answer?.safeParse(answer) };
    return Object.entries(checks).flatMap(([part, result]) => (result === undefined || result.success ? [] : [`${route.operationId}: the example of its ${part} is refused: ${result.error.message}`]));
  });
}
