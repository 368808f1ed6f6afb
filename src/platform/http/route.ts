/** One declaration a route: Express handler, description and checks of access all come from it. */
import type { z } from 'zod';
import type { Permission } from '../access/roles.ts';
import type { Call, Limits, Route, Words } from './declared.ts';
import { declared } from './declared.ts';
import type { Output, ResultOf } from './output.ts';
import { replyOf } from './output.ts';

export type NoFields = z.ZodObject<Record<string, never>>;

/** Only a question may go without an audit event, and a question has no body. */
export type Effect =
  | { readonly method: 'GET'; readonly audit: string | null; readonly body?: undefined }
  | { readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly audit: string };

/** Names of the parameters of a path: `/leases/:lease/rent` has `lease`. */
export type PathParam<Path extends string> = Path extends `${infer Before}/${infer After}`
  ? PathParam<Before> | PathParam<After>
  : Path extends `:${infer Name}`
    ? Name
    : never;

/** Every parameter of the path has its schema. */
export type ParamsOf<Path extends string> = [PathParam<Path>] extends [never]
  ? { readonly params?: undefined }
  : { readonly params: z.ZodObject<Record<PathParam<Path>, z.ZodType>> };

export interface RouteParts<Path extends string, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, O extends Output> extends Words, Limits {
  /** Below the base: `/leases/:lease/rent`. Fixed words win over parameters, whatever the order of declaration. */
  readonly path: Path;
  readonly permission: Permission;
  readonly params?: P;
  /** Strict; each parameter at most once. */
  readonly query?: Q;
  /** Strict at every level. */
  readonly body?: B;
  /** Takes a file of up to so many bytes as its body. */
  readonly uploadLimit?: number;
  /** A schema (200), or `file`, `created`, `accepted`, `nothing`. It is checked, never applied: what the handler gives is what is sent. */
  readonly output: O;
  readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => ResultOf<O> | Promise<ResultOf<O>>;
}

/**
 * Declares a route. Without a permission and (for commands) an audit event it does not type-check.
 * @throws Error when the declaration contradicts itself: parameters that the path lacks, objects that are not strict
 */
export function route<
  const Path extends string,
  const O extends Output,
  P extends z.ZodObject = NoFields,
  Q extends z.ZodObject = NoFields,
  B extends z.ZodType = z.ZodUndefined,
>(spec: RouteParts<Path, P, Q, B, O> & Effect & ParamsOf<Path>): Route {
  return declared({
    ...spec,
    paged: false,
    reply: async ({ ctx, log, upload, params, query, body }) => {
      const result = await spec.handle({ ctx, log, upload, params: params as z.output<P>, query: query as z.output<Q>, body: body as z.output<B> });
      return replyOf(spec.output, result);
    },
  });
}
