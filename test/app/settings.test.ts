import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../src/config.ts';

const KEYS = `one:${randomBytes(32).toString('base64')}`;

const REAL = {
  NODE_ENV: 'production', DATABASE_URL: 'postgres://a:b@localhost/c', KAMIENICA_KEYS: KEYS,
  PUBLIC_URL: 'https://kamienica.example/', SESSION_SECRET: 'x'.repeat(40),
  OIDC_STAFF_ISSUER: 'https://login.example/realms/staff', OIDC_STAFF_CLIENT_ID: 'kamienica', OIDC_STAFF_CLIENT_SECRET: 'secret',
};

function refusal(env: Readonly<Record<string, string | undefined>>): string {
  try {
    parseConfig(env, '/');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'none';
}

describe('settings of sign-in', () => {
  it('are none for trying out: then the development provider runs', () => {
    expect(parseConfig({}, '/').access).toMatchObject({ development: true, staff: null, tenants: null });
  });

  it('are refused in production without a provider, a public address and a secret, each named', () => {
    for (const name of ['OIDC_STAFF_ISSUER', 'OIDC_STAFF_CLIENT_ID', 'OIDC_STAFF_CLIENT_SECRET', 'PUBLIC_URL', 'SESSION_SECRET']) {
      expect(refusal({ ...REAL, [name]: undefined })).toMatch(new RegExp(`^${name}: `, 'm'));
    }
    const none = refusal({ NODE_ENV: 'production', DATABASE_URL: REAL.DATABASE_URL, KAMIENICA_KEYS: KEYS });
    for (const name of ['OIDC_STAFF_ISSUER', 'PUBLIC_URL', 'SESSION_SECRET']) expect(none).toContain(`${name}: `);
  });

  it('never start the development provider in production or beside a real one', () => {
    expect(parseConfig(REAL, '/').access.development).toBe(false);
    expect(parseConfig({ ...REAL, NODE_ENV: undefined }, '/').access.development).toBe(false);
    const tenants = { OIDC_TENANT_ISSUER: 'https://login.example/realms/tenants', OIDC_TENANT_CLIENT_ID: 'k', OIDC_TENANT_CLIENT_SECRET: 's' };
    expect(parseConfig(tenants, '/').access.development).toBe(false);
  });

  it('are refused half given, in plain http in production, or with a short secret', () => {
    expect(refusal({ OIDC_TENANT_ISSUER: 'https://login.example' })).toContain('OIDC_TENANT_CLIENT_ID: ');
    for (const name of ['PUBLIC_URL', 'OIDC_STAFF_ISSUER']) expect(refusal({ ...REAL, [name]: 'http://kamienica.example' })).toContain(`${name}: w pracy produkcyjnej`);
    expect(refusal({ ...REAL, SESSION_SECRET: 'short' })).toContain('SESSION_SECRET: podaj co najmniej 32 znaki');
    expect(refusal({ ...REAL, OIDC_STAFF_ISSUER: 'login.example' })).toContain('OIDC_STAFF_ISSUER: ');
  });

  it('drop the slash at the end of the public address', () => {
    expect(parseConfig(REAL, '/').access.publicUrl).toBe('https://kamienica.example');
  });
});
