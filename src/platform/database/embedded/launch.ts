/** Start or attach: the decisions, in their order. */
import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { accountToDropTo, ownerOf } from './account.ts';
import { findPackage, prepareBinaries, type NativePackage } from './binaries.ts';
import { checkVersion, readCredentials, setUpCluster } from './cluster.ts';
import { addresses, ensureDatabase } from './connect.ts';
import { EmbeddedError, codeOf } from './errors.ts';
import { exists, readJson } from './files.ts';
import { LOCK, type Home } from './layout.ts';
import { withLock } from './lock.ts';
import type { EmbeddedOptions, EmbeddedServer } from './options.ts';
import { cacheDirFor, checkReach, findHome, settleHome } from './place.ts';
import { runningPostmaster, stopPostmaster, type Running } from './postmaster.ts';
import { Identity, isAlive } from './process-info.ts';
import { sleep } from './run.ts';
import { startServer } from './server.ts';
import { PATIENCE_MS } from './supervisor.ts';

const ATTACH_PATIENCE_MS = 300_000; // A server that recovers a large database is worth waiting for.
const POLL_MS = 50;

/** @param source where the binaries come from, for tests; the installed package when left out */
export async function launch(options: EmbeddedOptions, source?: NativePackage): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  return withLock(join(dataDir, LOCK), log, async () => {
    const nobody = await accountToDropTo();
    const home = await settleHome(dataDir, nobody, log);
    const fresh = !(await exists(home.cluster));
    if (!fresh) {
      const attached = await attachTo(home, options);
      if (attached !== null) return attached;
      await stopOrphan(home, log);
    }
    const account = fresh ? nobody : await ownerOf(home.pgdata, nobody);
    const binaries = await prepareBinaries(source ?? (await findPackage()), account, () => cacheDirFor(dataDir, account), log);
    if (fresh) {
      log(`Zakładam bazę danych w ${home.path} (PostgreSQL ${binaries.release})…`);
      await setUpCluster(home, binaries, account, options);
    } else {
      await checkReach(home, account);
      await checkVersion(home, binaries);
    }
    return startServer(home, binaries, account, options);
  });
}

/** Never starts anything, never waits for the lock. */
export async function attach(options: EmbeddedOptions): Promise<EmbeddedServer | null> {
  const dataDir = await realpath(resolve(options.dataDir)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  const home = dataDir === null ? null : await findHome(dataDir);
  return home === null || !(await exists(home.cluster)) ? null : attachTo(home, options);
}

/** Waits while the server is on its way up or down; null when there is none, or none that will stay. */
async function attachTo(home: Home, options: EmbeddedOptions): Promise<EmbeddedServer | null> {
  const credentials = await readCredentials(home);
  for (let waited = 0; waited < ATTACH_PATIENCE_MS; waited += POLL_MS) {
    const running = await runningPostmaster(home.pgdata);
    if (running === null || !(await isLookedAfter(home))) return null;
    if (waited === 3_000) options.log?.(waitingFor(running));
    const { phase, port } = running;
    const answered = phase === 'ready' && port !== null && (await ensureDatabase(port, options.database, credentials));
    // Asked again, as a server whose starter has just been killed may still answer, for the last time.
    if (answered && (await isLookedAfter(home))) {
      options.log?.(`Dołączono do działającej bazy danych (port ${port}).`);
      return {
        port,
        ...addresses(port, options.database, credentials),
        startedByUs: false,
        stop: () => Promise.resolve(),
      };
    }
    await sleep(POLL_MS);
  }
  throw new EmbeddedError(`Serwer bazy danych w ${home.path} od pięciu minut nie przyjmuje połączeń; przyczynę opisuje ${home.log}.`);
}

/** A server whose starter is dead is about to be stopped by its supervisor, or has lost that as well and would run for ever. */
async function isLookedAfter(home: Home): Promise<boolean> {
  const starter = await readJson(home.starter, Identity);
  return starter === null || isAlive(starter);
}

async function stopOrphan(home: Home, log: (line: string) => void): Promise<void> {
  const orphan = await runningPostmaster(home.pgdata);
  if (orphan === null) return;
  log('Zatrzymuję serwer bazy danych pozostały po przerwanym programie…');
  await stopPostmaster(home.pgdata, orphan.pid, PATIENCE_MS);
}

function waitingFor(running: Running): string {
  if (running.phase === 'stopping') return 'Czekam, aż poprzedni serwer bazy danych skończy pracę…';
  return 'Czekam, aż serwer bazy danych odtworzy stan po przerwaniu…';
}
