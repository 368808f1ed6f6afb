/** What a signed-in person can do about their own access, and what others may see of it. */
import { z } from 'zod';
import type { Route } from '../http/index.ts';
import { created, listRoute, nothing, route } from '../http/index.ts';
import { instantOut } from '../http/schemas.ts';
import type { PeselOfPerson } from './letter-codes.ts';
import { letterCodeInput, linkByLetterCode } from './letter-codes.ts';
import { ROLES } from './roles.ts';
import { makeToken, ownTokens, revokeToken, tokenInput } from './tokens.ts';
import { blockUser, unblockUser, userReason } from './users.ts';
import { USER_SORTS, listUsers, userFilter } from './users-seen.ts';
import { said } from '../problem-texts.ts';

const TAG = 'Dostęp';

const token = z.string().regex(/^\d{1,18}$/, said('number_of_token')).meta({ examples: ['3'] });
const user = z.string().min(2).max(100).meta({ examples: ['anna.referent'] });

const keptToken = z.strictObject({ id: z.string(), name: z.string(), madeAt: instantOut, expiresAt: instantOut, usedAt: instantOut.nullable(), revokedAt: instantOut.nullable() });

/** What a signed-in person may ask of their own access. `peselOf` looks among the persons, who lie further right. */
export const accessRoutes = (peselOf: PeselOfPerson): readonly Route[] => [
  route({
    method: 'GET', path: '/tokens', permission: 'token.own', audit: null, tag: TAG, summary: 'Własne tokeny do pracy w terminalu',
    output: z.strictObject({ tokens: z.array(keptToken) }),
    handle: async ({ ctx }) => ({ tokens: await ownTokens(ctx) }),
  }),
  route({
    method: 'POST', path: '/tokens', permission: 'token.own', audit: 'token.make', tag: TAG, summary: 'Utwórz token do pracy w terminalu',
    description: 'Token jest pokazywany ten jeden raz. Program działa z nim w imieniu tej osoby, z jej dzisiejszymi rolami, najdłużej kwartał od jej ostatniego logowania. Tokenem nie tworzy się kolejnego tokenu.',
    body: tokenInput,
    output: created(z.strictObject({ id: z.string(), token: z.string(), expiresAt: instantOut })),
    handle: async ({ ctx, body }) => {
      const made = await makeToken(ctx, body);
      return { location: '/tokens', body: made };
    },
  }),
  route({
    method: 'DELETE', path: '/tokens/:token', permission: 'token.own', audit: 'token.revoke', tag: TAG, summary: 'Unieważnij własny token',
    params: z.strictObject({ token }),
    output: nothing,
    handle: async ({ ctx, params }) => {
      await revokeToken(ctx, params.token);
      return undefined;
    },
  }),
  route({
    method: 'POST', path: '/session/letter-code', permission: 'lease.read', audit: 'session.letter_code', tag: TAG, summary: 'Najemca: potwierdź, kim jesteś, kodem z listu',
    description: 'Kod z listu działa raz i przez 30 dni. Po pięciu błędnych kodach trzeba odczekać godzinę.',
    body: letterCodeInput,
    output: nothing,
    handle: async ({ ctx, body }) => {
      await linkByLetterCode(ctx, body, peselOf);
      return undefined;
    },
  }),
  listRoute({
    path: '/users', permission: 'user.read', audit: null, tag: TAG, summary: 'Użytkownicy, którzy się logowali, z rolami',
    query: userFilter, sort: USER_SORTS,
    item: z.strictObject({
      code: z.string(), kind: z.enum(['staff', 'tenant']), name: z.string(), roles: z.array(z.enum(ROLES)), districts: z.array(z.string()).nullable(),
      signedInAt: instantOut, blockedAt: instantOut.nullable(), blockedBy: z.string().nullable(),
      blockReason: z.string().nullable().meta({ description: 'Powód trwającej blokady.' }),
    }),
    handle: ({ ctx, query, page }) => listUsers(ctx, query, page),
  }),
  route({
    method: 'POST', path: '/users/:user/block', permission: 'user.block', audit: 'user.block', tag: TAG, summary: 'Zablokuj użytkownika, z podaniem powodu',
    description: 'Działa natychmiast: sesje i tokeny tej osoby przestają działać.',
    params: z.strictObject({ user }), body: userReason, output: nothing,
    handle: async ({ ctx, params, body }) => {
      await blockUser(ctx, params.user, body);
      return undefined;
    },
  }),
  route({
    method: 'POST', path: '/users/:user/unblock', permission: 'user.block', audit: 'user.unblock', tag: TAG, summary: 'Odblokuj użytkownika, z podaniem powodu',
    params: z.strictObject({ user }), body: userReason, output: nothing,
    handle: async ({ ctx, params, body }) => {
      await unblockUser(ctx, params.user, body);
      return undefined;
    },
  }),
];
