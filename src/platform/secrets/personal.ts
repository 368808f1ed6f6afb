/**
 * A key of every person's own for the personal values of the audit trail: the trail is never altered, and what it says of a person is
 * gone all the same once that key is destroyed.
 */
import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Queryable } from '../database/connect.ts';
import { rows, touched } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import { requireCurrentKey } from './current.ts';
import type { Secrets } from './secrets.ts';
import { decrypt, encrypt } from './secrets.ts';

/** Personal values by name. */
export type PersonalValues = Readonly<Record<string, unknown>>;

/** Who holds what is needed to write personal values. */
export interface PersonalPen {
  readonly clock: Clock;
  readonly secrets: Secrets;
}

const KEY_BYTES = 32;

const placeOf = (person: string): string => `person_keys/${person}`;
const boundTo = (person: string): string => `personal/${person}`;

interface KeyRow {
  readonly wrapped: string | null;
}

async function keyRow(db: Queryable, person: string): Promise<KeyRow | undefined> {
  const [found] = await rows<KeyRow>(db, 'select wrapped from person_keys where person_id = ?', [person]);
  return found;
}

function unwrap(secrets: Secrets, person: string, wrapped: string): KeyObject {
  return createSecretKey(Buffer.from(secrets.open(wrapped, placeOf(person)), 'base64'));
}

/** Encrypts values under the person's key, which is made the first time. @throws DomainError `person_erased` when the key was destroyed, `keys_outdated` */
export async function sealPersonal(trx: Queryable, { clock, secrets }: PersonalPen, person: string, values: PersonalValues): Promise<string> {
  if ((await keyRow(trx, person)) === undefined) {
    await requireCurrentKey(trx, secrets);
    const wrapped = secrets.seal(randomBytes(KEY_BYTES).toString('base64'), placeOf(person));
    // Of two at once the first one's key stands.
    await trx.raw('insert into person_keys (person_id, wrapped, made_at) values (?, ?, ?) on conflict (person_id) do nothing', [person, wrapped, clock.now()]);
  }
  const wrapped = (await keyRow(trx, person))?.wrapped ?? null;
  if (wrapped === null) throw new DomainError('conflict', 'person_erased', { id: person });
  return encrypt(unwrap(secrets, person, wrapped), JSON.stringify(values), boundTo(person));
}

export interface PersonalEntry {
  /** Id of the person, each another's. */
  readonly person: string;
  readonly values: PersonalValues;
}

/** As `sealPersonal` for many persons at once; the sealed values come in the order given. @throws DomainError `person_erased`, `keys_outdated` */
export async function sealPersonalAll(trx: Queryable, { clock, secrets }: PersonalPen, given: readonly PersonalEntry[]): Promise<string[]> {
  const persons = given.map(({ person }) => person);
  const stored = async (): Promise<Map<string, string | null>> => {
    const found = await rows<KeyRow & { id: string }>(trx, 'select person_id as id, wrapped from person_keys where person_id = any(?::bigint[])', [persons]);
    return new Map(found.map(({ id, wrapped }) => [id, wrapped]));
  };
  let keys = await stored();
  const fresh = persons.filter((person) => !keys.has(person));
  if (fresh.length > 0) {
    await requireCurrentKey(trx, secrets);
    const wrapped = fresh.map((person) => secrets.seal(randomBytes(KEY_BYTES).toString('base64'), placeOf(person)));
    await trx.raw(
      'insert into person_keys (person_id, wrapped, made_at) select k.id, k.wrapped, ? from unnest(?::bigint[], ?::text[]) as k(id, wrapped) on conflict (person_id) do nothing',
      [clock.now(), fresh, wrapped] as never[],
    );
    keys = await stored();
  }
  return given.map(({ person, values }) => {
    const wrapped = keys.get(person) ?? null;
    if (wrapped === null) throw new DomainError('conflict', 'person_erased', { id: person });
    return encrypt(unwrap(secrets, person, wrapped), JSON.stringify(values), boundTo(person));
  });
}

/** Decrypts what `sealPersonal` gave; null when the person's key was destroyed. @throws Error when it was altered or is another person's */
export async function openPersonal(db: Queryable, secrets: Secrets, person: string, sealed: string): Promise<PersonalValues | null> {
  const wrapped = (await keyRow(db, person))?.wrapped ?? null;
  if (wrapped === null) return null;
  return JSON.parse(decrypt(unwrap(secrets, person, wrapped), sealed, boundTo(person))) as PersonalValues;
}

/** Destroys the keys of persons for good; whoever never had one will not get one. The rows stay. */
export async function destroyPersonKeys(trx: Queryable, clock: Clock, persons: readonly string[]): Promise<void> {
  const at = clock.now();
  await trx.raw(
    `insert into person_keys (person_id, wrapped, made_at, destroyed_at) select k.id, null, ?, ? from unnest(?::bigint[]) as k(id)
     on conflict (person_id) do update set wrapped = null, destroyed_at = excluded.destroyed_at where person_keys.destroyed_at is null`,
    [at, at, persons] as never[],
  );
}

const PREFIX = `split_part(wrapped, ':', 1)`;

/** How many persons' keys are wrapped under a key other than the current one. */
export async function countOldPersonKeys(db: Queryable, secrets: Secrets): Promise<number> {
  const [found] = await rows<{ count: number }>(db, `select count(*)::int as count from person_keys where wrapped is not null and ${PREFIX} <> ?`, [secrets.currentKey]);
  return found?.count ?? 0;
}

/** Wraps up to `limit` persons' keys anew under the current key; gives how many. */
export async function rewrapPersonKeys(trx: Queryable, secrets: Secrets, limit: number): Promise<number> {
  const old = await rows<{ id: string; wrapped: string }>(
    trx,
    `select person_id as id, wrapped from person_keys where wrapped is not null and ${PREFIX} <> ? order by person_id limit ? for update skip locked`,
    [secrets.currentKey, limit],
  );
  if (old.length === 0) return 0;
  const wrapped = old.map((row) => secrets.seal(secrets.open(row.wrapped, placeOf(row.id)), placeOf(row.id)));
  return touched(
    trx,
    'update person_keys k set wrapped = n.wrapped from unnest(?::bigint[], ?::text[]) as n(id, wrapped) where k.person_id = n.id and k.destroyed_at is null',
    [old.map(({ id }) => id), wrapped],
  );
}
