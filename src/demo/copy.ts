/** Copies a city into an empty database: all of it or nothing. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { openClient } from '../platform/database/connect.ts';
import { copyInto } from '../platform/database/copy.ts';
import { DomainError } from '../platform/errors.ts';
import type { City, TableName } from './rows.ts';
import { TABLES, TABLE_NAMES, TIMED_TABLES } from './tables.ts';

export interface CopiedTable {
  readonly table: string;
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
export async function copyCity(ownerClientUrl: string, city: City, options: CopyOptions = {}): Promise<CopiedTable[]> {
  const client = await openClient(ownerClientUrl, 'kamienica demo');
  try {
    await client.query('begin');
    await client.query(`set local maintenance_work_mem = '256MB'`);
    await refuseFullTables(client);
    const offset = await lastChange(client);
    const restoring = [...(await dropIndexes(client)), ...(await dropConstraints(client))];
    const copied: CopiedTable[] = [];
    for (const table of TABLE_NAMES) {
      await copyTable(client, city, table, offset);
      copied.push({ table, rows: city[table].length });
      options.onTable?.({ table, rows: city[table].length });
    }
    for (const statement of restoring) await client.query(statement);
    await resetIdentities(client, city, offset);
    await client.query(`analyze ${TABLE_NAMES.join(', ')}`);
    await client.query('commit');
    return copied;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
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

async function copyTable(client: pg.Client, city: City, table: TableName, offset: number): Promise<void> {
  const columns = TABLES[table];
  const stream = copyInto(client, `copy ${table} (${columns.join(', ')}) from stdin`);
  const shifted = new Set<string>(['change_id', 'closed_change_id', ...(table === 'changes' ? ['id'] : [])]);
  const shift = (column: string, value: unknown): unknown => (typeof value === 'number' && shifted.has(column) ? value + offset : value);
  await pipeline(Readable.from(chunks(city[table], columns, shift)), stream);
}

/** Lines of COPY's text format, some hundred kilobytes at a time. */
function* chunks(rows: readonly object[], columns: readonly string[], shift: (column: string, value: unknown) => unknown): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    const values = row as Readonly<Record<string, unknown>>;
    columns.forEach((column, index) => {
      const value = cell(shift(column, values[column]));
      text += index === 0 ? value : `\t${value}`;
    });
    text += '\n';
    if (text.length > 200_000) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function cell(value: unknown): string {
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (mark) => ESCAPES[mark] ?? mark) : value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value === null) return '\\N';
  throw new TypeError(`no way to copy a ${typeof value}`);
}

/** The next row gets the next number. */
async function resetIdentities(client: pg.Client, city: City, offset: number): Promise<void> {
  for (const table of TABLE_NAMES) {
    const last = city[table].length;
    if (!(TABLES[table] as readonly string[]).includes('id') || last === 0) continue;
    await client.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, table === 'changes' ? last + offset : last]);
  }
}
