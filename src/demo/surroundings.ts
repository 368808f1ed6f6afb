/** What stands around a building: zone, form, stops, tracks, arteries, and its staircases. */
import type { BuildingDraft, StaircaseDraft, Style, TrafficFinding } from './drafts.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Artery } from './seeds.ts';
import type { BuildingOptions } from './slots.ts';

const FORMS: Readonly<Record<Style, BuildingOptions['building_form']>> = {
  tenement: 'compact',
  huta: 'free_standing',
  estate: 'free_standing',
  house: 'one_or_two_family',
  school: 'other',
  hotel: 'other',
};

/** Fills in what the first survey found about the building and its staircases. */
export function survey(building: BuildingDraft, random: Random): void {
  const { street, style, options, measures } = building;
  options.zone = street.zone;
  options.building_form = FORMS[style];
  if (style === 'school') options.school_grounds = 'yes';
  if (style !== 'tenement' && style !== 'house' && random.chance(0.12)) options.modernised_heating = 'yes';
  measures.stop_distance = street.far ? random.int(420, 1600) : style === 'tenement' ? random.int(40, 480) : random.int(60, 760);
  if (street.tram) measures.tramway_distance = random.chance(0.5) ? random.int(6, 50) : random.int(51, 240);
  if (street.rail && random.chance(0.6)) measures.railway_distance = random.int(35, 260);
  building.traffic.push(...findTraffic(building, random));
  for (const staircase of building.staircases) surveyStaircase(staircase, random);
}

/** On the artery itself a front house stands close; further arteries of the neighbourhood mostly do not count. VAL-3 */
function findTraffic({ street, style }: BuildingDraft, random: Random): TrafficFinding[] {
  return street.arteries.flatMap((segments) => {
    const artery = random.pick(segments);
    const own = artery.street === street.street;
    if (!own && random.chance(0.4)) return [];
    const metres = own ? (style === 'tenement' ? random.int(400, 2600) : random.int(800, 6400)) : random.int(1200, 9000);
    return [{ artery, distance: metres / 100, amendment: null }];
  });
}

function surveyStaircase(staircase: StaircaseDraft, random: Random): void {
  const { building, options, measures } = staircase;
  options.lift = hasLift(building, staircase.annexe, random) ? 'yes' : 'no';
  if (building.style === 'tenement' && random.chance(staircase.annexe ? 0.3 : 0.06)) options.winding_stairs = 'yes';
  if ((building.style === 'estate' || building.style === 'hotel') && random.chance(0.15)) options.heated_staircase = 'yes';
  if (FORMS[building.style] === 'free_standing') {
    measures.staircase_dwellings = building.storeys > 5 ? random.int(22, 60) : random.int(6, 20);
  }
}

function hasLift({ style, storeys }: BuildingDraft, annexe: boolean, random: Random): boolean {
  if (style === 'estate') return storeys > 5;
  if (style === 'hotel') return random.chance(0.3);
  return style === 'tenement' && !annexe && random.chance(0.04);
}

/** Limits of the act from both sides, in buildings of even the smallest city. VAL-14 */
const RAILWAY = [100, 101];
const TRAMWAY = [50, 51];
const STOPS = [500, 501, 1000, 1001];
const STAIRCASES = [20, 21] as const;
const TRAFFIC: Readonly<Record<string, readonly number[]>> = { '500_1000': [20, 20.01], '1000_3000': [30, 30.01], over_3000: [50, 50.01] };

/** Puts every limit into some building: distances to tracks, stops and arteries. */
export function ensureSurroundings(plan: Plan, buildings: readonly BuildingDraft[], random: Random): void {
  const shuffled = random.shuffled(buildings);
  const spread = (values: readonly number[], count: number, put: (building: BuildingDraft, value: number) => void): void => {
    const amount = Math.max(values.length, plan.scaled(count));
    shuffled.slice(0, amount).forEach((building, index) => put(building, values[index % values.length] ?? 0));
    shuffled.push(...shuffled.splice(0, amount));
  };
  spread(RAILWAY, 4, ({ measures }, value) => void (measures.railway_distance = value));
  spread(TRAMWAY, 4, ({ measures }, value) => void (measures.tramway_distance = value));
  spread(STOPS, 8, ({ measures }, value) => void (measures.stop_distance = value));
  ensureTraffic(shuffled);
  const blocks = shuffled.filter(({ style }) => style === 'huta' || style === 'estate').flatMap(({ staircases }) => staircases);
  blocks.slice(0, STAIRCASES.length).forEach(({ measures }, index) => void (measures.staircase_dwellings = STAIRCASES[index] ?? 20));
  for (const { options } of blocks.slice(-1)) options.heated_staircase = 'yes';
  for (const { options } of shuffled.filter(({ style }) => style === 'tenement').flatMap(({ staircases }) => staircases.slice(-1)).slice(0, 1)) {
    options.winding_stairs = 'yes';
  }
}

/** One building at each distance from an artery of each band, as far as buildings stand by one. VAL-3 */
function ensureTraffic(buildings: readonly BuildingDraft[]): void {
  const done = new Set<BuildingDraft>();
  for (const [band, distances] of Object.entries(TRAFFIC).reverse()) {
    const of = (building: BuildingDraft): Artery | undefined => building.street.arteries.flat().find((artery) => artery.band === band);
    const near = buildings.filter((building) => !done.has(building) && of(building) !== undefined);
    distances.forEach((distance, index) => {
      const building = near[index];
      const artery = building === undefined ? undefined : of(building);
      if (building === undefined || artery === undefined) return;
      building.traffic.splice(0, building.traffic.length, { artery, distance, amendment: null });
      done.add(building);
    });
  }
}
