/**
 * Pieces of SQL that other slices join: they name the stock's tables, so that nobody else has to. A reader's scope is laid on them in
 * this one place. What reads on behalf of somebody joins `…For(scope)` with the values of `scopeBindings(scope)`; for the whole city
 * that is the bare table.
 */
import type { Scope } from '../platform/access/scope.ts';
import { has, polish } from '../platform/database/listing.ts';

/** `dwellings d` by its own alias: id, code, building_id. All of them: for what no reader waits for, such as a run's own engine. */
export const DWELLINGS = 'dwellings d';

/** Ids of the buildings of the scope; null = all. A tenant sees leases, not the stock. */
function buildingIds(scope: Scope): string | null {
  switch (scope.kind) {
    case 'city':
      return null;
    case 'districts':
      return inDistricts(':scope_districts', ':scope_day::date', null);
    case 'person':
      return 'select null::bigint where false';
  }
}

function tableFor(table: string, alias: string, column: string, ids: string | null): string {
  return ids === null ? `${table} ${alias}` : `(select x.* from ${table} x where x.${column} in (${ids})) ${alias}`;
}

/** `buildings b` of the scope: id, code. */
export function buildingsFor(scope: Scope): string {
  return tableFor('buildings', 'b', 'id', buildingIds(scope));
}

/** `dwellings d` of the scope: id, code, building_id. */
export function dwellingsFor(scope: Scope): string {
  return tableFor('dwellings', 'd', 'building_id', buildingIds(scope));
}

/** `auxiliary_rooms a` of the scope: id, code, building_id. */
export function auxiliaryRoomsFor(scope: Scope): string {
  return tableFor('auxiliary_rooms', 'a', 'building_id', buildingIds(scope));
}

/** Ids of the buildings in any of the districts (SQL of `text[]`) on the day, as known at an instant; `known` null = now. */
function inDistricts(districts: string, day: string, known: string | null): string {
  const seen = known === null ? 'upper_inf(z.recorded)' : `z.recorded @> ${known}`;
  return `select z.building_id from building_details z where z.district = any(${districts}::text[]) and z.valid @> ${day} and ${seen}`;
}

/** Condition on `dwellings d`: in any of the districts (SQL of `text[]`) on the day, as known. All arguments are SQL. */
export function inAnyDistrict(districts: string, day: string, known: string): string {
  return `d.building_id in (${inDistricts(districts, day, known)})`;
}

/**
 * Where dwellings stand on a day, as known at an instant: one row a dwelling with dwelling_id, dwelling, building, street,
 * building_number, number, postcode, district, staircase, shared, holder. Both arguments are SQL; `known` null = now.
 */
export function placesAt(day: string, known: string | null): string {
  const seen = (alias: string): string => (known === null ? `upper_inf(${alias}.recorded)` : `${alias}.recorded @> ${known}`);
  return `(
    select d.id as dwelling_id, d.code as dwelling, b.code as building, bd.street, bd.number as building_number, dd.number, bd.postcode, bd.district,
      s.code as staircase, dd.shared, dd.holder
    from dwellings d join buildings b on b.id = d.building_id
    left join building_details bd on bd.building_id = b.id and bd.valid @> ${day} and ${seen('bd')}
    left join dwelling_details dd on dd.dwelling_id = d.id and dd.valid @> ${day} and ${seen('dd')}
    left join staircases s on s.id = dd.staircase_id)`;
}

/** Places in the order in which people look for them: streets as the Polish alphabet has them, then houses and flats as they are counted. */
export function placeOrder(alias: string): string[] {
  return [polish(`${alias}.street`), `${alias}.building_order`, polish(`${alias}.building_number`), `${alias}.number_order`, polish(`${alias}.number`)];
}

/** Where dwellings stand on a day, as known now, under the names of `placesAt`. `day` is SQL. */
export function placesOn(day: string): string {
  return `(select x.* from dwelling_places x where x.since <= ${day} and x.until > ${day})`;
}

/** Condition: the street (SQL) has the given text in its name; the few streets are looked through, not all their dwellings. */
export function streetHas(street: string, name: string): string {
  return `${street} in (select z.street from building_details z where ${has('z.street', name)})`;
}

/** `dwelling_places p` of the scope on its day, for lists of that day: the rows of a dwelling for all days. */
export function dwellingPlacesFor(scope: Scope): string {
  switch (scope.kind) {
    case 'city':
      return 'dwelling_places p';
    case 'districts':
      return '(select x.* from dwelling_places x where x.district = any(:scope_districts::text[])) p';
    case 'person':
      return '(select x.* from dwelling_places x where false) p';
  }
}

/** Ids and codes of dwellings: dwelling_id, dwelling. */
export function dwellingCodes(): string {
  return '(select d.id as dwelling_id, d.code as dwelling from dwellings d)';
}

/** Condition on `dwellings d`: in the district on the day, as known. All arguments are SQL. */
export function inDistrict(district: string, day: string, known: string): string {
  return `d.building_id in (select bd.building_id from building_details bd where bd.district = ${district} and bd.valid @> ${day} and bd.recorded @> ${known})`;
}

/** Condition on `dwellings d`: in the building of the code. */
export function inBuilding(code: string): string {
  return `d.building_id in (select b.id from buildings b where b.code = ${code})`;
}

/** Rows of a table that a change of the set brought or closed. */
export function touchedBy(alias: string, changes: string): string {
  return `(${alias}.change_id in ${changes} or ${alias}.closed_change_id in ${changes})`;
}

const OF_DWELLINGS = ['dwelling_options', 'dwelling_measures', 'dwelling_businesses', 'dwelling_details', 'room_parts'];
const OF_BUILDINGS = ['building_options', 'building_measures', 'building_traffic', 'building_details', 'technical_findings'];
const OF_STAIRCASES = ['staircase_options', 'staircase_measures'];

/** Ids of dwellings about which, or about whose staircase or building, a change of the set recorded something. `changes` is SQL. */
export function changedDwellings(changes: string): string {
  return [
    ...OF_DWELLINGS.map((table) => `select f.dwelling_id from ${table} f where ${touchedBy('f', changes)}`),
    ...OF_BUILDINGS.map((table) => `select d.id from ${table} f join dwellings d on d.building_id = f.building_id where ${touchedBy('f', changes)}`),
    ...OF_STAIRCASES.map((table) => `select dd.dwelling_id from ${table} f join dwelling_details dd on dd.staircase_id = f.staircase_id where ${touchedBy('f', changes)}`),
  ].join(' union ');
}
