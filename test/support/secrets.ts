/** The keys of the tests, the same in every process: what the template's city holds opens in each clone. */
import { parseKeyring, secretsOf } from '../../src/platform/secrets/index.ts';

const keyOf = (id: string, byte: number): string => `${id}:${Buffer.from(Array.from({ length: 32 }, (_, index) => (byte + index * 7) % 256)).toString('base64')}`;

/** Two keys as the settings write them. */
export const OLD_KEY = keyOf('test1', 3);
export const NEW_KEY = keyOf('test2', 90);

export const KEYS = parseKeyring(OLD_KEY);
export const SECRETS = secretsOf(KEYS);
/** The new key before the old one, as after the first step of a rotation. */
export const ROTATING = secretsOf(parseKeyring(`${NEW_KEY},${OLD_KEY}`));
/** The new key alone, as after the last step. */
export const ROTATED = secretsOf(parseKeyring(NEW_KEY));
