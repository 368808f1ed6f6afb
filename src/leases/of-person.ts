/** The leases of a person that a reader sees. */
import type { Reader } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { rows } from '../platform/database/connect.ts';
import type { LeaseOfPerson } from '../persons/pages/told.ts';
import { PERSONS } from '../persons/sql.ts';
import { placesAt } from '../stock/sql.ts';
import { leasesFor } from './sql.ts';

/** To which the person is or was a party, as known now, the newest first; each with its place today. */
export async function leasesOfPerson(reader: Reader, person: string): Promise<LeaseOfPerson[]> {
  const scope = scopeOf(reader);
  return rows<LeaseOfPerson>(
    reader.db,
    `select l.number as lease, f.role, lower(f.valid) as from, upper(f.valid) as to, w.street, w.building_number as "buildingNumber", w.number
     from ${leasesFor(scope)} join lease_parties f on f.lease_id = l.id and upper_inf(f.recorded) join ${PERSONS} on p.id = f.person_id
     join ${placesAt(':day::date', null)} w on w.dwelling_id = l.dwelling_id
     where p.code = :person order by lower(f.valid) desc, l.number`,
    { ...scopeBindings(scope), person, day: reader.clock.today() },
  );
}
