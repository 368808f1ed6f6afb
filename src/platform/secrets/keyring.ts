/** The keys of the settings: the first encrypts, all of them decrypt. */
import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A key under its name. */
export interface NamedKey {
  readonly id: string;
  readonly key: KeyObject;
}

export interface Keyring {
  /** What is written now is written under it. */
  readonly current: NamedKey;
  /** All keys, the current one first. */
  readonly keys: readonly NamedKey[];
}

/** A list of keys that cannot be used; the message is Polish, says what to do and repeats no key. */
export class KeyringError extends Error {}

const KEY_ID = /^[a-z0-9][a-z0-9_-]{0,19}$/;
const BASE64_OF_32 = /^[A-Za-z0-9+/]{43}=?$/;
const KEY_BYTES = 32;

/** How a key is made, in words. */
export const HOW_TO_MAKE_A_KEY = `Nowy klucz: node -e "console.log('k1:' + require('node:crypto').randomBytes(32).toString('base64'))"`;

/**
 * Reads `id:base64,id:base64`; commas, blanks and line breaks part the keys.
 * @throws KeyringError naming the key that is wrong by its place, never by its letters
 */
export function parseKeyring(text: string): Keyring {
  const keys = text.split(/[\s,]+/).filter((part) => part !== '').map(parseKey);
  const [current] = keys;
  if (current === undefined) throw new KeyringError(`Lista kluczy jest pusta. ${HOW_TO_MAKE_A_KEY}`);
  const twice = keys.find(({ id }, index) => keys.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new KeyringError(`Dwa klucze mają tę samą nazwę „${twice.id}”. Nadaj każdemu inną.`);
  return { current, keys };
}

function parseKey(part: string, index: number): NamedKey {
  const [id = '', value = '', ...more] = part.split(':');
  const place = `Klucz nr ${index + 1}`;
  if (!KEY_ID.test(id) || more.length > 0) throw new KeyringError(`${place} nie ma postaci nazwa:base64 (nazwa: najwyżej 20 małych liter, cyfr, - i _). ${HOW_TO_MAKE_A_KEY}`);
  const bytes = BASE64_OF_32.test(value) ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (bytes.length !== KEY_BYTES) throw new KeyringError(`${place} („${id}”) nie jest zapisem base64 dokładnie 32 bajtów. ${HOW_TO_MAKE_A_KEY}`);
  if (bytes.every((byte) => byte === bytes[0])) throw new KeyringError(`${place} („${id}”) to 32 razy ten sam bajt. Wylosuj klucz. ${HOW_TO_MAKE_A_KEY}`);
  return { id, key: createSecretKey(bytes) };
}

/** A fresh key as a list writes it. */
export function freshKey(id: string): string {
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}
