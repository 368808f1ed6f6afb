/** A provider under the test's control: its description, its keys, and tokens of every kind. */
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWTPayload } from 'jose';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

export interface Issuer {
  readonly url: string;
  /** A token as a client of ours gets it; what is given changes it. */
  token(claims?: JWTPayload, how?: { key?: KeyPair; expires?: string | null; kid?: string }): Promise<string>;
  /** Whether its keys can be had. */
  answers: boolean;
  close(): Promise<void>;
}

export async function issuer(audience: string): Promise<Issuer> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const server: Server = createServer((req, res) => {
    const base = `http://localhost:${(server.address() as AddressInfo).port}`;
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: base, jwks_uri: `${base}/jwks`, authorization_endpoint: `${base}/auth`, token_endpoint: `${base}/token`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] },
      '/jwks': { keys: [jwk] },
    };
    const found = documents[req.url ?? ''];
    if (req.url === '/jwks' && !made.answers) res.writeHead(502).end();
    else res.writeHead(found === undefined ? 404 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const made: Issuer = {
    url,
    answers: true,
    token: (claims = {}, { key = pair, expires = '5m', kid = 'one' } = {}) => {
      const jwt = new SignJWT({ sub: 'hurtownia', azp: 'hurtownia', roles: ['auditor'], iss: url, aud: audience, ...claims }).setProtectedHeader({ alg: 'RS256', kid }).setIssuedAt();
      return (expires === null ? jwt : jwt.setExpirationTime(expires)).sign(key.privateKey);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return made;
}
