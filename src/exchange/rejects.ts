/** The file of refused rows, on disk: what the sender corrects and sends again. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Transaction } from '../platform/database/connect.ts';
import { reasonText } from '../platform/exchange/reasons.ts';
import { rejectsCsv } from '../platform/tabular/index.ts';
import type { AnyExchange } from './sheets.ts';
import type { RefusedRow } from './staging.ts';
import { refusedRows } from './staging.ts';

type Flaw = RefusedRow['flaws'][number];

/** Writes the refused rows in a folder of its own, readable to us alone, and gives the file's path. */
export async function writeRejects(trx: Transaction, exchange: AnyExchange, fileName: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-import-'));
  const file = path.join(folder, `${path.parse(fileName).name}-odrzucone.csv`);
  try {
    const text = rejectsCsv<object, Flaw>(exchange.sheet, refusedRows(trx), reasonText);
    await pipeline(Readable.from(text), createWriteStream(file, { mode: 0o600 }));
    return file;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Takes the file and its folder away. */
export async function discardRejects(file: string): Promise<void> {
  await rm(path.dirname(file), { recursive: true, force: true });
}
