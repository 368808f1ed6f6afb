/** The terminal: as its own process, and (cheaper) within this one. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { vi } from 'vitest';
import { CommanderError } from 'commander';
import { explain } from '../../src/cli/output.ts';
import { program } from '../../src/cli/program.ts';

export interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Starts `node --import tsx <file> …` with nothing of our own settings but those given. */
export function started(file: string, args: readonly string[], env: Env): { child: ChildProcess; told: Promise<Told>; until: (text: RegExp) => Promise<RegExpExecArray> } {
  const ours = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KAMIENICA_|DATABASE_|OIDC_|PORT$|HOST$|SIGN_IN$|NODE_ENV$|VITEST|NODE_OPTIONS)/.test(name)));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...ours, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const told = once(child, 'close').then(([code]): Told => ({ code: code as number | null, out, err }));
  const until = (text: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = text.exec(out);
        if (found) resolve(found);
      };
      look();
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`ended without ${String(text)}:\n${out}\n${err}`)));
    });
  return { child, told, until };
}

/** Runs a command in a process of its own. */
export function spawned(args: readonly string[], env: Env): Promise<Told> {
  return started('src/cli.ts', args, env).told;
}

/** Runs a command within this process, as `src/cli.ts` does. */
export async function ran(args: readonly string[], env: Env): Promise<Told> {
  let out = '';
  let err = '';
  const toOut = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  const toErr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const code = await program(process.cwd()).parseAsync(['node', 'cli', ...args]).then(() => 0, (error: unknown) => {
      if (error instanceof CommanderError) return error.exitCode;
      err += explain(error);
      return 1;
    });
    return { code, out, err };
  } finally {
    toOut.mockRestore();
    toErr.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** A message for a person: Polish, without a stack trace or the inside of the program. */
export const INSIDE = /\n\s+at |node:internal|Error:|nieoczekiwany|undefined|\[object|select |Acquire/;
