import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { BY_HEADER, accepted, httpApp, listRoute, nothing, route } from '../../../src/platform/http/index.ts';
import type { PlainDate } from '../../../src/platform/dates/plain.ts';
import { plainDate } from '../../../src/platform/dates/schema.ts';
import pino from 'pino';
import { instance } from './support.ts';

const words = { summary: 'x', tag: 'x' } as const;
const command = { ...words, method: 'POST', path: '/things', permission: 'import', audit: 'thing.made', output: nothing, handle: () => undefined } as const;
const question = { ...words, method: 'GET', permission: 'lease.read', audit: null } as const;
const text = z.strictObject({ a: z.string() });
const giveText = () => ({ a: '' });

describe('a declaration without what it needs does not type-check', () => {
  it('a permission, an audit event of a command, no body of a question', () => {
    const declarations = [
      // @ts-expect-error a route has a permission
      () => route({ ...words, method: 'GET', path: '/things', audit: null, output: text, handle: giveText }),
      // @ts-expect-error a route says which audit event it writes, or null
      () => route({ ...words, method: 'GET', path: '/things', permission: 'lease.read', output: text, handle: giveText }),
      // @ts-expect-error a command writes an audit event
      () => route({ ...command, audit: null }),
      // @ts-expect-error a question has no body
      () => route({ ...question, path: '/things', body: text, output: text, handle: giveText }),
      // @ts-expect-error the permission is a known one
      () => route({ ...command, permission: 'everything' }),
      // @ts-expect-error a parameter of the path has a schema
      () => route({ ...command, path: '/things/:thing' }),
      // @ts-expect-error the schema is of that parameter
      () => route({ ...command, path: '/things/:thing', params: z.strictObject({ other: z.string() }) }),
      // @ts-expect-error the answer fits its schema
      () => route({ ...question, path: '/things', output: text, handle: () => ({ a: 1 }) }),
      // @ts-expect-error the address of long work is told
      () => route({ ...command, output: accepted(text), handle: () => ({ a: 'x' }) }),
      // @ts-expect-error rows of a list fit their schema
      () => listRoute({ ...words, path: '/things', permission: 'lease.read', audit: null, sort: ['a'], item: text, handle: () => Promise.resolve({ items: [{ b: 1 }], total: 1 }) }),
    ];
    expect(declarations).toHaveLength(10);
  });

  it('and what it is given is inferred from its schemas', () => {
    route({
      ...command,
      path: '/things/:thing/parts/:part',
      params: z.strictObject({ thing: z.string(), part: z.string().transform(Number) }),
      query: z.strictObject({ day: plainDate.optional() }),
      body: z.strictObject({ count: z.int().default(1) }),
      handle: ({ params, query, body, ctx }) => {
        expectTypeOf(params).toEqualTypeOf<{ thing: string; part: number }>();
        expectTypeOf(query.day).toEqualTypeOf<PlainDate | undefined>();
        expectTypeOf(body).toEqualTypeOf<{ count: number }>();
        expectTypeOf(ctx.actor.code).toEqualTypeOf<string>();
        return undefined;
      },
    });
    listRoute({
      ...words,
      path: '/things',
      permission: 'lease.read',
      audit: null,
      query: z.strictObject({ kind: z.enum(['a', 'b']) }),
      sort: ['name', 'size'],
      item: text,
      handle: ({ query, page }) => {
        expectTypeOf(query.kind).toEqualTypeOf<'a' | 'b'>();
        expectTypeOf(page.sort.by).toEqualTypeOf<'name' | 'size'>();
        return Promise.resolve({ items: [] as readonly { readonly a: string }[], total: 0 });
      },
    });
  });
});

describe('a declaration that contradicts itself stops the start', () => {
  it.each([
    ['an audit event without a form', () => route({ ...command, audit: 'made' }), 'thing.done'],
    ['a parameter the path lacks', () => route({ ...command, params: text as never }), 'params has [a], the path []'],
    ['a path that is none', () => route({ ...command, path: '/Things/' }), 'the path is not of the form'],
    ['a body that lets unknown fields pass', () => route({ ...command, body: z.strictObject({ rows: z.array(z.object({ a: z.string() })) }) }), 'body.rows must be a z.strictObject'],
    ['an answer that would be cut', () => route({ ...question, path: '/things', output: z.object({ a: z.string() }), handle: giveText }), 'output must be a z.strictObject'],
    ['a query that lets unknown parameters pass', () => route({ ...command, query: z.object({}) as never }), 'query must be a z.strictObject'],
    ['an answer that JSON cannot say', () => route({ ...question, path: '/things', output: z.strictObject({ at: z.date() }), handle: () => ({ at: new Date(0) }) }), 'Date cannot be represented'],
    ['an answer with a transformation', () => route({ ...question, path: '/things', output: z.string().transform(Number), handle: () => 1 }), 'Transforms cannot be represented'],
  ])('%s', (_, declare, words) => {
    expect(declare).toThrow(words);
  });

  it('two routes of one address and method, and one address under two names', () => {
    const start = (...paths: `/${string}`[]) => () =>
      httpApp({
        access: BY_HEADER,
        instance,
        base: '/api/v1',
        log: pino({ level: 'silent' }),
        routes: paths.map((path) => {
          const params = z.strictObject(Object.fromEntries([...path.matchAll(/:(\w+)/g)].map((match) => [match[1] ?? '', z.string()])));
          return route({ ...command, path: path as '/x', params: params as never });
        }),
      });
    expect(start('/a', '/b')).not.toThrow();
    expect(start('/a', '/a')).toThrow();
    expect(start('/a/:x', '/a/:y')).toThrow('one address under two names');
  });
});
