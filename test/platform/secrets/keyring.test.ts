import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { KeyringError, addKey, freshKey, keyringOf, parseKeyring, secretsOf } from '../../../src/platform/secrets/index.ts';
import { NEW_KEY, OLD_KEY } from '../../support/secrets.ts';

describe('a list of keys', () => {
  it('encrypts with the first and keeps the others', () => {
    const keyring = parseKeyring(`${NEW_KEY},\n ${OLD_KEY}`);
    expect(keyring.current.id).toBe('test2');
    expect(keyring.keys.map(({ id }) => id)).toEqual(['test2', 'test1']);
  });

  const base64 = OLD_KEY.split(':')[1] ?? '';
  it.each([
    ['nothing', ' , ', /pusta.*node -e/s],
    ['no name', base64, /nr 1 nie ma postaci nazwa:base64/],
    ['a name of capitals', `K1:${base64}`, /nr 1 nie ma postaci/],
    ['31 bytes', `k1:${Buffer.alloc(31, 7).toString('base64')}`, /nr 1 \(„k1”\) nie jest zapisem base64 dokładnie 32 bajtów/],
    ['33 bytes', `${OLD_KEY},k2:${Buffer.alloc(33, 7).toString('base64')}`, /nr 2 \(„k2”\)/],
    ['something else than base64', 'k1:hasło', /nr 1 \(„k1”\)/],
    ['one byte over and over', `k1:${Buffer.alloc(32).toString('base64')}`, /ten sam bajt/],
    ['the same name twice', `${OLD_KEY},${OLD_KEY}`, /tę samą nazwę „test1”/],
  ])('is refused with %s, in words that do not repeat the key', (_, text, words) => {
    let told = '';
    try {
      parseKeyring(text);
    } catch (error) {
      if (error instanceof KeyringError) told = error.message;
    }
    expect(told).toMatch(words);
    expect(told).not.toContain(base64);
  });

  it('takes a key that was just made', () => {
    expect(parseKeyring(freshKey('k7')).current.id).toBe('k7');
  });
});

describe('the settings', () => {
  it('name KAMIENICA_KEYS and its remedy where a list is wrong', () => {
    expect(() => parseConfig({ KAMIENICA_KEYS: 'k1:krótki' }, '/tmp')).toThrow(/^KAMIENICA_KEYS: Klucz nr 1 .*randomBytes\(32\)/s);
  });

  it('require keys in production beside a database of its own, and only there', () => {
    const database = { DATABASE_URL: 'postgres://a:b@db/kamienica' };
    expect(() => parseConfig({ ...database, NODE_ENV: 'production' }, '/tmp')).toThrow(/KAMIENICA_KEYS: podaj klucze danych osobowych.*randomBytes\(32\)/s);
    expect(parseConfig(database, '/tmp').keys).toBeNull();
    expect(parseConfig({ KAMIENICA_KEYS: OLD_KEY }, '/tmp').keys?.current.id).toBe('test1');
  });
});

describe('the file of keys', () => {
  const folders: string[] = [];
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kamienica-keys-'));
    folders.push(folder);
  });
  afterAll(() => {
    for (const made of folders) rmSync(made, { recursive: true });
  });

  it('is made once, for the account alone, however many begin at the same time', async () => {
    // A little apart, so that some look just before and some just after the file is there.
    const made = await Promise.all(Array.from({ length: 24 }, async (_, turn) => {
      await new Promise((resolve) => setTimeout(resolve, turn % 6));
      return keyringOf(folder);
    }));
    const sealed = made.map((keyring) => secretsOf(keyring).hash('x', 'test').toString('hex'));
    expect(new Set(sealed).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['keyring']);
    expect(statSync(path.join(folder, 'keyring')).mode & 0o777).toBe(0o600);
    expect(secretsOf(await keyringOf(folder)).hash('x', 'test').toString('hex')).toBe(sealed[0]);
  });

  it('gets a new key in front of the old ones, which still decrypt', async () => {
    const sealed = secretsOf(await keyringOf(folder)).seal('44051401359', 'a place');
    expect(await addKey(folder)).toBe('k2');
    expect(await addKey(folder)).toBe('k3');
    const keyring = await keyringOf(folder);
    expect(keyring.keys.map(({ id }) => id)).toEqual(['k3', 'k2', 'k1']);
    expect(secretsOf(keyring).open(sealed, 'a place')).toBe('44051401359');
    expect(statSync(path.join(folder, 'keyring')).mode & 0o777).toBe(0o600);
  });

  it('is refused where others may read it or nothing of it is a key', async () => {
    const file = path.join(folder, 'keyring');
    writeFileSync(file, `${OLD_KEY}\n`);
    chmodSync(file, 0o644);
    await expect(keyringOf(folder)).rejects.toThrow(/mogą czytać inni.*chmod 600/s);
    chmodSync(file, 0o600);
    expect((await keyringOf(folder)).current.id).toBe('test1');
    writeFileSync(file, 'to nie są klucze');
    await expect(keyringOf(folder)).rejects.toThrow(/keyring: Klucz nr 1 .*dokładnie 32 bajtów/);
    expect(readFileSync(file, 'utf8')).toBe('to nie są klucze');
  });
});
