/** A provider of OpenID Connect as we use it: authorization code with PKCE. Its description is fetched when first needed, and again after a failure. */
import type { Configuration, IDToken } from 'openid-client';
import * as oidc from 'openid-client';
import { DomainError } from '../errors.ts';
import type { ProviderSettings } from './settings.ts';

/** What has to be remembered between leaving for the provider and coming back. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export class OpenIdProvider {
  readonly #settings: ProviderSettings;
  readonly #redirect: string;
  /** Plain http: the development provider, or one on the developer's machine; production refuses such an address at the start. */
  readonly #insecure: boolean;
  #found: Promise<Configuration> | null = null;

  constructor(settings: ProviderSettings, options: { redirect: string; insecure: boolean }) {
    this.#settings = settings;
    this.#redirect = options.redirect;
    this.#insecure = options.insecure;
  }

  get issuer(): string {
    return this.#settings.issuer;
  }

  /** @throws DomainError `sign_in_provider_silent` */
  async configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    this.#found ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: 10,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out; it does
      ...(this.#insecure ? { execute: [oidc.allowInsecureRequests] } : {}),
    });
    try {
      return await this.#found;
    } catch {
      this.#found = null;
      throw new DomainError('busy', 'sign_in_provider_silent', { issuer });
    }
  }

  /** Where to send the browser, and what to remember meanwhile. */
  async depart(): Promise<{ url: string; journey: Journey }> {
    const configuration = await this.configuration();
    const journey = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirect,
      scope: 'openid profile',
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, journey };
  }

  /** Checks what the browser brought back and exchanges its code; gives what the ID token says, which is not kept. `search` is the query of the return address. @throws DomainError `sign_in_failed` */
  async arrive(search: string, { state, nonce, verifier }: Journey): Promise<IDToken> {
    const configuration = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(search, this.#redirect), {
        expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('no id token');
      return claims;
    } catch (error) {
      throw Object.assign(new DomainError('invalid', 'sign_in_failed'), { cause: error });
    }
  }

  /**
   * Where the browser goes to be signed out there too; null where the provider knows no such thing. It is told who we are, not whom to sign
   * out: an ID token in the address would tell every log on the way who that is. The provider knows by its own cookie, and may ask once more.
   */
  async departForGood(after: string): Promise<string | null> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: after }).href;
  }
}
