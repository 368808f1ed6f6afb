/** What others may ask of rents: rents in force of leases, as known at an instant. */
import type { ArrayQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { readSubjects, subjectsSql } from '../platform/facts/bundle.ts';
import type { Dec } from '../platform/money.ts';
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
  const [found] = await query(`select ${subjectsSql(rents)}`, [leaseIds, knownAt]);
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
  const [rentId = '', from = '', to = '', ...others] = text.split('\u001d');
  return new StoredRent(rentId, from as PlainDate, to === '' ? null : (to as PlainDate), others);
}

/** A rent as it was read. Of all that a lease ever had few are asked for more than their days: the rest stays text until then. */
class StoredRent implements RentInForce {
  readonly rentId: string;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly #others: readonly string[];
  #amount: Dec | null = null;

  constructor(rentId: string, from: PlainDate, to: PlainDate | null, others: readonly string[]) {
    this.rentId = rentId;
    this.from = from;
    this.to = to;
    this.#others = others;
  }

  #other(place: number): string | null {
    const text = this.#others[place] ?? '';
    return text === '' ? null : text;
  }

  get amount(): Dec {
    return (this.#amount ??= dec(this.#others[0] ?? ''));
  }

  get rate(): Dec | null {
    const text = this.#other(1);
    return text === null ? null : internedDec(text);
  }

  get lastIncrease(): PlainDate | null {
    return this.#other(2) as PlainDate | null;
  }

  get fixedAt(): Instant {
    return this.#others[3] as Instant;
  }

  get lineAmounts(): string | null {
    return this.#other(4);
  }
}
