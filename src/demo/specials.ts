/** Rare cases that every city must have, however small: each is counted and, where it is too rare, made. */
import type { BuildingDraft, DwellingDraft } from './drafts.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { DwellingMeasures, DwellingOptions } from './slots.ts';

/** A case: how many there should be at the default size, where it may be, and what makes it one. */
interface Case {
  readonly count: number;
  readonly fits: (dwelling: DwellingDraft) => boolean;
  readonly options?: Partial<DwellingOptions>;
  readonly measures?: Partial<DwellingMeasures>;
}

const style = (...styles: DwellingDraft['building']['style'][]) => (dwelling: DwellingDraft): boolean =>
  styles.includes(dwelling.building.style) && dwelling.privateRooms === 0;
const anywhere = (dwelling: DwellingDraft): boolean => dwelling.privateRooms === 0;
const yard = (dwelling: DwellingDraft): boolean => dwelling.options.largest_room_side === 'yard';
const ground = (dwelling: DwellingDraft): boolean => dwelling.measures.storey === 0 && dwelling.options.attic === 'no';
const underroof = (dwelling: DwellingDraft): boolean => style('tenement')(dwelling) && dwelling.staircase.options.lift === 'no';
const lifted = (dwelling: DwellingDraft): boolean => dwelling.staircase.options.lift === 'yes';
const stove = (dwelling: DwellingDraft): boolean => anywhere(dwelling) && dwelling.options.heating !== 'central';

/** Both sides of every limit of VAL-14, every option of every slot, and what fits no item (VAL-15). */
const CASES: readonly Case[] = [
  { count: 12, fits: ground, measures: { floor_level: 30 } },
  { count: 12, fits: ground, measures: { floor_level: 29 } },
  { count: 20, fits: (d) => style('tenement')(d) && d.options.attic === 'no', measures: { storey: -1, floor_level: -90 } },
  { count: 6, fits: (d) => style('tenement')(d) && d.options.attic === 'no', measures: { storey: -1, floor_level: -120 } },
  { count: 200, fits: underroof, options: { attic: 'yes', entrance: 'staircase' }, measures: { storey: 4, floor_level: 1480, height: 245 } },
  { count: 20, fits: anywhere, measures: { height: 240 } },
  { count: 20, fits: underroof, options: { attic: 'yes', entrance: 'staircase' }, measures: { storey: 4, floor_level: 1480, height: 239 } },
  { count: 20, fits: style('tenement'), measures: { height: 350 } },
  { count: 60, fits: style('tenement'), measures: { height: 351 } },
  { count: 20, fits: yard, measures: { neighbour_distance: 9.9 } },
  { count: 20, fits: yard, measures: { neighbour_distance: 10 } },
  { count: 20, fits: yard, measures: { neighbour_distance: 1000 } },
  { count: 25, fits: anywhere, options: { windows: 'triple' }, measures: { balcony_area: 1 } },
  { count: 25, fits: anywhere, measures: { balcony_area: 1.01 } },
  { count: 60, fits: style('tenement'), options: { entrance: 'gallery', vestibule: 'yes' } },
  { count: 60, fits: style('tenement'), options: { entrance: 'gallery', vestibule: 'no' } },
  { count: 40, fits: ground, options: { entrance: 'ground', vestibule: 'yes' } },
  { count: 40, fits: ground, options: { entrance: 'ground', vestibule: 'no' } },
  { count: 8, fits: style('school'), options: { entrance: 'school_corridor', adjoins_school: 'yes' } },
  { count: 120, fits: lifted, options: { adjoins_lift_shaft: 'yes' } },
  { count: 60, fits: style('estate'), options: { adjoins_refuse_chute: 'yes' } },
  { count: 90, fits: style('tenement'), options: { adjoins_gateway: 'yes' } },
  { count: 25, fits: style('estate', 'huta'), options: { adjoins_hydrophore: 'yes' } },
  { count: 15, fits: style('estate', 'huta'), options: { adjoins_transformer: 'yes' } },
  { count: 25, fits: style('tenement'), options: { bathroom: 'none', wc: 'outside' } },
  { count: 12, fits: style('tenement'), options: { bathroom: 'none', wc: 'none', cold_water: 'outside', hot_water: 'none' } },
  { count: 60, fits: style('tenement'), options: { bathroom: 'own_corridor', wc: 'own_corridor' } },
  { count: 60, fits: style('tenement'), options: { bathroom: 'shared_corridor', wc: 'shared_corridor' } },
  { count: 30, fits: style('tenement'), options: { bathroom: 'none', wc: 'shared_corridor', cold_water: 'corridor' } },
  { count: 60, fits: anywhere, options: { kitchen_access: 'own', kitchen_kind: 'dark' } },
  { count: 60, fits: anywhere, options: { kitchen_access: 'own', kitchen_kind: 'recess' } },
  { count: 40, fits: anywhere, options: { hall: 'none' } },
  { count: 30, fits: stove, options: { heating: 'mixed' } },
  { count: 30, fits: stove, options: { heating: 'none', unheated_room: 'missing' } },
  { count: 30, fits: stove, options: { heating: 'stove', unheated_room: 'missing' } },
  { count: 20, fits: stove, options: { heating: 'electric', unheated_room: 'removed_by_tenant' } },
  { count: 20, fits: stove, options: { heating: 'gas' } },
  { count: 40, fits: anywhere, options: { gas: 'none' } },
  { count: 40, fits: anywhere, options: { gas: 'electric_adapted' } },
  { count: 80, fits: anywhere, options: { windows: 'single' } },
  { count: 80, fits: anywhere, options: { sunny: 'yes' } },
  { count: 90, fits: anywhere, options: { mould: 'independent' } },
  { count: 30, fits: anywhere, options: { mould: 'tenant' } },
  { count: 120, fits: anywhere, options: { damp: 'independent' } },
  { count: 40, fits: anywhere, options: { damp: 'tenant' } },
  { count: 110, fits: anywhere, options: { shaded: 'independent' } },
  { count: 15, fits: anywhere, options: { shaded: 'tenant' } },
  { count: 60, fits: anywhere, options: { underlit_cause: 'independent' }, measures: { window_to_floor: 0.109 } },
  { count: 15, fits: anywhere, options: { underlit_cause: 'tenant' }, measures: { window_to_floor: 0.118 } },
  { count: 20, fits: anywhere, options: { underlit_cause: 'independent' }, measures: { window_to_floor: 0.125 } },
];

function has({ options, measures }: DwellingDraft, wanted: Case): boolean {
  return includes(options, wanted.options) && includes(measures, wanted.measures);
}

function includes<T extends object>(found: T, wanted: T | undefined): boolean {
  for (const slot in wanted) if (found[slot] !== wanted[slot]) return false;
  return true;
}

/** Puts in every case that is missing, each into a dwelling that no other case needs; gives the dwellings that are cases. */
export function ensureCases(plan: Plan, buildings: readonly BuildingDraft[], random: Random): ReadonlySet<DwellingDraft> {
  const dwellings = random.shuffled(buildings.flatMap((building) => building.dwellings));
  const taken = new Set<DwellingDraft>();
  // Cases that fit few dwellings come first, or a small city would have none left for them.
  const cases = CASES.map((entry) => ({ entry, fitting: dwellings.filter(entry.fits) })).sort((a, b) => a.fitting.length - b.fitting.length);
  for (const { entry, fitting } of cases) {
    let missing = plan.scaled(entry.count);
    for (const dwelling of fitting) {
      if (missing <= 0) break;
      if (taken.has(dwelling) || !has(dwelling, entry)) continue;
      taken.add(dwelling);
      missing -= 1;
    }
    for (const dwelling of fitting) {
      if (missing <= 0) break;
      if (taken.has(dwelling) || !entry.fits(dwelling)) continue;
      Object.assign(dwelling.options, entry.options);
      Object.assign(dwelling.measures, entry.measures);
      if (dwelling.options.entrance === 'staircase') delete dwelling.options.vestibule;
      taken.add(dwelling);
      missing -= 1;
    }
  }
  for (const dwelling of dwellings) if (dwelling.options.kitchen_access === 'none') delete dwelling.options.kitchen_kind;
  return taken;
}
