/** Long work over HTTP: how far it is. */
import { z } from 'zod';
import { mayFollow } from './access/scope.ts';
import { DomainError } from './errors.ts';
import { route } from './http/index.ts';
import type { Route } from './http/index.ts';
import { instantOut } from './http/schemas.ts';
import { findOperation, reapOperations } from './operations.ts';
import { retold } from './problems.ts';
import { said } from './problem-texts.ts';

/** Where files lie on the server is nobody's business outside. */
function withoutPaths(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, key.endsWith('File') && typeof value === 'string' ? true : (value as unknown)]));
}

export const operationRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/operations/:operation', permission: 'operation.read', audit: null, tag: 'Zadania', summary: 'Stan i postęp długiego zadania',
    params: z.strictObject({ operation: z.string().regex(/^\d{1,18}$/, said('number_of_operation')).meta({ examples: ['7'] }) }),
    output: z.strictObject({
      id: z.string(), kind: z.string(), state: z.enum(['running', 'done', 'failed', 'void']), actor: z.string(), startedAt: instantOut, finishedAt: instantOut.nullable(),
      done: z.string(), total: z.string().nullable(), message: z.string().nullable(), result: z.unknown(), problem: z.unknown(),
    }),
    handle: async ({ ctx, params }) => {
      // An operation whose process died says so to whoever asks.
      await reapOperations(ctx);
      const found = await findOperation(ctx.db, params.operation);
      if (!found || !mayFollow(ctx, found)) throw new DomainError('not found', 'operation_unknown', { operation: params.operation });
      return { ...found, result: withoutPaths(found.result), problem: retold(found.problem) };
    },
  }),
];
