/** The mark of a database that is worked with in earnest. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markReal, realSince, refuseOverReal } from '../../../src/platform/access/real-use.ts';
import { rows } from '../../../src/platform/database/connect.ts';
import type { SignInApp } from '../../support/sign-in-app.ts';
import { signInApp } from '../../support/sign-in-app.ts';

let city: SignInApp;
beforeAll(async () => {
  city = await signInApp();
});
afterAll(() => city.drop());

describe('a database that becomes real', () => {
  it('while it is tried out has no mark, and the application cannot make one', async () => {
    expect(await realSince(city.database.db)).toBeNull();
    await expect(city.database.db.raw('insert into real_use (since) values (now())')).rejects.toMatchObject({ code: '42501' });
  });

  it('lets nobody in any more by what they got while it was tried out', async () => {
    const browser = city.browser();
    await city.signIn(browser, 'staff', 'barbara.kierownik');
    const made = await browser.send('POST', '/api/v1/tokens', { name: 'próba' }, { 'X-CSRF-Token': await city.csrf(browser) });
    const { token } = JSON.parse(made.body) as { token: string };
    await city.database.owner.raw(
      `insert into users (kind, issuer, subject, code, name, roles, signed_in_at) values ('staff', 'https://login.example', '1', 'jan.nowak', 'Jan', array['clerk'], now())`,
    );
    await city.database.owner.raw(`insert into personal_tokens (user_id, name, hash, made_at, expires_at) select id, 'x', decode(repeat('ab', 32), 'hex'), now(), now() + interval '1 day' from users where code = 'jan.nowak'`);
    const asked = async (headers: Record<string, string>): Promise<[number, string | undefined]> => {
      const answer = await fetch(`${city.origin}/api/v1/leases?per_page=1`, { headers });
      return [answer.status, ((await answer.json()) as { code?: string }).code];
    };
    expect(await asked({ 'X-Kamienica-As': 'anna.referent' })).toEqual([200, undefined]);
    expect(await asked({ Authorization: `Bearer ${token}` })).toEqual([200, undefined]);
    expect(await markReal(city.database.owner, city.clock)).toBe(true);
    // The service for trying out still runs: it lets nobody in either.
    expect(await asked({ 'X-Kamienica-As': 'anna.referent' })).toEqual([403, 'development_over_real']);
    expect(await asked({ Authorization: `Bearer ${token}` })).toEqual([401, 'token_refused']);
    expect((await browser.get('/api/v1/leases')).status).toBe(403);
    expect(await rows(city.database.owner, 'select 1 from sessions where sess->\'signedIn\' is not null')).toEqual([]);
    expect(await rows(city.database.owner, `select u.code from personal_tokens t join users u on u.id = t.user_id where t.revoked_at is null`)).toEqual([{ code: 'jan.nowak' }]);
  });

  it('stays one: the application cannot take the mark away, and a second one changes nothing', async () => {
    const since = await realSince(city.database.db);
    expect(since).not.toBeNull();
    for (const sql of ['delete from real_use', 'update real_use set one = false', 'truncate real_use', 'drop table real_use']) {
      await expect(city.database.db.raw(sql)).rejects.toMatchObject({ code: '42501' });
    }
    expect(await markReal(city.database.owner, city.clock)).toBe(false);
    expect(await realSince(city.database.db)).toBe(since);
    await expect(refuseOverReal(city.database.db, 'as_over_real')).rejects.toMatchObject({ kind: 'forbidden', code: 'as_over_real' });
  });
});
