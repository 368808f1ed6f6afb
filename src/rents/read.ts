/** What others may ask of rents: rents in force of leases, as known at an instant. */
import type { ArrayQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { dec, internedDec } from '../platform/money.ts';
import type { InForce } from './rules/timeline.ts';

/** A rent in force with the instant at which it was set. */
export interface RentInForce extends InForce {
  readonly fixedAt: Instant;
}

/** Rents in force by lease, known at the instant, in the order of their days. */
export async function rentsInForce(query: ArrayQuery, leaseIds: readonly string[], knownAt: Instant): Promise<Map<string, RentInForce[]>> {
  const found = await query(
    `select p.lease_id, r.id, lower(p.valid), upper(p.valid), r.amount, r.rate, p.last_increase_on, r.line_amounts,
       to_char(lower(p.recorded) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
     from unnest($1::bigint[]) as x(id) join rent_periods p on p.lease_id = x.id join rents r on r.id = p.rent_id
     where (p.recorded @> $2::timestamptz) is true
     order by p.lease_id, lower(p.valid)`,
    [leaseIds, knownAt],
  );
  const byLease = new Map<string, RentInForce[]>();
  for (const [leaseId, rentId, from, to, amount, rate, lastIncrease, lineAmounts, fixedAt] of found) {
    const rent: RentInForce = {
      rentId: rentId ?? '',
      from: from as PlainDate,
      to: to as PlainDate | null,
      amount: dec(amount ?? ''),
      rate: rate === null || rate === undefined ? null : internedDec(rate),
      lastIncrease: (lastIncrease ?? null) as PlainDate | null,
      lineAmounts: lineAmounts ?? null,
      fixedAt: fixedAt as Instant,
    };
    const list = byLease.get(leaseId ?? '');
    if (list) list.push(rent);
    else byLease.set(leaseId ?? '', [rent]);
  }
  return byLease;
}
