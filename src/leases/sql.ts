/** Pieces of SQL that other slices join: they name the leases' tables, so that nobody else has to. */
import { touchedBy } from '../stock/sql.ts';

/** `leases l` by its own alias: id, number, dwelling_id. */
export const LEASES = 'leases l';

/** Ids of dwellings of the leases that meet a condition on `leases l`. */
export function dwellingsOf(condition: string): string {
  return `select l.dwelling_id from leases l where ${condition}`;
}

/** Condition on `leases l`: it lasts beyond the day, as known. Both arguments are SQL. */
export function lasting(known: string, day: string): string {
  return `exists (select 1 from lease_terms t where t.lease_id = l.id and (t.recorded @> ${known}) is true and (upper_inf(t.valid) or upper(t.valid) > ${day}))`;
}

/** Ids of the leases about which a change of the set recorded something. `changes` is SQL. */
export function changedLeases(changes: string): string {
  return ['lease_terms', 'lease_bases', 'lease_rooms', 'lease_holds'].map((table) => `select f.lease_id from ${table} f where ${touchedBy('f', changes)}`).join(' union ');
}
