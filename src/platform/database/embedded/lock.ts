/** One process at a time decides, sets up and starts; the others wait and then find a running server. */
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { EmbeddedError, codeOf } from './errors.ts';
import { Identity, identityOfProcess, isAlive } from './process-info.ts';
import { sleep } from './run.ts';

const PATIENCE_MS = 300_000; // Recovery of a large database after a power cut is the longest thing done under the lock.
const POLL_MS = 50;
const GUARD = '.break';
/** What is held for milliseconds and found this old was left by the dead. */
const OLD_MS = 10_000;

/** @throws EmbeddedError when a living process holds the lock for longer than five minutes */
export async function withLock<T>(path: string, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  await acquire(path, log);
  try {
    removeDraftsOfTheDead(path);
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, log: (line: string) => void): Promise<void> {
  // Linking a finished file is atomic and never shows a lock without its holder, however we are killed.
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(identityOfProcess(process.pid)));
  try {
    for (let waited = 0; !taken(draft, path); waited += POLL_MS) {
      breakStale(path);
      if (waited === 1_000) log(`Czekam, aż inny proces (${holderOf(path)?.pid ?? '?'}) uruchomi bazę danych…`);
      if (waited > PATIENCE_MS) {
        throw new EmbeddedError(
          `Proces ${holderOf(path)?.pid ?? '?'} od pięciu minut uruchamia bazę danych. Zakończ go i spróbuj ponownie; ` +
            `jeśli go nie ma, usuń plik ${path}.`,
        );
      }
      await sleep(POLL_MS);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

function taken(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a dead process. Two who find it dead must not both remove: the second would take away the lock that the
 * first has just made. So removing has a guard of its own, held for one look and one removal without a pause in between.
 */
function breakStale(path: string): void {
  if (!isStale(path)) return;
  const guard = `${path}${GUARD}`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    removeOldGuard(guard);
    return;
  }
  try {
    if (isStale(path)) rmSync(path, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

function removeOldGuard(guard: string): void {
  try {
    if (Date.now() - statSync(guard).mtimeMs > OLD_MS) rmdirSync(guard);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Whoever is killed while waiting leaves its draft. */
function removeDraftsOfTheDead(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const draft = join(dirname(path), name);
    if (!draft.startsWith(`${path}.`) || draft.endsWith(GUARD)) continue;
    // Only old ones: a new one may be half-written by the living.
    const made = statSync(draft, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Date.now() - made > OLD_MS && isStale(draft)) rmSync(draft, { force: true });
  }
}

function isStale(path: string): boolean {
  const text = contentOf(path);
  if (text === null) return false;
  const holder = parse(text);
  // A linked file is whole, so an unreadable one was cut short with the machine, and its holder with it.
  return holder === null || !isAlive(holder);
}

function holderOf(path: string): Identity | null {
  const text = contentOf(path);
  return text === null ? null : parse(text);
}

function parse(text: string): Identity | null {
  try {
    return Identity.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
