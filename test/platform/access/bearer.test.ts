import { createHmac } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row, rows } from '../../../src/platform/database/connect.ts';
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
    expect(await asked('/facts', `Bearer ${token}`, 'POST', {})).toEqual({ status: 422, code: 'invalid_input' });
  });

  it('prepares nothing that two people decide, for whoever runs it could be the other one', async () => {
    const token = await from.token({ roles: ['clerk'] });
    expect(await asked('/runs', `Bearer ${token}`, 'POST', { tariff: 'krk-2025', scope: { kind: 'all' } })).toEqual({ status: 403, code: 'not_for_machines' });
    expect(await asked('/retention-lists', `Bearer ${token}`, 'POST', { class: 'lease_file' })).toEqual({ status: 403, code: 'not_for_machines' });
    expect(await asked('/tokens', `Bearer ${token}`, 'POST', { name: 'dalej' })).toEqual({ status: 403, code: 'not_for_machines' });
    const hands = await rows(city.database.owner, `select actor from decision_hands where actor like 'client:%'`);
    expect(hands).toEqual([]);
  });

  it.each([
    ['of RFC 9068: its subject is the client', { sub: 'hurtownia', client_id: 'hurtownia', azp: undefined }],
    ['of Keycloak: the user of its service account', { sub: 'b7c1f6d0-0000-4000-8000-1f2e3d4c5b6a', preferred_username: 'service-account-hurtownia', clientHost: '10.0.0.5' }],
    ['of Entra ID: an application', { sub: '19893e32', oid: '19893e32', idtyp: 'app' }],
    ['of Entra ID without the optional claim', { sub: '19893e32', oid: '19893e32', azpacr: '1' }],
    ['of Auth0', { sub: 'hurtownia@clients', gty: 'client-credentials' }],
  ])('is known by a token %s', async (_what, claims) => {
    expect(await asked('/leases', `Bearer ${await from.token(claims as never)}`)).toEqual({ status: 200, code: undefined });
  });

  it.each([
    ['Keycloak gave after a sign-in', { sub: 'barbara-id', azp: 'portal', preferred_username: 'barbara.kierownik', sid: 'a-session' }],
    ['bears the name of a person alone', { sub: 'portal', azp: 'portal', preferred_username: 'barbara.kierownik' }],
    ['bears the name of another client’s service account', { sub: 'x', azp: 'portal', preferred_username: 'service-account-inny' }],
    ['was got with a password', { sub: 'portal', azp: 'portal', session_state: 'a-session' }],
    ['Entra ID gave on behalf of a person', { sub: 'pairwise', oid: 'object', azp: 'portal', scp: 'access' }],
    ['says itself that it is a person’s', { sub: 'same', oid: 'same', azp: 'portal', idtyp: 'user' }],
    ['tells when somebody signed in', { sub: 'portal', azp: 'portal', auth_time: 1_790_000_000 }],
    ['has a subject that is not the client', { sub: 'barbara-id', azp: 'portal' }],
  ])('is not who brings a token that %s', async (_what, claims) => {
    expect(await asked('/leases', `Bearer ${await from.token({ ...claims, roles: ['clerk', 'supervisor'] })}`)).toEqual(REFUSED);
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

describe('a provider whose keys cannot be had', () => {
  it('is what is told, not that the token is bad', async () => {
    const other = await issuer(AUDIENCE);
    const provider = { issuer: other.url, clientId: 'kamienica', clientSecret: 'secret', rolesClaim: 'roles', districtsClaim: 'districts' };
    const apart = await signInApp({ ...DEVELOPMENT, development: false, staff: provider, audience: AUDIENCE, publicUrl: 'http://localhost:1' });
    try {
      const headers = { Authorization: `Bearer ${await other.token()}` };
      other.answers = false;
      const silent = await fetch(`${apart.origin}/api/v1/leases`, { headers });
      expect({ status: silent.status, code: ((await silent.json()) as { code: string }).code }).toEqual({ status: 503, code: 'sign_in_provider_silent' });
      other.answers = true;
      expect((await fetch(`${apart.origin}/api/v1/leases`, { headers })).status).toBe(200);
    } finally {
      await apart.drop();
      await other.close();
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
