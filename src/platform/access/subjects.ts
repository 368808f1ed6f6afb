/**
 * What a provider calls a tenant may itself be personal: a login, or the PESEL. It is found by a keyed hash and kept sealed, for new keys
 * alone; whoever is forgotten is not found by it any more.
 */
import { audit } from '../audit/events.ts';
import type { Context } from '../context.ts';
import { rows, touched } from '../database/connect.ts';
import type { Secrets } from '../secrets/index.ts';
import { UnreadableSecret } from '../secrets/index.ts';

const PURPOSE = 'subject';
const SUBJECT = 'users.subject';
const VOUCHED = 'users.vouched';

/** Somebody as a provider knows them. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

const textOf = ({ issuer, subject }: Subject): string => JSON.stringify([issuer, subject]);

/** The hashes under which the tenant may stand, that of the current key first. */
export function subjectHashes(secrets: Secrets, of: Subject): Buffer[] {
  return secrets.hashes(textOf(of), PURPOSE);
}

/** What is kept of a tenant's subject. */
export function hashedSubject(secrets: Secrets, of: Subject): { readonly hash: Buffer; readonly sealed: string } {
  return { hash: secrets.hash(textOf(of), PURPOSE), sealed: secrets.seal(of.subject, SUBJECT) };
}

/** A PESEL that a provider vouches for and that nobody of the register has. */
export function sealVouched(secrets: Secrets, pesel: string): string {
  return secrets.seal(pesel, VOUCHED);
}

export function openVouched(secrets: Secrets, sealed: string): string {
  return secrets.open(sealed, VOUCHED);
}

interface Old {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string | null;
  readonly sealed: string | null;
  readonly vouched: string | null;
}

const BATCH = 500;

const OLD = `
  select id, issuer, subject, subject_sealed as sealed, vouched_sealed as vouched from users
  where kind = 'tenant' and id > :last and (subject is not null or split_part(subject_sealed, ':', 1) <> :key or split_part(vouched_sealed, ':', 1) <> :key)
  order by id limit :limit for update`;

// Where services with other keys made two users of one, the one that was found last keeps the subject.
const RENEWED = `
  update users u set subject = null, subject_hash = n.hash, subject_sealed = n.sealed, vouched_sealed = n.vouched
  from unnest(?::bigint[], ?::bytea[], ?::text[], ?::text[]) as n(id, hash, sealed, vouched)
  where u.id = n.id and not exists (select 1 from users o where o.issuer = u.issuer and o.subject_hash = n.hash and o.id <> u.id)`;

/**
 * Brings the tenants' subjects under the current key, those also that an earlier release kept open: at every start, before anybody signs in.
 * One whose key is not at hand any more stays as it is. Gives how many were brought.
 */
export async function renewSubjects(ctx: Context): Promise<number> {
  const { secrets } = ctx;
  let [last, renewed] = ['0', 0];
  for (;;) {
    const found = await ctx.db.transaction(async (trx) => {
      const old = await rows<Old>(trx, OLD, { key: secrets.currentKey, last, limit: BATCH });
      const fresh = old.flatMap((one) => renewedOf(secrets, one));
      if (fresh.length > 0) {
        const count = await touched(trx, RENEWED, [fresh.map(({ id }) => id), fresh.map(({ hash }) => hash), fresh.map(({ sealed }) => sealed), fresh.map(({ vouched }) => vouched)]);
        if (count > 0) await audit(trx, ctx, { event: 'user.renew_subjects', targets: { register: 'users', key: secrets.currentKey }, details: { count } });
        renewed += count;
      }
      return old;
    });
    last = found.at(-1)?.id ?? last;
    if (found.length < BATCH) return renewed;
  }
}

function renewedOf(secrets: Secrets, { id, issuer, subject, sealed, vouched }: Old): { id: string; hash: Buffer; sealed: string; vouched: string | null }[] {
  const name = subject ?? (sealed === null ? null : opened(() => secrets.open(sealed, SUBJECT)));
  if (name === null) return [];
  const pesel = vouched === null ? null : opened(() => openVouched(secrets, vouched));
  return [{ id, ...hashedSubject(secrets, { issuer, subject: name }), vouched: pesel === null ? null : sealVouched(secrets, pesel) }];
}

function opened(open: () => string): string | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof UnreadableSecret) return null;
    throw error;
  }
}
