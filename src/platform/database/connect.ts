/** Connections: knex over pg, with exact types. `numeric`, `bigint`, dates and ranges come as text, never as floats or local dates. */
import knexFactory from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';

const AS_TEXT: readonly number[] = [
  pg.types.builtins.NUMERIC,
  pg.types.builtins.INT8,
  pg.types.builtins.DATE,
  pg.types.builtins.TIME,
];

const INSTANTS: readonly number[] = [pg.types.builtins.TIMESTAMPTZ];

/** `2026-01-31 10:00:00.5+00`, as a session in UTC is told, becomes `2026-01-31T10:00:00.500000Z`; infinity stays. */
function instantText(value: string): string {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(value);
  return found ? `${found[1] ?? ''}T${found[2] ?? ''}.${(found[3] ?? '').padEnd(6, '0')}Z` : value;
}

/** Type parsers shared by every client; `json` is parsed by whoever reads a statement, not on the way. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && INSTANTS.includes(oid)) return instantText;
    if (format !== 'binary' && (AS_TEXT as readonly unknown[]).includes(oid)) return (value: string) => value;
    return (pg.types.getTypeParser as (type: number, format?: string) => unknown)(oid, format);
  }) as typeof pg.types.getTypeParser,
};

export type Database = Knex;
export type Transaction = Knex.Transaction;
/** Whatever a query can run on. */
export type Queryable = Knex | Knex.Transaction;

/** Opens a pool; the session speaks UTC and ISO dates whatever the server's defaults are. */
export function connect(url: string, options: { max?: number; name?: string } = {}): Database {
  const connection: Knex.PgConnectionConfig = {
    connectionString: url,
    types: typeParsers as Knex.PgConnectionConfig['types'] & object,
    application_name: options.name ?? 'kamienica',
    options: '-c timezone=UTC -c datestyle=ISO',
  };
  return knexFactory({
    client: 'pg',
    // Messages of errors must not carry the values of a statement.
    compileSqlOnError: false,
    connection,
    pool: { min: 0, max: options.max ?? 10 },
  });
}

/** A connection of its own, outside the pool: a run's reader or writer. The caller ends it. */
export async function openClient(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    types: typeParsers,
    application_name: name,
    options: '-c timezone=UTC -c datestyle=ISO',
  });
  // A connection may be lost between two queries; the next one says so.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Values by position (`?`) or by name (`:name`); an array among them is an array of the database. */
export type Bindings = readonly (Knex.RawBinding | readonly (string | null)[])[] | Readonly<Record<string, Knex.RawBinding>>;

/** The connection that a transaction holds, or one of the pool's that `release` gives back. */
export async function heldClient(db: Queryable): Promise<{ client: pg.Client; release: () => Promise<void> }> {
  // knex leaves its client untyped: these two methods are its own documented door to the driver.
  const door = db.client as { acquireConnection(): Promise<pg.Client>; releaseConnection(client: pg.Client): Promise<void> };
  const client = await door.acquireConnection();
  return { client, release: () => door.releaseConnection(client) };
}

/** The rows of a raw query, typed by the caller, who wrote its columns. */
export async function rows<T>(db: Queryable, sql: string, bindings: Bindings = []): Promise<T[]> {
  const result = await db.raw<{ rows: T[] }>(sql, bindings as Knex.ValueDict);
  return result.rows;
}

/** Runs a statement and gives the number of rows it touched. */
export async function touched(db: Queryable, sql: string, bindings: Bindings = []): Promise<number> {
  const result = await db.raw<{ rowCount: number | null }>(sql, bindings as Knex.ValueDict);
  return result.rowCount ?? 0;
}

/** The one row of a raw query. @throws Error when there is none */
export async function row<T>(db: Queryable, sql: string, bindings: Bindings = []): Promise<T> {
  const [first] = await rows<T>(db, sql, bindings);
  if (first === undefined) throw new Error(`no row: ${sql.slice(0, 120)}`);
  return first;
}
