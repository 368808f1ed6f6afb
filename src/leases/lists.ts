/** Lists of leases. */
import { z } from 'zod';
import type { Reader, Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { ListPage, Listing } from '../platform/database/listing.ts';
import { polish, readList } from '../platform/database/listing.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { placeOrder, streetHas } from '../stock/sql.ts';
import { overviewsFor } from './sql.ts';
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

const listing = (scope: Scope): Listing<LeaseFilter, LeaseSort> => ({
  columns: `o.lease, o.dwelling, o.kind, o.covers, o.basis, o.starts as from, o.ends as to, o.district, o.street, o.building_number as "buildingNumber", o.number`,
  from: overviewsFor(scope),
  indexed: true,
  where: ['o.since <= :day::date', 'o.until > :day::date'],
  filters: {
    number: 'starts_with(o.lease, :number)', dwelling: 'o.dwelling = :dwelling', street: streetHas('o.street', 'street'), district: 'o.district = :district', kind: 'o.kind = :kind',
    basis: 'o.basis = :basis', starts_since: 'o.starts >= :starts_since::date',
    // The end is the first day on which it no longer holds.
    ends_by: 'o.ends <= :ends_by::date + 1',
  },
  sorts: {
    lease: ['o.lease'], dwelling: ['o.dwelling'], street: placeOrder('o'), district: [polish('o.district'), ...placeOrder('o')], kind: ['o.kind', ...placeOrder('o')],
    basis: ['o.basis', ...placeOrder('o')], from: ['o.starts'], to: ['o.ends'],
  },
  key: 'o.lease_id',
});

/** Leases that hold on the day, those of the reader's scope. */
export function listLeases(reader: Reader, day: PlainDate, filter: LeaseFilter, page: ListPage<LeaseSort>): Promise<{ items: LeaseRow[]; total: number }> {
  const scope = scopeOf(reader, day);
  return readList<LeaseRow, LeaseFilter, LeaseSort>(reader.db, listing(scope), filter, page, { ...scopeBindings(scope), day });
}
