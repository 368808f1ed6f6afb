/** A demo city, the same for the same seed, size and day. See README.md beside this file. */
import { writeAuxiliaryRooms } from './auxiliary.ts';
import { changeBuildings } from './building-changes.ts';
import { makeBuildings } from './buildings.ts';
import { Changes, numberChanges } from './changes.ts';
import type { BuildingDraft, DwellingDraft } from './drafts.ts';
import { changeDwellings } from './dwelling-changes.ts';
import { writeBuilding, writeDwelling, writeTechnical } from './facts.ts';
import { furnish } from './features.ts';
import { findTechnical, leaveGaps, openBusinesses } from './findings.ts';
import { writeLeases } from './lease-rows.ts';
import { makeLeases } from './leases.ts';
import { Persons } from './persons.ts';
import type { CityOptions, Plan } from './plan.ts';
import { planOf } from './plan.ts';
import { Random } from './random.ts';
import { dealRoles } from './roles.ts';
import { writeRooms } from './rooms.ts';
import type { City } from './rows.ts';
import { readNames, readStreets } from './seeds.ts';
import { ensureCases } from './specials.ts';
import { ensureSurroundings, survey } from './surroundings.ts';
import { emptyCity } from './tables.ts';

export { copyCity } from './copy.ts';
export type { CopiedTable, CopyOptions } from './copy.ts';
export { DEFAULT_DWELLINGS } from './plan.ts';
export type { CityOptions } from './plan.ts';
export type { City } from './rows.ts';
export { sourceOf } from './source.ts';

/**
 * Makes a city: rows for every table of stock and leases, ids from 1, no rents (the program computes them itself).
 * @throws RangeError for a size outside 120–150,000 dwellings or an anchor outside 2022–2099
 */
export function generateCity(options: CityOptions): City {
  const plan = planOf(options);
  const random = new Random(`kamienica/${options.seed}`);
  const changes = new Changes(random.fork('changes'));
  const persons = new Persons(readNames(), random.fork('persons'));
  const city = emptyCity();
  const buildings = observe(plan, changes, random);
  const technical = findTechnical(plan, buildings, changes, random.fork('technical'));
  const rooms = writeStock(buildings, city, random.fork('rooms'));
  for (const finding of technical) writeTechnical(finding, city);
  writeAuxiliaryRooms(plan, buildings, city, random.fork('auxiliary'));
  writeLeases(makeLeases(plan, buildings, rooms, persons, changes, random.fork('leases')), city);
  return finish(city, changes, persons);
}

/** The stock as it was found by the first survey and changed since. */
function observe(plan: Plan, changes: Changes, random: Random): BuildingDraft[] {
  const buildings = makeBuildings(plan, readStreets(), changes, random.fork('buildings'));
  dealRoles(plan, buildings, random.fork('roles'));
  const surroundings = random.fork('surroundings');
  const features = random.fork('features');
  for (const building of buildings) {
    survey(building, surroundings);
    for (const dwelling of building.dwellings) furnish(dwelling, features);
  }
  ensureSurroundings(plan, buildings, random.fork('surrounding cases'));
  const cases = ensureCases(plan, buildings, random.fork('cases'));
  changeBuildings(plan, buildings, changes, random.fork('building changes'));
  changeDwellings(plan, buildings, changes, random.fork('dwelling changes'));
  openBusinesses(plan, buildings, changes, random.fork('businesses'));
  leaveGaps(plan, buildings, cases, random.fork('gaps'));
  return buildings;
}

/** Writes buildings, dwellings and rooms; gives the rooms that are let separately. */
function writeStock(buildings: readonly BuildingDraft[], city: City, random: Random): Map<DwellingDraft, string[]> {
  const shared = new Map<DwellingDraft, string[]>();
  for (const building of buildings) {
    writeBuilding(building, city);
    for (const dwelling of building.dwellings) {
      writeDwelling(dwelling, city);
      const rooms = writeRooms(dwelling, city, random);
      if (dwelling.privateRooms > 0) shared.set(dwelling, rooms);
    }
  }
  return shared;
}

function finish(city: City, changes: Changes, persons: Persons): City {
  for (const change of changes.rows) city.changes.push(change);
  for (const person of persons.rows) city.persons.push(person);
  numberChanges(city);
  return city;
}
