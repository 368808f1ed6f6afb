/** Copies a city into an empty database: all of it or nothing. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { openClient } from '../platform/database/connect.ts';
import { copyInto } from '../platform/database/copy.ts';
import { DomainError } from '../platform/errors.ts';
import type { TableName } from './rows.ts';
import type { CitySource, TableText } from './source.ts';
import { TABLES, TABLE_NAMES, TIMED_TABLES } from './tables.ts';

export interface CopiedTable {
  readonly table: TableName;
  readonly rows: number;
}

export interface CopyOptions {
  /** Told after each table. */
  readonly onTable?: (copied: CopiedTable) => void;
}

/**
 * Writes all rows by the owner in one transaction. Indexes, exclusion constraints and foreign keys of the facts are taken away and put
 * back, which checks them, when all rows are in: several times faster than row by row.
 * @throws DomainError `demo_database_not_empty` when a table has rows already
 */
export async function copyCity(ownerClientUrl: string, city: CitySource, options: CopyOptions = {}): Promise<CopiedTable[]> {
  const client = await openClient(ownerClientUrl, 'kamienica demo');
  try {
    await client.query('begin');
    await client.query(`set local maintenance_work_mem = '256MB'`);
    await refuseFullTables(client);
    const offset = await lastChange(client);
    const restoring = [...(await dropIndexes(client)), ...(await dropConstraints(client))];
    for (const table of TABLE_NAMES) await client.query(`alter table ${table} disable trigger user`);
    const copied: CopiedTable[] = [];
    for await (const { table, rows, texts } of oneAhead(city, offset)) {
      await pipeline(Readable.from(texts), copyInto(client, `copy ${table} (${TABLES[table].join(', ')}) from stdin`));
      copied.push({ table, rows });
      options.onTable?.({ table, rows });
    }
    for (const statement of restoring) await client.query(statement);
    await resetIdentities(client, copied, offset);
    await client.query(`analyze ${TABLE_NAMES.join(', ')}`);
    await layOverviews(client);
    await client.query('commit');
    return copied;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

/** What the lists are read from, once for all rows instead of after each table. */
async function layOverviews(client: pg.Client): Promise<void> {
  for (const table of TABLE_NAMES) await client.query(`alter table ${table} enable trigger user`);
  await client.query('select refresh_overviews(array(select id from dwellings))');
  await client.query('analyze dwelling_places, lease_overviews');
}

/** The next table is written as text while the database takes the one before. */
async function* oneAhead(city: CitySource, offset: number): AsyncGenerator<TableText & { table: TableName }> {
  let next: Promise<TableText> | null = null;
  for (const [index, table] of TABLE_NAMES.entries()) {
    const text = await (next ?? city.table(table, offset));
    const following = TABLE_NAMES[index + 1];
    next = following === undefined ? null : city.table(following, offset);
    // Its error is met when its turn comes, or never, where this table is refused.
    next?.catch(() => undefined);
    yield { ...text, table };
  }
}

async function refuseFullTables(client: pg.Client): Promise<void> {
  for (const table of TABLE_NAMES.filter((name) => name !== 'changes')) {
    const { rows } = await client.query<{ full: boolean }>(`select exists (select 1 from ${table}) as full`);
    if (rows[0]?.full === true) throw new DomainError('conflict', 'demo_database_not_empty', { table });
  }
}

/** Takes away the exclusion constraints and foreign keys of the tables with two times; gives what puts them back as they were. */
async function dropConstraints(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype in ('x', 'f') and conrelid = any ($1::text[]::regclass[]) order by contype desc, conrelid, conname`,
    [TIMED_TABLES],
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`);
}

/** The same for the indexes that belong to no constraint. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any ($1::text[]::regclass[]) and not exists (select 1 from pg_constraint where conindid = indexrelid)
     order by indrelid, indexrelid`,
    [TIMED_TABLES],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Loading the law is a change too: the city's changes are numbered after those that are there. */
async function lastChange(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ last: number }>('select coalesce(max(id), 0)::int as last from changes');
  return rows[0]?.last ?? 0;
}

/** The next row gets the next number. */
async function resetIdentities(client: pg.Client, copied: readonly CopiedTable[], offset: number): Promise<void> {
  for (const { table, rows: last } of copied) {
    if (!(TABLES[table] as readonly string[]).includes('id') || last === 0) continue;
    await client.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, table === 'changes' ? last + offset : last]);
  }
}
