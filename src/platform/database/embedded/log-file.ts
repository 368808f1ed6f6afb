/** The server's log, kept small, and its last words when a start fails. */
import { copyFile, open, rename, stat, truncate } from 'node:fs/promises';
import { codeOf } from './errors.ts';
import { ownLikeFolder } from './files.ts';

const LIMIT_BYTES = 5_000_000;
const CHECK_MS = 3_600_000;

export async function logSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** Before a start: a long log steps aside, one earlier is kept. */
export async function prepareLog(path: string): Promise<void> {
  if ((await logSize(path)) > LIMIT_BYTES) await rename(path, `${path}.1`);
  await (await open(path, 'a', 0o600)).close();
  await ownLikeFolder(path);
}

/**
 * While the server runs. It holds the file open and appends to it, so the text is copied and the file emptied under its hands.
 * @returns stops the checking
 */
export function keepLogSmall(path: string): () => void {
  const timer = setInterval(() => {
    void (async () => {
      if ((await logSize(path)) <= LIMIT_BYTES) return;
      await copyFile(path, `${path}.1`);
      await truncate(path);
    })().catch(() => undefined); // A log that cannot be shortened is no reason to fall.
  }, CHECK_MS).unref();
  return () => {
    clearInterval(timer);
  };
}

/** What was written after the first `from` bytes, at most its last two thousand characters. */
export async function logSince(path: string, from: number): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const text = (await file.read({ buffer: Buffer.alloc(64_000), position: from })).buffer.toString('utf8').replaceAll('\0', '');
    return text.slice(-2_000).trim();
  } finally {
    await file.close();
  }
}
