/** Rows of a query a few thousand at a time, within a transaction. */
import type { Knex } from 'knex';
import type { Bindings, Transaction } from '../database/connect.ts';
import { rows } from '../database/connect.ts';

let cursors = 0;

/** The caller wrote the query's columns and so knows their type. */
export async function* cursorRows<R>(trx: Transaction, sql: string, bindings: Bindings = [], size = 2_000): AsyncGenerator<R> {
  cursors += 1;
  const name = `exchange_${cursors}`;
  await trx.raw(`declare ${name} no scroll cursor for ${sql}`, bindings as Knex.ValueDict);
  for (;;) {
    const found = await rows<R>(trx, `fetch ${size} from ${name}`);
    yield* found;
    if (found.length < size) break;
  }
  await trx.raw(`close ${name}`);
}
