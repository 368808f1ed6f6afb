/** Running one short program to its end, as whom we choose. */
import { spawn } from 'node:child_process';
import { messageOf } from './errors.ts';
import type { Account } from './account.ts';

export interface Outcome {
  readonly ok: boolean;
  /** Standard output alone. */
  readonly output: string;
  /** Both streams, or the reason why the program could not be run: for error messages. */
  readonly everything: string;
}

/** A clean environment: the caller's PG* variables, NODE_OPTIONS and locale must not change what our server does. */
export function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' };
}

export function identityOf(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

/** Never rejects: a program that cannot be run is an outcome that is not ok. */
export function run(command: string, args: readonly string[], account: Account | null, input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    // The root directory: the caller's own may be closed to the account we drop to.
    const child = spawn(command, args, { cwd: '/', env: cleanEnvironment(), ...identityOf(account) });
    const output: string[] = [];
    const everything: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.push(text);
      everything.push(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => everything.push(text));
    child.stdin.on('error', () => undefined); // It may end without reading its input.
    child.stdin.end(input);
    child.on('error', (error) => {
      resolve({ ok: false, output: '', everything: messageOf(error) });
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, output: output.join(''), everything: everything.join('') });
    });
  });
}

/** A shell test as the account sees it: the kernel itself answers about rights, mounts and access lists. */
export async function holds(script: string, path: string, account: Account | null): Promise<boolean> {
  return (await run('/bin/sh', ['-c', script, 'sh', path], account)).ok;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
