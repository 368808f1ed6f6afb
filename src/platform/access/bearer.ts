/** Bearer tokens of machine clients: JWTs of the staff's provider, for us, signed by its published keys. */
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Actor } from '../context.ts';
import { DomainError } from '../errors.ts';
import { claimAt, districtsOf, rolesOf } from './claims.ts';
import type { OpenIdProvider } from './provider.ts';
import type { StaffProvider } from './settings.ts';

/** Asymmetric ones alone: neither `none` nor a secret that both sides know. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export interface BearerSettings extends Pick<StaffProvider, 'rolesClaim' | 'districtsClaim'> {
  readonly audience: string;
}

export class BearerTokens {
  readonly #provider: OpenIdProvider;
  readonly #settings: BearerSettings;
  #keys: JWTVerifyGetKey | null = null;

  constructor(provider: OpenIdProvider, settings: BearerSettings) {
    this.#provider = provider;
    this.#settings = settings;
  }

  /** The machine that the token names, or null for a token that is not good, whatever is wrong with it. @throws DomainError `sign_in_provider_silent` */
  async actorOf(token: string): Promise<Actor | null> {
    const { jwks_uri: address, issuer } = (await this.#provider.configuration()).serverMetadata();
    if (address === undefined) return null;
    this.#keys ??= keysAt(address, issuer);
    try {
      const { payload } = await jwtVerify(token, this.#keys, { issuer, audience: this.#settings.audience, algorithms: ALGORITHMS, requiredClaims: ['exp', 'sub'], clockTolerance: 5 });
      return this.#machine(payload);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      return null;
    }
  }

  #machine(payload: JWTPayload): Actor | null {
    const client = clientOf(payload);
    if (client === null || !isMachine(payload, client)) return null;
    // A person could otherwise approve what they prepared through a machine of theirs, or the other way round: a machine decides nothing.
    const roles = rolesOf(payload, this.#settings).filter((role) => role !== 'supervisor');
    return { code: `client:${client.toLowerCase()}`, name: client, roles, districts: districtsOf(payload, this.#settings), person: null, by: 'machine' };
  }
}

/** The provider's published keys. @throws DomainError `sign_in_provider_silent` when they cannot be had: the token may be good */
function keysAt(address: string, issuer: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(address));
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported) throw error;
      throw new DomainError('busy', 'sign_in_provider_silent', { issuer });
    }
  };
}

function clientOf(payload: JWTPayload): string | null {
  const client = ['azp', 'client_id', 'appid', 'sub'].map((name) => claimAt(payload, name)).find((name) => typeof name === 'string' && /^[\w.@-]{1,90}$/.test(name));
  return typeof client === 'string' ? client : null;
}

/** What stands in the tokens of people: of a sign-in in a browser, or of somebody on whose behalf a client asks. */
const OF_PEOPLE = ['sid', 'session_state', 'auth_time', 'nonce', 'scp', 'upn', 'unique_name', 'email', 'family_name', 'given_name'] as const;

/**
 * Whether a client asks for itself (client credentials). There is no one claim for it: by RFC 9068 its subject is the client, Keycloak has a
 * user for it named `service-account-…`, Entra ID says `idtyp: app` or gives it the same `oid` and `sub`, Auth0 adds `@clients`.
 */
function isMachine(payload: JWTPayload, client: string): boolean {
  const user = claimAt(payload, 'preferred_username');
  const serviceAccount = typeof user === 'string' && user.toLowerCase() === `service-account-${client.toLowerCase()}`;
  const kind = claimAt(payload, 'idtyp');
  if (OF_PEOPLE.some((name) => claimAt(payload, name) !== undefined) || (user !== undefined && !serviceAccount) || (kind !== undefined && kind !== 'app')) return false;
  return serviceAccount || kind === 'app' || payload.sub === client || payload.sub === `${client}@clients` || (payload.sub !== undefined && payload.sub === claimAt(payload, 'oid'));
}
