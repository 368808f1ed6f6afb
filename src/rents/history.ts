/** Every rent that was ever in force for a lease, as known now. */
import { leaseId } from '../leases/history.ts';
import type { Reader } from '../platform/access/scope.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';

export interface RentRow {
  readonly amount: string;
  readonly rate: string | null;
  readonly area: string | null;
  readonly from: PlainDate;
  /** First day on which it is no longer in force. */
  readonly to: PlainDate | null;
  readonly origin: 'imported' | 'run';
  readonly run: string | null;
  readonly tariff: string | null;
  readonly fixedAt: string;
  readonly actor: string;
}

/** The rents of the reader's lease in the order of their days. @throws DomainError `lease_unknown` */
export async function rentHistory(reader: Reader, number: string): Promise<RentRow[]> {
  const id = await leaseId(reader, number);
  return rows<RentRow>(
    reader.db,
    `select r.amount, r.rate, r.area_m2 as area, lower(p.valid) as from, upper(p.valid) as to, r.origin, r.run_id as run, r.tariff, lower(p.recorded) as "fixedAt", c.actor
     from rent_periods p join rents r on r.id = p.rent_id join changes c on c.id = p.change_id
     where p.lease_id = ? and upper_inf(p.recorded) order by lower(p.valid)`,
    [id],
  );
}

/** A rent that was in force for a lease, as known now. */
export interface RentOfLease {
  /** Id of the lease. */
  readonly leaseId: string;
  readonly amount: string;
  readonly from: PlainDate;
  /** First day on which it is no longer in force. */
  readonly to: PlainDate | null;
  readonly tariff: string | null;
}

/** The rents of the leases (ids), for whoever found these; in the order of their days. */
export function rentsOfLeases(db: Queryable, leases: readonly string[]): Promise<RentOfLease[]> {
  return rows<RentOfLease>(
    db,
    `select p.lease_id as "leaseId", r.amount, lower(p.valid) as from, upper(p.valid) as to, r.tariff
     from rent_periods p join rents r on r.id = p.rent_id where p.lease_id = any(?::bigint[]) and upper_inf(p.recorded) order by lower(p.valid), p.lease_id`,
    [leases],
  );
}
