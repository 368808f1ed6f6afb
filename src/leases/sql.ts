/** Pieces of SQL that other slices join: they name the leases' tables, so that nobody else has to. */
import { touchedBy } from '../stock/sql.ts';

/** `leases l` by its own alias: id, number, dwelling_id. */
export const LEASES = 'leases l';

/**
 * Condition on `leases l`: lasts beyond the day, as known. Both arguments are SQL. As a scalar it is asked of each lease by its key;
 * as `exists` the planner would gather all leases of the city for every chunk of a run.
 */
export function lastsBeyond(day: string, known: string): string {
  const lasting = `upper_inf(t.valid) or upper(t.valid) > ${day}`;
  return `(select count(t.kind) filter (where ${lasting}) > 0 from lease_terms t where t.lease_id = l.id and (t.recorded @> ${known}) is true)`;
}

/** Ids of dwellings of the leases that meet a condition on `leases l`. */
export function dwellingsOf(condition: string): string {
  return `select l.dwelling_id from leases l where ${condition}`;
}

/** Ids of the leases about which a change of the set recorded something. `changes` is SQL. */
export function changedLeases(changes: string): string {
  return ['lease_terms', 'lease_bases', 'lease_rooms', 'lease_holds'].map((table) => `select f.lease_id from ${table} f where ${touchedBy('f', changes)}`).join(' union ');
}
