/** Where the data lie: in the data directory, unless we are root and the account we drop to cannot get there. */
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Account } from './account.ts';
import { EmbeddedError, codeOf } from './errors.ts';
import { exists, readJson, writeWhole } from './files.ts';
import { POINTER, homeAt, type Home } from './layout.ts';
import { holds } from './run.ts';

/** Roots for what may not lie in the data directory. The second is for systems without a writable /var/lib. */
const BASES = ['/var/lib/kamienica', '/var/tmp/kamienica'];

const Pointer = z.object({
  home: z.string(),
  /** The data directory it was made for: tells a moved one from a copied one. */
  madeFor: z.string(),
});

/**
 * The home of a data directory that has been used before; null when it has none. Writes nothing.
 * @throws EmbeddedError when the home that the directory points to has vanished
 */
export async function findHome(dataDir: string): Promise<Home | null> {
  const pointer = await readPointer(dataDir);
  if (pointer === null) {
    const home = homeAt(dataDir);
    return (await exists(home.cluster)) ? home : null;
  }
  if (await belongsToAnother(pointer, dataDir)) return null;
  if (await exists(pointer.home)) return homeAt(pointer.home);
  throw new EmbeddedError(
    `Dane bazy miały leżeć w ${pointer.home}, ale nie ma tego katalogu. Przywróć go, ` +
      `a jeśli usunięto go celowo, usuń też plik ${join(dataDir, POINTER)}: powstanie nowa, pusta baza.`,
  );
}

/** As {@link findHome}, choosing and remembering a home when there is none. Call it under the lock. */
export async function settleHome(dataDir: string, account: Account | null, log: (line: string) => void): Promise<Home> {
  const known = await findHome(dataDir);
  if (known === null && (account === null || (await canKeepData(dataDir, account)))) {
    await rm(join(dataDir, POINTER), { force: true }); // A copied directory brings its original's along.
    return homeAt(dataDir);
  }
  const home = known ?? homeAt(await makeHomeElsewhere(dataDir, account, log));
  if (home.path !== dataDir) await writePointer(dataDir, home.path);
  return home;
}

/** @throws EmbeddedError when data made here earlier have been shut off, as when the program was moved to a closed folder */
export async function checkReach(home: Home, account: Account | null): Promise<void> {
  if (account === null || (await holds('cd "$1"', home.pgdata, account))) return;
  throw new EmbeddedError(
    `Konto „${account.name}”, na którym działa baza danych, straciło dostęp do danych w ${home.pgdata}. ` +
      'Przywróć prawo przejścia (chmod o+x) na katalogach nadrzędnych albo przenieś program do katalogu dostępnego dla wszystkich, np. /opt.',
  );
}

/** The folder that keeps copied binaries. */
export async function cacheDirFor(dataDir: string, account: Account | null): Promise<string> {
  return account === null ? dataDir : base(account);
}

/** Whether a home lies where only {@link settleHome} puts it, so that it may be removed. */
export function isHomeElsewhere(path: string): boolean {
  return BASES.includes(dirname(path)) && basename(path).startsWith('data-');
}

async function makeHomeElsewhere(dataDir: string, account: Account | null, log: (line: string) => void): Promise<string> {
  const parent = await base(account);
  const prefix = `data-${createHash('sha256').update(dataDir).digest('hex').slice(0, 10)}-`;
  const earlier = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  const path = await mkdtemp(join(parent, prefix));
  await chmod(path, 0o711);
  log(`Konto „${account?.name ?? ''}” nie ma dostępu do ${dataDir}; dane będą w ${path}`);
  // The pointer was deleted with its directory: whoever did that wants to begin anew, but only they may throw the data away.
  for (const name of earlier) {
    await rmdir(join(parent, name)).catch(() => {
      log(`Dane usuniętego wcześniej katalogu ${dataDir} leżą nadal w ${join(parent, name)}`);
    });
  }
  return path;
}

async function base(account: Account | null): Promise<string> {
  for (const path of BASES) {
    if (await isOurs(path).catch(() => false)) {
      if (account === null || (await canKeepData(path, account))) return path;
    }
  }
  throw new EmbeddedError(
    `Konto „${account?.name ?? ''}”, na którym działa baza danych, nie ma dostępu do katalogu programu, a zastępczych ` +
      `(${BASES.join(', ')}) nie można użyć. Przenieś program do katalogu dostępnego dla wszystkich, np. /opt.`,
  );
}

/** Under /var/tmp anybody might have put a folder of that name, and in it programs for us to run: it must be ours alone to write. */
async function isOurs(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    await chmod(path, 0o755);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const found = await lstat(path);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Tried out rather than reasoned about: the account makes a file in a folder of its own, there. */
async function canKeepData(dir: string, account: Account): Promise<boolean> {
  const probe = await mkdtemp(join(dir, 'probe-'));
  try {
    await chown(probe, account.uid, account.gid);
    return await holds(': > "$1/file"', probe, account);
  } catch (error) {
    if (codeOf(error) === 'EPERM' || codeOf(error) === 'EINVAL') return false; // A mount that knows no owners.
    throw error;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

/** A copied data directory must not share the original's data; a moved one takes them along. */
async function belongsToAnother(pointer: z.infer<typeof Pointer>, dataDir: string): Promise<boolean> {
  if (pointer.madeFor === dataDir) return false;
  const original = await readPointer(pointer.madeFor);
  return original?.home === pointer.home;
}

function readPointer(dataDir: string): Promise<z.infer<typeof Pointer> | null> {
  return readJson(join(dataDir, POINTER), Pointer);
}

async function writePointer(dataDir: string, home: string): Promise<void> {
  const pointer = { home, madeFor: await realpath(dataDir) } satisfies z.infer<typeof Pointer>;
  await writeWhole(join(dataDir, POINTER), `${JSON.stringify(pointer, null, 2)}\n`, 0o644);
}
