/** Encrypting single values and finding them again: AES-256-GCM and HMAC-SHA-256 under keys derived from those of the keyring. */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DomainError } from '../errors.ts';
import type { Keyring } from './keyring.ts';

export interface Secrets {
  /** Name of the key under which is written now. */
  readonly currentKey: string;
  /**
   * Encrypts a value: `key:base64`. `place` names the row and the field it is for; a value carried to another place does not open.
   */
  seal(value: string, place: string): string;
  /** @throws UnreadableSecret when the key is not at hand, the value was altered or belongs to another place */
  open(sealed: string, place: string): string;
  /** The keyed hash by which a value is found, under the current key; 32 bytes. Hashes of two purposes have nothing in common. */
  hash(value: string, purpose: string): Buffer;
  /** The hashes under every key, the current one first: until keys are rotated a value stands under an older one. */
  hashes(value: string, purpose: string): Buffer[];
}

/** What cannot be decrypted: a setting is wrong, or the value was tampered with. Tells the key's name and the place, nothing of the value. */
export class UnreadableSecret extends DomainError {
  constructor(key: string, place: string) {
    super('busy', 'secret_unreadable', { key: KEY_NAME.test(key) ? key : '?', place });
  }
}

const KEY_NAME = /^[a-z0-9_-]{1,20}$/;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A key of its own for each purpose, so that no use of one tells anything about another. */
function derived(key: KeyObject, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `kamienica/${purpose}`, KEY_BYTES)));
}

/** Encrypts under a given key: nonce, tag and ciphertext together, base64. `bound` must be the same to decrypt. */
export function encrypt(key: KeyObject, value: string, bound: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

/** @throws Error when key, value or `bound` is another than when it was encrypted */
export function decrypt(key: KeyObject, encrypted: string, bound: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** The keyring at work. */
export function secretsOf({ current, keys }: Keyring): Secrets {
  const sealing = new Map(keys.map(({ id, key }) => [id, derived(key, 'seal')]));
  const hashing = new Map<string, KeyObject[]>();
  const hashKeys = (purpose: string): KeyObject[] => {
    let made = hashing.get(purpose);
    if (made === undefined) hashing.set(purpose, (made = keys.map(({ key }) => derived(key, `find/${purpose}`))));
    return made;
  };
  const hashes = (value: string, purpose: string): Buffer[] => hashKeys(purpose).map((key) => createHmac('sha256', key).update(value).digest());
  const bound = (id: string, place: string): string => `${id}/${place}`;
  return {
    currentKey: current.id,
    seal(value, place) {
      return `${current.id}:${encrypt(sealing.get(current.id) ?? current.key, value, bound(current.id, place))}`;
    },
    open(sealed, place) {
      const [id = '', encrypted = ''] = sealed.split(':');
      const key = sealing.get(id);
      if (key === undefined) throw new UnreadableSecret(id, place);
      try {
        return decrypt(key, encrypted, bound(id, place));
      } catch {
        throw new UnreadableSecret(id, place);
      }
    },
    hash(value, purpose) {
      const [key = current.key] = hashKeys(purpose);
      return createHmac('sha256', key).update(value).digest();
    },
    hashes,
  };
}
