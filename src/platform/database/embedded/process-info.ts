/** Who is alive. A pid alone proves nothing: numbers are used again, so it counts only together with its start or its directory. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { z } from 'zod';
import { codeOf } from './errors.ts';

export const Identity = z.object({
  pid: z.int().positive(),
  /** Start in ticks since boot, from /proc; empty where there is no /proc, and then the pid alone must do. */
  started: z.string(),
});
export type Identity = z.infer<typeof Identity>;

export function identityOfProcess(pid: number): Identity {
  return { pid, started: startOf(pid) };
}

export function isAlive(identity: Identity): boolean {
  if (identity.started === '') return answers(identity.pid);
  return identity.started === startOf(identity.pid);
}

/** True also for processes of others, which we may not signal, and for the dead that nobody has buried yet. */
export function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether it is a server process of these data: a postmaster and all its children change into their data directory and stay there. */
export function worksIn(pid: number, pgdata: string): boolean {
  if (process.platform !== 'linux') return answers(pid) && commandOf(pid).includes('postgres');
  try {
    const command = readFileSync(`/proc/${pid}/comm`, 'utf8').trim(); // Not the shell of somebody who looks around.
    return command === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === pgdata;
  } catch {
    return false; // Gone, a zombie, or somebody else's process, which cannot hold our data.
  }
}

/** Backends may outlive a killed postmaster for a moment; no new server may touch the data before the last has gone. */
export function anyoneWorksIn(pgdata: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), pgdata));
}

/** Empty for the dead, also for those whom nobody has buried yet. */
function startOf(pid: number): string {
  try {
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
