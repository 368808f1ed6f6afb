/** Tables of facts that the sheets write, beside those of `store.ts`. */
import type { FactTable } from '../../platform/facts/write.ts';

export const BUILDING_DETAILS: FactTable = {
  table: 'building_details',
  key: { building_id: 'bigint' },
  value: { street: 'text', number: 'text', postcode: 'text', district: 'text', ownership: 'text', manager: 'text' },
};

export const DWELLING_DETAILS: FactTable = {
  table: 'dwelling_details',
  key: { dwelling_id: 'bigint' },
  value: { staircase_id: 'bigint', number: 'text', shared: 'boolean', holder: 'text' },
};

export const ROOM_PARTS: FactTable = {
  table: 'room_parts',
  key: { dwelling_id: 'bigint', room: 'text', part: 'smallint' },
  value: { kind: 'text', use: 'text', band: 'text', area_m2: 'numeric' },
};

export const BUILDING_TRAFFIC: FactTable = {
  table: 'building_traffic',
  key: { building_id: 'bigint', street: 'text', segment: 'text' },
  value: { band: 'text', distance_m: 'numeric', evidence: 'text' },
};

export const DWELLING_BUSINESSES: FactTable = {
  table: 'dwelling_businesses',
  key: { dwelling_id: 'bigint', name: 'text' },
  value: { opens: 'time', closes: 'time', evidence: 'text' },
};

export const TECHNICAL_FINDINGS: FactTable = {
  table: 'technical_findings',
  key: { building_id: 'bigint', staircase_id: 'bigint', dwelling_id: 'bigint', installation: 'text' },
  value: { decision: 'text', evidence: 'text' },
  nullable: ['staircase_id', 'dwelling_id'],
};

export const AUXILIARY_AREAS: FactTable = { table: 'auxiliary_room_areas', key: { auxiliary_room_id: 'bigint' }, value: { area_m2: 'numeric' } };

export const AUXILIARY_USERS: FactTable = {
  table: 'auxiliary_room_users',
  key: { auxiliary_room_id: 'bigint', premises: 'text' },
  value: { dwelling_id: 'bigint', area_m2: 'numeric' },
};
