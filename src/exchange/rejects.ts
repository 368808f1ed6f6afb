/** The file of refused rows, on disk: what the sender corrects and sends again. With sensitive data in it, it lies there sealed. */
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Transaction } from '../platform/database/connect.ts';
import { reasonText } from '../platform/exchange/reasons.ts';
import type { Secrets } from '../platform/secrets/index.ts';
import { rejectsCsv } from '../platform/tabular/index.ts';
import { openedLines, sealedLines } from './sealed.ts';
import type { AnyExchange } from './sheets.ts';
import type { RefusedRow } from './staging.ts';
import { coverOf, refusedRows } from './staging.ts';

type Flaw = RefusedRow['flaws'][number];

/** Ends the name of a file that is sealed. */
const SEALED = '.sealed';

/** Writes the refused rows in a folder of its own, readable to us alone, and gives the file's path. */
export async function writeRejects(trx: Transaction, secrets: Secrets, exchange: AnyExchange, fileName: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-import-'));
  const guarded = exchange.guard !== undefined;
  const file = path.join(folder, `${path.parse(fileName).name}-odrzucone.csv${guarded ? SEALED : ''}`);
  try {
    const text = rejectsCsv<object, Flaw>(exchange.sheet, refusedRows(trx, coverOf(exchange, secrets)), reasonText);
    await pipeline(Readable.from(guarded ? sealedLines(secrets, placeOf(file), text) : text), createWriteStream(file, { mode: 0o600 }));
    return file;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Whether the rejects tell sensitive data. */
export function areSealed(file: string): boolean {
  return file.endsWith(SEALED);
}

/** Name under which the rejects are given out. */
export function rejectsName(file: string): string {
  return path.basename(file, SEALED);
}

/** The rejects as CSV, however they lie on the disk. @throws UnreadableSecret */
export function readRejects(secrets: Secrets, file: string): Readable {
  return areSealed(file) ? Readable.from(openedLines(secrets, placeOf(file), file)) : createReadStream(file);
}

/** Puts the rejects on the disk as they are given out, for whoever sits before it, and gives the path. */
export async function unsealRejects(secrets: Secrets, file: string): Promise<string> {
  if (!areSealed(file)) return file;
  const open = path.join(path.dirname(file), rejectsName(file));
  await pipeline(readRejects(secrets, file), createWriteStream(open, { mode: 0o600 }));
  await rm(file);
  return open;
}

/** Whether the file still lies there: the system may have tidied up. */
export async function areKept(file: string): Promise<boolean> {
  return access(file).then(() => true, () => false);
}

/** Takes the file and its folder away. */
export async function discardRejects(file: string): Promise<void> {
  await rm(path.dirname(file), { recursive: true, force: true });
}

function placeOf(file: string): string {
  return `rejects/${path.basename(path.dirname(file))}`;
}
