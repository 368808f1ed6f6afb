/** What stops the embedded database from starting. The message is Polish, for the person at the terminal, and says what to do. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

/** The way out that works everywhere, appended to every message about a system we have no binaries for. */
export const USE_DATABASE_URL =
  'Zainstaluj PostgreSQL 15 lub nowszy i podaj jego adres w zmiennej DATABASE_URL (postgresql://użytkownik:hasło@host:port/baza).';

/** The system's own code of a failed call (`ENOENT`), or an SQLSTATE of the `pg` driver; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Rights are for the person to settle in the system itself: says so instead of naming a system call.
 * @throws EmbeddedError when `error` is about rights; otherwise returns
 */
export function explainRights(error: unknown, dataDir: string): void {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return;
  throw new EmbeddedError(
    `Brak praw do katalogu danych ${dataDir} (${messageOf(error)}). ` +
      'Uruchom program z konta, które założyło bazę, albo wskaż inny katalog danych.',
    { cause: error },
  );
}
