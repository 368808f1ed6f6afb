/** `COPY … FROM STDIN`. */
import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from './connect.ts';
import { heldClient } from './connect.ts';

/** A stream into the table; `waiting` bytes may wait for the database. */
export function copyInto(client: pg.Client, sql: string, waiting?: number): Writable {
  const stream = client.query(copyFrom(sql, waiting === undefined ? {} : { highWaterMark: waiting }));
  // Once the database has refused, the library's stream would still write to the connection it has let go, and take the process with it
  // (brianc/node-pg-copy-streams#171): what waits is thrown away.
  stream.on('error', () => stream.destroy());
  return stream;
}

/** Copies the texts (rows in COPY's text format) on the transaction's own connection. */
export async function copyText(trx: Transaction, sql: string, texts: Iterable<string | Buffer> | AsyncIterable<string | Buffer>): Promise<void> {
  const { client } = await heldClient(trx);
  await pipeline(Readable.from(texts), copyInto(client, sql));
}
