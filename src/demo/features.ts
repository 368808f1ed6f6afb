/** What the first survey found in a dwelling, as it is usual for its kind of building. */
import type { DwellingDraft } from './drafts.ts';
import type { Random } from './random.ts';
import type { DwellingOptions } from './slots.ts';

type Found = Pick<DwellingDraft, 'options' | 'measures'>;

/** Fills in every fact that a valuation needs. VAL-15 */
export function furnish(dwelling: DwellingDraft, random: Random): void {
  place(dwelling, random);
  const { options, measures } = dwelling;
  options.cellar = random.chance(0.82) ? 'yes' : 'no';
  options.cold_water = 'inside';
  switch (dwelling.building.style) {
    case 'tenement': tenement(dwelling, random); break;
    case 'huta': block(dwelling, random, { gas: 0.97, central: 0.35, drying: 0.9, height: random.int(264, 286) }); break;
    case 'estate': block(dwelling, random, { gas: 0.9, central: 0.7, drying: 0.75, height: random.int(249, 256) }); break;
    case 'house': house(dwelling, random); break;
    case 'school': block(dwelling, random, { gas: 0.6, central: 0.3, drying: 0.3, height: random.int(290, 340) }); break;
    case 'hotel': hotel(dwelling, random); break;
  }
  if (random.chance(0.34)) options.sunny = 'yes';
  if (random.chance(0.012)) options.mould = random.chance(0.75) ? 'independent' : 'tenant';
  if (random.chance(0.02)) options.damp = random.chance(0.75) ? 'independent' : 'tenant';
  if (options.attic === 'yes') measures.height = random.int(222, 262);
  if (dwelling.privateRooms > 0) share(options, random);
}

/** Storey, side and entrance. */
function place(dwelling: DwellingDraft, random: Random): void {
  const { building, staircase, options, measures } = dwelling;
  const tenement = building.style === 'tenement';
  const attic = (tenement && random.chance(0.05)) || (building.style === 'house' && random.chance(0.2));
  const basement = !attic && tenement && random.chance(0.025);
  const storey = attic ? building.storeys : basement ? -1 : random.int(0, building.storeys - 1);
  measures.storey = storey;
  measures.floor_level = floorLevel(storey, tenement, random);
  options.attic = attic ? 'yes' : 'no';
  options.entrance = building.style === 'school' ? (random.chance(0.6) ? 'school_corridor' : 'staircase') : entrance(dwelling, storey, random);
  if (options.entrance === 'gallery' || options.entrance === 'ground') options.vestibule = random.chance(0.45) ? 'yes' : 'no';
  if (!tenement) return;
  options.largest_room_side = staircase.annexe || random.chance(0.3) ? 'yard' : 'front';
  if (options.largest_room_side === 'yard') {
    measures.neighbour_distance = random.chance(0.1) ? 1000 : random.int(40, 260) / 10;
  }
}

function floorLevel(storey: number, tenement: boolean, random: Random): number {
  if (storey < 0) return random.chance(0.85) ? -random.int(20, 90) : -random.int(91, 140);
  const ground = tenement ? random.int(5, 110) : random.int(25, 140);
  return ground + storey * (tenement ? random.int(340, 390) : random.int(280, 300));
}

function entrance({ building, staircase }: DwellingDraft, storey: number, random: Random): NonNullable<DwellingOptions['entrance']> {
  if (building.style === 'house') return random.chance(0.5) ? 'ground' : 'staircase';
  if (building.style === 'tenement' && storey > 0 && random.chance(staircase.annexe ? 0.25 : 0.08)) return 'gallery';
  return building.style === 'tenement' && storey <= 0 && random.chance(0.1) ? 'ground' : 'staircase';
}

/** Prewar: high rooms, some without a bathroom or with the w.c. on the corridor, stoves in some. */
function tenement({ options, measures }: Found, random: Random): void {
  measures.height = random.int(272, 372);
  options.hall = random.chance(0.86) ? 'own' : 'none';
  options.bathroom = random.weighted([['own', 88], ['none', 8], ['own_corridor', 2], ['shared_corridor', 2]] as const);
  options.wc = options.bathroom === 'own'
    ? random.weighted([['own', 96], ['own_corridor', 4]] as const)
    : random.weighted([['own', 45], ['own_corridor', 25], ['shared_corridor', 25], ['outside', 3], ['none', 2]] as const);
  kitchen(options, random, [0.955, 0.8]);
  options.cold_water = options.bathroom === 'own' || random.chance(0.9) ? 'inside' : 'corridor';
  options.attic_or_drying = random.chance(0.7) ? 'yes' : 'no';
  options.gas = random.weighted([['piped', 86], ['electric_adapted', 8], ['none', 6]] as const);
  options.heating = random.weighted([['gas', 32], ['central', 28], ['electric', 16], ['stove', 14], ['mixed', 9], ['none', 1]] as const);
  options.hot_water = options.heating === 'central' && random.chance(0.6) ? 'central' : random.chance(0.93) ? 'local' : 'none';
  options.windows = random.weighted([['double', 87], ['single', 9], ['triple', 4]] as const);
  if (options.heating !== 'central' && random.chance(0.06)) options.unheated_room = 'missing';
  if (random.chance(0.12)) measures.balcony_area = random.int(60, 420) / 100;
}

/** Blocks with central heating; what differs is water, gas and drying rooms. */
function block(
  { options, measures }: Found,
  random: Random,
  usual: { readonly gas: number; readonly central: number; readonly drying: number; readonly height: number },
): void {
  measures.height = usual.height;
  options.hall = random.chance(0.985) ? 'own' : 'none';
  options.bathroom = 'own';
  options.wc = 'own';
  kitchen(options, random, [0.992, 0.83]);
  options.attic_or_drying = random.chance(usual.drying) ? 'yes' : 'no';
  options.gas = random.chance(usual.gas) ? 'piped' : 'electric_adapted';
  options.heating = 'central';
  options.hot_water = random.chance(usual.central) ? 'central' : 'local';
  options.windows = random.weighted([['double', 90], ['triple', 6], ['single', 4]] as const);
  if (random.chance(0.5)) measures.balcony_area = random.int(80, 620) / 100;
}

function house(found: Found, random: Random): void {
  block(found, random, { gas: 0.8, central: 0.1, drying: 0.8, height: random.int(244, 285) });
  found.options.heating = random.weighted([['gas', 60], ['stove', 20], ['central', 10], ['mixed', 10]] as const);
  if (random.chance(0.06)) found.options.wc = 'outside';
}

/** Former workers' hotels: small flats off a corridor. */
function hotel(found: Found, random: Random): void {
  block(found, random, { gas: 0.1, central: 0.9, drying: 0.5, height: random.int(248, 262) });
  const { options, measures } = found;
  options.hall = random.chance(0.5) ? 'own' : 'none';
  options.bathroom = random.weighted([['own', 60], ['shared_corridor', 30], ['own_corridor', 10]] as const);
  options.wc = options.bathroom === 'own' ? 'own' : options.bathroom;
  kitchen(options, random, [0.6, 0.2]);
  options.cellar = 'no';
  delete measures.balcony_area;
}

function kitchen(options: Partial<DwellingOptions>, random: Random, [own, daylight]: readonly [number, number]): void {
  options.kitchen_access = random.chance(own) ? 'own' : 'none';
  if (options.kitchen_access === 'none') return;
  options.kitchen_kind = random.chance(daylight) ? 'daylight' : random.chance(0.55) ? 'recess' : 'dark';
}

/** Several tenants with leases of their own share hall, kitchen, bathroom and w.c. VAL-10, VAL-16 */
function share(options: Partial<DwellingOptions>, random: Random): void {
  options.hall = 'shared';
  options.kitchen_access = 'shared';
  options.kitchen_kind = random.chance(0.8) ? 'daylight' : 'dark';
  options.bathroom = random.chance(0.9) ? 'shared_inside' : 'shared_corridor';
  options.wc = options.bathroom === 'shared_inside' ? 'shared_inside' : 'shared_corridor';
}

