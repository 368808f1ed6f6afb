import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { attachEmbedded } from '../../../src/platform/database/embedded/index.ts';
import { ask, freshDirectory, isGone, optionsFor, parentOf, postmasterPid, processThatStarts, start, tidyUp } from './embedded.support.ts';

afterEach(tidyUp);

const soon = { timeout: 5_000, interval: 20 };

test('Ctrl+C in the terminal leaves the server to its starter; kill -9 of the starter takes it along, and the next start works', async () => {
  const dataDir = freshDirectory();
  const { child, server } = processThatStarts(dataDir);
  const { ownerUrl } = await server;
  await ask(ownerUrl, 'CREATE TABLE kept (id int)');
  process.kill(-Number(child.pid), 'SIGINT');
  expect(await ask(ownerUrl, 'SELECT * FROM kept')).toEqual([]);

  const postmaster = postmasterPid(dataDir);
  const supervisor = parentOf(postmaster);
  child.kill('SIGKILL');
  await vi.waitUntil(() => isGone(postmaster) && isGone(supervisor), soon);
  expect(await attachEmbedded(optionsFor(dataDir))).toBeNull();
  const next = await start(dataDir);
  expect(next.startedByUs).toBe(true);
  expect(await ask(next.ownerUrl, 'SELECT * FROM kept')).toEqual([]);
});

test('a start in the moment of the starter being killed waits for the old server and starts its own', async () => {
  const dataDir = freshDirectory();
  const { child, server } = processThatStarts(dataDir);
  const { ownerUrl } = await server;
  await ask(ownerUrl, 'CREATE TABLE kept AS SELECT generate_series(1, 100000) AS id');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await start(dataDir);
  expect(next.startedByUs).toBe(true);
  expect(await ask(next.ownerUrl, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 100_000 }]);
});

test('a server that lost both its starter and its supervisor is replaced', async () => {
  const dataDir = freshDirectory();
  const { child, server } = processThatStarts(dataDir);
  await server;
  const postmaster = postmasterPid(dataDir);
  process.kill(parentOf(postmaster), 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isGone(postmaster)).toBe(false);
  const next = await start(dataDir);
  expect(next.startedByUs).toBe(true);
  expect(isGone(postmaster)).toBe(true);
});

test('kill -9 of the server itself loses nothing that was committed', async () => {
  const dataDir = freshDirectory();
  const lines: string[] = [];
  const first = await start(dataDir, { durable: true, log: (line) => lines.push(line) });
  await ask(first.ownerUrl, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (7)');
  process.kill(postmasterPid(dataDir), 'SIGKILL');
  const next = await start(dataDir, { durable: true });
  expect(await ask(next.ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
  expect(lines.at(-1)).toContain('przestał działać');
  await first.stop(); // The old handle must not reach for the new server.
  expect(await ask(next.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('kill -9 of the supervisor leaves the server usable, and stop still ends it', async () => {
  const dataDir = freshDirectory();
  const server = await start(dataDir);
  const postmaster = postmasterPid(dataDir);
  process.kill(parentOf(postmaster), 'SIGKILL');
  expect(await ask(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(isGone(postmaster)).toBe(true);
});

test('kill -9 in the middle of setting up leaves nothing that counts', async () => {
  const dataDir = freshDirectory();
  const { child } = processThatStarts(dataDir);
  await vi.waitUntil(() => names(dataDir).some((name) => name.startsWith('setup-')), { timeout: 10_000, interval: 5 });
  child.kill('SIGKILL');
  const next = await start(dataDir);
  expect(await ask(next.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(names(dataDir).sort()).toEqual(['cluster', 'postgresql.log']);
});

test('two processes that start at the same moment on a fresh directory share one server', async () => {
  const dataDir = freshDirectory();
  const { child, server } = processThatStarts(dataDir);
  const [ours, alsoOurs, theirs] = await Promise.all([start(dataDir), start(dataDir), server]);
  expect(new Set([ours.port, alsoOurs.port, theirs.port]).size).toBe(1);
  expect([ours, alsoOurs, theirs].filter(({ startedByUs }) => startedByUs)).toHaveLength(1);
  for (const { appUrl } of [ours, alsoOurs, theirs]) expect(await ask(appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  child.kill('SIGKILL');
  await ours.stop();
  await alsoOurs.stop();
  await vi.waitUntil(() => !names(join(dataDir, 'cluster/pgdata')).includes('postmaster.pid'), soon);
});

test('a pid file and a lock whose numbers belong to other programs by now stand in nobody’s way', async () => {
  const dataDir = freshDirectory();
  await (await start(dataDir)).stop();
  const { uid, gid } = statSync(join(dataDir, 'cluster/pgdata'));
  // Under the server's own account: PostgreSQL takes any such process for a living server.
  const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
  try {
    const pidFile = [stranger.pid, join(dataDir, 'cluster/pgdata'), 1, 5432, '', '127.0.0.1', '', 'ready   ', ''].join('\n');
    writeFileSync(join(dataDir, 'cluster/pgdata/postmaster.pid'), pidFile);
    writeFileSync(join(dataDir, 'launch.lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    expect(await attachEmbedded(optionsFor(dataDir))).toBeNull();
    const next = await start(dataDir);
    expect(next.startedByUs).toBe(true);
    expect(names(dataDir)).not.toContain('launch.lock');
    expect(readFileSync(join(dataDir, 'postgresql.log'), 'utf8')).not.toContain('FATAL');
  } finally {
    stranger.kill();
  }
});

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
