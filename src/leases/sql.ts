/** Pieces of SQL that other slices join: they name the leases' tables, so that nobody else has to. */
import type { Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { PersonsSeen } from '../persons/visible.ts';
import { dwellingsFor, touchedBy } from '../stock/sql.ts';

/** `leases l` by its own alias: id, number, dwelling_id. All of them: for what no reader waits for, such as a run's own engine. */
export const LEASES = 'leases l';

/** `leases l` of the scope, with the values of `scopeBindings(scope)`: of its dwellings, or of the person who is or was a party. */
export function leasesFor(scope: Scope): string {
  switch (scope.kind) {
    case 'city':
      return LEASES;
    case 'districts':
      return `(select y.* from leases y where y.dwelling_id in (select d.id from ${dwellingsFor(scope)})) l`;
    case 'person':
      return `(select y.* from leases y where y.id in (
        select q.lease_id from lease_parties q where q.person_id = :scope_person::bigint and upper_inf(q.recorded))) l`;
  }
}

/** `lease_overviews o` of the scope on its day, for lists of that day. */
export function overviewsFor(scope: Scope): string {
  switch (scope.kind) {
    case 'city':
      return 'lease_overviews o';
    case 'districts':
      return '(select x.* from lease_overviews x where x.district = any(:scope_districts::text[])) o';
    case 'person':
      return `(select x.* from lease_overviews x where ${leaseIn(scope, 'x.lease_id') ?? 'true'}) o`;
  }
}

/** Condition: the id of a lease (SQL) is one of the scope's; null where all are. */
export function leaseIn(scope: Scope, id: string): string | null {
  return scope.kind === 'city' ? null : `${id} in (select l.id from ${leasesFor(scope)})`;
}

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

/** Somebody limited sees the persons who are or were party to a lease of theirs, and those who are party to none. */
export const personsSeen: PersonsSeen = (ctx) => {
  const scope = scopeOf(ctx);
  if (scope.kind === 'city') return null;
  const parties = 'lease_parties z where z.person_id = p.id';
  return { sql: `(not exists (select 1 from ${parties}) or exists (select 1 from ${parties} and ${leaseIn(scope, 'z.lease_id') ?? 'true'}))`, values: scopeBindings(scope) };
};
