/** Settings of sign-in, from the environment. Production without a provider does not start. */
import { z } from 'zod';

/** One provider of OpenID Connect as it knows us. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface StaffProvider extends ProviderSettings {
  /** Claims that hold the roles and districts, dots lead inwards: `realm_access.roles`. */
  readonly rolesClaim: string;
  readonly districtsClaim: string;
}

export interface TenantProvider extends ProviderSettings {
  /** Claim with the PESEL that the provider vouches for. */
  readonly peselClaim: string;
}

export interface AccessSettings {
  /** Where people reach the program, as a browser names the origin: no path, no slash at the end; null = wherever it listens. */
  readonly publicUrl: string | null;
  /** null beside the development provider. */
  readonly staff: StaffProvider | null;
  /** null: tenants cannot sign in, unless the development provider runs. */
  readonly tenants: TenantProvider | null;
  /** The audience of bearer tokens of machine clients; null = the public address and `/api`. */
  readonly audience: string | null;
  /** Signs the session cookies; null = one drawn at the start. */
  readonly sessionSecret: string | null;
  /** Whether the development provider runs and people may be chosen by `--as` or the header. */
  readonly development: boolean;
}

const address = z.url({ protocol: /^https?$/, error: 'podaj adres https://…' });
/** As browsers write it: small letters, no port that goes without saying. Pages, forms and the way back from a provider lie at the root. */
const origin = address.transform((text, context) => {
  const { pathname, search, hash, username, password, origin: found } = new URL(text);
  if (pathname === '/' && `${search}${hash}${username}${password}` === '') return found;
  context.addIssue({ code: 'custom', message: `podaj sam adres, bez ścieżki i reszty: ${found} (program działa w korzeniu adresu; pod ścieżką nie)` });
  return z.NEVER;
});

const secret = z.string().min(32, 'podaj co najmniej 32 znaki, na przykład z: openssl rand -base64 48');

/** What of the environment belongs to sign-in. */
export const accessSchema = z.object({
  PUBLIC_URL: origin.optional(),
  SIGN_IN: z.literal('development', 'jedyną wartością jest development (logowanie próbne); bez niej działa dostawca tożsamości').optional(),
  SESSION_SECRET: secret.optional(),
  API_AUDIENCE: z.string().min(1).optional(),
  OIDC_STAFF_ISSUER: address.optional(),
  OIDC_STAFF_CLIENT_ID: z.string().min(1).optional(),
  OIDC_STAFF_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_STAFF_ROLES_CLAIM: z.string().min(1).default('roles'),
  OIDC_STAFF_DISTRICTS_CLAIM: z.string().min(1).default('districts'),
  OIDC_TENANT_ISSUER: address.optional(),
  OIDC_TENANT_CLIENT_ID: z.string().min(1).optional(),
  OIDC_TENANT_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_TENANT_PESEL_CLAIM: z.string().min(1).default('pesel'),
});

type Given = z.output<typeof accessSchema>;

/** What besides its own settings decides about sign-in. */
export interface Circumstances {
  readonly production: boolean;
  /** A database of its own, which need not be there for trying out. */
  readonly ownDatabase: boolean;
  /** The demo city was asked for: then it is tried out. */
  readonly demo: boolean;
}

/** The settings, and what is wrong with them together: one line a setting, naming it and the remedy. */
export function accessSettings(given: Given, { production, ownDatabase, demo }: Circumstances): { settings: AccessSettings; flaws: string[] } {
  const staff = provider(given, 'OIDC_STAFF');
  const tenants = provider(given, 'OIDC_TENANT');
  const real = production || [staff, tenants].some(({ settings, flaws: own }) => settings !== null || own.length > 0);
  // A database that somebody brought is not opened to invented people because a setting was forgotten.
  const development = !real && (!ownDatabase || demo || given.SIGN_IN === 'development');
  const both = real && given.SIGN_IN === 'development' ? ['SIGN_IN: logowanie próbne nie działa w pracy produkcyjnej ani obok dostawcy tożsamości; usuń to ustawienie'] : [];
  const flaws = [...both, ...staff.flaws, ...tenants.flaws, ...(production || staff.settings !== null ? seriousFlaws(given, staff.settings !== null, production) : [])];
  return {
    flaws,
    settings: {
      publicUrl: given.PUBLIC_URL ?? null,
      staff: staff.settings === null ? null : { ...staff.settings, rolesClaim: given.OIDC_STAFF_ROLES_CLAIM, districtsClaim: given.OIDC_STAFF_DISTRICTS_CLAIM },
      tenants: tenants.settings === null ? null : { ...tenants.settings, peselClaim: given.OIDC_TENANT_PESEL_CLAIM },
      audience: given.API_AUDIENCE ?? null,
      sessionSecret: given.SESSION_SECRET ?? null,
      development,
    },
  };
}

function provider(given: Given, prefix: 'OIDC_STAFF' | 'OIDC_TENANT'): { settings: ProviderSettings | null; flaws: string[] } {
  const [issuer, clientId, clientSecret] = [given[`${prefix}_ISSUER`], given[`${prefix}_CLIENT_ID`], given[`${prefix}_CLIENT_SECRET`]];
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return { settings: null, flaws: [] };
  if (issuer !== undefined && clientId !== undefined && clientSecret !== undefined) return { settings: { issuer, clientId, clientSecret }, flaws: [] };
  const missing = [issuer === undefined ? 'ISSUER' : [], clientId === undefined ? 'CLIENT_ID' : [], clientSecret === undefined ? 'CLIENT_SECRET' : []].flat();
  return { settings: null, flaws: missing.map((name) => `${prefix}_${name}: brakuje go obok pozostałych ustawień ${prefix}_…; podaj wszystkie trzy albo żadnego`) };
}

/** What real sign-in cannot do without. */
function seriousFlaws(given: Given, hasStaff: boolean, production: boolean): string[] {
  const insecure = (url: string | undefined): boolean => production && url?.startsWith('http:') === true;
  return [
    ...(hasStaff ? [] : ['OIDC_STAFF_ISSUER: w pracy produkcyjnej (NODE_ENV=production) podaj adres dostawcy tożsamości pracowników oraz OIDC_STAFF_CLIENT_ID i OIDC_STAFF_CLIENT_SECRET']),
    ...(given.PUBLIC_URL === undefined ? ['PUBLIC_URL: podaj adres, pod którym program widzą użytkownicy, na przykład https://kamienica.krakow.pl'] : []),
    ...(given.SESSION_SECRET === undefined ? ['SESSION_SECRET: podaj tajny ciąg do podpisywania ciasteczek, na przykład z: openssl rand -base64 48'] : []),
    ...(['PUBLIC_URL', 'OIDC_STAFF_ISSUER', 'OIDC_TENANT_ISSUER'] as const).filter((name) => insecure(given[name])).map((name) => `${name}: w pracy produkcyjnej adres musi zaczynać się od https://`),
  ];
}
