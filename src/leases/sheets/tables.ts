/** The leases' tables of facts, as the fact writer knows them. */
import type { FactTable } from '../../platform/facts/write.ts';

export const LEASE_TERMS: FactTable = {
  table: 'lease_terms',
  key: { lease_id: 'bigint' },
  value: { dwelling_id: 'bigint', kind: 'text', covers: 'text', notice_months: 'smallint', eviction_stayed: 'boolean' },
};

export const LEASE_BASES: FactTable = { table: 'lease_bases', key: { lease_id: 'bigint' }, value: { basis: 'text', document: 'text', own_rate: 'numeric' } };

/** Seen from the lease: that a room is let once is watched by the database. */
export const LEASE_ROOMS: FactTable = { table: 'lease_rooms', key: { lease_id: 'bigint', dwelling_id: 'bigint', room: 'text' }, value: {} };

export const LEASE_PARTIES: FactTable = { table: 'lease_parties', key: { lease_id: 'bigint', person_id: 'bigint' }, value: { role: 'text' } };

export const LEASE_HOLDS: FactTable = { table: 'lease_holds', key: { lease_id: 'bigint' }, value: { reason: 'text' } };
