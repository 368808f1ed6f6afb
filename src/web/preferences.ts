/** Language and colours of the pages: kept in the browser, for they are nobody else's business and outlast a session. */
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { Router } from 'express';
import { readQuery } from '../platform/http/query.ts';
import { traceOf } from '../platform/http/trace.ts';
import type { Language } from '../platform/statement/words/codes.ts';
import { ownPath } from '../platform/access/own-path.ts';
import type { Theme } from './view.ts';

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
}

const COOKIE = 'kamienica-view';
const YEAR_MS = 365 * 24 * 60 * 60_000;
const LANGUAGES: readonly Language[] = ['pl', 'en'];
const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

function oneOf<T extends string>(known: readonly T[], given: string | undefined, otherwise: T): T {
  return known.find((one) => one === given) ?? otherwise;
}

/** What the browser says of itself; Polish and its own colours where it says nothing. */
export function preferencesOf(req: IncomingMessage): Preferences {
  const given = req.headers.cookie?.split(/;\s*/).find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
  const [language, theme] = given.split('.');
  return { language: oneOf(LANGUAGES, language, 'pl'), theme: oneOf(THEMES, theme, 'auto') };
}

/** `/preferences?language=en&theme=dark&to=/leases`: keeps what is named and goes on. It changes how pages look, nothing else. */
export function preferencesRouter(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/preferences', (req: Request, res: Response) => {
    traceOf(req).template = '/preferences';
    const now = preferencesOf(req);
    const { values } = readQuery(req.url);
    const language = oneOf(LANGUAGES, values['language'], now.language);
    const theme = oneOf(THEMES, values['theme'], now.theme);
    res.cookie(COOKIE, `${language}.${theme}`, { path: '/', sameSite: 'lax', httpOnly: true, secure: req.secure, maxAge: YEAR_MS });
    res.set('Cache-Control', 'no-store').redirect(303, ownPath(values['to'] ?? '', '/'));
  });
  return router;
}
