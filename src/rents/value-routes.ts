/** The value of a dwelling over HTTP: points and usable area, let or vacant. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import { route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut, decimalOut, instantOut, missingOut, renderedOut } from '../platform/http/schemas.ts';
import { fixed2 } from '../platform/money.ts';
import { listAuxiliaryRooms } from '../stock/auxiliary.ts';
import { auxiliaryOn } from './auxiliary.ts';
import { valueOn } from './explain.ts';
import { Presenter } from './present.ts';

export const valueRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/auxiliary-rooms', permission: 'stock.read', audit: null, tag: 'Zasób', summary: 'Pomieszczenia pomocnicze',
    output: z.strictObject({ rooms: z.array(z.strictObject({ room: z.string(), building: z.string() })) }),
    handle: async ({ ctx }) => ({ rooms: await listAuxiliaryRooms(ctx) }),
  }),
  route({
    method: 'GET', path: '/auxiliary-rooms/:room/remuneration', permission: 'stock.read', audit: null, tag: 'Czynsze',
    summary: 'Wynagrodzenie za pomieszczenie pomocnicze, z uzasadnieniem dla każdego korzystającego',
    params: z.strictObject({ room: z.string().min(1).max(60).meta({ examples: ['B00022-PP1'] }) }), query: z.strictObject({ day: plainDate.optional(), known_on: plainDate.optional() }),
    output: z.strictObject({
      room: z.string(), day: dayOut, knownAt: instantOut, area: decimalOut, unknown: z.array(z.string()),
      users: z.array(z.strictObject({ premises: z.string(), amount: decimalOut, explained: renderedOut })),
    }),
    handle: async ({ ctx, params, query }) => {
      const view = await auxiliaryOn(ctx, { room: params.room, day: query.day, knownOn: query.known_on });
      const present = new Presenter(ctx);
      const users = await Promise.all(view.users.map(async ({ premises, amount, statement }) => ({
        premises, amount: fixed2(amount), explained: await present.render(statement, view.day, view.knownAt),
      })));
      return { ...view, users };
    },
  }),
  route({
    method: 'GET', path: '/dwellings/:dwelling/value', permission: 'stock.read', audit: null, tag: 'Zasób', summary: 'Punkty i powierzchnia użytkowa lokalu na dzień, z uzasadnieniem',
    params: z.strictObject({ dwelling: z.string().min(1).max(60).meta({ examples: ['B00001-002'] }) }),
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
