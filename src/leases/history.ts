/** One lease with everything recorded about it: its terms, bases, holds and parties, each with its days, and who recorded it. */
import type { Reader } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { PERSONS } from '../persons/sql.ts';
import { placesOn } from '../stock/sql.ts';
import { leasesFor } from './sql.ts';

/** The days of something and who recorded it when; `over` = it was corrected since and no longer counts. */
interface Recorded {
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly knownFrom: string;
  readonly over: boolean;
  readonly actor: string;
  readonly reason: string;
}

export interface TermRow extends Recorded {
  readonly kind: string;
  readonly covers: string;
  readonly noticeMonths: number | null;
  readonly evictionStayed: boolean;
}

export interface BasisRow extends Recorded {
  readonly basis: string;
  readonly document: string | null;
  readonly ownRate: string | null;
}

export interface HoldRow extends Recorded {
  readonly why: string;
}

export interface PartyRow extends Recorded {
  readonly person: string;
  readonly name: string;
  readonly role: string;
}

export interface LeaseHead {
  readonly lease: string;
  readonly dwelling: string;
  readonly street: string | null;
  readonly buildingNumber: string | null;
  readonly number: string | null;
  readonly postcode: string | null;
  readonly district: string | null;
}

export interface LeaseHistory {
  readonly lease: LeaseHead;
  readonly terms: readonly TermRow[];
  readonly bases: readonly BasisRow[];
  readonly holds: readonly HoldRow[];
}

const RECORDED = `lower(f.valid) as from, upper(f.valid) as to, lower(f.recorded) as "knownFrom", not upper_inf(f.recorded) as over, c.actor, c.reason`;

const historyOf = (table: string, columns: string, joins = ''): string =>
  `select ${columns}, ${RECORDED} from ${table} f join changes c on c.id = f.change_id ${joins} where f.lease_id = ? order by lower(f.valid), lower(f.recorded)`;

/** Id of the lease of the reader's. @throws DomainError `lease_unknown` */
export async function leaseId(reader: Reader, number: string): Promise<string> {
  const scope = scopeOf(reader);
  const [found] = await rows<{ id: string }>(reader.db, `select l.id from ${leasesFor(scope)} where l.number = :number`, { ...scopeBindings(scope), number });
  if (!found) throw new DomainError('not found', 'lease_unknown', { lease: number });
  return found.id;
}

/** The lease of the reader's, its place as of the day. @throws DomainError `lease_unknown` */
export async function findLease(reader: Reader, number: string, day: PlainDate): Promise<LeaseHead & { readonly id: string }> {
  const scope = scopeOf(reader);
  const [found] = await rows<LeaseHead & { id: string }>(
    reader.db,
    `select l.id, l.number as lease, p.dwelling, p.street, p.building_number as "buildingNumber", p.number, p.postcode, p.district
     from ${leasesFor(scope)} join ${placesOn(':day::date')} p on p.dwelling_id = l.dwelling_id where l.number = :number`,
    { ...scopeBindings(scope), number, day },
  );
  if (!found) throw new DomainError('not found', 'lease_unknown', { lease: number });
  return found;
}

/** Everything ever recorded about the lease's terms. @throws DomainError `lease_unknown` */
export async function leaseHistory(reader: Reader, number: string, day: PlainDate): Promise<LeaseHistory> {
  const { id, ...lease } = await findLease(reader, number, day);
  const [terms, bases, holds] = await Promise.all([
    rows<TermRow>(reader.db, historyOf('lease_terms', 'f.kind, f.covers, f.notice_months as "noticeMonths", f.eviction_stayed as "evictionStayed"'), [id]),
    rows<BasisRow>(reader.db, historyOf('lease_bases', 'f.basis, f.document, f.own_rate as "ownRate"'), [id]),
    rows<HoldRow>(reader.db, historyOf('lease_holds', 'f.reason as why'), [id]),
  ]);
  return { lease, terms, bases, holds };
}

/** Who is or was a party, with their names. @throws DomainError `lease_unknown` */
export async function partiesOf(reader: Reader, number: string): Promise<PartyRow[]> {
  const id = await leaseId(reader, number);
  return rows<PartyRow>(reader.db, historyOf('lease_parties', 'p.code as person, p.name, f.role', `join ${PERSONS} on p.id = f.person_id`), [id]);
}
