/**
 * Whether a database is worked with in earnest. The first start beside a real provider says so in the database itself, which the
 * application's role cannot take back: a shell or a service that merely lacks the settings does not become a place for invented people.
 */
import type { Clock } from '../clock.ts';
import type { Queryable } from '../database/connect.ts';
import { row, rows, touched } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { dayOf } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';
import { DEVELOPMENT_PATH } from './development/clients.ts';

/** Databases that have the table: it never goes again. */
const known = new WeakSet<Queryable>();

/** Since when, or null. Also of a database whose tables are not there yet. */
export async function realSince(db: Queryable): Promise<Instant | null> {
  if (!known.has(db)) {
    const { there } = await row<{ there: boolean }>(db, `select to_regclass('public.real_use') is not null as there`);
    if (!there) return null;
    known.add(db);
  }
  const [found] = await rows<{ since: Instant }>(db, 'select since from real_use');
  return found?.since ?? null;
}

/** @throws DomainError `code`, told since when, where the database is worked with in earnest */
export async function refuseOverReal(db: Queryable, code: 'development_over_real' | 'as_over_real'): Promise<void> {
  const since = await realSince(db);
  if (since !== null) throw new DomainError('forbidden', code, { since: dayOf(since) });
}

/** Marks the database, once: from now on nobody gets in as one of the invented people, nor by what they got while it was tried out. */
export async function markReal(owner: Queryable, { now }: Pick<Clock, 'now'>): Promise<boolean> {
  const marked = await touched(owner, 'insert into real_use (since) values (?) on conflict do nothing', [now()]);
  if (marked === 0) return false;
  await touched(
    owner,
    `update personal_tokens t set revoked_at = ? from users u where u.id = t.user_id and t.revoked_at is null and right(u.issuer, ?) = ?`,
    [now(), DEVELOPMENT_PATH.length, DEVELOPMENT_PATH],
  );
  await touched(owner, 'delete from sessions');
  return true;
}
