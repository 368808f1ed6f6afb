/**
 * The key that is written under, as the database knows it: a process that was not restarted when a new key came would write what the
 * others cannot find, and one PESEL would stand twice. The database holds no key, only a keyed hash that each key makes of itself.
 */
import type { Clock } from '../clock.ts';
import type { Database, Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import type { Secrets } from './secrets.ts';

/** Writers share it until they commit; whoever brings a new key waits for them. */
const KEY_LOCK = 7_240_010;

const fingerprints = (secrets: Secrets): Buffer[] => secrets.hashes('kamienica', 'fingerprint');

interface KnownKey {
  readonly fingerprint: Buffer;
  readonly name: string;
}

const KNOWN = 'select fingerprint, name from secret_keys order by place desc';

/**
 * Makes the first key of the keyring the current one, if it is new; the one before must still be among the others, or nothing could be read.
 * @throws DomainError `keys_without_current` when the current key is not in the keyring, `keys_not_first` when an older one stands before it
 */
export async function registerKeys({ db, clock, secrets }: { readonly db: Database; readonly clock: Clock; readonly secrets: Secrets }): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [KEY_LOCK]);
    const known = await rows<KnownKey>(trx, KNOWN);
    const mine = fingerprints(secrets);
    const [current] = known;
    const [first] = mine;
    if (first === undefined || current?.fingerprint.equals(first) === true) return;
    if (current !== undefined && !mine.some((own) => own.equals(current.fingerprint))) throw new DomainError('busy', 'keys_without_current', { key: current.name });
    if (known.some(({ fingerprint }) => fingerprint.equals(first))) throw new DomainError('busy', 'keys_not_first', { key: current?.name ?? '', first: secrets.currentKey });
    await trx('secret_keys').insert({ fingerprint: first, name: secrets.currentKey, since: clock.now() });
  });
}

/**
 * For whoever writes under a key: that it is the current one stays true until the transaction is over.
 * @throws DomainError `keys_outdated`, naming the key that is current
 */
export async function requireCurrentKey(trx: Queryable, secrets: Secrets): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock_shared(?)', [KEY_LOCK]);
  const [current] = await rows<KnownKey>(trx, `${KNOWN} limit 1`);
  const [first] = fingerprints(secrets);
  if (current !== undefined && first !== undefined && !current.fingerprint.equals(first)) throw new DomainError('busy', 'keys_outdated', { key: current.name });
}
