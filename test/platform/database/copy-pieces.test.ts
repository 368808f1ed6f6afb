/** Rows copied while they are made, in several statements. */
import { once } from 'node:events';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../../../src/platform/database/connect.ts';
import { copyInto, copyText } from '../../../src/platform/database/copy.ts';
import { CopyPieces } from '../../../src/platform/database/copy-pieces.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  await database.owner.raw('create table owners (id int primary key); insert into owners select generate_series(1, 100)');
  await database.owner.raw('create table pieces (owner int not null references owners, note text not null); grant select, insert on pieces to public');
});

afterAll(() => database.drop());

beforeEach(async () => {
  client = await openClient(database.ownerUrl, 'copy pieces');
  await client.query('begin');
});

afterEach(() => client.end());

const SQL = 'copy pieces (owner, note) from stdin';
const NOTE = 'ż'.repeat(500_000);

function rowOf(owner: number | string, note = NOTE): Buffer {
  return Buffer.from(`${owner}\t${note}\n`);
}

async function counted(): Promise<unknown> {
  const { rows } = await client.query<{ count: number; sum: number }>('select count(*)::int as count, sum(owner)::int as sum from pieces');
  return rows[0];
}

describe('rows that are copied while they are made', () => {
  it('are all there at the end, whatever the number of statements', async () => {
    const sink = new CopyPieces(client, SQL);
    for (let owner = 1; owner <= 40; owner += 1) await sink.write(rowOf(owner));
    await sink.finish();
    expect(await counted()).toEqual({ count: 40, sum: 820 });
  });

  it('may be none at all', async () => {
    await new CopyPieces(client, SQL).finish();
    expect(await counted()).toEqual({ count: 0, sum: null });
  });

  it.each([
    ['a value that is none', 'many', /invalid input syntax/],
    ['a foreign key, seen at the end of a statement', 4_711, /foreign key/],
  ])('are refused with their first flaw, however many follow: %s', async (_, flaw, told) => {
    const sink = new CopyPieces(client, SQL);
    const all = async (): Promise<void> => {
      for (let owner = 1; owner <= 40; owner += 1) await sink.write(rowOf(owner === 3 ? flaw : owner));
      await sink.finish();
    };
    await expect(all()).rejects.toThrow(told);
    sink.destroy();
    await client.query('rollback');
    expect(await counted()).toEqual({ count: 0, sum: null });
  });

  it('are refused at the end when the flaw came last', async () => {
    const sink = new CopyPieces(client, SQL);
    await sink.write(rowOf(1, 'short'));
    await sink.write(rowOf(4_711, 'short'));
    await expect(sink.finish()).rejects.toThrow(/foreign key/);
    await client.query('rollback');
    expect(await counted()).toEqual({ count: 0, sum: null });
  });

  it('are taken back when whoever makes them gives up', async () => {
    const sink = new CopyPieces(client, SQL);
    for (let owner = 1; owner <= 12; owner += 1) await sink.write(rowOf(owner));
    sink.destroy();
    await client.query('rollback');
    expect(await counted()).toEqual({ count: 0, sum: null });
  });
});

describe('a stream into a table', () => {
  it('throws away what waits once the database has refused, and the process lives on', async () => {
    const stream = copyInto(client, SQL, 1_000_000_000);
    const refused = once(stream, 'error');
    // All at once: most of it still waits for the connection when the refusal comes.
    for (let owner = 1; owner <= 60; owner += 1) stream.write(rowOf(owner === 1 ? 'many' : owner));
    expect(String((await refused)[0])).toMatch(/invalid input syntax/);
    await client.query('rollback');
    expect(stream.destroyed).toBe(true);
    expect(await counted()).toEqual({ count: 0, sum: null });
  });
});

describe('texts copied within a transaction', () => {
  it('are refused as a whole, and the process lives on, when the database refuses while much still waits', async () => {
    const texts = function* (): Generator<Buffer> {
      for (let owner = 1; owner <= 60; owner += 1) yield rowOf(owner === 2 ? 'many' : owner);
    };
    await expect(database.db.transaction((trx) => copyText(trx, 'copy pieces (owner, note) from stdin', texts()))).rejects.toThrow(/invalid input syntax/);
    expect(await counted()).toEqual({ count: 0, sum: null });
  });
});
