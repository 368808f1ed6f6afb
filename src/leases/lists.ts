/** Lists of leases. */
import { z } from 'zod';
import type { Reader, Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { placesAt } from '../stock/sql.ts';
import { leasesFor } from './sql.ts';
import { BASES, LEASE_KINDS } from './terms.ts';

export const leaseFilter = z.strictObject({
  dwelling: z.string().max(60).optional(),
  kind: z.enum(LEASE_KINDS).optional(),
  basis: z.enum(BASES).optional(),
  district: z.string().max(60).optional(),
  /** Beginning of the number. */
  number: z.string().max(60).optional(),
});

export const LEASE_SORTS = ['lease', 'dwelling', 'from', 'to'] as const;
export type LeaseSort = (typeof LEASE_SORTS)[number];

export interface LeaseRow {
  readonly lease: string;
  readonly dwelling: string;
  readonly kind: string;
  readonly covers: string;
  readonly basis: string | null;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly district: string | null;
  readonly street: string | null;
  readonly buildingNumber: string | null;
  readonly number: string | null;
}

const fromOf = (scope: Scope): string => `
  from ${leasesFor(scope)} join ${placesAt(':day::date', null)} p on p.dwelling_id = l.dwelling_id
  join lease_terms t on t.lease_id = l.id and t.valid @> :day::date and upper_inf(t.recorded)
  left join lease_bases s on s.lease_id = l.id and s.valid @> :day::date and upper_inf(s.recorded)`;

const SORTS: Readonly<Record<LeaseSort, string>> = { lease: 'l.number', dwelling: 'p.dwelling', from: 'lower(t.valid)', to: 'upper(t.valid)' };

/** Leases that hold on the day, those of the reader's scope. */
export async function listLeases(
  reader: Reader,
  day: PlainDate,
  filter: z.infer<typeof leaseFilter>,
  page: { limit: number; offset: number; sort: { by: LeaseSort; descending: boolean } },
): Promise<{ items: LeaseRow[]; total: number }> {
  const where = [
    ...(filter.dwelling === undefined ? [] : ['p.dwelling = :dwelling']),
    ...(filter.kind === undefined ? [] : ['t.kind = :kind']),
    ...(filter.basis === undefined ? [] : ['s.basis = :basis']),
    ...(filter.district === undefined ? [] : ['p.district = :district']),
    ...(filter.number === undefined ? [] : ['starts_with(l.number, :number)']),
  ];
  const condition = where.length === 0 ? '' : ` where ${where.join(' and ')}`;
  const given = Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  const scope = scopeOf(reader, day);
  const from = fromOf(scope);
  const bindings = { ...scopeBindings(scope), day, ...given, limit: page.limit, offset: page.offset };
  const order = `${SORTS[page.sort.by]} ${page.sort.descending ? 'desc' : 'asc'} nulls last, l.id`;
  const items = await rows<LeaseRow>(reader.db, `select l.number as lease, p.dwelling, t.kind, t.covers, s.basis, lower(t.valid) as from, upper(t.valid) as to, p.district, p.street,
       p.building_number as "buildingNumber", p.number ${from}${condition} order by ${order} limit :limit offset :offset`, bindings);
  const { total } = await row<{ total: number }>(reader.db, `select count(*)::int as total ${from}${condition}`, bindings);
  return { items, total };
}
