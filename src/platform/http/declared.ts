/** A declared route as the rest of the program sees it: its types are checked where it was written. */
import { z } from 'zod';
import type { Permission } from '../access/roles.ts';
import type { Context } from '../context.ts';
import type { Logger } from 'pino';
import { BODY_LIMIT } from './body.ts';
import type { Upload } from './files.ts';
import type { RawInput } from './input.ts';
import { checkedInput } from './input.ts';
import type { Output, Reply } from './output.ts';
import { shapeOf } from './output.ts';
import { looseParts } from './strictness.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler gets. */
export interface Call<P, Q, B> {
  readonly ctx: Context;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly log: Logger;
  /** The file that was sent, where the route takes one. */
  readonly upload: Upload | null;
}

/** What a route says of itself in words. */
export interface Words {
  /** Polish, one line, what it does. */
  readonly summary: string;
  /** Polish, what one should know besides. */
  readonly description?: string | undefined;
  /** Polish heading under which it stands in the description. */
  readonly tag: string;
}

export interface Limits {
  /** Largest body, bytes; 1 MB by default. */
  readonly bodyLimit?: number | undefined;
  /** A question is given up after so many milliseconds, 30 s by default. A command never is: it may already have been done. */
  readonly answerWithin?: number | undefined;
}

export interface Route extends Words {
  /** Largest file the route takes, bytes; null when it takes none. */
  readonly uploadLimit: number | null;
  /** Media types of the file it answers with; empty when it answers with JSON. */
  readonly fileTypes: readonly string[];
  readonly bodyLimit: number;
  readonly answerWithin: number;
  readonly method: Method;
  /** Below the base: `/leases/:lease`. */
  readonly path: string;
  readonly permission: Permission;
  /** Audit event that its command writes. */
  readonly audit: string | null;
  readonly operationId: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly status: 200 | 201 | 202 | 204;
  /** Schema of the answer; null when there is none to send. */
  readonly answer: z.ZodType | null;
  /** A list in pages, with links to its neighbours. */
  readonly paged: boolean;
  /** Checks the input and runs the handler. @throws HttpProblem, DomainError */
  run(call: { readonly ctx: Context; readonly log: Logger; readonly upload: Upload | null }, input: RawInput): Promise<Reply>;
}

export interface Declaration extends Words, Limits {
  readonly method: Method;
  readonly path: string;
  readonly permission: Permission;
  readonly audit: string | null;
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly body?: z.ZodType | undefined;
  readonly output: Output;
  readonly uploadLimit?: number | undefined;
  readonly paged: boolean;
  readonly reply: (call: Call<unknown, unknown, unknown>) => Promise<Reply>;
}

const PATH = /^(?:\/(?::[a-z][A-Za-z0-9]*|[a-z0-9-]+))+$/;
const EVENT = /^[a-z][a-z_]*(?:\.[a-z][a-z_]*)+$/;

/** @throws Error when the declaration contradicts itself: the program does not start with it */
export function declared(given: Declaration): Route {
  const { status, schema, types } = shapeOf(given.output);
  const schemas = { params: given.params ?? z.strictObject({}), query: given.query ?? z.strictObject({}), body: given.body ?? null };
  const flaws = [...wordFlaws(given), ...paramFlaws(given, schemas.params), ...shapeFlaws(schemas, schema)];
  if (flaws.length > 0) throw new Error(`${given.method} ${given.path}: ${flaws.join('; ')}`);
  const { method, path, permission, audit, summary, description, tag, bodyLimit = BODY_LIMIT, answerWithin = 30_000, paged } = given;
  return {
    ...{ method, path, permission, audit, summary, tag, bodyLimit, answerWithin, paged, status, answer: schema },
    ...(description === undefined ? {} : { description }),
    ...schemas,
    uploadLimit: given.uploadLimit ?? null,
    fileTypes: types,
    operationId: operationIdOf(method, path),
    run: async ({ ctx, log, upload }, raw) => given.reply({ ctx, log, upload, ...checkedInput(schemas, raw) }),
  };
}

function wordFlaws({ method, path, audit, summary, tag, uploadLimit, body }: Declaration): string[] {
  return [
    ...(PATH.test(path) ? [] : ['the path is not of the form /words/:name']),
    ...(audit === null && method !== 'GET' ? ['a command names its audit event'] : []),
    ...(uploadLimit !== undefined && (method === 'GET' || body !== undefined) ? ['a file is sent alone, and not with a question'] : []),
    ...(audit === null || EVENT.test(audit) ? [] : ['an audit event is of the form thing.done']),
    ...(summary === '' || tag === '' ? ['summary and tag say something'] : []),
  ];
}

function paramFlaws({ path }: Declaration, params: z.ZodObject): string[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '').sort();
  const inSchema = Object.keys(params.shape).sort();
  return inPath.join() === inSchema.join() ? [] : [`params has [${inSchema.join(', ')}], the path [${inPath.join(', ')}]`];
}

function shapeFlaws(schemas: { query: z.ZodObject; body: z.ZodType | null }, answer: z.ZodType | null): string[] {
  const parts: [string, z.ZodType | null][] = [['query', schemas.query], ['body', schemas.body], ['output', answer]];
  return parts.flatMap(([name, schema]) => (schema === null ? [] : looseParts(name, schema).map((place) => `${place} must be a z.strictObject`)));
}

/** `GET /leases/:lease/rent` is `getLeasesLeaseRent`. */
function operationIdOf(method: Method, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
