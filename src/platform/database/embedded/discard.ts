/** Throwing the data away, wherever they lie. */
import { readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedError } from './errors.ts';
import { exists } from './files.ts';
import { BINARIES_PREFIX, LOCK, POINTER, SETUP_PREFIX } from './layout.ts';
import { findHome, isHomeElsewhere } from './place.ts';
import { runningPostmaster } from './postmaster.ts';

/**
 * Removes the cluster and all that the launcher has made around it; the directory itself too when nothing else is in it.
 * @throws EmbeddedError when a server runs on the data
 */
export async function discardData(directory: string): Promise<void> {
  if (!(await exists(directory))) return;
  const dataDir = await realpath(directory);
  const home = await findHome(dataDir);
  if (home !== null && (await exists(home.pgdata)) && (await runningPostmaster(home.pgdata)) !== null) {
    throw new EmbeddedError(`Na danych w ${home.path} działa serwer bazy; najpierw go zatrzymaj.`);
  }
  if (home !== null && isHomeElsewhere(home.path)) await rm(home.path, { recursive: true, force: true });
  for (const name of await readdir(dataDir)) {
    if (isOurs(name)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  if ((await readdir(dataDir)).length === 0) await rmdir(dataDir);
}

function isOurs(name: string): boolean {
  const exact = ['cluster', POINTER, 'postgresql.log', 'postgresql.log.1'];
  const beginnings = [LOCK, SETUP_PREFIX, BINARIES_PREFIX, 'probe-'];
  return exact.includes(name) || beginnings.some((beginning) => name.startsWith(beginning));
}
