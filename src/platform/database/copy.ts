/** `COPY … FROM STDIN` within a knex transaction. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from './connect.ts';
import { heldClient } from './connect.ts';

/** Copies the texts (rows in COPY's text format) on the transaction's own connection. */
export async function copyText(trx: Transaction, sql: string, texts: Iterable<string | Buffer> | AsyncIterable<string | Buffer>): Promise<void> {
  const { client } = await heldClient(trx);
  await pipeline(Readable.from(texts), client.query(copyFrom(sql)));
}
