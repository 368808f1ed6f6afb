/** Signing in and out in a browser. */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import express, { Router } from 'express';
import { audit } from '../audit/events.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import { HttpProblem } from '../http/problem.ts';
import { traceOf } from '../http/trace.ts';
import type { Claims } from './claims.ts';
import { codeOf, districtsOf, nameOf, peselOf, rolesOf } from './claims.ts';
import { refuseForgery } from './csrf.ts';
import { visitorOf } from './identity.ts';
import type { SignInPages } from './frame.ts';
import { ownPath } from './own-path.ts';
import type { OpenIdProvider } from './provider.ts';
import { LONGEST_MS, beginSession, endSession, millisecondsOf, saveSession } from './sessions.ts';
import type { StaffProvider, TenantProvider } from './settings.ts';
import type { Kind, User } from './users.ts';
import { signInStaff, signInTenant } from './users.ts';

/** Finds the person with the PESEL, which the tenants' provider vouches for; gives its id or null. */
export type FindByPesel = (pesel: string) => Promise<string | null>;

export interface SignInSettings {
  readonly db: Database;
  readonly clock: Clock;
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
  router.post('/sign-out', express.urlencoded({ extended: false, limit: 1_000, parameterLimit: 5 }), (req, res) => signOut(settings, req, res));
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
  const { claims, idToken } = await provider.arrive(new URL(req.originalUrl, 'http://own').search, journey);
  const user = await userOf(settings, kind, provider.issuer, claims, traceOf(req).requestId);
  await beginSession(req, { kind, user: user.id, began: millisecondsOf(settings.clock), idToken });
  res.redirect(303, journey.to);
}

async function userOf({ db, clock, staff, tenants, findByPesel }: SignInSettings, kind: Kind, issuer: string, claims: Claims, requestId: string): Promise<User> {
  const subject = String(claims['sub']);
  const ctx = { db, clock, requestId };
  if (kind === 'tenant' && tenants !== null) {
    const pesel = peselOf(claims, tenants.claims);
    const person = pesel === null ? null : await findByPesel(pesel);
    return signInTenant(ctx, { issuer, subject, code: tenantCode(), name: nameOf(claims, 'Najemca'), person });
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
  const visitor = await visitorOf(req, settings);
  if (!visitor?.user) throw new HttpProblem(401, 'sign_in_needed');
  const { signedIn: now, user } = visitor;
  const { code, name, roles, districts, person } = user.actor;
  res.json({ code, name, roles, districts, knownPerson: now.kind === 'tenant' ? person !== null : null, csrf: now.csrf, endsAt: new Date(now.began + LONGEST_MS).toISOString() });
}

async function signOut(settings: SignInSettings, req: Request, res: Response): Promise<void> {
  const visitor = await visitorOf(req, settings);
  if (visitor === null) {
    res.redirect(303, '/sign-in');
    return;
  }
  const { signedIn: now, user } = visitor;
  refuseForgery(req, { csrf: now.csrf, ownOrigins: [settings.publicUrl], given: formValue(req.body, '_csrf') });
  await endSession(req);
  if (user !== null) {
    await settings.db.transaction((trx) => audit(trx, { actor: user.actor, clock: settings.clock, requestId: traceOf(req).requestId }, { event: 'session.end', targets: { user: user.id } }));
  }
  // Signed out here in any case: a provider that does not answer changes nothing of it.
  const onwards = await providerOf(settings, now.kind).departForGood(now.idToken, `${settings.publicUrl}/sign-in`).catch(() => null);
  res.redirect(303, onwards ?? '/sign-in');
}

function formValue(body: unknown, name: string): string | null {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : null;
}
