/** Identities of many persons at once, for whoever takes over a register. */
import { audit } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { Secrets } from '../platform/secrets/index.ts';
import { requireCurrentKey } from '../platform/secrets/index.ts';
import type { Identity } from './store.ts';
import { sealedColumns } from './store.ts';

export interface GivenIdentity {
  /** Id of the person. */
  readonly id: string;
  readonly identity: Identity;
}

/** Persons written by one statement. */
const BATCH = 4_000;

/** Seals and writes identities that were checked before, all or none, with one event. A PESEL that somebody has fails (`persons_pesel_twice`). */
export async function enterIdentities(ctx: Context, given: readonly GivenIdentity[]): Promise<void> {
  await ctx.db.transaction(async (trx) => {
    for (let at = 0; at < given.length; at += BATCH) await writeSealed(trx, ctx.secrets, given.slice(at, at + BATCH));
    await audit(trx, ctx, { event: 'person.take_over', targets: { register: 'persons' }, before: null, after: { persons: given.length } });
  });
}

/** Columns of an identity with their types. */
export const IDENTITY_COLUMNS = { pesel_sealed: 'text', pesel_hash: 'bytea', without_pesel: 'text', document_sealed: 'text', born_on: 'date' } as const;

/** Seals the identities of a batch under the current key and writes them. @throws DomainError `keys_outdated` */
export async function writeSealed(trx: Transaction, secrets: Secrets, given: readonly GivenIdentity[]): Promise<void> {
  await requireCurrentKey(trx, secrets);
  const sealed = given.map(({ id, identity }) => sealedColumns(secrets, id, identity));
  const names = Object.keys(IDENTITY_COLUMNS) as (keyof typeof IDENTITY_COLUMNS)[];
  const arrays = names.map((name) => sealed.map((columns) => columns[name] ?? null));
  await trx.raw(
    `update persons p set ${names.map((name) => `${name} = n.${name}`).join(', ')}
     from unnest(?::bigint[], ${names.map((name) => `?::${IDENTITY_COLUMNS[name]}[]`).join(', ')}) as n(id, ${names.join(', ')}) where p.id = n.id and p.erased_at is null`,
    [given.map(({ id }) => id), ...arrays] as never[],
  );
}
