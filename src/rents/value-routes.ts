/** The value of a dwelling over HTTP: points and usable area, let or vacant. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import { route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut, decimalOut, instantOut, missingOut, renderedOut } from '../platform/http/schemas.ts';
import { valueOn } from './explain.ts';
import { Presenter } from './present.ts';

export const valueRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/dwellings/:dwelling/value', permission: 'read', audit: null, tag: 'Zasób', summary: 'Punkty i powierzchnia użytkowa lokalu na dzień, z uzasadnieniem',
    params: z.strictObject({ dwelling: z.string().min(1).max(60) }),
    query: z.strictObject({ day: plainDate.optional(), known_on: plainDate.optional(), language: z.enum(['pl', 'en']).optional() }),
    output: z.strictObject({
      dwelling: z.string(), day: dayOut, knownAt: instantOut, points: decimalOut.nullable(), area: decimalOut.nullable(), explained: renderedOut, missing: z.array(missingOut),
    }),
    handle: async ({ ctx, params, query }) => {
      const { statement, missing, ...view } = await valueOn(ctx, { dwelling: params.dwelling, day: query.day, knownOn: query.known_on });
      const present = new Presenter(ctx, query.language ?? 'pl');
      return { ...view, explained: await present.render(statement, view.day, view.knownAt), missing: await present.name(missing, view.day, view.knownAt) };
    },
  }),
];
