/**
 * Files that were sent for a trial and may be loaded after it: sealed, each in a private folder of its own, for an hour. Nobody but the
 * sender is led to them, by the result of the trial; what is left of an earlier process is swept away.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { TableInput } from '../platform/tabular/index.ts';
import { openedLines, sealedLines } from './sealed.ts';

const PREFIX = 'kamienica-kept-';
const WAITING = 'file';
const TAKEN = 'taken';
const KEPT_MS = 60 * 60 * 1000;
/** Of one person; for a newer one the oldest goes. */
const MOST_KEPT = 5;

/**
 * Spools the bytes as they come and gives the file's path. What does not arrive whole is not kept.
 * @throws DomainError `import_file_empty`, and whatever ends the bytes
 */
export async function keepFile({ secrets, actor }: Pick<Context, 'secrets' | 'actor'>, name: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const owned = `${PREFIX}${createHash('sha256').update(actor.code).digest('hex').slice(0, 16)}-`;
  await sweepKept(owned);
  const folder = await mkdtemp(path.join(tmpdir(), owned));
  const file = path.join(folder, WAITING);
  try {
    let size = 0;
    const pieces = (async function* (): AsyncGenerator<string> {
      for await (const chunk of bytes) {
        size += chunk.length;
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('base64');
      }
    })();
    await pipeline(Readable.from(sealedLines(secrets, placeOf(file), pieces)), createWriteStream(file, { mode: 0o600 }));
    if (size === 0) throw new DomainError('invalid', 'import_file_empty', { file: name });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  setTimeout(() => void discardWaiting(file).catch(() => undefined), KEPT_MS).unref();
  return file;
}

/** The kept bytes as an import reads them. */
export function keptSource(secrets: Context['secrets'], file: string): TableInput {
  return async function* () {
    for await (const piece of openedLines(secrets, placeOf(file), file)) yield Buffer.from(piece, 'base64');
  };
}

/** Takes the file for loading, and gives where it is then; null where it is gone or was taken. Of two who ask at once one gets it. */
export async function takeKept(file: string): Promise<string | null> {
  const taken = path.join(path.dirname(file), TAKEN);
  return rename(file, taken).then(() => taken, () => null);
}

/** Gives a taken file back: loading it failed. */
export async function giveBackKept(taken: string): Promise<void> {
  await rename(taken, path.join(path.dirname(taken), WAITING)).catch(() => undefined);
}

/** Whether the file still waits to be loaded. */
export async function isKept(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}

/** Who loads it just then is not disturbed. */
async function discardWaiting(file: string): Promise<void> {
  if (await isKept(file)) await discardKept(file);
}

export async function discardKept(file: string): Promise<void> {
  await rm(path.dirname(file), { recursive: true, force: true });
}

/** Takes away what is older than an hour, and of the owner's own (by the beginning of the folder's name) all but the newest. */
export async function sweepKept(owned: string | null = null): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const found = await Promise.all(names.map(async (name) => ({ name, at: await touchedAt(path.join(tmpdir(), name)) })));
  const newest = found.filter(({ name }) => owned !== null && name.startsWith(owned)).sort((a, b) => b.at - a.at).slice(MOST_KEPT - 1);
  const old = found.filter(({ at }) => at < Date.now() - KEPT_MS);
  for (const { name } of new Set([...newest, ...old])) await rm(path.join(tmpdir(), name), { recursive: true, force: true });
}

/** When its file came, or was taken for loading. */
async function touchedAt(folder: string): Promise<number> {
  return stat(folder).then(({ mtimeMs }) => mtimeMs, () => 0);
}

function placeOf(file: string): string {
  return `kept/${path.basename(path.dirname(file))}`;
}
