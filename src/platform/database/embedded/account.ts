/** PostgreSQL refuses to run as root, so root hands it to somebody without rights. */
import { readFile, stat } from 'node:fs/promises';
import { EmbeddedError } from './errors.ts';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/**
 * The account to drop to, or null when we are no root and PostgreSQL runs as ourselves.
 * @throws EmbeddedError when root finds nobody to drop to
 */
export async function accountToDropTo(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await accounts();
  for (const name of CANDIDATES) {
    const account = known.find((one) => one.name === name && one.uid > 0);
    if (account !== undefined) return account;
  }
  throw new EmbeddedError(
    'PostgreSQL nie działa z prawami administratora, a w systemie nie ma konta „postgres” ani „nobody”. ' +
      'Załóż konto „postgres” albo uruchom program jako zwykły użytkownik.',
  );
}

/** Data that exist keep their owner, even if a better account has appeared in the meantime. */
export async function ownerOf(pgdata: string, fallback: Account | null): Promise<Account | null> {
  if (fallback === null) return null;
  const { uid, gid } = await stat(pgdata);
  if (uid === 0) {
    throw new EmbeddedError(
      `Katalog danych ${pgdata} należy do administratora (zapewne po odtworzeniu z kopii). ` +
        `Przywróć właściciela poleceniem: chown -R ${fallback.name}: ${pgdata}`,
    );
  }
  return { name: uid === fallback.uid ? fallback.name : String(uid), uid, gid };
}

async function accounts(): Promise<Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return lines.flatMap(([name, , uid, gid]) =>
    name === undefined || uid === undefined || gid === undefined ? [] : [{ name, uid: Number(uid), gid: Number(gid) }],
  );
}
