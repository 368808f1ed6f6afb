/**
 * The server runs under a small process of its own that holds a pipe to us. The pipe closes when we say stop and just as well when
 * we are killed outright, and then the supervisor stops the server: there is one way down, and nothing to clean up after a crash.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Account } from './account.ts';
import { cleanEnvironment, identityOf } from './run.ts';

/** How long a fast shutdown may take before the server is told to drop everything; the next start then recovers. */
export const PATIENCE_MS = 15_000;

export interface Supervisor {
  /** Resolves when the server has ended, with its exit code; null when the supervisor itself was killed. */
  readonly ended: Promise<number | null>;
  /** Begins a fast shutdown. */
  release(): void;
}

/**
 * Plain JavaScript in a string: it runs without a loader, the same from sources as from `dist`. It ignores the signals that reach
 * whole groups of processes (a service manager's SIGTERM, a closing terminal's SIGHUP): only the pipe tells it to stop.
 */
const PROGRAM = `
const { spawn } = require('node:child_process');
const { command, args, options, patience } = JSON.parse(process.argv[1]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const server = spawn(command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
server.on('error', (error) => { console.error(error.message); process.exit(127); });
server.on('exit', (code) => process.exit(code ?? 1));
let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), patience);
  setTimeout(() => server.kill('SIGKILL'), 2 * patience);
};
process.stdin.on('end', stop).on('error', stop).on('close', stop).resume();
`;

/** Starts `command` as `account`, its output at the end of `logFile`. */
export function supervise(command: string, args: readonly string[], account: Account | null, logFile: string): Supervisor {
  const plan = { command, args, options: { cwd: '/', ...identityOf(account) }, patience: PATIENCE_MS };
  const log = openSync(logFile, 'a');
  // Detached: a session of its own, so that Ctrl+C in the terminal reaches us alone and we shut down in our order.
  const child = spawn(process.execPath, ['--input-type=commonjs', '-e', PROGRAM, JSON.stringify(plan)], {
    cwd: '/',
    detached: true,
    env: cleanEnvironment(),
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', resolve).on('error', () => resolve(null));
  });
  doNotKeepUsAlive(child);
  const release = (): void => {
    child.ref(); // Whoever waits for the end must live to see it.
    child.stdin?.end();
  };
  return { ended, release };
}

/** A caller that forgets to stop the server must still be able to end; the pipe then closes by itself. */
function doNotKeepUsAlive(child: ChildProcess): void {
  child.unref();
  child.stdin?.on('error', () => undefined);
  if (child.stdin instanceof Socket) child.stdin.unref();
}
