import { describe, expect, it } from 'vitest';
import { generateCity } from '../../src/demo/index.ts';
import type { City } from '../../src/demo/rows.ts';
import { DWELLING_OPTIONS } from '../../src/demo/slots.ts';
import { ANCHOR, everFound, grouped, holding, known, range } from './reading.ts';

const CITIES = [
  { name: '120 dwellings', city: generateCity({ seed: 7, dwellings: 120, anchor: ANCHOR }) },
  { name: '150 dwellings', city: generateCity({ seed: 1, dwellings: 150, anchor: ANCHOR }) },
  { name: '300 dwellings', city: generateCity({ seed: 2, dwellings: 300, anchor: ANCHOR }) },
];

const FOUND: readonly (readonly [string, readonly string[]])[] = [
  ['zone', ['S', 'A', 'B', 'C']],
  ['building_form', ['compact', 'free_standing', 'one_or_two_family', 'other']],
  ['school_grounds', ['yes']],
  ['modernised_heating', ['yes']],
  ['railway_distance', ['100', '101']],
  ['tramway_distance', ['50', '51']],
  ['stop_distance', ['500', '501', '1000', '1001']],
  ['lift', ['yes', 'no']],
  ['winding_stairs', ['yes']],
  ['heated_staircase', ['yes']],
  ['staircase_dwellings', ['20', '21']],
  ['entrance', ['staircase', 'gallery', 'ground', 'school_corridor']],
  ['vestibule', ['yes', 'no']],
  ['attic', ['yes', 'no']],
  ['storey', ['-1', '0', '1', '2', '3']],
  ['floor_level', ['-120', '-90', '29', '30']],
  ['largest_room_side', ['front', 'yard']],
  ['neighbour_distance', ['9.9', '10', '1000']],
  ['hall', ['own', 'shared', 'none']],
  ['bathroom', ['own', 'shared_inside', 'shared_corridor', 'own_corridor', 'none']],
  ['kitchen_access', ['own', 'shared', 'none']],
  ['kitchen_kind', ['daylight', 'dark', 'recess']],
  ['wc', ['own', 'shared_inside', 'own_corridor', 'shared_corridor', 'outside', 'none']],
  ['cellar', ['yes', 'no']],
  ['attic_or_drying', ['yes', 'no']],
  ['balcony_area', ['1', '1.01']],
  ['height', ['239', '240', '350', '351']],
  ['hot_water', ['central', 'local', 'none']],
  ['cold_water', ['inside', 'corridor', 'outside']],
  ['gas', ['piped', 'none', 'electric_adapted']],
  ['heating', ['central', 'electric', 'gas', 'mixed', 'stove', 'none']],
  ['unheated_room', ['missing', 'removed_by_tenant']],
  ['windows', ['single', 'double', 'triple']],
  ['sunny', ['yes']],
  ['mould', ['independent', 'tenant']],
  ['damp', ['independent', 'tenant']],
  ['shaded', ['independent', 'tenant']],
  ['underlit_cause', ['independent', 'tenant']],
  ['window_to_floor', ['0.109', '0.125']],
  ...DWELLING_OPTIONS.filter((slot) => slot.startsWith('adjoins_')).map((slot) => [slot, ['yes']] as const),
];

const COUNTED: Readonly<Record<string, (city: City) => number>> = {
  'a shared dwelling': ({ dwelling_details }) => dwelling_details.filter(({ shared }) => shared).length,
  'a shared dwelling with a room that nobody rents': vacantRooms,
  'a dwelling held by another municipal legal person': ({ dwelling_details }) => dwelling_details.filter(({ holder }) => holder !== 'ZBK').length,
  'every ownership of buildings that matters': ({ building_details }) => new Set(building_details.map(({ ownership }) => ownership)).size - 1,
  'an attic room with three bands of height': ({ room_parts }) => room_parts.filter(({ part }) => part === 3).length,
  'a part of a room under 1.40 m': ({ room_parts }) => room_parts.filter(({ band }) => band === 'under_140').length,
  'rooms that do not count': ({ room_parts }) => room_parts.filter(({ kind }) => kind === 'mezzanine' || kind === 'drying_room').length,
  'an auxiliary room used by private premises and the city': ({ auxiliary_room_users }) => auxiliary_room_users.filter((user) => user.area_m2 !== null).length,
  'an artery at its limit': ({ building_traffic }) => building_traffic.filter(({ distance_m }) => ['20.00', '30.00', '50.00'].includes(distance_m)).length,
  'an artery beyond its limit': ({ building_traffic }) => building_traffic.filter(({ distance_m }) => Number(distance_m) > 50).length,
  'a corrected distance from an artery': ({ building_traffic }) => building_traffic.filter((row) => row.closed_change_id !== null).length,
  'a business open by day': ({ dwelling_businesses }) => dwelling_businesses.filter(({ opens, closes }) => opens >= '08:00' && closes <= '20:00').length,
  'a business open from early or till late': ({ dwelling_businesses }) => dwelling_businesses.filter(({ closes }) => closes === '22:00').length,
  'a business open at night': ({ dwelling_businesses }) => dwelling_businesses.filter(({ opens, closes }) => closes < opens).length,
  'a business open all day long': ({ dwelling_businesses }) => dwelling_businesses.filter(({ closes }) => closes === '24:00').length,
  'a business that closed': ({ dwelling_businesses }) => dwelling_businesses.filter((row) => row.closed_change_id !== null).length,
  'a dwelling beside two businesses': ({ dwelling_businesses }) => [...grouped(known(dwelling_businesses), (row) => row.dwelling_id).values()].filter((list) => list.length > 1).length,
  'findings of every installation': ({ technical_findings }) => new Set(technical_findings.map(({ installation }) => installation)).size - 4,
  'a finding about a building': ({ technical_findings }) => technical_findings.filter((row) => row.staircase_id === null && row.dwelling_id === null).length,
  'a finding about a staircase': ({ technical_findings }) => technical_findings.filter((row) => row.staircase_id !== null).length,
  'a finding about one dwelling': ({ technical_findings }) => technical_findings.filter((row) => row.dwelling_id !== null).length,
  'an improvement that ended a finding': ({ technical_findings }) => technical_findings.filter((row) => row.closed_change_id !== null).length,
  'a danger with its decision': ({ technical_findings }) => technical_findings.filter(({ decision }) => decision !== null).length,
  'a fact that changed': ({ dwelling_options }) => known(dwelling_options).filter(({ valid }) => range(valid).to !== null).length,
  'a fact that will change after the anchor day': ({ dwelling_options }) => known(dwelling_options).filter(({ valid }) => range(valid).from > ANCHOR).length,
  'a lift that will be ready after the anchor day': ({ staircase_options }) => known(staircase_options).filter(({ valid }) => range(valid).from > ANCHOR).length,
  'a corrected fact': ({ dwelling_measures }) => dwelling_measures.filter((row) => row.closed_change_id !== null).length,
  'a corrected zone': ({ building_options }) => building_options.filter((row) => row.slot === 'zone' && row.closed_change_id !== null).length,
  'a change of ownership': ({ building_details }) => building_details.filter((row) => row.closed_change_id !== null).length,
  'a room of another area than before': ({ room_parts }) => room_parts.filter((row) => row.closed_change_id !== null).length,
  'a dwelling with a gap': (city) => gaps(city).length,
  'a temporary room': kind('temporary_room'),
  'a social lease': kind('social'),
  'a lease for a time': kind('fixed'),
  'a replacement dwelling': kind('replacement'),
  'a studio': kind('studio'),
  'an occupation without a title': kind('without_title'),
  'an eviction stayed by the court': ({ lease_terms }) => holding(lease_terms).filter((row) => row.eviction_stayed).length,
  'an occupation without a title after a social lease': stayedOn,
  'a social lease signed anew': renewed,
  'a lease that begins after the anchor day': ({ lease_terms }) => known(lease_terms).filter(({ valid }) => range(valid).from > ANCHOR).length,
  'a lease that ended': ({ lease_terms }) => known(lease_terms).filter((row) => row.kind === 'indefinite' && (range(row.valid).to ?? '9') <= ANCHOR).length,
  'a lease whose end is coming': ({ lease_terms }) => holding(lease_terms).filter((row) => ['indefinite', 'replacement'].includes(row.kind) && range(row.valid).to !== null).length,
  'leases with 4, 5 and 6 months of notice': ({ lease_terms }) => new Set(holding(lease_terms).map((row) => row.notice_months)).size - 3,
  'a lease in the manual lane': ({ lease_holds }) => holding(lease_holds).length,
  'two tenants': ({ lease_parties }) => [...grouped(holding(lease_parties), (row) => row.lease_id).values()].filter((list) => list.filter(({ role }) => role === 'tenant').length === 2).length,
  'a co-tenant': ({ lease_parties }) => holding(lease_parties).filter(({ role }) => role === 'co_tenant').length,
  'a tenant who left the lease to another': ({ lease_parties }) => lease_parties.filter((row) => row.role === 'tenant' && row.closed_change_id !== null).length,
  'an own rate under the highest rate of 2025': ({ lease_bases }) => holding(lease_bases).filter((row) => row.basis === 'taken_over_own' && Number(row.own_rate) < 16.96).length,
  'an own rate above it': ({ lease_bases }) => holding(lease_bases).filter((row) => row.basis === 'tender' && Number(row.own_rate) > 16.96).length,
};

const BASES = ['points', 'social', 'temporary_room', 'taken_over_standard', 'taken_over_own', 'tender', 'offers_before', 'artists_dwelling', 'artists_studio', 'individual'];

describe.each(CITIES)('a city of $name', ({ city }) => {
  it.each(FOUND)('has dwellings with every kind of %s', (slot, values) => {
    expect(values.filter((value) => !everFound(city, slot, value))).toEqual([]);
  });

  it.each(Object.entries(COUNTED))('has %s', (_, count) => {
    expect(count(city)).toBeGreaterThan(0);
  });

  it('has a lease by every basis', () => {
    const present = new Set(holding(city.lease_bases).map(({ basis }) => basis as string));
    expect(BASES.filter((basis) => !present.has(basis))).toEqual([]);
  });
});

function kind(wanted: string): (city: City) => number {
  return ({ lease_terms }) => holding(lease_terms).filter((row) => row.kind === wanted).length;
}

function gaps({ dwellings, dwelling_options }: City): number[] {
  const needed = ['entrance', 'cellar', 'heating', 'windows', 'gas', 'bathroom', 'hot_water', 'attic_or_drying', 'kitchen_access'];
  const found = grouped(dwelling_options, (row) => row.dwelling_id);
  return dwellings.filter(({ id }) => needed.some((slot) => !found.get(id)?.some((row) => row.slot === slot))).map(({ id }) => id);
}

function vacantRooms({ dwelling_details, lease_rooms, room_parts }: City): number {
  const shared = new Set(dwelling_details.filter((row) => row.shared).map((row) => row.dwelling_id));
  const let_ = new Set(holding(lease_rooms).map((row) => `${row.dwelling_id} ${row.room}`));
  return holding(room_parts).filter((row) => shared.has(row.dwelling_id) && row.use === 'own' && row.kind === 'room' && !let_.has(`${row.dwelling_id} ${row.room}`)).length;
}

/** Leases by dwelling that begin on the day on which another of the kind ends. */
function following(city: City, before: string, after: string): number {
  const ends = new Set(known(city.lease_terms).filter((row) => row.kind === before).map((row) => `${row.dwelling_id} ${range(row.valid).to ?? ''}`));
  return known(city.lease_terms).filter((row) => row.kind === after && ends.has(`${row.dwelling_id} ${range(row.valid).from}`)).length;
}

function renewed(city: City): number {
  return following(city, 'social', 'social');
}

function stayedOn(city: City): number {
  return following(city, 'social', 'without_title');
}
