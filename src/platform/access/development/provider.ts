/** The development provider: real OpenID Connect with invented people, one chosen by a click. It never runs in production or beside a real provider. */
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { Account, Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { DEVELOPMENT_PATH, MACHINE, STAFF_CLIENT, TENANT_CLIENT, clientsOf } from './clients.ts';
import type { SignInPages } from '../frame.ts';
import { PEOPLE } from '../people.ts';
import { signOutPage } from './pages.tsx';

export interface DevelopmentSettings {
  readonly publicUrl: string;
  readonly audience: string;
  readonly secret: string;
  /** The PESEL of a tenant of the demo, or null where there is none. */
  readonly tenantPesel: () => Promise<string | null>;
  readonly pages: SignInPages;
}

/** The tenant one may be. */
export const TENANT = { code: 'najemca.pokazowy', name: 'Najemca pokazowy' } as const;

export type DevelopmentProvider = Provider;

/** Loaded when the first person signs in: nobody waits for it at the start. */
export async function makeProvider(settings: DevelopmentSettings): Promise<DevelopmentProvider> {
  const library = await quietly(() => import('oidc-provider'));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] };
  const issuer = `${settings.publicUrl}${DEVELOPMENT_PATH}`;
  const cookies = { keys: [randomBytes(32).toString('base64')] };
  // Kept in memory: whoever starts anew signs in anew.
  return quietly(() => Promise.resolve(new library.Provider(issuer, { ...configurationOf(settings), jwks, clients: clientsOf(settings), cookies })));
}

function configurationOf({ audience, tenantPesel, pages }: DevelopmentSettings): Configuration {
  return {
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'roles', 'districts', 'pesel'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => account(id, tenantPesel),
    interactions: { url: (_ctx, { uid }) => `${DEVELOPMENT_PATH}/choose/${uid}` },
    loadExistingGrant: granted,
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 36_000, Grant: 36_000, AccessToken: 600, IdToken: 600, ClientCredentials: 600 },
    extraTokenClaims: (_ctx, token) => (token.kind === 'ClientCredentials' ? { roles: MACHINE.roles } : undefined),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => void (ctx.body = signOutPage(pages, ctx.req, form)), postLogoutSuccessSource: (ctx) => void (ctx.body = 'Wylogowano.') },
    },
  };
}

async function account(id: string, tenantPesel: () => Promise<string | null>): Promise<Account | undefined> {
  if (id === TENANT.code) {
    const pesel = await tenantPesel();
    return { accountId: id, claims: () => ({ sub: id, name: TENANT.name, preferred_username: id, ...(pesel === null ? {} : { pesel }) }) };
  }
  const person = PEOPLE.find(({ code }) => code === id);
  if (!person) return undefined;
  const { code, name, roles, districts } = person;
  return { accountId: id, claims: () => ({ sub: code, name, preferred_username: code, roles: [...roles], ...(districts === null ? {} : { districts: [...districts] }) }) };
}

/** The city's own program needs nobody's consent. */
async function granted(ctx: KoaContextWithOIDC): Promise<InstanceType<DevelopmentProvider['Grant']> | undefined> {
  const { client, session, provider } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined || ![STAFF_CLIENT, TENANT_CLIENT].includes(client.clientId)) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

/** The library advises a newer Node on the console; it works on this one, which our tests show. */
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { warn, info } = console;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  try {
    return await load();
  } finally {
    Object.assign(console, { warn, info });
  }
}
