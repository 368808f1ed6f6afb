import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row, rows } from '../../../src/platform/database/connect.ts';
import { addDays } from '../../../src/platform/dates/plain.ts';
import { atHour, plusMicroseconds } from '../../../src/platform/dates/instants.ts';
import { TODAY } from '../../support/app.ts';
import type { Browser } from '../../support/browser.ts';
import type { SignInApp } from '../../support/sign-in-app.ts';
import { signInApp } from '../../support/sign-in-app.ts';

let city: SignInApp;
beforeAll(async () => {
  city = await signInApp();
});
afterAll(() => city.drop());

interface Made {
  readonly id: string;
  readonly token: string;
}

async function withToken(code: string, input: object = { name: 'biurko' }): Promise<{ browser: Browser; csrf: string; made: Made }> {
  const browser = city.browser();
  await city.signIn(browser, 'staff', code);
  const csrf = await city.csrf(browser);
  const page = await browser.send('POST', '/api/v1/tokens', input, { 'X-CSRF-Token': csrf });
  expect(page.status).toBe(201);
  return { browser, csrf, made: JSON.parse(page.body) as Made };
}

async function by(token: string, path = '/leases?per_page=1'): Promise<number> {
  return (await fetch(`${city.origin}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } })).status;
}

describe('a personal token', () => {
  it('acts as its owner, with the roles of their last sign-in', async () => {
    const { made } = await withToken('edyta.audytor');
    expect(made.token).toMatch(/^kam_[\w-]{43}$/);
    expect(await by(made.token)).toBe(200);
    expect(await by(made.token, '/imports/1/rejects')).toBe(403);
    await city.database.owner.raw(`update users set roles = array['clerk'] where code = 'edyta.audytor'`);
    expect(await by(made.token, '/imports/999999/rejects')).toBe(404);
  });

  it('is kept as a hash alone, and shown once', async () => {
    const { browser, made } = await withToken('anna.referent');
    const { kept } = await row<{ kept: string }>(city.database.owner, `select string_agg(t::text, ' ') as kept from personal_tokens t`);
    expect(kept).not.toContain(made.token);
    const { trail } = await row<{ trail: string }>(city.database.owner, `select string_agg(e::text, ' ') as trail from audit_events e`);
    expect(trail).not.toContain(made.token);
    expect((await browser.get('/api/v1/tokens')).body).not.toContain(made.token);
  });

  it('ends when it is revoked, by its owner alone', async () => {
    const { browser, csrf, made } = await withToken('anna.referent');
    const other = await withToken('dawid.referent');
    expect((await other.browser.send('DELETE', `/api/v1/tokens/${made.id}`, undefined, { 'X-CSRF-Token': other.csrf })).status).toBe(404);
    expect(await by(made.token)).toBe(200);
    expect((await browser.send('DELETE', `/api/v1/tokens/${made.id}`, undefined, { 'X-CSRF-Token': csrf })).status).toBe(204);
    expect(await by(made.token)).toBe(401);
    expect((await browser.send('DELETE', `/api/v1/tokens/${made.id}`, undefined, { 'X-CSRF-Token': csrf })).status).toBe(409);
  });

  it('ends with its last day, and when its owner is blocked', async () => {
    const { made } = await withToken('filip.windykacja', { name: 'na dzień', days: 1 });
    city.clock.moveTo(atHour(addDays(TODAY, 1), 8));
    expect(await by(made.token)).toBe(200);
    city.clock.moveTo(atHour(addDays(TODAY, 1), 10));
    expect(await by(made.token)).toBe(401);
    const second = await withToken('hanna.podgorze');
    expect(await by(second.made.token)).toBe(200);
    await city.database.owner.raw(`update users set blocked_at = now(), blocked_by = 'barbara.kierownik' where code = 'hanna.podgorze'`);
    expect(await by(second.made.token)).toBe(401);
  });

  it('is over for good once its owner was blocked, and so is their session, though they may come again', async () => {
    const { browser, made } = await withToken('filip.windykacja');
    const supervisor = city.browser();
    await city.signIn(supervisor, 'staff', 'barbara.kierownik');
    const csrf = await city.csrf(supervisor);
    city.clock.moveTo(plusMicroseconds(city.clock.now(), 60_000_000));
    for (const act of ['block', 'unblock']) expect((await supervisor.send('POST', `/api/v1/users/filip.windykacja/${act}`, { reason: 'Zgubiony telefon.' }, { 'X-CSRF-Token': csrf })).status).toBe(204);
    expect(await by(made.token)).toBe(401);
    expect((await browser.get('/api/v1/leases?per_page=1')).status).toBe(401);
    await city.signIn(browser, 'staff', 'filip.windykacja');
    expect((await browser.get('/api/v1/leases?per_page=1')).status).toBe(200);
  });

  it('is refused when one letter of it is another', async () => {
    const { made } = await withToken('cezary.prawo');
    const last = made.token.at(-2) === 'A' ? 'B' : 'A';
    expect(await by(`${made.token.slice(0, -2)}${last}${made.token.slice(-1)}`)).toBe(401);
    expect(await by('kam_')).toBe(401);
  });

  it('makes no other one: that takes a sign-in', async () => {
    const { made } = await withToken('dawid.referent', { name: 'pierwszy', days: 92 });
    const headers = { Authorization: `Bearer ${made.token}`, 'Content-Type': 'application/json' };
    const next = await fetch(`${city.origin}/api/v1/tokens`, { method: 'POST', headers, body: JSON.stringify({ name: 'dalej', days: 92 }) });
    expect({ status: next.status, code: ((await next.json()) as { code: string }).code }).toEqual({ status: 403, code: 'token_by_token' });
    const listed = await fetch(`${city.origin}/api/v1/tokens`, { headers });
    expect(((await listed.json()) as { tokens: unknown[] }).tokens).toHaveLength(2);
  });

  it('ends a quarter after its owner signed in last, however long it was meant for', async () => {
    const { browser, csrf, made } = await withToken('cezary.prawo', { name: 'długi', days: 92 });
    await city.database.owner.raw(`update users set signed_in_at = signed_in_at - interval '91 days' where code = 'cezary.prawo'`);
    expect(await by(made.token)).toBe(200);
    const short = JSON.parse((await browser.send('POST', '/api/v1/tokens', { name: 'krótki', days: 30 }, { 'X-CSRF-Token': csrf })).body) as { expiresAt: string };
    expect(Date.parse(short.expiresAt) - Date.parse(city.clock.now())).toBeLessThanOrEqual(86_400_000);
    await city.database.owner.raw(`update users set signed_in_at = signed_in_at - interval '1 day' where code = 'cezary.prawo'`);
    expect(await by(made.token)).toBe(401);
    const late = await browser.send('POST', '/api/v1/tokens', { name: 'za późno' }, { 'X-CSRF-Token': csrf });
    expect({ status: late.status, code: (JSON.parse(late.body) as { code: string }).code }).toEqual({ status: 409, code: 'token_without_user' });
  });

  it('lives a quarter at the longest, and says so', async () => {
    const { browser, csrf } = await withToken('anna.referent');
    for (const days of [0, 93, 1.5, '30']) {
      const page = await browser.send('POST', '/api/v1/tokens', { name: 'x', days }, { 'X-CSRF-Token': csrf });
      expect({ days, status: page.status }).toEqual({ days, status: 422 });
    }
  });
});

describe('a tenant', () => {
  it('vouched for by their PESEL sees their own leases and nobody else\'s', async () => {
    const browser = city.browser();
    await city.signIn(browser, 'tenant', 'najemca.pokazowy');
    const told = JSON.parse((await browser.get('/session')).body) as { roles: string[]; knownPerson: boolean };
    expect(told).toMatchObject({ roles: ['tenant'], knownPerson: true });
    const { items } = JSON.parse((await browser.get('/api/v1/leases')).body) as { items: { lease: string }[] };
    const own = await rows<{ number: string }>(
      city.database.owner,
      `select distinct l.number from leases l join lease_parties f on f.lease_id = l.id join users u on u.person_id = f.person_id where u.kind = 'tenant'`,
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { lease } of items) expect(own.map(({ number }) => number)).toContain(lease);
    const foreign = await row<{ number: string }>(city.database.owner, `select number from leases where number <> all (?::text[]) order by id limit 1`, [own.map(({ number }) => number)]);
    expect((await browser.get(`/api/v1/leases/${encodeURIComponent(foreign.number)}/rent`)).status).toBe(404);
    expect((await browser.get('/api/v1/dwellings')).status).toBe(403);
  });

  it('has a code that tells nothing of what the provider calls them, the same at every sign-in', async () => {
    const codes: string[] = [];
    for (const browser of [city.browser(), city.browser()]) {
      await city.signIn(browser, 'tenant', 'najemca.pokazowy');
      codes.push((JSON.parse((await browser.get('/session')).body) as { code: string }).code);
    }
    expect(codes[0]).toMatch(/^tenant:[0-9a-f]{24}$/);
    expect(codes[1]).toBe(codes[0]);
    expect(codes[0]).not.toContain(createHash('sha256').update('najemca.pokazowy').digest('hex').slice(0, 24));
  });

  it('whom the provider does not vouch for is found by the code from a letter, once, and not by guessing', async () => {
    const person = await row<{ code: string; id: string }>(city.database.owner, `select p.code, p.id from persons p join lease_parties f on f.person_id = p.id where p.pesel_hash is null order by p.id limit 1`);
    const stranger = city.browser();
    await city.signIn(stranger, 'tenant', 'najemca.pokazowy');
    await city.database.owner.raw(`update users set person_id = null where kind = 'tenant'`);
    expect(JSON.parse((await stranger.get('/session')).body)).toMatchObject({ knownPerson: false });
    expect((JSON.parse((await stranger.get('/api/v1/leases')).body) as { total: number }).total).toBe(0);
    const csrf = await city.csrf(stranger);
    const tried = async (code: string): Promise<{ status: number; code?: string }> => {
      const page = await stranger.send('POST', '/api/v1/session/letter-code', { code }, { 'X-CSRF-Token': csrf });
      return { status: page.status, ...(page.body === '' ? {} : { code: (JSON.parse(page.body) as { code: string }).code }) };
    };
    const clerk = await withToken('anna.referent');
    const letter = async (): Promise<string> => (JSON.parse((await clerk.browser.send('POST', `/api/v1/persons/${person.code}/letter-code`, undefined, { 'X-CSRF-Token': clerk.csrf })).body) as { code: string }).code;
    const [old, code] = [await letter(), await letter()];
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    expect(await tried(old)).toEqual({ status: 422, code: 'letter_code_wrong' });
    expect(await tried('AAAA-BBBB-CCCC')).toEqual({ status: 422, code: 'letter_code_wrong' });
    expect(await tried(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toEqual({ status: 204 });
    expect(await row(city.database.owner, `select person_id from users where kind = 'tenant'`)).toEqual({ person_id: person.id });
    expect((JSON.parse((await stranger.get('/api/v1/leases')).body) as { total: number }).total).toBeGreaterThan(0);
    expect(await tried(code)).toEqual({ status: 409, code: 'letter_code_known' });
    await city.database.owner.raw(`update users set person_id = null where kind = 'tenant'`);
    expect(await tried(code)).toEqual({ status: 422, code: 'letter_code_wrong' });
    const third = await letter();
    for (let turn = 0; turn < 4; turn += 1) await tried(`AAAA-BBBB-CC${String(turn + 22)}`);
    expect(await tried(third)).toEqual({ status: 429, code: 'letter_code_tries' });
    const { kept } = await row<{ kept: string }>(city.database.owner, `select string_agg(c::text, ' ') as kept from letter_codes c`);
    expect(kept).not.toContain(third);
  });
});
