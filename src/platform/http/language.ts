/** In which words a request is answered: the pages say it by the view, the interface by `Accept-Language`. */
import type { Request, RequestHandler } from 'express';
import type { Language, Speech } from '../language.ts';
import { PLAIN, speaking } from '../language.ts';

const speeches = new WeakMap<Request, Speech>();

/** The language of an answer to a program: English where that is preferred to Polish, Polish to everybody else. */
export function languageAsked(req: Request): Language {
  return req.acceptsLanguages('pl', 'en') === 'en' ? 'en' : 'pl';
}

/** Works on a request with words made so; what goes wrong later is told in the same ones. */
export function answering<T>(req: Request, how: Speech, work: () => T): T {
  speeches.set(req, how);
  return speaking(how, work);
}

/** How words for this request are made. */
export function speechOf(req: Request): Speech {
  return speeches.get(req) ?? PLAIN;
}

/** All that follows is worded as `how` says. Stands again behind whatever may go on from elsewhere than it was called from. */
export function speakingTo(how: (req: Request) => Speech): RequestHandler {
  return (req, _res, next) => answering(req, how(req), next);
}
