/** Buildings with their addresses, staircases and numbered dwellings. */
import { workdayFrom } from './calendar.ts';
import type { Changes } from './changes.ts';
import type { BuildingDraft, DwellingDraft, StaircaseDraft, Style } from './drafts.ts';
import type { Plan } from './plan.ts';
import { SURVEYS } from './plan.ts';
import type { Random } from './random.ts';
import type { Street, StreetStyle } from './seeds.ts';
import { makeDetails, storeysOf } from './sites.ts';

/** Share of the buildings, least number, usual number of the city's dwellings in one. */
const STYLES: readonly { readonly style: Style; readonly share: number; readonly least: number; readonly usual: number }[] = [
  { style: 'house', share: 0.045, least: 2, usual: 1 },
  { style: 'school', share: 0.013, least: 1, usual: 2 },
  { style: 'hotel', share: 0.012, least: 1, usual: 22 },
  { style: 'huta', share: 0.2, least: 4, usual: 9 },
  { style: 'estate', share: 0.26, least: 4, usual: 11 },
  { style: 'tenement', share: 0, least: 0, usual: 10 },
];

const STREET_STYLE: Readonly<Record<Style, StreetStyle>> = {
  tenement: 'tenement', huta: 'huta', estate: 'estate', house: 'house', school: 'other', hotel: 'other',
};

/** Styles dealt over the wanted number of buildings; tenements take what is left. */
function dealStyles(count: number, random: Random): Style[] {
  const styles = STYLES.flatMap(({ style, share, least }) => Array<Style>(Math.max(least, Math.round(share * count))).fill(style));
  while (styles.length < count) styles.push('tenement');
  return random.shuffled(styles);
}

/** The city's dwellings in each building: houses and schools hold few, the others share the rest unevenly. */
function dealSizes(styles: readonly Style[], total: number, random: Random): number[] {
  const usual = new Map(STYLES.map((entry) => [entry.style, entry.usual]));
  const weights = styles.map((style) => {
    if (style === 'house' || style === 'school') return 0;
    return (usual.get(style) ?? 1) * Math.exp(random.bell() * (style === 'hotel' ? 0.2 : 0.6));
  });
  const sizes = styles.map((style) => (style === 'house' ? random.int(1, 2) : style === 'school' ? random.int(1, 3) : 0));
  const rest = total - sizes.reduce((sum, size) => sum + size, 0);
  const weight = weights.reduce((sum, value) => sum + value, 0);
  let carried = 0;
  return sizes.map((size, index) => {
    if (size > 0) return size;
    const before = Math.round((carried / weight) * rest);
    carried += weights[index] ?? 0;
    return Math.round((carried / weight) * rest) - before;
  });
}

const inZone = (zone: Street['zone']) => (street: Street): boolean => street.zone === zone;
const byArtery = (band: string) => ({ arteries }: Street): boolean => arteries.flat().some((artery) => artery.band === band);
const FIRST = [inZone('S'), byArtery('over_3000'), inZone('C'), byArtery('1000_3000'), byArtery('500_1000'), inZone('A'), inZone('B')];

/** Streets of each style in an order in which every zone and every band of traffic comes soon. */
function dealStreets(streets: readonly Street[], random: Random): (style: Style) => Street {
  const lists = new Map<StreetStyle, Street[]>();
  for (const style of new Set(Object.values(STREET_STYLE))) {
    const shuffled = random.shuffled(streets.filter((street) => street.styles.includes(style)));
    const firsts = new Set(FIRST.flatMap((wanted) => shuffled.find(wanted) ?? []));
    lists.set(style, [...firsts, ...shuffled.filter((street) => !firsts.has(street))]);
  }
  const next = new Map<StreetStyle, number>();
  return (style) => {
    const key = STREET_STYLE[style];
    const list = lists.get(key) ?? [];
    const index = next.get(key) ?? 0;
    next.set(key, index + 1);
    const street = list[index % list.length];
    if (street === undefined) throw new Error(`seeds/demo/streets.yaml: no street for ${style}`);
    return street;
  };
}

/** Makes all buildings; their dwellings are vacant and nothing is known about them yet. */
export function makeBuildings(plan: Plan, streets: readonly Street[], changes: Changes, random: Random): BuildingDraft[] {
  const styles = dealStyles(plan.buildings, random);
  const sizes = dealSizes(styles, plan.total, random);
  const streetFor = dealStreets(streets, random);
  const numbers = new Map<string, number>();
  const ids = { staircase: 0, dwelling: 0 };
  const buildings: BuildingDraft[] = [];
  styles.forEach((style, index) => {
    const size = sizes[index] ?? 0;
    if (size === 0) return;
    const street = streetFor(style);
    const number = (numbers.get(street.street) ?? 0) + random.int(1, 3);
    numbers.set(street.street, number);
    const id = buildings.length + 1;
    const first = buildings.every((earlier) => earlier.style !== style);
    const building = makeBuilding({ id, style, street, number: String(number), first }, changes, random);
    addStaircases(building, size, ids, random);
    addDwellings(building, size, ids, random);
    buildings.push(building);
  });
  return buildings;
}

interface Site {
  readonly id: number;
  readonly style: Style;
  readonly street: Street;
  readonly number: string;
  /** No other of the style stands yet. */
  readonly first: boolean;
}

function makeBuilding({ id, style, street, number, first }: Site, changes: Changes, random: Random): BuildingDraft {
  const day = workdayFrom(random.int(SURVEYS.from, SURVEYS.to));
  const recorded = workdayFrom(day + random.int(2, 40));
  return {
    id,
    code: `B${String(id).padStart(5, '0')}`,
    style,
    street,
    details: makeDetails(style, street, number, random),
    detailsAmendment: null,
    storeys: storeysOf(style, random, first),
    survey: changes.add(recorded, 'survey', `Pierwsza inwentaryzacja budynku: ${street.street} ${number}`, 'marek.inwentaryzacja'),
    surveyed: { from: day, to: null },
    staircases: [],
    dwellings: [],
    traffic: [],
    options: {},
    measures: {},
    amendments: null,
  };
}

const ANNEXES = ['oficyna lewa', 'oficyna prawa', 'oficyna poprzeczna'];

function addStaircases(building: BuildingDraft, size: number, ids: { staircase: number }, random: Random): void {
  const add = (code: string, annexe: boolean): void => {
    ids.staircase += 1;
    building.staircases.push({ id: ids.staircase, building, code, annexe, options: {}, measures: {}, amendments: null });
  };
  if (building.style === 'tenement') {
    add('front', false);
    const annexes = size < 4 ? 0 : random.int(0, Math.min(3, Math.floor(size / 4)));
    for (const code of ANNEXES.slice(0, annexes)) add(code, true);
    return;
  }
  const many = building.style === 'huta' || building.style === 'estate';
  const count = many ? Math.min(6, random.int(1, 1 + Math.ceil(size / 4))) : 1;
  for (let number = 1; number <= count; number += 1) add(`klatka ${number}`, false);
}

function addDwellings(building: BuildingDraft, size: number, ids: { dwelling: number }, random: Random): void {
  const own = building.details.ownership !== 'community';
  let number = 0;
  for (let index = 0; index < size; index += 1) {
    number += own ? 1 : random.int(1, 3);
    ids.dwelling += 1;
    building.dwellings.push(makeDwelling(ids.dwelling, String(number), building, staircaseOf(building, index, size)));
  }
}

function staircaseOf(building: BuildingDraft, index: number, size: number): StaircaseDraft {
  const staircase = building.staircases[Math.floor((index * building.staircases.length) / size)];
  if (staircase === undefined) throw new Error(`no staircase in ${building.code}`);
  return staircase;
}

function makeDwelling(id: number, number: string, building: BuildingDraft, staircase: StaircaseDraft): DwellingDraft {
  return {
    id,
    code: `${building.code}-${number.padStart(3, '0')}`,
    number,
    building,
    staircase,
    role: 'vacant',
    holder: building.style === 'school' ? 'Miejska osoba prawna' : 'ZBK',
    basis: 'points',
    businesses: null,
    rebuilt: null,
    privateRooms: 0,
    options: {},
    measures: {},
    amendments: null,
  };
}
