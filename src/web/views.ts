/** The view of a request: who looks, from where, in which words, and where they may go. */
import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { may } from '../platform/access/roles.ts';
import { seesWholeCity } from '../platform/access/scope.ts';
import { signedInUntil } from '../platform/access/sessions.ts';
import type { Context } from '../platform/context.ts';
import type { PageRoute } from './declared.ts';
import { csrfOf, takeNotices } from './keeping.ts';
import { preferencesOf } from './preferences.ts';
import { textsIn } from './texts/index.ts';
import type { NavEntry, View } from './view.ts';

const views = new WeakMap<Request, View>();

/** The view for whoever asks. What goes wrong later is told in the same one. */
export function viewFor(req: Request, ctx: Pick<Context, 'actor' | 'clock'>, pages: readonly PageRoute[]): View {
  const bare = { ...bareView(req, ctx.clock.today()), actor: ctx.actor, csrf: csrfOf(req, ctx.clock), signedInUntil: signedInUntil(req, ctx.clock), notices: takeNotices(req) };
  const view: View = { ...bare, nav: navFor(bare, req.path, pages) };
  views.set(req, view);
  return view;
}

/** The view of somebody unknown. */
export function bareView(req: IncomingMessage & { readonly originalUrl?: string }, today: View['today']): View {
  const { language, theme } = preferencesOf(req);
  return { t: textsIn(language), language, theme, actor: null, csrf: '', signedInUntil: null, address: req.originalUrl ?? req.url ?? '/', today, notices: [], nav: [] };
}

/** The view that was made for this request, if it came so far. */
export function viewOf(req: Request): View | null {
  return views.get(req) ?? null;
}

function navFor(view: View, path: string, pages: readonly PageRoute[]): NavEntry[] {
  const { actor } = view;
  if (actor === null) return [];
  return pages
    .flatMap(({ nav, path: to, permission }) => (nav !== null && may(actor, permission) && (nav.wholeCity !== true || seesWholeCity(actor)) ? [{ place: nav.place, to, words: nav.words(view), here: to === '/' ? path === '/' : [to, ...(nav.also ?? [])].some((room) => path === room || path.startsWith(`${room}/`)) }] : []))
    .sort((a, b) => a.place - b.place);
}
