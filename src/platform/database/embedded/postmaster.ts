/** What `postmaster.pid` says about a server on our data, checked against who is really alive. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedError, codeOf } from './errors.ts';
import { answers, anyoneWorksIn, worksIn } from './process-info.ts';
import { sleep } from './run.ts';

export interface Running {
  readonly pid: number;
  /** Null until the server has written it. */
  readonly port: number | null;
  readonly phase: 'starting' | 'ready' | 'stopping';
}

const POLL_MS = 25;

/** The living postmaster of this directory; null when there is none, whatever a killed one left behind. */
export async function runningPostmaster(pgdata: string): Promise<Running | null> {
  const lines = await pidFile(pgdata);
  const pid = Number(lines?.[0]);
  if (lines === null || !Number.isInteger(pid) || pid <= 0 || !worksIn(pid, pgdata)) return null;
  const port = Number(lines[3]);
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null, phase: phaseOf(lines[7]?.trim()) };
}

/**
 * Makes the way free for a new server: waits for orphaned backends, and takes away a pid file whose number belongs to another
 * program by now, which PostgreSQL itself would believe. A file of a dead process stays: PostgreSQL reads from it which
 * shared memory to clean up.
 * @throws EmbeddedError when processes of a killed server do not go away
 */
export async function clearRemains(pgdata: string): Promise<void> {
  await untilDeserted(pgdata);
  const pid = Number((await pidFile(pgdata))?.[0]);
  if (Number.isInteger(pid) && pid > 0 && answers(pid)) await rm(join(pgdata, 'postmaster.pid'), { force: true });
}

/** @throws EmbeddedError when somebody still works on these data after half a minute */
export async function untilDeserted(pgdata: string): Promise<void> {
  for (let waited = 0; anyoneWorksIn(pgdata); waited += POLL_MS) {
    if (waited > 30_000) throw new EmbeddedError(`Procesy przerwanego serwera bazy nadal działają na danych w ${pgdata}. Zakończ je.`);
    await sleep(POLL_MS);
  }
}

/**
 * Fast shutdown of a server that nobody looks after; immediate when that takes too long (the next start recovers).
 * @param pid the one we mean: on the same data another process may have started a server of its own since
 */
export async function stopPostmaster(pgdata: string, pid: number, patienceMs: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!worksIn(pid, pgdata)) return;
    send(pid, signal);
    if (await hasGone(pid, pgdata, patienceMs)) return;
  }
  throw new EmbeddedError(`Nie udało się zatrzymać serwera bazy (proces ${pid}) na danych w ${pgdata}.`);
}

async function hasGone(pid: number, pgdata: string, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += POLL_MS) {
    if (!worksIn(pid, pgdata)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** Lines: pid, directory, start, port, socket directory, address, shared memory, state. */
async function pidFile(pgdata: string): Promise<string[] | null> {
  try {
    return (await readFile(join(pgdata, 'postmaster.pid'), 'utf8')).split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function phaseOf(state: string | undefined): Running['phase'] {
  if (state === 'ready' || state === 'stopping') return state;
  return 'starting';
}
