/** Whether the trail is kept from whoever serves: by the rights of the database's roles, and not by the program's good will. */
import type { Queryable } from '../database/connect.ts';
import { row } from '../database/connect.ts';

export interface TrailGuard {
  /** The role of the connection can neither alter nor delete what stands in the trail. */
  readonly kept: boolean;
  /** Every role of the server may connect to the database, and what is granted to all is granted to it too. */
  readonly openToAll: boolean;
  /** Name of the role and of the database, for whoever has to mend it. */
  readonly role: string;
  readonly database: string;
}

const MAY_ALTER = `
  select bool_or(has_any_column_privilege(t, 'update') or has_table_privilege(t, 'delete') or has_table_privilege(t, 'truncate'))
  from unnest(array['audit_events', 'audit_seals', 'audit_checkpoints']) as k(t)`;

export function trailGuard(db: Queryable): Promise<TrailGuard> {
  return row<TrailGuard>(db, `select not (${MAY_ALTER}) as kept, has_database_privilege('public', current_database(), 'connect') as "openToAll", current_user as role, current_database() as database`);
}

/** What the operator is told at the start: one line a weakness, with what to do. Empty when all is well. */
export function guardWarnings({ kept, openToAll, role, database }: TrailGuard): string[] {
  return [
    ...(kept ? [] : [`UWAGA: rola „${role}”, z którą program pracuje, może zmieniać i usuwać dziennik zdarzeń oraz to, co zatwierdzono. Podaj właściciela tabel w DATABASE_OWNER_URL, a w DATABASE_URL rolę, która niczego nie jest właścicielem (SECURITY.md).`]),
    ...(openToAll ? [`UWAGA: z bazą „${database}” może łączyć się każda rola serwera i czytać dane. Wykonaj: revoke connect on database "${database}" from public; grant connect on database "${database}" to "${role}"; (SECURITY.md).`] : []),
  ];
}
