/** What the rows of `osoby` are judged by, and how they are written: set by set. */
import { auditPersonalAll } from '../../platform/audit/personal.ts';
import { reasonOf } from '../../platform/changes.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import type { Setting } from '../../platform/exchange/types.ts';
import type { Secrets } from '../../platform/secrets/index.ts';
import { requireCurrentKey } from '../../platform/secrets/index.ts';
import { IDENTITY_COLUMNS, writeSealed } from '../identities.ts';
import { changedFields } from '../identity.ts';
import type { PersonRow } from '../store.ts';
import { PERSON_COLUMNS, PESEL_PURPOSE, identityOf, sealedColumns } from '../store.ts';
import type { PersonsCondition } from '../visible.ts';
import type { Holder } from './pesels.ts';
import type { KnownPlan, Plan, StoredPerson } from './plan.ts';

const seenSql = (condition: PersonsCondition | null): string => (condition === null ? 'true' : condition.sql);

/** The persons of the codes, whom nobody else changes before the transaction is over. */
export async function lockPersons(trx: Transaction, secrets: Secrets, condition: PersonsCondition | null, codes: readonly string[]): Promise<Map<string, StoredPerson>> {
  const found = await rows<PersonRow & { seen: boolean }>(
    trx,
    `select ${PERSON_COLUMNS}, ${seenSql(condition)} as seen from persons p where p.code = any(:codes::text[]) order by p.id for update of p`,
    { ...condition?.values, codes: [...new Set(codes)] },
  );
  return new Map(found.map((person) => [person.code, { id: person.id, erased: person.erasedAt !== null, seen: person.seen, told: { name: person.name, ...identityOf(secrets, person) } }]));
}

/** Who has the PESELs, whichever key they stand under; by number. */
export async function holdersOf(trx: Transaction, secrets: Secrets, condition: PersonsCondition | null, pesels: readonly string[]): Promise<Map<string, Holder>> {
  const byHash = new Map(pesels.flatMap((pesel) => secrets.hashes(pesel, PESEL_PURPOSE).map((hash) => [hash.toString('hex'), pesel] as const)));
  if (byHash.size === 0) return new Map();
  const found = await rows<Holder & { hash: string }>(
    trx,
    `select p.id, p.code, ${seenSql(condition)} as seen, encode(p.pesel_hash, 'hex') as hash from persons p
     where p.pesel_hash in (select decode(h, 'hex') from unnest(:hashes::text[]) as k(h))`,
    { ...condition?.values, hashes: [...byHash.keys()] },
  );
  return new Map(found.map(({ hash, ...holder }) => [byHash.get(hash) ?? '', holder]));
}

/** Takes their numbers from persons whose rows come after: else two who swap them would meet for a moment. */
export async function releasePesels(trx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await trx.raw(`update persons set pesel_sealed = null, pesel_hash = null, without_pesel = 'unknown' where id = any(?::bigint[])`, [ids] as never[]);
}

export async function updatePersons(trx: Transaction, secrets: Secrets, plans: readonly KnownPlan[]): Promise<void> {
  if (plans.length === 0) return;
  await writeSealed(trx, secrets, plans.map(({ id, after }) => ({ id, identity: after })));
  const renamed = plans.filter(({ before, after }) => before?.name !== after.name);
  if (renamed.length === 0) return;
  await trx.raw('update persons p set name = n.name from unnest(?::bigint[], ?::text[]) as n(id, name) where p.id = n.id', [renamed.map(({ id }) => id), renamed.map(({ after }) => after.name)] as never[]);
}

/** Adds persons and gives the ids by code; of a code that somebody else took meanwhile there is none. */
export async function insertPersons(trx: Transaction, secrets: Secrets, plans: readonly Plan[]): Promise<Map<string, string>> {
  if (plans.length === 0) return new Map();
  await requireCurrentKey(trx, secrets);
  // The number is part of what the sealed values are bound to.
  const drawn = await rows<{ id: string }>(trx, `select nextval('persons_id_seq') as id from generate_series(1, ?::int)`, [plans.length]);
  const ids = drawn.map(({ id }) => id);
  const sealed = plans.map(({ after }, place) => sealedColumns(secrets, ids[place] ?? '', after));
  const names = Object.keys(IDENTITY_COLUMNS) as (keyof typeof IDENTITY_COLUMNS)[];
  const added = await rows<{ id: string; code: string }>(
    trx,
    `insert into persons (id, code, name, ${names.join(', ')})
     select * from unnest(?::bigint[], ?::text[], ?::text[], ${names.map((name) => `?::${IDENTITY_COLUMNS[name]}[]`).join(', ')}) on conflict (code) do nothing returning id, code`,
    [ids, plans.map(({ code }) => code), plans.map(({ after }) => after.name), ...names.map((name) => sealed.map((columns) => columns[name] ?? null))] as never[],
  );
  return new Map(added.map(({ id, code }) => [code, id]));
}

/** One event a person; what stood and stands is sealed under the person's own key, and the change tells the import. */
export async function notePersons(trx: Transaction, { by }: Setting, change: string, plans: readonly KnownPlan[]): Promise<void> {
  if (plans.length === 0) return;
  const reason = await reasonOf(trx, change);
  await auditPersonalAll(
    trx,
    by,
    plans.map(({ id, before, after }) =>
      before === null
        ? { event: 'person.add', targets: { person: id }, details: { withoutPesel: after.withoutPesel, change }, personal: { person: id, values: { ...after } } }
        : { event: 'person.correct', targets: { person: id }, details: { changed: changedFields(before, after), change }, personal: { person: id, values: { before, after, reason } } },
    ),
  );
}
