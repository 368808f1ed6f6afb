import { createHmac } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row } from '../../../src/platform/database/connect.ts';
import type { Issuer } from '../../support/issuer.ts';
import { issuer } from '../../support/issuer.ts';
import type { SignInApp } from '../../support/sign-in-app.ts';
import { DEVELOPMENT, signInApp } from '../../support/sign-in-app.ts';

const AUDIENCE = 'https://kamienica.example/api';

let from: Issuer;
let city: SignInApp;
beforeAll(async () => {
  from = await issuer(AUDIENCE);
  const provider = { issuer: from.url, clientId: 'kamienica', clientSecret: 'secret', rolesClaim: 'roles', districtsClaim: 'districts' };
  city = await signInApp({ ...DEVELOPMENT, development: false, staff: provider, audience: AUDIENCE, publicUrl: 'http://localhost:1' });
});
afterAll(async () => {
  await city.drop();
  await from.close();
});

async function asked(path: string, authorization: string, method = 'GET', body?: unknown): Promise<{ status: number; code: string | undefined }> {
  const answer = await fetch(`${city.origin}/api/v1${path}`, { method, headers: { Authorization: authorization, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const told = (await answer.json()) as { code?: string };
  return { status: answer.status, code: told.code };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const REFUSED = { status: 401, code: 'token_refused' };

describe('a machine client', () => {
  it('is let in by a token of the provider, with its roles and districts', async () => {
    expect(await asked('/leases', `Bearer ${await from.token()}`)).toEqual({ status: 200, code: undefined });
    expect(await asked('/facts', `Bearer ${await from.token()}`, 'POST', {})).toEqual({ status: 403, code: 'not_permitted' });
    expect(await asked('/leases', `Bearer ${await from.token({ roles: [] })}`)).toEqual({ status: 403, code: 'not_permitted' });
  });

  it('approves nothing, whatever roles it is given', async () => {
    const token = await from.token({ roles: ['clerk', 'supervisor', 'system', 'tenant'] });
    expect(await asked('/runs/1/approval', `Bearer ${token}`, 'POST')).toEqual({ status: 403, code: 'not_permitted' });
    expect(await asked('/runs/1/approval', `Bearer ${await from.token({ roles: 'supervisor' })}`, 'POST')).toEqual({ status: 403, code: 'not_permitted' });
  });

  it('needs no word of a session, for it has no cookie', async () => {
    const token = await from.token({ roles: ['clerk'] });
    expect(await asked('/runs', `Bearer ${token}`, 'POST', { tariff: 'NIE-MA', scope: { kind: 'all' } })).not.toMatchObject({ code: 'csrf_missing' });
  });
});

describe('a token', () => {
  it('that has expired is refused', async () => {
    expect(await asked('/leases', `Bearer ${await from.token({}, { expires: '-1m' })}`)).toEqual(REFUSED);
  });

  it('for another audience, from another issuer, without an audience or not yet valid is refused', async () => {
    for (const claims of [{ aud: 'https://other.example/api' }, { aud: `${AUDIENCE}/` }, { iss: 'https://other.example' }, { aud: undefined }, { nbf: Math.floor(Date.now() / 1000) + 3600 }, { sub: undefined }]) {
      expect(await asked('/leases', `Bearer ${await from.token(claims as never)}`)).toEqual(REFUSED);
    }
  });

  it('without an end is refused', async () => {
    expect(await asked('/leases', `Bearer ${await from.token({}, { expires: null })}`)).toEqual(REFUSED);
  });

  it('signed by another key is refused, also under a known name', async () => {
    const key = await generateKeyPair('RS256', { extractable: true });
    expect(await asked('/leases', `Bearer ${await from.token({}, { key })}`)).toEqual(REFUSED);
    expect(await asked('/leases', `Bearer ${await from.token({}, { key, kid: 'another' })}`)).toEqual(REFUSED);
  });

  it('without a signature, or signed with what is public, is refused', async () => {
    const claims = { sub: 'robot', azp: 'robot', roles: ['auditor'], iss: from.url, aud: AUDIENCE, exp: Math.floor(Date.now() / 1000) + 300 };
    for (const alg of ['none', 'None', 'NONE']) {
      expect((await asked('/leases', `Bearer ${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}.`)).status).toBe(401);
    }
    const jwks = await (await fetch(`${from.url}/jwks`)).text();
    const body = `${encoded({ alg: 'HS256', kid: 'one' })}.${encoded(claims)}`;
    expect(await asked('/leases', `Bearer ${body}.${createHmac('sha256', jwks).update(body).digest('base64url')}`)).toEqual(REFUSED);
  });

  it('that was changed after it was signed is refused', async () => {
    const [head = '', body = '', signature = ''] = (await from.token()).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    expect(await asked('/leases', `Bearer ${head}.${encoded({ ...claims, roles: ['clerk'] })}.${signature}`)).toEqual(REFUSED);
  });

  it('that is none is refused, and says what form it has', async () => {
    for (const [header, code] of [['Bearer', 'token_form'], ['Basic YTpi', 'token_form'], ['Bearer a b', 'token_form'], ['Bearer x', 'token_refused'], [`Bearer ${'x'.repeat(5_000)}`, 'token_refused']] as const) {
      expect(await asked('/leases', header)).toEqual({ status: 401, code });
    }
  });
});

describe('beside a real provider', () => {
  it('no header names who one is', async () => {
    const answer = await fetch(`${city.origin}/api/v1/leases`, { headers: { 'X-Kamienica-As': 'anna.referent' } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'sign_in_needed' });
  });

  it('there is no development provider', async () => {
    expect((await fetch(`${city.origin}/development-provider/.well-known/openid-configuration`)).status).toBe(404);
  });

  it('a provider that is silent is told of, and asked again the next time', async () => {
    const silent = await signInApp({ ...DEVELOPMENT, development: false, publicUrl: 'http://localhost:1', staff: { issuer: 'http://localhost:9', clientId: 'k', clientSecret: 's', rolesClaim: 'roles', districtsClaim: 'districts' } });
    try {
      const page = await silent.browser().get('/sign-in/staff');
      expect({ status: page.status, code: (JSON.parse(page.body) as { code: string }).code }).toEqual({ status: 503, code: 'sign_in_provider_silent' });
      expect((await silent.browser().get('/sign-in/tenant')).status).toBe(404);
      expect(await row(silent.database.owner, 'select count(*)::int as users from users')).toEqual({ users: 0 });
    } finally {
      await silent.drop();
    }
  });
});
