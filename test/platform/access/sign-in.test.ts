import { gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSessions } from '../../../src/platform/access/sessions.ts';
import { row, rows } from '../../../src/platform/database/connect.ts';
import { plusMicroseconds } from '../../../src/platform/dates/instants.ts';
import type { Browser, Page } from '../../support/browser.ts';
import type { SignInApp } from '../../support/sign-in-app.ts';
import { signInApp } from '../../support/sign-in-app.ts';

let city: SignInApp;
beforeAll(async () => {
  city = await signInApp();
});
afterAll(() => city.drop());

async function signedIn(code: string): Promise<Browser> {
  const browser = city.browser();
  expect((await city.signIn(browser, 'staff', code)).address).toBe('/');
  return browser;
}

function problem(page: Page, status: number): string {
  expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({ status, type: 'application/problem+json; charset=utf-8' });
  return (JSON.parse(page.body) as { code: string }).code;
}

describe('signing in by a click', () => {
  it('leads through the provider and back to where one wanted to be, as the person chosen', async () => {
    const browser = city.browser();
    const page = await city.signIn(browser, 'staff', 'barbara.kierownik', '/session');
    expect({ status: page.status, address: page.address }).toEqual({ status: 200, address: '/session' });
    expect(JSON.parse(page.body)).toMatchObject({ code: 'barbara.kierownik', name: 'Barbara Wrona', roles: ['clerk', 'supervisor'], districts: null });
  });

  it('is where the door leads to whoever is not signed in, and to who one is afterwards', async () => {
    const browser = city.browser();
    const before = await browser.get('/');
    expect({ status: before.status, address: before.address }).toEqual({ status: 200, address: '/sign-in' });
    expect(before.body).toContain('href="/sign-in/staff"');
    await city.signIn(browser, 'staff', 'cezary.prawo');
    const after = await browser.get('/');
    expect(after.address).toBe('/');
    expect(after.body).toContain('Cezary Lis');
  });

  it('keeps the districts one is limited to', async () => {
    const browser = await signedIn('hanna.podgorze');
    expect(JSON.parse((await browser.get('/session')).body)).toMatchObject({ roles: ['clerk'], districts: ['XIII Podgórze'] });
  });

  it('gives a cookie that scripts cannot read and other sites cannot send along', async () => {
    const browser = city.browser();
    const page = await city.signIn(browser, 'staff', 'anna.referent');
    const ours = page.set.filter((line) => line.startsWith('kamienica='));
    expect(ours.length).toBeGreaterThan(0);
    for (const line of ours) expect(line).toMatch(/; Path=\/;.*HttpOnly.*SameSite=Lax/i);
  });

  it('takes another number for the session, so that one planted beforehand is worth nothing', async () => {
    const browser = city.browser();
    await browser.step('/sign-in/staff');
    const planted = browser.cookies.get('kamienica');
    expect(planted).toBeDefined();
    await city.signIn(browser, 'staff', 'anna.referent');
    expect(browser.cookies.get('kamienica')).not.toBe(planted);
    const thief = city.browser();
    thief.cookies.set('kamienica', planted ?? '');
    expect(problem(await thief.get('/session'), 401)).toBe('sign_in_needed');
  });

  it('never leads to another site', async () => {
    for (const to of ['//evil.example/', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '/\t/evil.example']) {
      const browser = city.browser();
      expect((await city.signIn(browser, 'staff', 'anna.referent', to)).address).toMatch(/^\/(evil\.example)?$/);
    }
  });

  it('is noted in the audit trail', async () => {
    await signedIn('filip.windykacja');
    const events = await rows(city.database.owner, `select actor, event, details->>'kind' as kind from audit_events where actor = 'filip.windykacja'`);
    expect(events).toEqual([{ actor: 'filip.windykacja', event: 'session.begin', kind: 'staff' }]);
  });
});

describe('what is kept of a sign-in', () => {
  it.each([['staff', 'barbara.kierownik'], ['tenant', 'najemca.pokazowy']] as const)('of %s tells nobody who that is, and neither does any address on the way out', async (kind, code) => {
    const browser = city.browser();
    await city.signIn(browser, kind, code);
    const { kept } = await row<{ kept: string }>(city.database.owner, `select string_agg(sess::text, ' ') as kept from sessions`);
    expect(kept).toContain('"signedIn"');
    expect(kept).not.toMatch(/eyJ[\w-]+\.|(?<!\d)\d{11}(?!\d)|Najemca|Wrona|barbara|najemca/);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const out = await fetch(`${city.origin}/sign-out`, { method: 'POST', redirect: 'manual', headers: { Cookie: cookie }, body: new URLSearchParams({ _csrf: await city.csrf(browser) }) });
    const onwards = new URL(out.headers.get('location') ?? '');
    expect([...onwards.searchParams.keys()].sort()).toEqual(['client_id', 'post_logout_redirect_uri']);
    expect((await browser.get(`${onwards.pathname}${onwards.search}`)).body).toContain('Tak, wyloguj');
  });
});

describe('who is confirmed by the provider and not let in', () => {
  it('is noted, by number where they are known, and no more often than the trail bears', async () => {
    await signedIn('hanna.podgorze');
    const { id } = await row<{ id: string }>(city.database.owner, `update users set blocked_at = now(), blocked_by = 'barbara.kierownik' where code = 'hanna.podgorze' returning id`);
    for (let turn = 0; turn < 22; turn += 1) expect(problem(await city.signIn(city.browser(), 'staff', 'hanna.podgorze'), 403)).toBe('sign_in_blocked');
    const noted = await rows(city.database.owner, `select actor, event, targets, details->>'code' as code from audit_events where event = 'access.refused' and actor like 'unknown:%'`);
    expect(noted).toHaveLength(20);
    expect(noted[0]).toEqual({ actor: 'unknown:hanna.podgorze', event: 'access.refused', code: 'sign_in_blocked', targets: { route: 'GET /sign-in/callback/staff', door: 'staff', user: id } });
  });
});

describe('a form that is none', () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const bodies: readonly [string, RequestInit, number][] = [
    ['too large', { headers: form, body: `a=${'x'.repeat(2_000)}` }, 413],
    ['of many fields', { headers: form, body: Array.from({ length: 300 }, (_, index) => `a${index}=1`).join('&') }, 413],
    ['in another encoding', { headers: { 'Content-Type': `${form['Content-Type']}; charset=utf-7` }, body: 'a=1' }, 415],
    ['packed, but not really', { headers: { ...form, 'Content-Encoding': 'gzip' }, body: 'a=1' }, 400],
    ['packed by nobody knows what', { headers: { ...form, 'Content-Encoding': 'foo' }, body: 'a=1' }, 415],
    ['unpacked too large', { headers: { ...form, 'Content-Encoding': 'gzip' }, body: gzipSync(`a=${'x'.repeat(100_000)}`) }, 413],
    ['not UTF-8', { headers: form, body: Buffer.from([0x61, 0x3d, 0xff, 0xfe]) }, 400],
    ['JSON', { headers: { 'Content-Type': 'application/json' }, body: '{}' }, 415],
  ];

  it.each(bodies)('because it is %s is refused by a problem, whoever sends it and wherever', async (_what, init, status) => {
    const browser = city.browser();
    const { address } = await browser.get('/sign-in/staff');
    const headers = { ...(init.headers as Record<string, string>), Cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    for (const path of ['/sign-out', address]) {
      const answer = await fetch(`${city.origin}${path}`, { ...init, method: 'POST', redirect: 'manual', headers });
      expect({ path, status: answer.status, type: answer.headers.get('content-type') }).toEqual({ path, status, type: 'application/problem+json; charset=utf-8' });
    }
  });

  it('because it names nobody whom the page offers is refused', async () => {
    for (const [kind, person] of [['staff', 'najemca.pokazowy'], ['tenant', 'anna.referent'], ['staff', 'nikt'], ['staff', '']] as const) {
      const browser = city.browser();
      expect(problem(await city.signIn(browser, kind, person), 400)).toBe('sign_in_lost');
    }
  });
});

describe('what comes back from the provider', () => {
  it('is taken from the browser alone that set out, and once', async () => {
    const browser = city.browser();
    const choosing = await browser.get('/sign-in/staff');
    const chosen = await browser.submit(choosing.address, { person: 'anna.referent' });
    expect(chosen.address).toBe('/');
    const fresh = city.browser();
    expect(problem(await fresh.get('/sign-in/callback/staff?code=x&state=y'), 400)).toBe('sign_in_lost');
    expect(problem(await browser.get('/sign-in/callback/staff?code=x&state=y'), 400)).toBe('sign_in_lost');
  });

  it.each([
    ['a forged state', 'code=abc&state=forged'],
    ['no state', 'code=abc'],
    ['nothing', ''],
    ['a refusal', 'error=access_denied&state=forged'],
  ])('is refused with %s', async (_what, query) => {
    const browser = city.browser();
    await browser.step('/sign-in/staff');
    expect(problem(await browser.get(`/sign-in/callback/staff?${query}`), 422)).toBe('sign_in_failed');
    expect(problem(await browser.get('/session'), 401)).toBe('sign_in_needed');
  });

  it('is refused with an invented code, or one of another kind of sign-in', async () => {
    const browser = city.browser();
    const { onwards } = await browser.step('/sign-in/staff');
    const sent = new URL(onwards ?? '').searchParams;
    const iss = encodeURIComponent(`${city.origin}/development-provider`);
    expect(sent.get('code_challenge_method')).toBe('S256');
    expect(problem(await browser.get(`/sign-in/callback/tenant?code=invented&iss=${iss}&state=${sent.get('state') ?? ''}`), 400)).toBe('sign_in_lost');
    await browser.step('/sign-in/staff');
    const { onwards: again } = await browser.step('/sign-in/staff');
    const state = new URL(again ?? '').searchParams.get('state') ?? '';
    expect(problem(await browser.get(`/sign-in/callback/staff?code=invented&iss=${iss}&state=${state}`), 422)).toBe('sign_in_failed');
  });
});

describe('a session', () => {
  const sound = { tariff: 'krk-2025', scope: { kind: 'list', leases: ['nie ma takiej'] } };

  it('alone sends no command: the word of the session has to come along', async () => {
    const browser = await signedIn('anna.referent');
    expect(problem(await browser.send('POST', '/api/v1/runs', sound), 403)).toBe('csrf_missing');
    expect(problem(await browser.send('POST', '/api/v1/runs', sound, { 'X-CSRF-Token': 'x'.repeat(43) }), 403)).toBe('csrf_missing');
    const csrf = await city.csrf(browser);
    expect(problem(await browser.send('POST', '/api/v1/runs', sound, { 'X-CSRF-Token': csrf }), 422)).not.toBe('csrf_missing');
  });

  it('sends none from another site, though the word came along', async () => {
    const browser = await signedIn('anna.referent');
    const csrf = await city.csrf(browser);
    for (const from of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) {
      expect(problem(await browser.send('POST', '/api/v1/runs', sound, { 'X-CSRF-Token': csrf, ...(from as Record<string, string>) }), 403)).toBe('cross_site');
    }
    expect(problem(await browser.send('POST', '/api/v1/runs', sound, { 'X-CSRF-Token': csrf, Origin: city.origin, 'Sec-Fetch-Site': 'same-origin' }), 422)).not.toBe('cross_site');
  });

  it('has the word of its own: that of another session is refused', async () => {
    const [one, other] = [await signedIn('anna.referent'), await signedIn('dawid.referent')];
    expect(problem(await one.send('POST', '/api/v1/runs', sound, { 'X-CSRF-Token': await city.csrf(other) }), 403)).toBe('csrf_missing');
  });

  it('may do what the roles allow and nothing else', async () => {
    const browser = await signedIn('filip.windykacja');
    expect((await browser.get('/api/v1/leases')).status).toBe(200);
    expect(problem(await browser.send('POST', '/api/v1/runs', sound, { 'X-CSRF-Token': await city.csrf(browser) }), 403)).toBe('not_permitted');
  });

  it('is over after signing out, also for a copy of its cookie', async () => {
    const browser = await signedIn('anna.referent');
    const copy = city.browser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    expect((await copy.get('/session')).status).toBe(200);
    expect(problem(await browser.submit('/sign-out', {}), 403)).toBe('csrf_missing');
    const out = await browser.submit('/sign-out', { _csrf: await city.csrf(browser) });
    expect(out.address).toContain('/development-provider/');
    expect(problem(await copy.get('/session'), 401)).toBe('sign_in_needed');
    expect(problem(await copy.send('POST', '/api/v1/runs', sound), 401)).toBe('identity_missing');
  });

  it.each([
    ['another signature', (value: string) => `${value.slice(0, -4)}AAAA`],
    ['another number', (value: string) => value.replace('s%3A', 's%3AAAAA')],
    ['no signature', (value: string) => (value.split('.')[0] ?? '')],
    ['rubbish', () => 'x'.repeat(3_000)],
  ])('is not found by a cookie with %s', async (_what, forge) => {
    const browser = await signedIn('anna.referent');
    browser.cookies.set('kamienica', forge(browser.cookies.get('kamienica') ?? ''));
    expect(problem(await browser.get('/session'), 401)).toBe('sign_in_needed');
  });

  it('ends half an hour after its last request, and after ten hours in any case', async () => {
    const [idle, long] = [await signedIn('anna.referent'), await signedIn('dawid.referent')];
    const { idles } = await row<{ idles: boolean }>(city.database.owner, `select bool_and(expire between now() + interval '25 minutes' and now() + interval '31 minutes') as idles from sessions where sess->'signedIn' is not null`);
    expect(idles).toBe(true);
    const of = (code: string): string => `(sess->'signedIn'->>'user')::bigint = (select id from users where code = '${code}')`;
    await city.database.owner.raw(`update sessions set expire = now() - interval '1 second' where ${of('anna.referent')}`);
    await city.database.owner.raw(`update sessions set sess = jsonb_set(sess::jsonb, '{signedIn,began}', to_jsonb((sess->'signedIn'->>'began')::bigint - 36001000)) where ${of('dawid.referent')}`);
    expect(problem(await idle.get('/session'), 401)).toBe('sign_in_needed');
    expect(problem(await long.get('/session'), 401)).toBe('sign_in_needed');
    expect(problem(await long.send('POST', '/api/v1/runs', sound), 401)).toBe('identity_missing');
  });

  it('past its longest life is ended by signing out all the same, and noted', async () => {
    const browser = await signedIn('edyta.audytor');
    const theirs = `(sess->'signedIn'->>'user')::bigint = (select id from users where code = 'edyta.audytor')`;
    await city.database.owner.raw(`update sessions set sess = jsonb_set(sess::jsonb, '{signedIn,began}', to_jsonb((sess->'signedIn'->>'began')::bigint - 36001000)) where ${theirs}`);
    expect((await browser.submit('/sign-out', {})).address).toContain('/development-provider/');
    expect(await rows(city.database.owner, `select 1 from sessions where ${theirs}`)).toEqual([]);
    expect(await rows(city.database.owner, `select event from audit_events where actor = 'edyta.audytor' order by id`)).toEqual([{ event: 'session.begin' }, { event: 'session.end' }]);
  });

  it('is worth nothing from the moment its user is blocked', async () => {
    const [clerk, supervisor] = [await signedIn('dawid.referent'), await signedIn('barbara.kierownik')];
    const csrf = await city.csrf(supervisor);
    const reason = { reason: 'Odejście z pracy.' };
    expect(problem(await supervisor.send('POST', '/api/v1/users/barbara.kierownik/block', reason, { 'X-CSRF-Token': csrf }), 409)).toBe('user_own');
    expect((await supervisor.send('POST', '/api/v1/users/dawid.referent/block', reason, { 'X-CSRF-Token': csrf })).status).toBe(204);
    expect(problem(await clerk.get('/api/v1/leases'), 401)).toBe('session_ended');
    expect(problem(await clerk.get('/session'), 401)).toBe('sign_in_needed');
    expect(problem(await city.signIn(city.browser(), 'staff', 'dawid.referent'), 403)).toBe('sign_in_blocked');
    city.clock.moveTo(plusMicroseconds(city.clock.now(), 60_000_000));
    expect((await supervisor.send('POST', '/api/v1/users/dawid.referent/unblock', reason, { 'X-CSRF-Token': csrf })).status).toBe(204);
    // What was open before is over for good; they sign in anew.
    expect(problem(await clerk.get('/api/v1/leases'), 401)).toBe('session_ended');
    expect((await (await signedIn('dawid.referent')).get('/api/v1/leases')).status).toBe(200);
  });
});

describe('behind https', () => {
  it('the cookie travels there alone, under a name that no neighbouring host can set', async () => {
    const secure = openSessions(city.database.url, { secret: 'a secret of the tests, longer than it needs to be', secure: true });
    const app = express();
    app.use(secure.handler, (req, res) => {
      req.session.journey = { kind: 'staff', to: '/', state: 'a', nonce: 'b', verifier: 'c' };
      res.end();
    });
    try {
      const set = (await request(app).get('/').set('X-Forwarded-Proto', 'https')).get('set-cookie');
      expect(set).toHaveLength(1);
      expect(set?.[0]).toMatch(/^__Host-kamienica=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
      // A proxy that says nothing of it was asked at the public address, which is https.
      expect((await request(app).get('/')).get('set-cookie')?.[0]).toMatch(/^__Host-kamienica=[^;]+;.*; Secure; /);
      expect((await request(app).get('/').set('X-Forwarded-Proto', 'http')).get('set-cookie')).toBeUndefined();
    } finally {
      await secure.close();
    }
  });
});
