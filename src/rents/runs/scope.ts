/** Which leases a run is over. */
import { z } from 'zod';
import { changedLeases, dwellingsOf } from '../../leases/sql.ts';
import { parseInstant } from '../../platform/dates/instants.ts';
import { changedDwellings, inBuilding, inDistrict, touchedBy } from '../../stock/sql.ts';

/** Known-at of a set-based read, by the window that every one begins with. */
const KNOWN = '(select known from w)';

/** What the database can keep too: a year of our time, no more than nine digits of a second. */
function isInstant(text: string): boolean {
  return /^(?:19|2\d)\d\d-/.test(text) && !/\.\d{10}/.test(text);
}

const code = z.string().trim().min(1).max(60);

/** The whole stock, a district, a building, a list of leases, leases without a rent, or what changed since the last run or an instant. */
export const runScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('district'), district: code }),
  z.strictObject({ kind: z.literal('building'), building: code }),
  z.strictObject({ kind: z.literal('leases'), leases: z.array(code).min(1).max(20_000) }),
  z.strictObject({ kind: z.literal('without_rent') }),
  z.strictObject({ kind: z.literal('changed'), since: z.iso.datetime({ offset: true }).refine(isInstant, { error: 'Podaj chwilę ze strefą, na przykład 2026-01-31T10:00:00+01:00.' }) }),
]);

export type RunScope = z.infer<typeof runScope>;

/** SQL conditions of a scope, with the values they need. */
export interface ScopeSql {
  /** On `dwellings d`. */
  readonly dwellings: string;
  /** On `leases l` of those dwellings. */
  readonly leases: string;
  /** Names the type of the value where neither condition does. */
  readonly given: string;
  readonly values: readonly unknown[];
}

/** Changes recorded after the instant, given as SQL. */
function changesAfter(instant: string): string {
  return `(select c.id from changes c where c.recorded_at > ${instant}::timestamptz)`;
}

/** Ids of dwellings about which, or about whose leases and rents, something was recorded or closed after the instant (SQL). */
export function changedSince(instant: string): string {
  const changes = changesAfter(instant);
  const rents = `select p.lease_id from rent_periods p where ${touchedBy('p', changes)}`;
  return `${changedDwellings(changes)} union ${dwellingsOf(`l.id in (${changedLeases(changes)} union ${rents})`)}`;
}

/** The scope as SQL; its value, if it has one, is the parameter `first`. */
export function scopeSql(scope: RunScope, first: number): ScopeSql {
  const value = `$${first}`;
  const build = (dwellings: string, leases: string | null, type: string | null, values: readonly unknown[]): ScopeSql => ({
    dwellings, leases: leases ?? 'true', given: type === null ? 'true' : `${value}::${type} is not null`, values,
  });
  switch (scope.kind) {
    case 'all':
      return build('true', null, null, []);
    case 'district':
      return build(inDistrict(value, '(select day from w)', KNOWN), null, 'text', [scope.district]);
    case 'building':
      return build(inBuilding(value), null, 'text', [scope.building]);
    case 'leases':
      return build(`d.id in (${dwellingsOf(`l.number = any(${value}::text[])`)})`, `l.number = any(${value}::text[])`, 'text[]', [scope.leases]);
    case 'without_rent': {
      const none = `not exists (select 1 from rent_periods p where p.lease_id = l.id and p.recorded @> ${KNOWN})`;
      return build(`d.id in (${dwellingsOf(none)})`, none, null, []);
    }
    case 'changed':
      return build(`d.id in (${changedSince(value)})`, null, 'timestamptz', [parseInstant(scope.since)]);
  }
}
