/** Set-based reads that come as arrays of text: the cheapest way for many rows. */
import type pg from 'pg';
import type { Queryable } from './connect.ts';
import { heldClient } from './connect.ts';

/** Runs a parametrised query (`$1`, …) and gives its rows as arrays of text. */
export type ArrayQuery = (sql: string, values: readonly unknown[]) => Promise<(string | null)[][]>;

/** Ids (digits) as an array in the database's own text: the driver would quote and escape each of them. */
export function idArray(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

const AS_IS = { getTypeParser: () => (value: string) => value };

/** Reads on a client of its own, such as a run's reader. */
export function clientQuery(client: pg.Client): ArrayQuery {
  return async (sql, values) => {
    const result = await client.query<(string | null)[]>({ text: sql, values: [...values], rowMode: 'array', types: AS_IS });
    return result.rows;
  };
}

/** Like `clientQuery`, for a client that asks the same questions many times: each is parsed and planned once. */
export function preparedQuery(client: pg.Client): ArrayQuery {
  const names = new Map<string, string>();
  return async (sql, values) => {
    let name = names.get(sql);
    if (name === undefined) names.set(sql, (name = `kamienica_${names.size + 1}`));
    const result = await client.query<(string | null)[]>({ name, text: sql, values: [...values], rowMode: 'array', types: AS_IS });
    return result.rows;
  };
}

/** Reads on the pool or within a transaction. */
export function poolQuery(db: Queryable, on: (client: pg.Client) => ArrayQuery = clientQuery): ArrayQuery {
  return async (sql, values) => {
    const { client, release } = await heldClient(db);
    try {
      return await on(client)(sql, values);
    } finally {
      await release();
    }
  };
}

const prepared = new WeakMap<pg.Client, ArrayQuery>();

/**
 * Reads about one thing on the pool, asked all day: each connection parses and plans them once. Not for many things at once: the plan for
 * a few would be kept for thousands.
 */
export function oftenAsked(db: Queryable): ArrayQuery {
  return poolQuery(db, (client) => {
    let query = prepared.get(client);
    if (query === undefined) prepared.set(client, (query = preparedQuery(client)));
    return query;
  });
}
