/** The development provider below its path. */
import { Router } from 'express';
import { STAFF_CLIENT } from './clients.ts';
import type { DevelopmentProvider, DevelopmentSettings } from './provider.ts';
import { TENANT, makeProvider } from './provider.ts';
import { PEOPLE } from '../people.ts';
import { formReader } from '../../http/form.ts';
import { HttpProblem } from '../../http/problem.ts';
import { choosePage } from './pages.tsx';

/** Largest form, bytes: a name. */
const readForm = formReader(1_000);

export function developmentRouter(settings: DevelopmentSettings): Router {
  let made: Promise<DevelopmentProvider> | null = null;
  const provider = (): Promise<DevelopmentProvider> => (made ??= makeProvider(settings));
  const router = Router();
  router.get('/choose/:uid', async (req, res) => {
    const { params } = await details(await provider(), req, res);
    res.type('html').send(choosePage(settings.pages, req, String(params['client_id']), TENANT));
  });
  router.post('/choose/:uid', async (req, res) => {
    const there = await provider();
    const { params } = await details(there, req, res);
    const chosen = chosenOf((await readForm(req, res)).get('person'), params['client_id'] === STAFF_CLIENT);
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

/** One of those the page offers. @throws HttpProblem `sign_in_lost` */
function chosenOf(code: string | null, staff: boolean): string {
  const offered = staff ? PEOPLE.map((person) => person.code) : [TENANT.code];
  if (code === null || !offered.includes(code)) throw new HttpProblem(400, 'sign_in_lost');
  return code;
}
