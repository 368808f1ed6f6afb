/** What sign-in needs to know of the persons, whose slice lies further right than the platform. */
import { somebodysPesel } from './leases/tenants.ts';
import { findByPesel } from './persons/store.ts';
import type { PersonDoors } from './platform/access/index.ts';
import type { Instance } from './platform/instance.ts';

export function personDoors({ db, secrets, clock }: Instance): PersonDoors {
  return {
    findByPesel: async (pesel) => (await findByPesel(db, secrets, pesel))?.id ?? null,
    tenantPesel: () => somebodysPesel(db, secrets, clock.today()),
  };
}
