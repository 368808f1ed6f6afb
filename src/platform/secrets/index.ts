/** What the rest of the program uses of keys and encryption. */
export { HOW_TO_MAKE_A_KEY, KeyringError, freshKey, parseKeyring } from './keyring.ts';
export type { Keyring } from './keyring.ts';
export { addKey, keyringOf } from './keyring-file.ts';
export { registerKeys, requireCurrentKey } from './current.ts';
export { UnreadableSecret, secretsOf } from './secrets.ts';
export type { Secrets } from './secrets.ts';
export { countOldPersonKeys, destroyPersonKeys, openPersonal, rewrapPersonKeys, sealPersonal, sealPersonalAll } from './personal.ts';
export type { PersonalPen, PersonalValues } from './personal.ts';
