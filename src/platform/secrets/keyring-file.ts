/** The keyring of the embedded database: a file beside its data, readable by the account alone. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Keyring } from './keyring.ts';
import { KeyringError, freshKey, parseKeyring } from './keyring.ts';

const FILE = 'keyring';
const NOT_OWNERS = 0o077;

/** Reads the keyring of the data directory; the first time it is made. @throws KeyringError when the file is unusable or others may read it */
export async function keyringOf(dataDir: string): Promise<Keyring> {
  const file = path.join(dataDir, FILE);
  const found = await readKeyring(file);
  if (found !== null) return found;
  await mkdir(dataDir, { recursive: true });
  const whole = await writeAside(file, `${freshKey('k1')}\n`);
  try {
    // A link, for it never takes the place of a file that another process made meanwhile: that one's key may be in use already.
    await link(whole, file);
    await syncFolder(dataDir);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(whole, { force: true });
  }
  const made = await readKeyring(file);
  if (made === null) throw new KeyringError(`Pliku kluczy ${file} nie udało się założyć. Sprawdź prawa do folderu.`);
  return made;
}

/** Puts a new key before those of the file, which is replaced whole; gives the key's name. */
export async function addKey(dataDir: string): Promise<string> {
  const file = path.join(dataDir, FILE);
  const { keys } = await keyringOf(dataDir);
  const numbers = keys.map(({ id }) => Number(/^k(\d{1,9})$/.exec(id)?.[1] ?? 0));
  const id = `k${Math.max(...numbers) + 1}`;
  const text = await readFile(file, 'utf8');
  await rename(await writeAside(file, `${freshKey(id)}\n${text}`), file);
  await syncFolder(dataDir);
  return id;
}

async function readKeyring(file: string): Promise<Keyring | null> {
  try {
    if (process.platform !== 'win32' && ((await stat(file)).mode & NOT_OWNERS) !== 0) {
      throw new KeyringError(`Plik kluczy ${file} mogą czytać inni. Odbierz im to prawo: chmod 600 ${file}`);
    }
    return parseKeyring(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof KeyringError) throw new KeyringError(error.message.includes(file) ? error.message : `Plik kluczy ${file}: ${error.message}`);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes the text to a file of its own beside, down to the disk: without its keys the data are lost. */
async function writeAside(file: string, text: string): Promise<string> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return aside;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
