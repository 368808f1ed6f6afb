/** `COPY` of rows that are still being made. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { copyInto } from './copy.ts';

/** Bytes of one statement. */
const PIECE = 8_000_000;
/** Bytes that may wait for the database. */
const WAITING = 8_000_000;

/**
 * Copies rows in several statements, one after the other: what the database leaves to the end of a statement, such as looking at the
 * foreign keys of its rows, is done while the next rows are made. Whoever holds the transaction makes it whole or nothing.
 */
export class CopyPieces {
  readonly #client: pg.Client;
  readonly #sql: string;
  readonly #finished: Promise<unknown>[] = [];
  readonly #failed: Promise<never>;
  #fail: (error: unknown) => void = () => undefined;
  #piece: Writable | null = null;
  #bytes = 0;

  /** Of a client that does nothing else until all is finished or destroyed. */
  constructor(client: pg.Client, sql: string) {
    this.#client = client;
    this.#sql = sql;
    this.#failed = new Promise((_, reject) => (this.#fail = reject));
    // Nobody may be waiting at the moment when the database refuses: it is heard of at the next wait, not missed and not unhandled.
    this.#failed.catch(() => undefined);
  }

  /** Rows in COPY's text format; resolves when more may come. @throws what the database refused */
  async write(rows: Buffer): Promise<void> {
    this.#piece ??= this.#begin();
    const piece = this.#piece;
    const ready = piece.write(rows);
    this.#bytes += rows.length;
    if (this.#bytes >= PIECE) this.#end();
    if (!ready) await Promise.race([once(piece, this.#piece === piece ? 'drain' : 'finish'), this.#failed]);
  }

  /** Resolves when all rows are in the table. @throws what the database refused */
  async finish(): Promise<void> {
    this.#end();
    await Promise.race([Promise.all(this.#finished), this.#failed]);
  }

  /** Takes back the statement that is running. */
  destroy(): void {
    this.#piece?.destroy();
  }

  #begin(): Writable {
    const piece = copyInto(this.#client, this.#sql, WAITING);
    piece.on('error', (error) => this.#fail(error));
    this.#finished.push(new Promise((resolve) => piece.on('finish', resolve)));
    return piece;
  }

  #end(): void {
    this.#piece?.end();
    this.#piece = null;
    this.#bytes = 0;
  }
}
