import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row } from '../../src/platform/database/connect.ts';
import { CITY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { ran } from './support.ts';

/** Settings of a real provider: it is never asked, for the terminal needs none. */
const REAL = {
  OIDC_STAFF_ISSUER: 'https://login.example', OIDC_STAFF_CLIENT_ID: 'kamienica', OIDC_STAFF_CLIENT_SECRET: 'secret',
  PUBLIC_URL: 'https://kamienica.example', SESSION_SECRET: 'x'.repeat(40),
};

let database: TestDatabase;
let here: Record<string, string>;
let token = '';
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  here = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
  await database.owner.raw(
    `insert into users (kind, issuer, subject, code, name, roles, signed_in_at) values ('staff', 'https://login.example', '1', 'jan.nowak', 'Jan Nowak', array['supervisor'], now())`,
  );
});
afterAll(() => database.drop());

async function firstToken(): Promise<string> {
  if (token !== '') return token;
  const { makeToken } = await import('../../src/platform/access/tokens.ts');
  const { systemClock } = await import('../../src/platform/clock.ts');
  const actor = { code: 'jan.nowak', name: 'Jan Nowak', roles: ['supervisor'], districts: null, person: null } as const;
  ({ token } = await makeToken({ db: database.db, clock: systemClock(), actor, requestId: null } as never, { name: 'terminal' }));
  return token;
}

describe('the terminal beside a real provider', () => {
  it('acts as the owner of a token, checked and noted like everybody', async () => {
    const env = { ...here, ...REAL, KAMIENICA_TOKEN: await firstToken() };
    expect((await ran(['runs'], env)).code).toBe(0);
    const refused = await ran(['recalculate', 'krk-2025'], env);
    expect({ code: refused.code, err: refused.err }).toEqual({ code: 1, err: 'Rola tej osoby nie pozwala na tę czynność. Potrzebne uprawnienie: run.prepare. Mają je: referent.' });
    const made = await ran(['token', 'make', 'drugi', '--days', '3'], env);
    expect(made.out).toMatch(/^kam_[\w-]{43}\nToken \d+ jest ważny do \d{4}-\d\d-\d\d\./);
    expect(await row(database.owner, `select actor from audit_events where event = 'token.make' order by id desc limit 1`)).toEqual({ actor: 'jan.nowak' });
  });

  it('reads the token from a file', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'kamienica-')), 'token');
    await writeFile(file, `${await firstToken()}\n`);
    expect((await ran(['--token-file', file, 'token', 'list'], { ...here, ...REAL })).out).toContain('terminal');
    expect((await ran(['--token-file', `${file}.none`, 'runs'], { ...here, ...REAL })).err).toContain('Nie można odczytać pliku z tokenem');
  });

  it('wants a token, a good one, and takes nobody\'s word for who they are', async () => {
    expect((await ran(['runs'], { ...here, ...REAL })).err).toContain('Podaj swój token');
    expect((await ran(['runs'], { ...here, ...REAL, KAMIENICA_TOKEN: 'kam_invented' })).err).toContain('Token jest nieznany');
    expect((await ran(['--as', 'anna.referent', 'runs'], { ...here, ...REAL })).err).toContain('--as działa tylko obok logowania próbnego');
    expect((await ran(['--as', 'anna.referent', 'runs'], { ...here, ...REAL, KAMIENICA_TOKEN: await firstToken() })).err).toContain('--as działa tylko obok logowania próbnego');
  });

  it('takes no token any more that was revoked', async () => {
    const env = { ...here, ...REAL, KAMIENICA_TOKEN: await firstToken() };
    const made = await ran(['token', 'make', 'trzeci'], env);
    const [, text = '', id = ''] = /^(kam_[\w-]+)\nToken (\d+)/.exec(made.out) ?? [];
    expect((await ran(['token', 'revoke', id], { ...env, KAMIENICA_TOKEN: text })).code).toBe(0);
    expect((await ran(['runs'], { ...env, KAMIENICA_TOKEN: text })).err).toContain('Token jest nieznany');
  });
});

describe('the terminal beside the development provider', () => {
  it('acts as the person of --as, and as a token\'s owner where there is one', async () => {
    expect((await ran(['--as', 'edyta.audytor', 'token', 'list'], here)).out).toContain('Nie masz żadnego tokenu');
    expect((await ran(['token', 'list'], { ...here, KAMIENICA_TOKEN: await firstToken() })).out).toContain('terminal');
    expect((await ran(['--as', 'edyta.audytor', 'token', 'make', 'x'], here)).err).toContain('jeszcze się nie logowała');
    expect((await ran(['token', 'revoke', 'trzy'], here)).err).toContain('Nie masz tokenu o numerze trzy');
  });
});
