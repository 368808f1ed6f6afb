/** The development provider below its path. */
import express, { Router } from 'express';
import type { DevelopmentProvider, DevelopmentSettings } from './provider.ts';
import { TENANT, makeProvider } from './provider.ts';
import { PEOPLE } from '../people.ts';
import { HttpProblem } from '../../http/problem.ts';
import { choosePage } from './pages.tsx';

export function developmentRouter(settings: DevelopmentSettings): Router {
  let made: Promise<DevelopmentProvider> | null = null;
  const provider = (): Promise<DevelopmentProvider> => (made ??= makeProvider(settings));
  const router = Router();
  router.get('/choose/:uid', async (req, res) => {
    const { params } = await details(await provider(), req, res);
    res.type('html').send(choosePage(settings.pages, req, String(params['client_id']), TENANT));
  });
  router.post('/choose/:uid', express.urlencoded({ extended: false, limit: 1_000, parameterLimit: 5 }), async (req, res) => {
    const there = await provider();
    await details(there, req, res);
    const chosen = chosenOf(req.body);
    await there.interactionFinished(req, res, { login: { accountId: chosen, remember: false } }, { mergeWithLastSubmission: false });
  });
  router.use(async (req, res) => {
    const handle = (await provider()).callback();
    await handle(req, res);
  });
  return router;
}

type Details = Awaited<ReturnType<DevelopmentProvider['interactionDetails']>>;

/** @throws HttpProblem `sign_in_lost` when the browser is not on its way through a sign-in */
async function details(provider: DevelopmentProvider, ...[req, res]: Parameters<DevelopmentProvider['interactionDetails']>): Promise<Details> {
  try {
    return await provider.interactionDetails(req, res);
  } catch {
    throw new HttpProblem(400, 'sign_in_lost');
  }
}

function chosenOf(body: unknown): string {
  const code: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'person') : undefined;
  if (typeof code !== 'string' || (code !== TENANT.code && !PEOPLE.some((person) => person.code === code))) throw new HttpProblem(400, 'sign_in_lost');
  return code;
}
