/** Persons by their codes, as files name them; whose data were erased, nobody knows any more. */
import type { Transaction } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';

export interface KnownPerson {
  readonly id: string;
  readonly name: string;
}

export async function personsByCode(trx: Transaction, codes: readonly string[]): Promise<Map<string, KnownPerson>> {
  const found = await rows<KnownPerson & { code: string }>(trx, 'select id, code, name from persons where code = any(?::text[]) and erased_at is null', [[...new Set(codes)]]);
  return new Map(found.map(({ id, code, name }) => [code, { id, name }]));
}

/** The persons of the codes; those that are new get the first name that is given for them, and without one stay unknown. */
export async function ensurePersons(trx: Transaction, given: readonly { readonly person: string; readonly name: string | null }[]): Promise<Map<string, KnownPerson>> {
  const known = await personsByCode(trx, given.map(({ person }) => person));
  const fresh = new Map<string, string>();
  for (const { person, name } of given) if (name !== null && !known.has(person) && !fresh.has(person)) fresh.set(person, name);
  if (fresh.size === 0) return known;
  await trx.raw('insert into persons (code, name) select k.code, k.name from unnest(?::text[], ?::text[]) as k(code, name) on conflict do nothing', [[...fresh.keys()], [...fresh.values()]]);
  return new Map([...known, ...(await personsByCode(trx, [...fresh.keys()]))]);
}
