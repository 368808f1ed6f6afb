/** What others may ask of rents: rents in force of leases, as known at an instant. */
import { LEASES } from '../leases/sql.ts';
import type { ArrayQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { FactWindow } from '../platform/facts/bundle.ts';
import { WINDOW_SQL, windowValues } from '../platform/facts/bundle.ts';
import { dec } from '../platform/money.ts';
import { DWELLINGS } from '../stock/sql.ts';
import type { InForce } from './rules/timeline.ts';

/** A rent in force with the instant at which it was set. */
export interface RentInForce extends InForce {
  readonly fixedAt: Instant;
}

/** Rents in force by lease, in the order of their days; `where` is a condition on `leases l` and `dwellings d`, parameters from `$5` on. */
export async function rentsInForce(query: ArrayQuery, question: FactWindow & { where: string; values: readonly unknown[] }): Promise<Map<string, RentInForce[]>> {
  const found = await query(
    `with ${WINDOW_SQL},
     x as materialized (select l.id from ${LEASES} join ${DWELLINGS} on d.id = l.dwelling_id where ${question.where})
     select p.lease_id, r.id, lower(p.valid), upper(p.valid), r.amount, r.rate, p.last_increase_on, r.line_amounts,
       to_char(lower(p.recorded) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
     from x join rent_periods p on p.lease_id = x.id join rents r on r.id = p.rent_id, w
     where (p.recorded @> w.known) is true
     order by p.lease_id, lower(p.valid)`,
    [...windowValues(question), ...question.values],
  );
  const byLease = new Map<string, RentInForce[]>();
  for (const [leaseId, rentId, from, to, amount, rate, lastIncrease, lineAmounts, fixedAt] of found) {
    const rent: RentInForce = {
      rentId: rentId ?? '',
      from: from as PlainDate,
      to: to as PlainDate | null,
      amount: dec(amount ?? ''),
      rate: rate === null || rate === undefined ? null : dec(rate),
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
