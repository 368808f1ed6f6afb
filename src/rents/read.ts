/** What others may ask of rents: rents in force of leases, as known at an instant. */
import type { ArrayQuery } from '../platform/database/query.ts';
import { idArray } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { readSubjects, subjectsSql } from '../platform/facts/bundle.ts';
import { dec, internedDec } from '../platform/money.ts';
import type { InForce } from './rules/timeline.ts';

/** A rent in force with the instant at which it was set. */
export interface RentInForce extends InForce {
  readonly fixedAt: Instant;
}

const FIELDS = [
  'r.id', 'lower(p.valid)', "coalesce(upper(p.valid)::text, '')", 'r.amount', "coalesce(r.rate::text, '')", "coalesce(p.last_increase_on::text, '')",
  `to_char(lower(p.recorded) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`, "coalesce(r.line_amounts, '')",
].join(` || e'\\x1d' || `);

/** Rents in force of the leases that were asked for. */
export interface RentsInForce {
  /** In the order of their days; read from text at every call. */
  of(leaseId: string): RentInForce[];
}

/** Rents in force of leases, known at the instant. */
export async function rentsInForce(query: ArrayQuery, leaseIds: readonly string[], knownAt: Instant): Promise<RentsInForce> {
  const rents = `select p.lease_id as subject, string_agg(${FIELDS}, e'\\x1f') as text
    from rent_periods p join rents r on r.id = p.rent_id
    where p.lease_id = any($1::bigint[]) and (p.recorded @> $2::timestamptz) is true group by p.lease_id`;
  const [found] = await query(`select ${subjectsSql(rents)}`, [idArray(leaseIds), knownAt]);
  const texts = new Map<string, string>();
  readSubjects(found?.[0], (leaseId, text) => texts.set(leaseId, text));
  return { of: (leaseId) => readRents(texts.get(leaseId)) };
}

function readRents(text: string | undefined): RentInForce[] {
  if (text === undefined) return [];
  const rents = text.split('\u001f').map(readRent);
  return rents.length > 1 ? rents.sort((a, b) => (a.from < b.from ? -1 : 1)) : rents;
}

function readRent(text: string): RentInForce {
  const [rentId = '', from = '', to = '', amount = '', rate = '', lastIncrease = '', fixedAt = '', lineAmounts = ''] = text.split('\u001d');
  return {
    rentId,
    from: from as PlainDate,
    to: to === '' ? null : (to as PlainDate),
    amount: dec(amount),
    rate: rate === '' ? null : internedDec(rate),
    lastIncrease: lastIncrease === '' ? null : (lastIncrease as PlainDate),
    lineAmounts: lineAmounts === '' ? null : lineAmounts,
    fixedAt: fixedAt as Instant,
  };
}
