/**
 * The rows of a file while it is imported: in temporary tables of the import's own transaction, so that a file of any size needs little
 * memory and an import that dies leaves nothing.
 */
import type { Transaction } from '../platform/database/connect.ts';
import { cursorRows } from '../platform/exchange/cursor.ts';
import type { Reason } from '../platform/exchange/reasons.ts';
import type { Secrets } from '../platform/secrets/index.ts';
import { readTable, type CellFlaw, type TableInput } from '../platform/tabular/index.ts';
import type { AnyExchange } from './sheets.ts';

const CHUNK = 2_000;

/** A row whose cells could be read; it is read again from its cells when its turn comes. */
export interface StagedRow {
  readonly line: number;
  readonly cluster: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** A refused row with its reasons. */
export interface RefusedRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly flaws: readonly (Reason | CellFlaw)[];
}

/** How text is written while it waits. `place` is of no other text of the import. */
export interface Cover {
  hide(text: string, place: string): string;
  /** The text that was hidden. */
  show(text: string, place: string): string;
}

const OPEN: Cover = { hide: (text) => text, show: (text) => text };

/** Rows with sensitive data wait sealed, also those that a connection which dies leaves on the database's disk; others as they are. */
export function coverOf({ guard }: AnyExchange, secrets: Secrets): Cover {
  return guard === undefined ? OPEN : { hide: (text, place) => secrets.seal(text, `imports/${place}`), show: (text, place) => secrets.open(text, `imports/${place}`) };
}

export async function createStaging(trx: Transaction): Promise<void> {
  await trx.raw('create temporary table import_rows (line integer not null, cluster text not null, cells text not null) on commit drop');
  await trx.raw('create temporary table import_refused (line integer not null, cells text not null, flaws text not null) on commit drop');
}

export interface Staged {
  readonly rows: number;
  readonly refused: number;
}

/** Reads the file into the temporary tables. @throws FileError when the file as a whole cannot be used */
export async function stageFile(
  trx: Transaction, exchange: AnyExchange, cover: Cover, source: TableInput, fileName: string, listen: (rows: number) => void,
): Promise<Staged> {
  const good: StagedRow[] = [];
  const refused: RefusedRow[] = [];
  const counts = { rows: 0, refused: 0 };
  for await (const row of readTable(exchange.sheet, source, fileName)) {
    counts.rows += 1;
    if (row.flaws === null) good.push({ line: row.line, cluster: exchange.cluster(row.value), cells: row.cells });
    else {
      counts.refused += 1;
      refused.push({ line: row.line, cells: row.cells, flaws: row.flaws });
    }
    if (good.length >= CHUNK) await insertRows(trx, cover, good.splice(0));
    if (refused.length >= CHUNK) await insertRefused(trx, cover, refused.splice(0));
    if (counts.rows % CHUNK === 0) listen(counts.rows);
  }
  await insertRows(trx, cover, good);
  await insertRefused(trx, cover, refused);
  await trx.raw('analyze import_rows');
  return counts;
}

async function insertRows(trx: Transaction, cover: Cover, staged: readonly StagedRow[]): Promise<void> {
  if (staged.length === 0) return;
  await trx.raw('insert into import_rows (line, cluster, cells) select * from unnest(?::integer[], ?::text[], ?::text[])', [
    staged.map(({ line }) => line),
    staged.map(({ cluster }) => cluster),
    staged.map(({ line, cells }) => cover.hide(JSON.stringify(cells), `rows/${line}`)),
  ]);
}

export async function insertRefused(trx: Transaction, cover: Cover, refused: readonly RefusedRow[]): Promise<void> {
  if (refused.length === 0) return;
  await trx.raw('insert into import_refused (line, cells, flaws) select * from unnest(?::integer[], ?::text[], ?::text[])', [
    refused.map(({ line }) => line),
    refused.map(({ line, cells }) => cover.hide(JSON.stringify(cells), `refused/${line}/cells`)),
    refused.map(({ line, flaws }) => cover.hide(JSON.stringify(flaws), `refused/${line}/flaws`)),
  ]);
}

/** The rows in batches of about `size` that never part a cluster; clusters in the order of their first rows. */
export async function* batches(trx: Transaction, cover: Cover, size: number): AsyncGenerator<StagedRow[]> {
  const sql = `select line, cluster, cells from (select r.*, min(line) over (partition by cluster) as first from import_rows r) every order by first, line`;
  let batch: StagedRow[] = [];
  for await (const { line, cluster, cells } of cursorRows<{ line: number; cluster: string; cells: string }>(trx, sql, [], CHUNK)) {
    if (batch.length >= size && batch.at(-1)?.cluster !== cluster) {
      yield batch;
      batch = [];
    }
    batch.push({ line, cluster, cells: JSON.parse(cover.show(cells, `rows/${line}`)) as Record<string, string> });
  }
  if (batch.length > 0) yield batch;
}

/** Refused rows in the order of the file. */
export async function* refusedRows(trx: Transaction, cover: Cover): AsyncGenerator<RefusedRow> {
  for await (const { line, cells, flaws } of cursorRows<{ line: number; cells: string; flaws: string }>(trx, 'select line, cells, flaws from import_refused order by line')) {
    yield {
      line,
      cells: JSON.parse(cover.show(cells, `refused/${line}/cells`)) as RefusedRow['cells'],
      flaws: JSON.parse(cover.show(flaws, `refused/${line}/flaws`)) as RefusedRow['flaws'],
    };
  }
}
