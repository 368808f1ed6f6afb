/** What a route answers with: a value (200), something new or begun at an address (201, 202), or nothing (204). */
import type { z } from 'zod';
import type { Download } from './files.ts';

/** Read-only all the way down: a handler may give what it was given. */
export type Immutable<T> = T extends string | number | boolean | bigint | null | undefined
  ? T
  : T extends readonly (infer U)[]
    ? readonly Immutable<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Immutable<T[K]> }
      : T;

/** An answer with a `Location`. */
export interface Located<S extends z.ZodType = z.ZodType> {
  readonly answers: 'location';
  readonly status: 201 | 202;
  readonly schema: S;
}

export interface Nothing {
  readonly answers: 'nothing';
}

/** An answer that is a file of one of these media types. */
export interface FileAnswer {
  readonly answers: 'file';
  readonly types: readonly string[];
}

export type Output = z.ZodType | Located | Nothing | FileAnswer;

/** Long work has begun: 202 with the address of its operation. The handler gives `{ location, body }`, location below the base. */
export function accepted<S extends z.ZodType>(schema: S): Located<S> {
  return { answers: 'location', status: 202, schema };
}

/** Something new was made: 201 with its address. The handler gives `{ location, body }`, location below the base. */
export function created<S extends z.ZodType>(schema: S): Located<S> {
  return { answers: 'location', status: 201, schema };
}

/** Done, and there is nothing to tell: 204. */
export const nothing: Nothing = { answers: 'nothing' };

/** The answer is a file: the handler gives its name, its type and how it is written. */
export function file(...types: readonly string[]): FileAnswer {
  return { answers: 'file', types };
}

/** What a handler gives for an output. */
export type ResultOf<O extends Output> =
  O extends Located<infer S>
    ? { readonly location: string; readonly body: Immutable<z.output<S>> }
    : O extends FileAnswer
      ? Download
    : O extends Nothing
      ? undefined
      : O extends z.ZodType
        ? Immutable<z.output<O>>
        : never;

/** Where a list stands, for its links. */
export interface PageAt {
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
}

/** What the wrapper sends. */
export interface Reply {
  readonly body: unknown;
  /** Below the base. */
  readonly location?: string;
  readonly page?: PageAt;
  readonly download?: Download;
}

/** The reply of a handler's result. @throws Error when a location is not a path below the base */
export function replyOf(output: Output, result: unknown): Reply {
  if (!('answers' in output)) return { body: result };
  if (output.answers === 'nothing') return { body: undefined };
  if (output.answers === 'file') return { body: undefined, download: result as Download };
  const { location, body } = result as { location: string; body: unknown };
  // A relative one would be taken from wherever the request went.
  if (!location.startsWith('/')) throw new Error(`the location ${location} does not begin with a slash`);
  return { location, body };
}

/** Status and schema of an output. */
export function shapeOf(output: Output): { status: 200 | 201 | 202 | 204; schema: z.ZodType | null; types: readonly string[] } {
  if (!('answers' in output)) return { status: 200, schema: output, types: [] };
  if (output.answers === 'file') return { status: 200, schema: null, types: output.types };
  return output.answers === 'nothing' ? { status: 204, schema: null, types: [] } : { status: output.status, schema: output.schema, types: [] };
}
