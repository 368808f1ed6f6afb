/** Tenants among the persons. */
import { findPerson, identityOf } from '../persons/store.ts';
import { PERSONS } from '../persons/sql.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Secrets } from '../platform/secrets/index.ts';

/** The PESEL of the tenant of the first lease that lasts on the day and whose tenant has one; null where there is none. For trying out alone. */
export async function somebodysPesel(db: Queryable, secrets: Secrets, day: PlainDate): Promise<string | null> {
  const [found] = await rows<{ code: string }>(
    db,
    `select p.code from leases l
     join lease_terms t on t.lease_id = l.id and t.valid @> ?::date and upper_inf(t.recorded)
     join lease_parties f on f.lease_id = l.id and f.role = 'tenant' and f.valid @> ?::date and upper_inf(f.recorded)
     join ${PERSONS} on p.id = f.person_id and p.pesel_hash is not null
     where t.kind = 'indefinite' order by l.number collate "C" limit 1`,
    [day, day],
  );
  return found === undefined ? null : identityOf(secrets, await findPerson(db, found.code)).pesel;
}
