import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markReal } from '../../src/platform/access/real-use.ts';
import { systemClock } from '../../src/platform/clock.ts';
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
  if (token === '') ({ token } = await anotherToken('terminal'));
  return token;
}

/** As after a sign-in in the browser. */
async function anotherToken(name: string): Promise<{ id: string; token: string }> {
  const { makeToken } = await import('../../src/platform/access/tokens.ts');
  const actor = { code: 'jan.nowak', name: 'Jan Nowak', roles: ['supervisor'], districts: null, person: null } as const;
  return makeToken({ db: database.db, clock: systemClock(), actor, requestId: null } as never, { name });
}

describe('the terminal beside a real provider', () => {
  it('acts as the owner of a token, checked and noted like everybody', async () => {
    const env = { ...here, ...REAL, KAMIENICA_TOKEN: await firstToken() };
    expect((await ran(['runs'], env)).code).toBe(0);
    const refused = await ran(['recalculate', 'krk-2025'], env);
    expect({ code: refused.code, err: refused.err }).toEqual({ code: 1, err: 'Rola tej osoby nie pozwala na tę czynność. Potrzebne uprawnienie: run.prepare. Mają je: referent.' });
    expect(await row(database.owner, `select actor from audit_events where event = 'access.refused' order by id desc limit 1`)).toEqual({ actor: 'jan.nowak' });
    const made = await ran(['token', 'make', 'drugi', '--days', '3'], env);
    expect({ code: made.code, err: made.err }).toEqual({ code: 1, err: 'Tokenem nie można utworzyć kolejnego tokenu. Zaloguj się w przeglądarce pod adresem /sign-in i utwórz go tam, pod /api/v1/tokens.' });
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
    const env = { ...here, ...REAL };
    const { id, token: text } = await anotherToken('trzeci');
    expect((await ran(['token', 'revoke', id], { ...env, KAMIENICA_TOKEN: text })).code).toBe(0);
    expect((await ran(['runs'], { ...env, KAMIENICA_TOKEN: text })).err).toContain('Token jest nieznany');
  });
});

describe('the terminal that lacks the settings', () => {
  it('takes nobody for one of the invented people over a database of one’s own, unless that is asked for', async () => {
    expect((await ran(['--as', 'anna.referent', 'runs'], here)).err).toContain('SIGN_IN=development');
    expect((await ran(['runs'], here)).err).toContain('Podaj swój token');
    expect((await ran(['runs'], { ...here, KAMIENICA_TOKEN: await firstToken() })).code).toBe(0);
  });

  it('takes nobody for one of them over a database that is worked with in earnest, whatever is asked for', async () => {
    const real = await cloneDatabase(CITY);
    const env = { DATABASE_URL: real.url, DATABASE_OWNER_URL: real.ownerUrl, SIGN_IN: 'development' };
    try {
      expect((await ran(['--as', 'barbara.kierownik', 'runs'], env)).code).toBe(0);
      await markReal(real.owner, systemClock());
      for (const args of [['--as', 'barbara.kierownik', 'approve', '1'], ['runs'], ['--as', 'edyta.audytor', 'runs']]) {
        const refused = await ran(args, env);
        expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: '' });
        expect(refused.err).toMatch(/^Ta baza od \d{4}-\d\d-\d\d służy prawdziwej pracy: .*KAMIENICA_TOKEN/);
      }
    } finally {
      await real.drop();
    }
  });
});

describe('the terminal beside the development provider', () => {
  it('acts as the person of --as, and as a token\'s owner where there is one', async () => {
    const tried = { ...here, SIGN_IN: 'development' };
    expect((await ran(['--as', 'edyta.audytor', 'token', 'list'], tried)).out).toContain('Nie masz żadnego tokenu');
    expect((await ran(['token', 'list'], { ...tried, KAMIENICA_TOKEN: await firstToken() })).out).toContain('terminal');
    expect((await ran(['--as', 'edyta.audytor', 'token', 'make', 'x'], tried)).err).toContain('nie logowała się jeszcze');
    expect((await ran(['token', 'revoke', 'trzy'], tried)).err).toContain('Nie masz tokenu o numerze trzy');
  });
});
