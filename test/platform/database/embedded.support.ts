/** What the tests of the embedded server share: throw-away directories, questions to a server, and processes to kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { discardEmbedded, startEmbedded, type EmbeddedOptions, type EmbeddedServer } from '../../../src/platform/database/embedded/index.ts';

const running: EmbeddedServer[] = [];
const directories: string[] = [];

/** A new directory that every account may enter; `closed` shuts all but its owner out. */
export function freshDirectory(closed = false): string {
  const parent = mkdtempSync(join(tmpdir(), 'kamienica-test-'));
  chmodSync(parent, closed ? 0o700 : 0o755);
  directories.push(parent);
  return join(parent, 'data');
}

export function optionsFor(dataDir: string, more: Partial<EmbeddedOptions> = {}): EmbeddedOptions {
  return { dataDir, database: 'kamienica', durable: false, ...more };
}

/** Remembers the server, so that a failing test leaves none behind. */
export async function kept(starting: Promise<EmbeddedServer>): Promise<EmbeddedServer> {
  const server = await starting;
  running.push(server);
  return server;
}

export function start(dataDir: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  return kept(startEmbedded(optionsFor(dataDir, more)));
}

export async function tidyUp(): Promise<void> {
  for (const server of running.splice(0)) await server.stop();
  for (const directory of directories.splice(0)) {
    await discardEmbedded(join(directory, 'data'));
    rmSync(directory, { recursive: true, force: true });
  }
}

export async function ask<T extends QueryResultRow>(url: string, ...statements: string[]): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: T[] = [];
    for (const statement of statements) rows = (await client.query<T>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** Another process, the head of a process group of its own, that starts a server on the directory and then sits there, deaf to Ctrl+C. */
export function processThatStarts(dataDir: string): { readonly child: ChildProcess; readonly server: Promise<EmbeddedServer> } {
  const module = new URL('../../../src/platform/database/embedded/index.ts', import.meta.url).href;
  const program = `
    import { startEmbedded } from ${JSON.stringify(module)};
    process.on('SIGINT', () => {});
    const server = await startEmbedded(${JSON.stringify(optionsFor(dataDir))});
    process.stdout.write(JSON.stringify(server));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const server = new Promise<EmbeddedServer>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => {
      resolve(JSON.parse(text.toString()) as EmbeddedServer);
    });
    child.once('exit', () => {
      reject(new Error('the process ended before its server was ready'));
    });
  });
  server.catch(() => undefined); // Some tests kill it on purpose.
  return { child, server };
}

export function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'cluster/pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
}

export function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

export function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
