/** After a new key was put before the old ones: everything that stands under those is sealed and hashed anew, batch by batch. */
import { require as requirePermission } from '../platform/access/roles.ts';
import { requireWholeCity } from '../platform/access/scope.ts';
import { renewSubjects } from '../platform/access/subjects.ts';
import { audit } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable, Transaction } from '../platform/database/connect.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { ProgressListener } from '../platform/operations.ts';
import type { Secrets } from '../platform/secrets/index.ts';
import { countOldPersonKeys, registerKeys, rewrapPersonKeys } from '../platform/secrets/index.ts';
import type { Identity, PersonRow } from './store.ts';
import { PERSON_COLUMNS, PESEL_PURPOSE, identityOf } from './store.ts';
import { writeSealed } from './identities.ts';

/** Values of one transaction: whoever corrects a person waits for no more than these. */
const BATCH = 1_000;

// A sealed value begins with the name of its key.
const OLD = `(split_part(p.pesel_sealed, ':', 1) <> :key or split_part(p.document_sealed, ':', 1) <> :key)`;

/** What stands under another key than the current one. */
export interface OldKeys {
  readonly persons: number;
  readonly personKeys: number;
}

/** Two persons with one PESEL, each under another key; by their codes. */
export interface Doubled {
  readonly person: string;
  readonly other: string;
}

export interface Rotated extends OldKeys {
  readonly rotated: number;
  /** Whose PESEL somebody else has already under the current key: they stay as they are until people have decided who is who. */
  readonly doubled: readonly Doubled[];
}

export async function countOldKeys(db: Queryable, { secrets }: Pick<Context, 'secrets'>): Promise<OldKeys> {
  const { persons } = await row<{ persons: number }>(db, `select count(*)::int as persons from persons p where ${OLD}`, { key: secrets.currentKey });
  return { persons, personKeys: await countOldPersonKeys(db, secrets) };
}

/** What one transaction did: how many it wrote, the last id it looked at (null = there was nothing left), and whom it had to leave. */
interface Batch {
  readonly count: number;
  readonly last: string | null;
  readonly doubled: readonly Doubled[];
}

/**
 * Brings everything under the current key, which from then on is the only one that anybody may write under. Interrupted, the next call
 * goes on where this one stopped; one event a batch.
 * @returns what is left: nothing, unless a PESEL stands twice
 * @throws DomainError `not_permitted`, `needs_whole_city`, `keys_without_current`, `keys_not_first`; UnreadableSecret when a key that is
 * still in use is not listed; the batches before are done
 */
export async function rotateKeys(ctx: Context, listen?: ProgressListener): Promise<Rotated> {
  requirePermission(ctx.actor, 'keys.rotate');
  requireWholeCity(ctx, 'needs_whole_city');
  await registerKeys(ctx);
  await renewSubjects(ctx);
  const before = await countOldKeys(ctx.db, ctx);
  const total = before.persons + before.personKeys;
  const doubled: Doubled[] = [];
  let rotated = 0;
  for (const batch of [rotatePersons, rotatePersonKeys]) {
    for (let after: string | null = '0'; after !== null;) {
      const from: string = after;
      const done = await ctx.db.transaction(async (trx) => {
        const found = await batch(trx, ctx, from);
        if (found.count > 0) await audit(trx, ctx, { event: 'person.rotate_keys', targets: { register: 'persons', key: ctx.secrets.currentKey }, details: { count: found.count } });
        return found;
      });
      after = done.last;
      doubled.push(...done.doubled);
      if (done.count === 0) continue;
      rotated += done.count;
      listen?.(rotated, Math.max(total, rotated));
    }
  }
  return { ...(await countOldKeys(ctx.db, ctx)), rotated, doubled };
}

interface OldIdentity {
  readonly id: string;
  readonly code: string;
  readonly identity: Identity;
}

async function rotatePersons(trx: Transaction, { secrets }: Context, after: string): Promise<Batch> {
  const old = await rows<PersonRow>(
    trx,
    `select ${PERSON_COLUMNS} from persons p where ${OLD} and p.id > :after order by p.id limit :limit for update skip locked`,
    { key: secrets.currentKey, after, limit: BATCH },
  );
  if (old.length === 0) return { count: 0, last: null, doubled: [] };
  const identities = old.map((person): OldIdentity => ({ id: person.id, code: person.code, identity: identityOf(secrets, person) }));
  const holders = await holdersUnderCurrent(trx, secrets, identities);
  const doubled: Doubled[] = [];
  const clear = identities.filter(({ id, code, identity: { pesel } }) => {
    if (pesel === null) return true;
    const holder = holders.get(pesel) ?? { id, code };
    // Of two under two older keys the first one is brought over.
    holders.set(pesel, holder);
    if (holder.id !== id) doubled.push({ person: code, other: holder.code });
    return holder.id === id;
  });
  if (clear.length > 0) await writeSealed(trx, secrets, clear);
  return { count: clear.length, last: old.at(-1)?.id ?? null, doubled };
}

/** Who has one of the PESELs under the current key, by PESEL. */
async function holdersUnderCurrent(trx: Transaction, secrets: Secrets, given: readonly OldIdentity[]): Promise<Map<string, { id: string; code: string }>> {
  const byHash = new Map(given.flatMap(({ identity: { pesel } }) => (pesel === null ? [] : [[secrets.hash(pesel, PESEL_PURPOSE).toString('hex'), pesel] as const])));
  const found = await rows<{ id: string; code: string; hash: string }>(
    trx,
    `select p.id, p.code, encode(p.pesel_hash, 'hex') as hash from persons p where p.pesel_hash in (select decode(h, 'hex') from unnest(?::text[]) as k(h))`,
    [[...byHash.keys()]],
  );
  return new Map(found.map(({ hash, id, code }) => [byHash.get(hash) ?? '', { id, code }]));
}

async function rotatePersonKeys(trx: Transaction, { secrets }: Context): Promise<Batch> {
  const count = await rewrapPersonKeys(trx, secrets, BATCH);
  // What was rewrapped is not found again, so there is nothing to go on behind.
  return { count, last: count === 0 ? null : '0', doubled: [] };
}
