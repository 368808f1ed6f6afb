/** A first look at a database given by its address, so that whoever starts the program learns what to do before anything is tried. */
import pg from 'pg';
import { DomainError } from '../errors.ts';

/** Ranges of ranges and their aggregates, and a `public` schema that is the owner's. */
export const OLDEST_MAJOR = 15;

/** What is told about an address; never its password. */
function argsOf(url: string): Readonly<Record<string, string>> {
  const { hostname, port, username, pathname } = new URL(url);
  const user = decodeURIComponent(username);
  return { place: `${hostname === '' ? 'localhost' : hostname}:${port === '' ? '5432' : port}`, user, database: decodeURIComponent(pathname.slice(1)) || user };
}

/** By SQLSTATE; whatever has none never reached a server of ours. */
const REFUSALS: Readonly<Record<string, string>> = {
  '28P01': 'database_password', '28000': 'database_password', '3D000': 'database_none', '53300': 'database_full', '57P03': 'database_starting',
};
const SQLSTATE = /^[0-9A-Z]{5}$/;
const PATIENCE_MS = 10_000;

async function opened(url: string): Promise<pg.Client> {
  if (!URL.canParse(url)) throw new DomainError('invalid', 'database_address');
  const client = new pg.Client({ connectionString: url, application_name: 'kamienica check', connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw refusal(error, argsOf(url)) ?? error;
  }
}

function refusal(error: unknown, args: Readonly<Record<string, string>>): DomainError | null {
  if (!(error instanceof Error)) return null;
  const state = 'code' in error && typeof error.code === 'string' && SQLSTATE.test(error.code) ? error.code : null;
  const code = state === null ? unsaid(error) : REFUSALS[state];
  return code === undefined ? null : new DomainError('busy', code, args);
}

/** A server that asks for a password we were not given lets the driver complain in words of its own. */
function unsaid(error: Error): string {
  return error.message.includes('password must be a string') ? 'database_password' : 'database_unreachable';
}

/** @throws DomainError `database_old` */
export function checkVersion(version: string, args: Readonly<Record<string, string>>): void {
  const [major = '0'] = version.split('.');
  if (Number.parseInt(major, 10) < OLDEST_MAJOR) throw new DomainError('conflict', 'database_old', { ...args, version, oldest: String(OLDEST_MAJOR) });
}

const RIGHTS = `
  select to_regclass('public.knex_migrations') is not null as begun,
    has_schema_privilege('public', 'create') as tables,
    has_database_privilege(current_database(), 'create') or exists (select 1 from pg_extension where extname = 'btree_gist') as extension`;

/**
 * Looks at the application's database and at the owner's way into it.
 * @throws DomainError `database_address`, `database_unreachable`, `database_password`, `database_none`, `database_full`, `database_starting`,
 * `database_old`, `database_rights`
 */
export async function checkDatabase(url: string, ownerUrl: string): Promise<void> {
  const owner = await opened(ownerUrl);
  try {
    const args = argsOf(ownerUrl);
    checkVersion((await owner.query<{ version: string }>(`select current_setting('server_version') as version`)).rows[0]?.version ?? '', args);
    const { rows } = await owner.query<{ begun: boolean; tables: boolean; extension: boolean }>(RIGHTS);
    const [found] = rows;
    if (found && !found.begun && !(found.tables && found.extension)) throw new DomainError('forbidden', 'database_rights', args);
  } finally {
    await owner.end();
  }
  if (url !== ownerUrl) await (await opened(url)).end();
}
