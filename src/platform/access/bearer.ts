/** Bearer tokens of machine clients: JWTs of the staff's provider, for us, signed by its published keys. */
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Actor } from '../context.ts';
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
    this.#keys ??= createRemoteJWKSet(new URL(address));
    try {
      const { payload } = await jwtVerify(token, this.#keys, { issuer, audience: this.#settings.audience, algorithms: ALGORITHMS, requiredClaims: ['exp', 'sub'], clockTolerance: 5 });
      return this.#machine(payload);
    } catch {
      return null;
    }
  }

  #machine(payload: JWTPayload): Actor | null {
    const client = [claimAt(payload, 'azp'), claimAt(payload, 'client_id'), payload.sub].find((name) => typeof name === 'string' && /^[\w.@-]{1,90}$/.test(name));
    if (typeof client !== 'string') return null;
    // A person could otherwise approve what they prepared through a machine of theirs: machines approve nothing.
    const roles = rolesOf(payload, this.#settings).filter((role) => role !== 'supervisor');
    return { code: `client:${client.toLowerCase()}`, name: client, roles, districts: districtsOf(payload, this.#settings), person: null };
  }
}
