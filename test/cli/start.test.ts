import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/output.ts';
import { parseConfig } from '../../src/config.ts';
import { checkVersion } from '../../src/platform/database/check.ts';
import { connect } from '../../src/platform/database/connect.ts';
import type { Started } from '../../src/start.ts';
import { start } from '../../src/start.ts';
import { dropDatabase, withDatabase } from '../support/cluster.ts';
import { INSIDE, ran, started } from './support.ts';

const SERVER = process.env['KAMIENICA_TEST_OWNER_URL'] ?? '';
const STRANGER = process.env['KAMIENICA_TEST_APP_URL'];

let folder: string;
const made: string[] = [];
const running: Started[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kamienica-start-'));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(async () => {
  for (const name of made) await dropDatabase(SERVER, name);
  rmSync(folder, { recursive: true, force: true });
});

async function maintain(sql: string, database?: string): Promise<void> {
  const door = connect(database === undefined ? SERVER : withDatabase(SERVER, database), { max: 1 });
  await door.raw(sql);
  await door.destroy();
}

/** A database with nothing in it. */
async function empty(): Promise<string> {
  const name = `test_start_${randomBytes(4).toString('hex')}`;
  made.push(name);
  await maintain(`create database ${name}`);
  return name;
}

interface Telling {
  readonly lines: string[];
  readonly done: Promise<Started>;
}

function starting(env: Record<string, string>): Telling {
  const lines: string[] = [];
  const done = start(parseConfig({ PORT: '0', LOG_LEVEL: 'silent', SIGN_IN: 'development', ...env }, folder), (line) => lines.push(line)).then((one) => {
    running.push(one);
    return one;
  });
  return { lines, done };
}

/** What the person at the terminal reads when the start fails. */
async function refusal(env: Record<string, string>): Promise<string> {
  const told = await starting(env).done.then(() => 'started', explain);
  expect(told).not.toMatch(INSIDE);
  expect(told).not.toContain('tajne');
  return told;
}

async function json(url: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(url, { headers: { 'X-Kamienica-As': 'anna.referent' } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('a start on a database of one’s own', () => {
  it('makes the tables, loads the law, makes no demo, serves, and stops cleanly when told to', { timeout: 60_000 }, async () => {
    const database = await empty();
    const { child, told, until } = started('src/main.ts', [], { DATABASE_URL: withDatabase(SERVER, database), PORT: '0', SIGN_IN: 'development' });
    const [, port] = await until(/Kamienica działa: http:\/\/localhost:(\d+)\//);
    const base = `http://localhost:${port ?? ''}/api/v1`;
    expect(await json(`${base}/dwellings`)).toMatchObject({ status: 200, body: { items: [], total: 0 } });
    expect((await json(`${base}/tariffs`)).body['tariffs']).toHaveLength(4);
    child.kill('SIGTERM');
    const { code, out, err } = await told;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Założono lub uzupełniono tabele: 0001_platform');
    expect(out).toContain('Wczytano prawo: ');
    expect(out).toMatch(/SIGTERM: zatrzymuję…\n$/);
    expect(out).not.toMatch(/pokazowe|Zakładam bazę/);
    expect(existsSync(path.join(folder, '.data'))).toBe(false);
  });

  it('by two at once makes one schema and two services', { timeout: 60_000 }, async () => {
    const database = await empty();
    const DATABASE_URL = withDatabase(SERVER, database);
    const both = [starting({ DATABASE_URL }), starting({ DATABASE_URL })];
    const [one, other] = await Promise.all(both.map(({ done }) => done));
    expect(one?.port).not.toBe(other?.port);
    expect(both.flatMap(({ lines }) => lines).filter((line) => line.startsWith('Założono'))).toHaveLength(1);
    expect(both.flatMap(({ lines }) => lines).filter((line) => line.startsWith('Wczytano prawo'))).toHaveLength(1);
    expect(both.flatMap(({ lines }) => lines)).toContain('Tę bazę przygotowuje właśnie inny proces. Czekam, aż skończy…');
  });

  it('after one that was killed while it made the tables goes on', { timeout: 60_000 }, async () => {
    const database = await empty();
    const DATABASE_URL = withDatabase(SERVER, database);
    await (await starting({ DATABASE_URL }).done).stop();
    running.splice(0);
    await maintain('update knex_migrations_lock set is_locked = 1', database);
    const again = starting({ DATABASE_URL });
    await again.done;
    expect(again.lines[0]).toMatch(/^Kamienica działa/);
  });

  it('says while it prepares that it is not ready, as a problem document', { timeout: 60_000 }, async () => {
    const database = await empty();
    const probe = createServer();
    probe.listen(0);
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const { done } = starting({ DATABASE_URL: withDatabase(SERVER, database), PORT: String(port) });
    const early = await json(`http://localhost:${port}/api/v1/dwellings`);
    expect(early).toMatchObject({ status: 503, body: { code: 'starting', detail: 'Program właśnie się uruchamia. Spróbuj za chwilę.' } });
    await done;
    expect(await json(`http://localhost:${port}/api/v1/dwellings`)).toMatchObject({ status: 200 });
  });
});

/** Settings of a real provider, which is not asked before the first sign-in. */
const REAL = {
  SIGN_IN: '', OIDC_STAFF_ISSUER: 'https://login.example', OIDC_STAFF_CLIENT_ID: 'kamienica', OIDC_STAFF_CLIENT_SECRET: 'secret',
  PUBLIC_URL: 'https://kamienica.example', SESSION_SECRET: 'x'.repeat(40),
};

describe('a start beside a real provider', () => {
  it('marks the database: no other one brings invented people into it', { timeout: 60_000 }, async () => {
    const DATABASE_URL = withDatabase(SERVER, await empty());
    const first = starting({ DATABASE_URL, ...REAL });
    await (await first.done).stop();
    expect(first.lines).toContain('Baza jest odtąd oznaczona: służy prawdziwej pracy. Logowanie próbne i opcja --as nie będą nad nią działać.');
    const again = starting({ DATABASE_URL, ...REAL });
    await (await again.done).stop();
    running.splice(0);
    expect(again.lines.join()).not.toContain('oznaczona');
    for (const asked of [{}, { SIGN_IN: '', KAMIENICA_DEMO: 'yes' }]) {
      expect(await refusal({ DATABASE_URL, ...asked })).toMatch(/^Ta baza od \d{4}-\d\d-\d\d służy prawdziwej pracy, .*OIDC_STAFF_ISSUER.*PUBLIC_URL/);
    }
  });
});

async function reached(host: string, port: number): Promise<boolean> {
  return fetch(`http://${host}:${port}/health/live`).then(({ ok }) => ok, () => false);
}

describe('the development provider', () => {
  it('answers this machine alone, by every name it has, unless it is told otherwise', { timeout: 60_000 }, async () => {
    const DATABASE_URL = withDatabase(SERVER, await empty());
    const closed = starting({ DATABASE_URL });
    const service = await closed.done;
    const { port } = service;
    // All of 127/8 is this machine, and only one address of it is listened to: the others stand for those of a network.
    expect([await reached('127.0.0.1', port), await reached('localhost', port), await reached('127.0.0.2', port)]).toEqual([true, true, false]);
    if (Object.values(networkInterfaces()).flat().some((one) => one?.address === '::1')) expect(await reached('[::1]', port)).toBe(true);
    expect(closed.lines.join()).not.toContain('Uwaga');
    await service.stop();
    running.splice(0);
    expect([await reached('127.0.0.1', port), await reached('[::1]', port)]).toEqual([false, false]);
    const open = starting({ DATABASE_URL, HOST: '0.0.0.0' });
    expect(await reached('127.0.0.2', (await open.done).port)).toBe(true);
    expect(open.lines.join()).toContain('Uwaga: logowanie próbne odpowiada też innym komputerom');
  });
});

describe('a start that cannot be', () => {
  it('for want of a way to sign in names the settings, before anything is touched', async () => {
    const DATABASE_URL = withDatabase(SERVER, await empty());
    expect(await refusal({ DATABASE_URL, SIGN_IN: '' })).toMatch(/\nSIGN_IN: przy własnej bazie .*OIDC_STAFF_ISSUER/);
    const door = connect(DATABASE_URL, { max: 1 });
    expect((await door.raw<{ rows: unknown[] }>(`select to_regclass('public.users') as users`)).rows).toEqual([{ users: null }]);
    await door.destroy();
  });

  it('says what to do about the address of the database', { timeout: 60_000 }, async () => {
    const { hostname, port } = new URL(SERVER);
    expect(await refusal({ DATABASE_URL: 'postgresql://ktos:tajne@127.0.0.1:1/baza' })).toBe('Pod adresem 127.0.0.1:1 nie odpowiada żaden serwer bazy danych. Uruchom PostgreSQL albo popraw adres w DATABASE_URL.');
    expect(await refusal({ DATABASE_URL: 'postgresql://ktos:tajne@nie-ma.invalid/baza' })).toContain('nie-ma.invalid:5432');
    expect(await refusal({ DATABASE_URL: `postgresql://ktos:tajne@${hostname}:${port}/baza` })).toContain(`nie wpuszcza użytkownika „ktos”`);
    expect(await refusal({ DATABASE_URL: withDatabase(SERVER, 'nie_ma') })).toContain('nie ma bazy „nie_ma”. Załóż ją (create database nie_ma)');
    expect(await refusal({ DATABASE_URL: 'postgresql://ktos:tajne@127.0.0.1:99999/baza' })).toContain('DATABASE_URL nie jest adresem bazy danych');
    expect(() => parseConfig({ DATABASE_URL: 'mysql://x', PORT: 'osiem' }, folder)).toThrow(/DATABASE_URL: podaj adres postgres.*\nPORT: podaj numer portu/);
  });

  it.skipIf(STRANGER === undefined)('for want of rights says who must own the database', async () => {
    const database = await empty();
    expect(await refusal({ DATABASE_URL: withDatabase(STRANGER ?? '', database) })).toMatch(/^Użytkownik „kamienica_app” nie może zakładać tabel w bazie „test_start_.*DATABASE_OWNER_URL\.$/);
    await maintain(`select 1`, database);
    await starting({ DATABASE_URL: withDatabase(STRANGER ?? '', database), DATABASE_OWNER_URL: withDatabase(SERVER, database) }).done;
  });

  it('on an old PostgreSQL says which is needed', () => {
    const args = { place: 'localhost:5432' };
    expect(() => checkVersion('14.12 (Debian 14.12-1)', args)).toThrow(expect.objectContaining({ code: 'database_old' }) as Error);
    for (const version of ['15.0', '16beta1', '18.4']) expect(() => checkVersion(version, args)).not.toThrow();
    try {
      checkVersion('9.6.24', args);
    } catch (error) {
      expect(explain(error)).toBe('Serwer bazy danych localhost:5432 to PostgreSQL 9.6.24, a potrzebny jest 15 lub nowszy. Zaktualizuj go albo podaj inny w DATABASE_URL.');
    }
  });

  it('because its port is taken says so before the database is touched', { timeout: 60_000 }, async () => {
    const taken = createServer();
    taken.listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const data = path.join(folder, 'dane');
    const { code, out, err } = await started('src/main.ts', [], { KAMIENICA_DATA: data, PORT: String(port) }).told;
    taken.close();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(`Port ${port} jest zajęty; może Kamienica już na nim działa. Podaj inny, na przykład: PORT=${port + 1} npm start\n`);
    expect(existsSync(data)).toBe(false);
  });

  it('in the terminal is told in the same words', async () => {
    const told = await ran(['runs'], { DATABASE_URL: 'postgresql://ktos:tajne@127.0.0.1:1/baza', DATABASE_OWNER_URL: '', SIGN_IN: 'development' });
    expect(told).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Pod adresem 127.0.0.1:1 nie odpowiada') as string });
    const unmigrated = withDatabase(SERVER, await empty());
    const early = await ran(['runs'], { DATABASE_URL: unmigrated, DATABASE_OWNER_URL: unmigrated });
    expect(early).toMatchObject({ code: 1, err: 'Baza danych nie jest przygotowana. Uruchom najpierw: npm run cli -- migrate (albo npm start).' });
  });
});
