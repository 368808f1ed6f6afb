/** Everything that is held about a person, for that person: identity, leases with their rents, accounts, letters' codes, and what the audit trail says. RODO art. 15 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LetterCodeMade } from '../platform/access/of-person.ts';
import { accountNamesOf, letterCodesOf } from '../platform/access/of-person.ts';
import { accountsOf } from '../platform/access/users.ts';
import { audit } from '../platform/audit/events.ts';
import type { EventAbout } from '../platform/audit/personal.ts';
import { eventsAbout } from '../platform/audit/personal.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Download } from '../platform/http/files.ts';
import { file, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import type { Identity } from '../persons/read.ts';
import { findPerson, identityOf } from '../persons/read.ts';
import { retentionListsOf } from '../persons/retention.ts';
import { PERSONS_TAG, personParam } from '../persons/routes.ts';
import { refuseUnseen } from '../persons/visible.ts';
import { DWELLINGS } from '../stock/sql.ts';
import { personsSeen } from './sql.ts';

/** A lease to which the person is or was a party. */
export interface LeaseOfPerson {
  readonly lease: string;
  readonly dwelling: string;
  readonly role: string;
  readonly from: PlainDate;
  /** First day the person is no longer a party; null = open. */
  readonly to: PlainDate | null;
}

/** With the id by which others know the lease. */
interface FoundLease extends LeaseOfPerson {
  readonly id: string;
}

/** Leases of a person as known now, the oldest first. `person` is an id. */
function leasesOfPerson(db: Queryable, person: string): Promise<FoundLease[]> {
  return rows<FoundLease>(
    db,
    `select l.id, l.number as lease, d.code as dwelling, f.role, lower(f.valid) as from, upper(f.valid) as to
     from lease_parties f join leases l on l.id = f.lease_id join ${DWELLINGS} on d.id = l.dwelling_id
     where f.person_id = ? and upper_inf(f.recorded) order by lower(f.valid), l.number`,
    [person],
  );
}

/** A rent of a lease on days on which the person was a party. */
export interface RentOfPerson {
  readonly lease: string;
  /** zł a month. */
  readonly amount: string;
  readonly from: PlainDate;
  /** First day on which it is no longer in force; null = open. */
  readonly to: PlainDate | null;
  readonly tariff: string | null;
}

/** Rents of leases by their ids. The slice of rents knows them, and it lies further right: it is handed in. */
export type RentsOfLeases = (db: Queryable, leases: readonly string[]) => Promise<readonly ({ readonly leaseId: string } & Omit<RentOfPerson, 'lease'>)[]>;

/** Rents that were in force on at least one day of the person's. */
async function rentsOf(db: Queryable, leases: readonly FoundLease[], rentsOfLeases: RentsOfLeases): Promise<RentOfPerson[]> {
  const rents = await rentsOfLeases(db, [...new Set(leases.map(({ id }) => id))]);
  return rents.flatMap(({ leaseId, ...rent }) => {
    const own = leases.find(({ id, from, to }) => id === leaseId && (rent.to === null || from < rent.to) && (to === null || rent.from < to));
    return own === undefined ? [] : [{ lease: own.lease, ...rent }];
  });
}

export interface PersonExport {
  readonly exportedAt: string;
  readonly person: { readonly code: string; readonly name: string; readonly erasedAt: string | null } & Identity;
  readonly leases: readonly LeaseOfPerson[];
  readonly rents: readonly RentOfPerson[];
  /** With which the person signed in, and when last. */
  readonly accounts: readonly { readonly code: string; readonly issuer: string; readonly signedInAt: string }[];
  /** That codes for letters were made, not which. */
  readonly letterCodes: readonly LetterCodeMade[];
  readonly events: readonly EventAbout[];
}

/** Gathers what is held about a person; that it was gathered is an event, and the last one told. @throws DomainError `person_unknown` */
export function exportPerson(ctx: Context, code: string, rentsOfLeases: RentsOfLeases): Promise<PersonExport> {
  return ctx.db.transaction(async (trx) => {
    const person = await findPerson(trx, code);
    await audit(trx, ctx, { event: 'person.export', targets: { person: person.id } });
    const leases = await leasesOfPerson(trx, person.id);
    const whose = { person: person.id, accounts: await accountNamesOf(trx, person.id), lists: await retentionListsOf(trx, person.id) };
    return {
      exportedAt: ctx.clock.now(),
      person: { code: person.code, name: person.name, erasedAt: person.erasedAt, ...identityOf(ctx.secrets, person) },
      leases: leases.map(({ lease, dwelling, role, from, to }) => ({ lease, dwelling, role, from, to })),
      rents: await rentsOf(trx, leases, rentsOfLeases),
      accounts: await accountsOf(trx, person.id),
      letterCodes: await letterCodesOf(trx, person.id),
      events: await eventsAbout(trx, ctx.secrets, whose),
    };
  });
}

const JSON_TYPE = 'application/json';

/** What is held about a person of those that the reader sees, as a file. @throws DomainError `person_unknown` */
export async function exportedFile(ctx: Context, person: string, rentsOfLeases: RentsOfLeases): Promise<Download> {
  await refuseUnseen(ctx, person, personsSeen);
  const told = await exportPerson(ctx, person, rentsOfLeases);
  return {
    fileName: `osoba-${told.person.code.replaceAll(/[^\p{L}\p{N}_-]/gu, '_')}.json`, type: `${JSON_TYPE}; charset=utf-8`,
    write: (sink) => pipeline(Readable.from([JSON.stringify(told, null, 2)]), sink, { end: false }),
  };
}

export const personExportRoutes = (rentsOfLeases: RentsOfLeases): readonly Route[] => [
  route({
    method: 'POST', path: '/persons/:person/export', permission: 'pesel.read', audit: 'person.export', tag: PERSONS_TAG, summary: 'Wydaj osobie wszystko, co o niej zapisano',
    description: 'Plik JSON: tożsamość, umowy z czynszami, konta, kody z listów (bez ich treści) i zdarzenia z dziennika, które jej dotyczą. Zawiera cały PESEL.', params: personParam, output: file(JSON_TYPE),
    handle: ({ ctx, params }) => exportedFile(ctx, params.person, rentsOfLeases),
  }),
];
