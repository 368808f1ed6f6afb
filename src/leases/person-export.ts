/** Everything that is held about a person, for that person: identity, leases, and what the audit trail says. RODO art. 15 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { accountsOf } from '../platform/access/users.ts';
import { audit } from '../platform/audit/events.ts';
import type { EventAbout } from '../platform/audit/personal.ts';
import { eventsAbout } from '../platform/audit/personal.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { file, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import type { Identity } from '../persons/read.ts';
import { findPerson, identityOf } from '../persons/read.ts';
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

/** Leases of a person as known now, the oldest first. `person` is an id. */
export function leasesOfPerson(db: Queryable, person: string): Promise<LeaseOfPerson[]> {
  return rows<LeaseOfPerson>(
    db,
    `select l.number as lease, d.code as dwelling, f.role, lower(f.valid) as from, upper(f.valid) as to
     from lease_parties f join leases l on l.id = f.lease_id join ${DWELLINGS} on d.id = l.dwelling_id
     where f.person_id = ? and upper_inf(f.recorded) order by lower(f.valid), l.number`,
    [person],
  );
}

export interface PersonExport {
  readonly exportedAt: string;
  readonly person: { readonly code: string; readonly name: string; readonly erasedAt: string | null } & Identity;
  readonly leases: readonly LeaseOfPerson[];
  /** With which the person signed in, and when last. */
  readonly accounts: readonly { readonly code: string; readonly issuer: string; readonly signedInAt: string }[];
  readonly events: readonly EventAbout[];
}

/** Gathers what is held about a person; that it was gathered is an event, and the last one told. @throws DomainError `person_unknown` */
export function exportPerson(ctx: Context, code: string): Promise<PersonExport> {
  return ctx.db.transaction(async (trx) => {
    const person = await findPerson(trx, code);
    await audit(trx, ctx, { event: 'person.export', targets: { person: person.id } });
    return {
      exportedAt: ctx.clock.now(),
      person: { code: person.code, name: person.name, erasedAt: person.erasedAt, ...identityOf(ctx.secrets, person) },
      leases: await leasesOfPerson(trx, person.id),
      accounts: await accountsOf(trx, person.id),
      events: await eventsAbout(trx, ctx.secrets, person.id),
    };
  });
}

const JSON_TYPE = 'application/json';

export const personExportRoutes: readonly Route[] = [
  route({
    method: 'POST', path: '/persons/:person/export', permission: 'pesel.read', audit: 'person.export', tag: PERSONS_TAG, summary: 'Wydaj osobie wszystko, co o niej zapisano',
    description: 'Plik JSON: tożsamość, umowy i zdarzenia z dziennika, które jej dotyczą. Zawiera cały PESEL.', params: personParam, output: file(JSON_TYPE),
    handle: async ({ ctx, params }) => {
      await refuseUnseen(ctx, params.person, personsSeen);
      const told = await exportPerson(ctx, params.person);
      return {
        fileName: `osoba-${told.person.code.replaceAll(/[^\p{L}\p{N}_-]/gu, '_')}.json`, type: `${JSON_TYPE}; charset=utf-8`,
        write: (sink) => pipeline(Readable.from([JSON.stringify(told, null, 2)]), sink, { end: false }),
      };
    },
  }),
];
