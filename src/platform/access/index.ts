/** Sign-in put together: what the program mounts, how a request is identified, what to close at the end. */
import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import type { Instance } from '../instance.ts';
import { BearerTokens } from './bearer.ts';
import { DEVELOPMENT_PATH, STAFF_CLIENT, TENANT_CLIENT } from './development/clients.ts';
import { developmentRouter } from './development/router.ts';
import type { SignInPages } from './frame.ts';
import type { Reached } from '../http/identify.ts';
import { identifier } from './identity.ts';
import { OpenIdProvider } from './provider.ts';
import { openSessions } from './sessions.ts';
import type { AccessSettings, StaffProvider, TenantProvider } from './settings.ts';
import type { FindByPesel } from './sign-in.ts';
import { signInRouter } from './sign-in.ts';

export interface Access extends Reached {
  close(): Promise<void>;
}

/** What sign-in needs to know of the persons, which lie further right. */
export interface PersonDoors {
  readonly findByPesel: FindByPesel;
  /** The PESEL of a tenant of the demo, for the development provider. */
  readonly tenantPesel: () => Promise<string | null>;
}

/** Opens sign-in. `listening` is where the program listens, for want of a public address. */
export function openAccess(instance: Pick<Instance, 'db' | 'url' | 'clock' | 'context'>, settings: AccessSettings, listening: string, doors: PersonDoors, pages: SignInPages): Access {
  const publicUrl = settings.publicUrl ?? listening;
  const audience = settings.audience ?? `${publicUrl}/api`;
  const secret = randomBytes(32).toString('base64url');
  const { staff, tenants } = settings.development ? developmentProviders(publicUrl, secret) : settings;
  const provided = <S extends StaffProvider | TenantProvider>(of: S | null, kind: 'staff' | 'tenant'): { provider: OpenIdProvider; claims: S } | null =>
    of === null ? null : { provider: new OpenIdProvider(of, { redirect: `${publicUrl}/sign-in/callback/${kind}`, insecure: of.issuer.startsWith('http:') }), claims: of };
  const staffIn = provided(staff, 'staff');
  const tenantsIn = provided(tenants, 'tenant');
  const sessions = openSessions(instance.url, { secret: settings.sessionSecret, secure: publicUrl.startsWith('https:') });
  const development = settings.development ? [Router().use(DEVELOPMENT_PATH, developmentRouter({ publicUrl, audience, secret, tenantPesel: doors.tenantPesel, pages }))] : [];
  return {
    development: settings.development,
    identify: identifier({
      db: instance.db,
      clock: instance.clock,
      bearer: staffIn === null ? null : new BearerTokens(staffIn.provider, { audience, ...staffIn.claims }),
      ownOrigins: [publicUrl],
      development: settings.development,
    }),
    before: [...development, sessions.handler, signInRouter({ instance, staff: staffIn, tenants: tenantsIn, findByPesel: doors.findByPesel, publicUrl, pages })],
    formTargets: [staff, tenants].flatMap((of) => (of === null || settings.development ? [] : [new URL(of.issuer).origin])),
    close: () => sessions.close(),
  };
}

function developmentProviders(publicUrl: string, clientSecret: string): { staff: StaffProvider; tenants: TenantProvider } {
  const issuer = `${publicUrl}${DEVELOPMENT_PATH}`;
  return {
    staff: { issuer, clientId: STAFF_CLIENT, clientSecret, rolesClaim: 'roles', districtsClaim: 'districts' },
    tenants: { issuer, clientId: TENANT_CLIENT, clientSecret, peselClaim: 'pesel' },
  };
}
