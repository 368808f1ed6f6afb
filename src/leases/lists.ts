/** Lists of leases. */
import { z } from 'zod';
import type { Reader, Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { ListPage, Listing } from '../platform/database/listing.ts';
import { counted, has, polish, readList } from '../platform/database/listing.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { placesAt } from '../stock/sql.ts';
import { leasesFor } from './sql.ts';
import { BASES, LEASE_KINDS } from './terms.ts';

const word = z.string().trim().min(1).max(60).optional();

export const leaseFilter = z.strictObject({
  /** Beginning of the number. */
  number: word,
  dwelling: word,
  /** Part of the name, whatever its case. */
  street: z.string().trim().min(1).max(120).optional(),
  district: word,
  kind: z.enum(LEASE_KINDS).optional(),
  basis: z.enum(BASES).optional(),
  /** Begun on the day or later. */
  starts_since: plainDate.optional(),
  /** Ends on the day or before. */
  ends_by: plainDate.optional(),
});
export type LeaseFilter = z.output<typeof leaseFilter>;

export const LEASE_SORTS = ['lease', 'dwelling', 'street', 'district', 'kind', 'basis', 'from', 'to'] as const;
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

const PLACE = [polish('p.street'), ...counted('p.building_number'), ...counted('p.number')];

const listing = (scope: Scope): Listing<LeaseFilter, LeaseSort> => ({
  columns: `l.number as lease, p.dwelling, t.kind, t.covers, s.basis, lower(t.valid) as from, upper(t.valid) as to, p.district, p.street,
    p.building_number as "buildingNumber", p.number`,
  from: fromOf(scope),
  filters: {
    number: 'starts_with(l.number, :number)', dwelling: 'p.dwelling = :dwelling', street: has('p.street', 'street'), district: 'p.district = :district', kind: 't.kind = :kind',
    basis: 's.basis = :basis', starts_since: 'lower(t.valid) >= :starts_since::date',
    // The end is the first day on which it no longer holds.
    ends_by: 'upper(t.valid) <= :ends_by::date + 1',
  },
  sorts: {
    lease: ['l.number'], dwelling: ['p.dwelling'], street: PLACE, district: [polish('p.district'), ...PLACE], kind: ['t.kind', ...PLACE], basis: ['s.basis', ...PLACE],
    from: ['lower(t.valid)'], to: ['upper(t.valid)'],
  },
  key: 'l.id',
});

/** Leases that hold on the day, those of the reader's scope. */
export function listLeases(reader: Reader, day: PlainDate, filter: LeaseFilter, page: ListPage<LeaseSort>): Promise<{ items: LeaseRow[]; total: number }> {
  const scope = scopeOf(reader, day);
  return readList<LeaseRow, LeaseFilter, LeaseSort>(reader.db, listing(scope), filter, page, { ...scopeBindings(scope), day });
}
