/** Ids and codes of persons, for whoever reads the trail, which names persons by their ids. Nothing else of them is told. */
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';

export interface NamedPerson {
  readonly id: string;
  readonly code: string;
}

/** The persons of these ids and codes, as far as there are any. */
export function personsNamed(db: Queryable, { ids, codes }: { readonly ids: readonly string[]; readonly codes: readonly string[] }): Promise<NamedPerson[]> {
  return rows<NamedPerson>(db, 'select id, code from persons where id = any(?::bigint[]) or code = any(?::text[])', [ids, codes] as never[]);
}
