import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError, isOpen, parseConfig, requireSignIn } from '../../src/config.ts';

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

  it.each([
    ['https://kamienica.example/', 'https://kamienica.example'], ['https://Kamienica.Example', 'https://kamienica.example'], ['https://kamienica.example:443', 'https://kamienica.example'],
    ['https://kamienica.example:8443/', 'https://kamienica.example:8443'], ['https://łódź.example', 'https://xn--d-uga0v4h.example'],
  ])('take the public address as people write it: %s', (given, origin) => {
    expect(parseConfig({ ...REAL, PUBLIC_URL: given }, '/').access.publicUrl).toBe(origin);
  });

  it.each(['https://miasto.example/kamienica', 'https://miasto.example/?a=1', 'https://miasto.example/#a', 'https://ja:haslo@miasto.example/'])('refuse a public address that is more than an origin: %s', (given) => {
    expect(refusal({ ...REAL, PUBLIC_URL: given })).toBe('PUBLIC_URL: podaj sam adres, bez ścieżki i reszty: https://miasto.example (program działa w korzeniu adresu; pod ścieżką nie)');
  });
});

describe('a database of one’s own', () => {
  const DATABASE_URL = 'postgres://a:b@localhost/c';
  const stands = (env: Record<string, string>): boolean => {
    const config = parseConfig({ DATABASE_URL, ...env }, '/');
    requireSignIn(config);
    return config.access.development;
  };

  it('is opened to invented people only when that is asked for', () => {
    expect(() => stands({})).toThrow(/^SIGN_IN: przy własnej bazie .*OIDC_STAFF_ISSUER.*SIGN_IN=development.*KAMIENICA_DEMO=yes/);
    expect(() => stands({ KAMIENICA_DEMO: 'no' })).toThrow(ConfigError);
    expect(parseConfig({ DATABASE_URL }, '/').access.development).toBe(false);
    expect(stands({ SIGN_IN: 'development' })).toBe(true);
    expect(stands({ KAMIENICA_DEMO: 'yes' })).toBe(true);
    expect(stands({ ...REAL, NODE_ENV: 'development' })).toBe(false);
  });

  it('is not by a word that means something else, nor where there is a provider', () => {
    expect(refusal({ SIGN_IN: 'yes' })).toMatch(/^SIGN_IN: jedyną wartością jest development/);
    expect(refusal({ ...REAL, SIGN_IN: 'development' })).toMatch(/^SIGN_IN: logowanie próbne nie działa/);
    expect(refusal({ NODE_ENV: 'production', SIGN_IN: 'development' })).toMatch(/^SIGN_IN: logowanie próbne nie działa/);
  });
});

describe('where the program listens', () => {
  it('is this machine alone beside the development provider, and all of its addresses in earnest, unless told', () => {
    expect(parseConfig({}, '/').hosts).toEqual(['127.0.0.1', '::1']);
    expect(parseConfig(REAL, '/').hosts).toBeNull();
    for (const env of [{}, REAL]) expect(parseConfig({ ...env, HOST: '10.0.0.5' }, '/').hosts).toEqual(['10.0.0.5']);
    expect(refusal({ HOST: 'http://x' })).toMatch(/^HOST: podaj adres albo nazwę/);
    expect([{}, { HOST: '127.0.0.2' }, { HOST: 'localhost' }, { HOST: '0.0.0.0' }, REAL].map((env) => isOpen(parseConfig(env, '/')))).toEqual([false, false, false, true, true]);
  });
});

describe('the kind of work', () => {
  it.each(['prod', 'Production', 'staging'])('is not guessed from %j', (given) => {
    expect(refusal({ NODE_ENV: given })).toBe('NODE_ENV: podaj production, development albo test');
  });
});
