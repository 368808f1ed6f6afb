/** Views of lists, each its owner's alone. */
import type { Queryable } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import { polish } from '../../platform/database/listing.ts';
import type { Instant } from '../../platform/dates/instants.ts';

export interface SavedView {
  readonly id: string;
  /** Path of the list as it is declared: `/leases`, `/runs/:run/leases`. */
  readonly list: string;
  readonly name: string;
  /** Filters and order as the address has them, without `?`. */
  readonly query: string;
}

const COLUMNS = 'v.id, v.list, v.name, v.query';

/** Somebody's views of one list, by name. */
export function viewsOfList(db: Queryable, actor: string, list: string): Promise<SavedView[]> {
  return rows<SavedView>(db, `select ${COLUMNS} from saved_views v where v.actor = ? and v.list = ? order by ${polish('v.name')}, v.id`, [actor, list]);
}

/** All of somebody's views. */
export function viewsOf(db: Queryable, actor: string): Promise<SavedView[]> {
  return rows<SavedView>(db, `select ${COLUMNS} from saved_views v where v.actor = ? order by v.list, ${polish('v.name')}, v.id`, [actor]);
}

/** Keeps a view; one of the same name only where it is to be replaced. @returns its number; null where the name is taken */
export async function insertView(db: Queryable, actor: string, { list, name, query }: Omit<SavedView, 'id'>, replace: boolean, at: Instant): Promise<string | null> {
  const [kept] = await rows<{ id: string }>(
    db,
    `insert into saved_views (actor, list, name, query, saved_at) values (:actor, :list, :name, :query, :at)
     on conflict (actor, list, name) do ${replace ? 'update set query = excluded.query, saved_at = excluded.saved_at' : 'nothing'} returning id`,
    { actor, list, name, query, at },
  );
  return kept?.id ?? null;
}

/** @returns the view that is gone now; null where it is nobody's of theirs */
export async function deleteView(db: Queryable, actor: string, id: string): Promise<SavedView | null> {
  const [gone] = await rows<SavedView>(db, `delete from saved_views v where v.actor = ? and v.id = ?::bigint returning ${COLUMNS}`, [actor, id]);
  return gone ?? null;
}
