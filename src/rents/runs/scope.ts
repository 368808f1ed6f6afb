/** Which leases a run is over. */
import { z } from 'zod';
import type { PlainDate } from '../../platform/dates/plain.ts';

const code = z.string().trim().min(1).max(60);

/** The whole stock, a district, a building, a list of leases, leases without a rent, or what changed since the last run or an instant. */
export const runScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('district'), district: code }),
  z.strictObject({ kind: z.literal('building'), building: code }),
  z.strictObject({ kind: z.literal('leases'), leases: z.array(code).min(1).max(20_000) }),
  z.strictObject({ kind: z.literal('without_rent') }),
  z.strictObject({ kind: z.literal('changed'), since: z.iso.datetime({ offset: true }) }),
]);

export type RunScope = z.infer<typeof runScope>;

/** SQL conditions of a scope, with the values they need. */
export interface ScopeSql {
  /** On `dwellings d`. */
  readonly dwellings: string;
  /** On `leases l` and `dwellings d`. */
  readonly leases: string;
  readonly values: readonly unknown[];
}

/** Tables of facts whose changes concern a dwelling, and how: the column that leads to it. */
const FACT_TABLES: readonly { table: string; dwellings: string }[] = [
  ...['dwelling_options', 'dwelling_measures', 'dwelling_businesses', 'dwelling_details', 'room_parts'].map((table) => ({ table, dwellings: 'select f.dwelling_id from F f' })),
  ...['building_options', 'building_measures', 'building_traffic', 'technical_findings'].map((table) => ({
    table,
    dwellings: 'select x.id from F f join dwellings x on x.building_id = f.building_id',
  })),
  ...['staircase_options', 'staircase_measures'].map((table) => ({
    table,
    dwellings: 'select x.dwelling_id from F f join dwelling_details x on x.staircase_id = f.staircase_id',
  })),
  ...['lease_terms', 'lease_bases', 'lease_rooms', 'lease_holds', 'rent_periods'].map((table) => ({ table, dwellings: 'select x.dwelling_id from F f join leases x on x.id = f.lease_id' })),
];

/** Ids of dwellings about which something was recorded or closed after the instant `parameter`. */
export function changedDwellingsSql(parameter: string): string {
  // By the changes that brought or closed a row: both columns are indexed or scanned once a table.
  const after = `(select c.id from changes c where c.recorded_at > ${parameter}::timestamptz)`;
  return FACT_TABLES.map(({ table, dwellings }) => `${dwellings.replace('F f', `${table} f`)} where f.change_id in ${after} or f.closed_change_id in ${after}`).join(' union ');
}

/** The scope as SQL; parameters are numbered from `first` on. Only leases that last beyond the business date. */
export function scopeSql(scope: RunScope, businessDate: PlainDate, first: number): ScopeSql {
  const day = `$${first}`;
  const value = `$${first + 1}`;
  const living = `exists (select 1 from lease_terms t where t.lease_id = l.id and t.recorded @> (select known from w)
    and (upper_inf(t.valid) or upper(t.valid) > ${day}::date))`;
  const build = (dwellings: string, leases: string | null, values: readonly unknown[]): ScopeSql => ({
    dwellings: `${dwellings} and ${day}::date is not null`,
    leases: `${leases ?? dwellings} and ${living}`,
    values: [businessDate, ...values],
  });
  switch (scope.kind) {
    case 'all':
      return build('true', null, []);
    case 'district':
      return build(
        `d.building_id in (select bd.building_id from building_details bd where bd.district = ${value} and bd.valid @> (select day from w) and bd.recorded @> (select known from w))`,
        null,
        [scope.district],
      );
    case 'building':
      return build(`d.building_id in (select b.id from buildings b where b.code = ${value})`, null, [scope.building]);
    case 'leases':
      return build(`d.id in (select x.dwelling_id from leases x where x.number = any(${value}::text[]))`, `l.number = any(${value}::text[])`, [scope.leases]);
    case 'without_rent': {
      const none = `not exists (select 1 from rent_periods p where p.lease_id = l.id and p.recorded @> (select known from w))`;
      return build(`d.id in (select l.dwelling_id from leases l where ${none})`, none, []);
    }
    case 'changed':
      return build(`d.id in (${changedDwellingsSql(value)})`, null, [scope.since]);
  }
}
