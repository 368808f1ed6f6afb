/** The declared pages as an Express router. */
import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { z } from 'zod';
import type { AdmissionSettings } from '../platform/http/admission.ts';
import { admitted } from '../platform/http/admission.ts';
import { within } from '../platform/http/endpoint.ts';
import { forOnce } from '../platform/law/store.ts';
import { sendDownload } from '../platform/http/files.ts';
import { formReader } from '../platform/http/form.ts';
import { checkedInput } from '../platform/http/input.ts';
import { answering } from '../platform/http/language.ts';
import type { SentForm } from '../platform/http/multipart.ts';
import { isMultipart, openForm } from '../platform/http/multipart.ts';
import { problemOf } from '../platform/http/problem.ts';
import { readQuery } from '../platform/http/query.ts';
import { otherMethods } from '../platform/http/router.ts';
import { traceOf } from '../platform/http/trace.ts';
import type { Instance } from '../platform/instance.ts';
import type { Speech } from '../platform/language.ts';
import { assetsRouter } from './assets.ts';
import type { Answer, PageRoute } from './declared.ts';
import { keepForm, memoryOf, takeKeptForm, tellNext } from './keeping.ts';
import { preferencesOf, preferencesRouter } from './preferences.ts';
import { sendDocument } from './send.tsx';
import type { View } from './view.ts';
import { viewFor } from './views.ts';

export interface PagesSettings extends AdmissionSettings {
  readonly instance: Instance;
  readonly pages: readonly PageRoute[];
}

/** Forms up to so many bytes. */
const readForm = formReader(256 * 1024);
/** A page is given up after so many milliseconds. */
const ANSWER_WITHIN = 30_000;
const NO_FIELDS = z.strictObject({});

/** @throws Error when two pages claim one address and method */
export function pagesRouter(settings: PagesSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use(assetsRouter(), preferencesRouter());
  for (const [path, those] of byPath(settings.pages)) {
    const place = router.route(path);
    place.all(named(path));
    for (const page of those) {
      if (page.method === 'GET') place.get((req, res) => answering(req, speechTo(req), () => asked(page, settings, req, res)));
      else place.post((req, res) => answering(req, speechTo(req), () => sent(page, settings, req, res)));
    }
    place.all(otherMethods(those.map(({ method }) => method)));
  }
  return router;
}

function byPath(pages: readonly PageRoute[]): [string, PageRoute[]][] {
  const paths = new Map<string, PageRoute[]>();
  for (const page of pages) {
    const those = paths.get(page.path) ?? [];
    if (those.some(({ method }) => method === page.method)) throw new Error(`the page ${page.method} ${page.path} is declared twice`);
    paths.set(page.path, [...those, page]);
  }
  // Fixed words before parameters: a colon must sort after letters.
  const key = (path: string): string => path.replaceAll(':', '~');
  return [...paths].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
}

function named(template: string): RequestHandler {
  return (req, res, next) => {
    traceOf(req).template = template;
    res.set('Cache-Control', 'no-store');
    next();
  };
}

/** A page's refusals speak the language of the page, whatever the browser prefers otherwise. */
const speechTo = (req: Request): Speech => ({ language: preferencesOf(req).language, onPage: true });

/** One request on its way through a page. */
interface Passage {
  readonly req: Request;
  readonly res: Response;
  readonly form: SentForm;
  readonly stale: boolean;
}

/** A form without a file. */
const ofFields = (entries: URLSearchParams): SentForm => ({ entries, file: null, release: () => undefined });

async function asked(page: PageRoute, settings: PagesSettings, req: Request, res: Response): Promise<void> {
  try {
    await work(page, settings, { req, res, form: ofFields(new URLSearchParams()), stale: false });
  } catch (error) {
    if (problemOf(error).status !== 401) throw error;
    toSignIn(req, res, req.get('hx-request') === 'true' ? pathOf(req.get('hx-current-url')) : req.originalUrl);
  }
}

async function sent(page: PageRoute, settings: PagesSettings, req: Request, res: Response): Promise<void> {
  const form = page.fileLimit !== undefined && isMultipart(req) ? await openForm(req, page.fileLimit) : ofFields(await readForm(req, res));
  try {
    await work(page, settings, { req, res, form, stale: false });
  } catch (error) {
    const { status, code } = problemOf(error);
    if (!fromOurPages(req)) throw error;
    if (status === 401) {
      await keepForm(req, settings.instance.secrets, req.path, form.entries);
      toSignIn(req, res, shownFrom(page, settings, req));
    } else if (code === 'csrf_missing') {
      // From a page of an earlier session of this browser: nothing is done, and nothing typed is lost.
      await work(page, settings, { req, res, form, stale: true });
    } else throw error;
  } finally {
    form.release();
  }
}

async function work(page: PageRoute, settings: PagesSettings, { req, res, form: { entries, file }, stale }: Passage): Promise<void> {
  const told = { csrf: entries.get('_csrf'), looking: stale };
  await admitted(req, res, page, settings, async (given, log, note) => {
    // A page shows one state of the law, however often it looks into it.
    const ctx = page.method === 'GET' ? { ...given, law: forOnce(given.law) } : given;
    const view = viewFor(req, ctx, settings.pages);
    const { params } = checkedInput({ params: page.params, query: NO_FIELDS, body: null }, { params: req.params, query: { values: {}, errors: [] }, body: undefined });
    const kept = page.method === 'GET' ? takeKeptForm(req, settings.instance.secrets, req.path, ctx.actor.code) : null;
    const answering = page.answer({ ctx, view, params: params as Readonly<Record<string, unknown>>, query: readQuery(req.url), entries, file, kept, stale, memory: memoryOf(req, settings.instance.secrets) });
    const answer = await (page.method === 'GET' ? within(answering, { path: page.path, answerWithin: ANSWER_WITHIN }, log) : answering);
    if ('refusal' in answer) await note(answer.refusal);
    await give(req, res, view, answer);
  }, told);
}

async function give(req: Request, res: Response, view: View, answer: Answer): Promise<void> {
  switch (answer.kind) {
    case 'page':
      sendDocument(res, answer.status, view, answer.shown);
      return;
    case 'download':
      await sendDownload(res, answer.download);
      return;
    case 'done': {
      const { to, notice } = answer.done;
      if (notice !== undefined) await tellNext(req, notice);
      goOn(req, res, to);
    }
  }
}

/** htmx follows a redirect by itself and would put the whole page where a part belongs: it is told to go there. */
function goOn(req: Request, res: Response, to: string): void {
  if (req.get('hx-request') === 'true') res.set('HX-Redirect', to).status(204).end();
  else res.redirect(303, to);
}

/** Where a command is given from: its own address where that is a page, else the page that had its button. */
function shownFrom(page: PageRoute, { pages }: PagesSettings, req: Request): string {
  return pages.some(({ method, path }) => method === 'GET' && path === page.path) ? req.originalUrl : pathOf(req.get('referer'));
}

function toSignIn(req: Request, res: Response, from: string): void {
  goOn(req, res, `/sign-in?to=${encodeURIComponent(from)}`);
}

function pathOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return '/';
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

/** The browser itself says so; one that does not say is no browser of these years. */
function fromOurPages(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  return site === undefined ? origin !== undefined && URL.canParse(origin) && new URL(origin).host === req.get('host') : site === 'same-origin';
}
