/** The leases' files. */
export { leases } from './leases.ts';
export { holds, parties } from './parties.ts';
