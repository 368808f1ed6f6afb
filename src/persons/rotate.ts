/** After a new key was put before the old ones: everything that stands under those is sealed and hashed anew, batch by batch. */
import { audit } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable, Transaction } from '../platform/database/connect.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { ProgressListener } from '../platform/operations.ts';
import { countOldPersonKeys, rewrapPersonKeys } from '../platform/secrets/index.ts';
import type { PersonRow } from './store.ts';
import { PERSON_COLUMNS, identityOf } from './store.ts';
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

export async function countOldKeys(db: Queryable, { secrets }: Pick<Context, 'secrets'>): Promise<OldKeys> {
  const { persons } = await row<{ persons: number }>(db, `select count(*)::int as persons from persons p where ${OLD}`, { key: secrets.currentKey });
  return { persons, personKeys: await countOldPersonKeys(db, secrets) };
}

/**
 * Brings everything under the current key. Interrupted, the next call goes on where this one stopped; one event a batch.
 * @returns what is left, which is nothing unless somebody wrote with other keys meanwhile
 * @throws UnreadableSecret when a key that is still in use is not listed; the batches before are done
 */
export async function rotateKeys(ctx: Context, listen?: ProgressListener): Promise<OldKeys & { readonly rotated: number }> {
  const before = await countOldKeys(ctx.db, ctx);
  const total = before.persons + before.personKeys;
  let rotated = 0;
  for (const batch of [rotatePersons, rotatePersonKeys]) {
    for (;;) {
      const done = await ctx.db.transaction(async (trx) => {
        const count = await batch(trx, ctx);
        if (count > 0) await audit(trx, ctx, { event: 'person.rotate_keys', targets: { register: 'persons', key: ctx.secrets.currentKey }, details: { count } });
        return count;
      });
      if (done === 0) break;
      rotated += done;
      listen?.(rotated, Math.max(total, rotated));
    }
  }
  return { ...(await countOldKeys(ctx.db, ctx)), rotated };
}

async function rotatePersons(trx: Transaction, { secrets }: Context): Promise<number> {
  const old = await rows<PersonRow>(trx, `select ${PERSON_COLUMNS} from persons p where ${OLD} order by p.id limit :limit for update skip locked`, { key: secrets.currentKey, limit: BATCH });
  if (old.length > 0) await writeSealed(trx, secrets, old.map((person) => ({ id: person.id, identity: identityOf(secrets, person) })));
  return old.length;
}

function rotatePersonKeys(trx: Transaction, { secrets }: Context): Promise<number> {
  return rewrapPersonKeys(trx, secrets, BATCH);
}
