/** The first connection: proves that the server answers, and sees to it that the database is there. */
import { Client, escapeIdentifier } from 'pg';
import { EmbeddedError, codeOf } from './errors.ts';
import { APP, OWNER, SUPERUSER, type Credentials } from './cluster.ts';

/** Refused, still starting or already stopping, dropped half-way: worth another look in a moment. */
const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']);
const NO_SUCH_DATABASE = '3D000';
const WRONG_PASSWORD = '28P01';
/** Two who attach at the same moment may both create. */
const ALREADY_THERE = new Set(['42P04', '42710', '23505']);

export interface Addresses {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export function addresses(port: number, database: string, credentials: Credentials): Addresses {
  return { ownerUrl: address(OWNER, credentials.owner, port, database), appUrl: address(APP, credentials.app, port, database) };
}

/**
 * Creates the database and its extension where they are missing.
 * @returns false when the server does not answer now, though it may in a moment
 * @throws EmbeddedError when the server does not know our password, or another database has taken its port
 */
export async function ensureDatabase(port: number, database: string, credentials: Credentials): Promise<boolean> {
  const connect = <T>(name: string, work: (client: Client) => Promise<T>): Promise<T> =>
    withClient(address(SUPERUSER, credentials.superuser, port, name), work);
  try {
    await connect(database, ensureExtension).catch(async (error: unknown) => {
      if (codeOf(error) !== NO_SUCH_DATABASE) throw error;
      await connect('postgres', (client) => createDatabase(client, database));
      await connect(database, ensureExtension);
    });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code !== undefined && PASSING.has(code)) return false;
    if (error instanceof Error && error.message === 'Connection terminated unexpectedly') return false;
    if (code !== WRONG_PASSWORD) throw error;
    throw new EmbeddedError(`Serwer bazy na porcie ${port} odrzuca zapisane hasło. Odtwórz plik credentials.json z kopii zapasowej.`);
  }
}

async function createDatabase(client: Client, database: string): Promise<void> {
  await unlessThere(client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${OWNER}`));
}

/** Exclusion constraints over (subject, period) need equality inside a GiST index. */
async function ensureExtension(client: Client): Promise<void> {
  const found = await client.query(`SELECT FROM pg_extension WHERE extname = 'btree_gist'`);
  if (found.rowCount === 0) await unlessThere(client.query('CREATE EXTENSION btree_gist'));
}

async function unlessThere(creating: Promise<unknown>): Promise<void> {
  try {
    await creating;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || !ALREADY_THERE.has(code)) throw error;
  }
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, ssl: false });
  client.on('error', () => undefined); // The server may go away between two queries; the next one says so.
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function address(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
