/** Signing in and out in a browser. */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { Router } from 'express';
import { audit } from '../audit/events.ts';
import { notingRefusals } from '../audit/refusals.ts';
import type { Actor, Context } from '../context.ts';
import { DomainError } from '../errors.ts';
import { formReader } from '../http/form.ts';
import { HttpProblem } from '../http/problem.ts';
import { loggedError, traceOf } from '../http/trace.ts';
import type { Instance } from '../instance.ts';
import { SignInBlocked, signInStaff, signInTenant } from './arrivals.ts';
import type { Claims } from './claims.ts';
import { codeOf, districtsOf, nameOf, peselOf, rolesOf } from './claims.ts';
import { refuseForgery } from './csrf.ts';
import { visitorOf } from './identity.ts';
import type { SignInPages } from './frame.ts';
import { ownPath } from './own-path.ts';
import type { OpenIdProvider } from './provider.ts';
import { LONGEST_MS, beginSession, endSession, millisecondsOf, saveSession, signedInOf, signedInOnce } from './sessions.ts';
import type { StaffProvider, TenantProvider } from './settings.ts';
import type { Kind, User } from './users.ts';
import { findUser } from './users.ts';

/** Finds the person with the PESEL, which the tenants' provider vouches for; gives its id or null. */
export type FindByPesel = (pesel: string) => Promise<string | null>;

export interface SignInSettings {
  readonly instance: Pick<Instance, 'db' | 'clock' | 'context'>;
  readonly staff: { readonly provider: OpenIdProvider; readonly claims: Pick<StaffProvider, 'rolesClaim' | 'districtsClaim'> } | null;
  readonly tenants: { readonly provider: OpenIdProvider; readonly claims: Pick<TenantProvider, 'peselClaim'> } | null;
  readonly findByPesel: FindByPesel;
  readonly publicUrl: string;
  readonly pages: SignInPages;
}

/** Addresses without a value in them: what the log and the metrics may name. */
const OURS = new Set(['/sign-in', '/sign-in/staff', '/sign-in/tenant', '/sign-in/callback/staff', '/sign-in/callback/tenant', '/session', '/sign-out']);

export function signInRouter(settings: SignInSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use((req, res, next) => {
    if (OURS.has(req.path)) {
      traceOf(req).template = req.path;
      res.set('Cache-Control', 'no-store');
    }
    next();
  });
  router.get('/sign-in', (req, res) => {
    const offered = { staff: settings.staff !== null, tenant: settings.tenants !== null };
    res.type('html').send(settings.pages.chooser(req, offered, whereTo(req), req.session.keptForm !== undefined));
  });
  for (const kind of ['staff', 'tenant'] as const) {
    router.get(`/sign-in/${kind}`, (req, res) => depart(settings, kind, req, res));
    router.get(`/sign-in/callback/${kind}`, (req, res) => arrive(settings, kind, req, res));
  }
  router.get('/session', (req, res) => tellSession(settings, req, res));
  router.post('/sign-out', (req, res) => signOut(settings, req, res));
  return router;
}

function providerOf({ staff, tenants }: SignInSettings, kind: Kind): OpenIdProvider {
  const found = kind === 'staff' ? staff?.provider : tenants?.provider;
  if (!found) throw new HttpProblem(404, 'sign_in_none');
  return found;
}

/** A page of our own to come back to; anything else is not followed. */
function whereTo(req: Request): string {
  return ownPath(new URL(req.url, 'http://own').searchParams.get('to') ?? '', '/');
}

async function depart(settings: SignInSettings, kind: Kind, req: Request, res: Response): Promise<void> {
  const { url, journey } = await providerOf(settings, kind).depart();
  req.session.journey = { ...journey, kind, to: whereTo(req) };
  await saveSession(req);
  res.redirect(303, url);
}

/** @throws HttpProblem `sign_in_lost` when this browser did not set out, DomainError `sign_in_failed` and those of `users.ts` */
async function arrive(settings: SignInSettings, kind: Kind, req: Request, res: Response): Promise<void> {
  const { journey } = req.session;
  // Once only: the same answer brought twice, or somebody else's, finds no journey.
  delete req.session.journey;
  if (journey?.kind !== kind) throw new HttpProblem(400, 'sign_in_lost');
  const provider = providerOf(settings, kind);
  const claims = await provider.arrive(new URL(req.originalUrl, 'http://own').search, journey);
  const user = await arrivedAs(settings, kind, provider.issuer, claims, req);
  await beginSession(req, { kind, user: user.id, began: millisecondsOf(settings.instance.clock) });
  res.redirect(303, journey.to);
}

/** The user whom the provider told of. Whoever it confirms and we do not let in is noted. @throws DomainError those of `arrivals.ts` */
async function arrivedAs(settings: SignInSettings, kind: Kind, issuer: string, claims: Claims, req: Request): Promise<User> {
  const { requestId, log } = traceOf(req);
  const ctx = settings.instance.context(strangerOf(kind, claims), requestId);
  const unnoted = (error: unknown): void => log.error({ error: loggedError(error) }, 'a refusal was not noted');
  const targets: Record<string, string> = { door: kind };
  return notingRefusals(ctx, () => ({ route: `GET /sign-in/callback/${kind}`, permission: 'session', targets }), unnoted, async () => {
    try {
      return await userOf(settings, ctx, kind, issuer, claims);
    } catch (error) {
      if (error instanceof SignInBlocked) targets['user'] = error.user;
      throw error;
    }
  });
}

/** Who comes before it is known who they are. The staff go by the name they claim, which may be another's; of a tenant nothing is told. */
function strangerOf(kind: Kind, claims: Claims): Actor {
  const code = kind === 'staff' ? `unknown:${codeOf(claims) ?? 'staff'}` : 'unknown:tenant';
  return { code, name: code, roles: [], districts: null, person: null };
}

async function userOf({ staff, tenants, findByPesel }: SignInSettings, ctx: Context, kind: Kind, issuer: string, claims: Claims): Promise<User> {
  const subject = String(claims['sub']);
  if (kind === 'tenant' && tenants !== null) {
    const pesel = peselOf(claims, tenants.claims);
    const person = pesel === null ? null : await findByPesel(pesel);
    return signInTenant(ctx, { issuer, subject, code: tenantCode(), name: nameOf(claims, 'Najemca'), person, vouched: person === null ? pesel : null });
  }
  const code = codeOf(claims);
  if (code === null || staff === null) throw new DomainError('forbidden', 'sign_in_without_code');
  return signInStaff(ctx, { issuer, subject, code, name: nameOf(claims, code), roles: rolesOf(claims, staff.claims), districts: districtsOf(claims, staff.claims) });
}

/** For a first sign-in; who comes again keeps the one they have. The provider's subject may itself be personal, and a hash of eleven digits soon tells them: it is drawn. */
function tenantCode(): string {
  return `tenant:${randomBytes(12).toString('hex')}`;
}

/** Who is signed in and the word that commands must bring along. */
async function tellSession(settings: SignInSettings, req: Request, res: Response): Promise<void> {
  const visitor = await visitorOf(req, settings.instance);
  if (!visitor?.user) throw new HttpProblem(401, 'sign_in_needed');
  const { signedIn: now, user } = visitor;
  const { code, name, roles, districts, person } = user.actor;
  res.json({ code, name, roles, districts, knownPerson: now.kind === 'tenant' ? person !== null : null, csrf: now.csrf, endsAt: new Date(now.began + LONGEST_MS).toISOString() });
}

/** Largest form, bytes: the word of the session. */
const readForm = formReader(1_000);

async function signOut(settings: SignInSettings, req: Request, res: Response): Promise<void> {
  const form = await readForm(req, res);
  const { db, clock } = settings.instance;
  const now = signedInOnce(req);
  if (now === null) {
    res.redirect(303, '/sign-in');
    return;
  }
  // One past its longest life is worth nothing any more: whoever ends it does no harm.
  if (signedInOf(req, clock) !== null) refuseForgery(req, { csrf: now.csrf, ownOrigins: [settings.publicUrl], given: form.get('_csrf') });
  const user = await findUser(db, now.user);
  await endSession(req);
  if (user !== null) {
    await db.transaction((trx) => audit(trx, { actor: user.actor, clock, requestId: traceOf(req).requestId }, { event: 'session.end', targets: { user: user.id } }));
  }
  // Signed out here in any case: a provider that does not answer changes nothing of it.
  const onwards = await providerOf(settings, now.kind).departForGood(`${settings.publicUrl}/sign-in`).catch(() => null);
  res.redirect(303, onwards ?? '/sign-in');
}
