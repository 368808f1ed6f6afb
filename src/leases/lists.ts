/** Lists of leases. */
import { z } from 'zod';
import type { Reader, Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { ListPage, Listing } from '../platform/database/listing.ts';
import { has, polish, readList } from '../platform/database/listing.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { PLACE_ORDER, placeJoins } from '../stock/sql.ts';
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

const DAY = ':day::date';

const listing = (scope: Scope): Listing<LeaseFilter, LeaseSort> => ({
  columns: `l.number as lease, d.code as dwelling, t.kind, t.covers, f.basis, lower(t.valid) as from, upper(t.valid) as to, bd.district, bd.street,
    bd.number as "buildingNumber", dd.number`,
  from: leasesFor(scope),
  joins: [
    { alias: 't', always: true, sql: `join lease_terms t on t.lease_id = l.id and t.valid @> ${DAY} and upper_inf(t.recorded)` },
    ...placeJoins('l.dwelling_id', DAY),
    { alias: 'f', sql: `left join lease_bases f on f.lease_id = l.id and f.valid @> ${DAY} and upper_inf(f.recorded)` },
  ],
  filters: {
    number: 'starts_with(l.number, :number)', dwelling: 'd.code = :dwelling', street: has('bd.street', 'street'), district: 'bd.district = :district', kind: 't.kind = :kind',
    basis: 'f.basis = :basis', starts_since: 'lower(t.valid) >= :starts_since::date',
    // The end is the first day on which it no longer holds.
    ends_by: 'upper(t.valid) <= :ends_by::date + 1',
  },
  sorts: {
    lease: ['l.number'], dwelling: ['d.code'], street: PLACE_ORDER, district: [polish('bd.district'), ...PLACE_ORDER], kind: ['t.kind', ...PLACE_ORDER], basis: ['f.basis', ...PLACE_ORDER],
    from: ['lower(t.valid)'], to: ['upper(t.valid)'],
  },
  key: 'l.id',
});

/** Leases that hold on the day, those of the reader's scope. */
export function listLeases(reader: Reader, day: PlainDate, filter: LeaseFilter, page: ListPage<LeaseSort>): Promise<{ items: LeaseRow[]; total: number }> {
  const scope = scopeOf(reader, day);
  return readList<LeaseRow, LeaseFilter, LeaseSort>(reader.db, listing(scope), filter, page, { ...scopeBindings(scope), day });
}
