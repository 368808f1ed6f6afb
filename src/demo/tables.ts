/** The columns of every table of a city, in the order in which the tables can be written. */
import type { City, TableName, Times } from './rows.ts';

const TIMES = ['valid', 'recorded', 'change_id', 'closed_change_id'] as const satisfies readonly (keyof Times)[];
const OPTION = ['slot', 'option', 'evidence', ...TIMES] as const;
const MEASURE = ['slot', 'value', 'evidence', ...TIMES] as const;

export const TABLES: { readonly [T in TableName]: readonly (keyof City[T][number] & string)[] } = {
  changes: ['id', 'recorded_at', 'actor', 'kind', 'reason'],
  buildings: ['id', 'code'],
  staircases: ['id', 'building_id', 'code'],
  dwellings: ['id', 'code', 'building_id'],
  building_details: ['building_id', 'street', 'number', 'postcode', 'district', 'ownership', 'manager', ...TIMES],
  dwelling_details: ['dwelling_id', 'staircase_id', 'number', 'shared', 'holder', ...TIMES],
  building_options: ['building_id', ...OPTION],
  building_measures: ['building_id', ...MEASURE],
  staircase_options: ['staircase_id', ...OPTION],
  staircase_measures: ['staircase_id', ...MEASURE],
  dwelling_options: ['dwelling_id', ...OPTION],
  dwelling_measures: ['dwelling_id', ...MEASURE],
  room_parts: ['dwelling_id', 'room', 'part', 'kind', 'use', 'band', 'area_m2', ...TIMES],
  building_traffic: ['building_id', 'street', 'segment', 'band', 'distance_m', 'evidence', ...TIMES],
  dwelling_businesses: ['dwelling_id', 'name', 'opens', 'closes', 'evidence', ...TIMES],
  technical_findings: ['building_id', 'staircase_id', 'dwelling_id', 'installation', 'decision', 'evidence', ...TIMES],
  auxiliary_rooms: ['id', 'code', 'building_id'],
  auxiliary_room_areas: ['auxiliary_room_id', 'area_m2', ...TIMES],
  auxiliary_room_users: ['auxiliary_room_id', 'premises', 'dwelling_id', 'area_m2', ...TIMES],
  persons: ['id', 'code', 'name'],
  leases: ['id', 'number', 'dwelling_id'],
  lease_terms: ['lease_id', 'dwelling_id', 'kind', 'covers', 'notice_months', 'eviction_stayed', ...TIMES],
  lease_bases: ['lease_id', 'basis', 'document', 'own_rate', ...TIMES],
  lease_rooms: ['lease_id', 'dwelling_id', 'room', ...TIMES],
  lease_parties: ['lease_id', 'person_id', 'role', ...TIMES],
  lease_holds: ['lease_id', 'reason', ...TIMES],
};

/** The tables in the order in which they can be written. */
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** Tables whose rows have two times. */
export const TIMED_TABLES = TABLE_NAMES.filter((table) => (TABLES[table] as readonly string[]).includes('change_id'));

/** A city without a single row. */
export function emptyCity(): City {
  return Object.fromEntries(TABLE_NAMES.map((table) => [table, []])) as unknown as City;
}
