/** Runs as a reader of the scope sees them: those that touch what is his, told and counted by it alone. */
import { leaseIn, leasesFor } from '../../leases/sql.ts';
import type { Reader, Scope } from '../../platform/access/scope.ts';
import { districtNames, scopeBindings } from '../../platform/access/scope.ts';
import type { Queryable } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import { DomainError } from '../../platform/errors.ts';

/** The lease `l` has a draft in the run `x`: looked up lease by lease, for a district has far fewer leases than a run has drafts. */
const DRAFTED = 'exists (select 1 from run_drafts v where v.run_id = x.id and v.lease_id = l.id)';

/** `runs r` of the scope, with the values of `runBindings`; for the whole city the bare table. */
export function runsFor(scope: Scope): string {
  if (scope.kind === 'city') return 'runs r';
  return `(
    select x.id, x.decision_id, x.operation_id, x.tariff, x.business_date, x.delivery_date, x.window_from, x.known_at, x.warnings, ${ownPartOfScope(scope)} as scope,
      case when x.leases is not null then (select count(*)::int from ${leasesFor(scope)} where ${DRAFTED}) end as leases
    from runs x where ${isVisible(scope)}) r`;
}

/** Values of the names in `runsFor`. */
export function runBindings(scope: Scope, { actor }: Pick<Reader, 'actor'>): Record<string, string | string[] | null> {
  return { ...scopeBindings(scope), reader: actor.code };
}

/** ` and …` where the scope is limited: the lease of the id (SQL) is one of its own. */
export function andLeaseIn(scope: Scope, id: string): string {
  const condition = leaseIn(scope, id);
  return condition === null ? '' : ` and ${condition}`;
}

/** Whether the run `x` has to do with the reader's districts: by its drafts, by the scope it keeps, or because he began it. */
function isVisible(scope: Scope): string {
  if (scope.kind !== 'districts') return 'false';
  const own = ':scope_districts::text[]';
  return `(exists (select 1 from ${leasesFor(scope)} where ${DRAFTED})
      or (x.scope ->> 'kind' = 'district' and x.scope ->> 'district' = any(${own}))
      or (x.scope -> 'districts' is not null and not exists (select 1 from json_array_elements_text(x.scope -> 'districts') k where k <> all(${own})))
      or exists (select 1 from decision_hands h where h.decision_id = x.decision_id and h.part = 'prepared' and h.actor = :reader))`;
}

/** A list of leases may name those of others too. */
function ownPartOfScope(scope: Scope): string {
  return `case when x.scope ->> 'kind' = 'leases' then json_build_object('kind', 'leases', 'leases', (
      select coalesce(json_agg(n.number order by n.place), '[]') from json_array_elements_text(x.scope -> 'leases') with ordinality n(number, place)
      where n.number in (select l.number from ${leasesFor(scope)}))) else x.scope end`;
}

/** Approval and rejection take the run as a whole: it has to be the reader's as a whole. @throws DomainError `run_beyond_scope` */
export async function requireWhole(db: Queryable, scope: Scope, run: string): Promise<void> {
  const own = leaseIn(scope, 'd.lease_id');
  if (own === null) return;
  const foreign = await rows(db, `select 1 from run_drafts d where d.run_id = :run and not (${own}) limit 1`, { ...scopeBindings(scope), run });
  if (foreign.length > 0) throw new DomainError('forbidden', 'run_beyond_scope', { run, districts: districtNames(scope) });
}
