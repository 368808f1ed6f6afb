/** Rooms of a dwelling with their parts by height; areas are whole hundredths of a square metre. VAL-9 */
import type { DwellingDraft, Style } from './drafts.ts';
import type { Amendment } from './history.ts';
import { history, since } from './history.ts';
import type { Random } from './random.ts';
import type { Band, City, RoomPart, Times } from './rows.ts';

/** A room as it was found; its area in 0.01 m². */
interface Room {
  readonly code: string;
  readonly kind: string;
  readonly use: 'own' | 'common';
  readonly area: number;
}

/** Usual area in m². */
const USUAL: Readonly<Record<Style, number>> = { tenement: 43, huta: 39, estate: 41, house: 52, school: 42, hotel: 23 };

/** Writes the parts of all rooms of a dwelling; gives the codes of the rooms that can be let on their own. */
export function writeRooms(dwelling: DwellingDraft, city: City, random: Random): string[] {
  const rooms = layOut(dwelling, random);
  const attic = dwelling.options.attic === 'yes';
  for (const room of rooms) {
    const parts = attic && room.kind === 'room' ? underTheRoof(room.area, random) : [['from_220', room.area] as const];
    parts.forEach(([band, area], index) => writePart(dwelling, room, index + 1, part(room, band, area), city));
  }
  writeNewRoom(dwelling, city);
  return rooms.filter(({ kind, use }) => kind === 'room' && use === 'own').map(({ code }) => code);
}

function layOut(dwelling: DwellingDraft, random: Random): Room[] {
  const { options, measures, privateRooms } = dwelling;
  const common = privateRooms > 0 ? 'common' : 'own';
  const rooms: Room[] = [];
  const add = (code: string, kind: string, area: number): void => void rooms.push({ code, kind, use: common, area });
  const total = totalArea(dwelling, random);
  if (options.kitchen_access !== 'none') {
    const recess = options.kitchen_kind === 'recess';
    add('K1', 'kitchen', recess ? random.int(180, 420) : random.int(480, 560) + Math.floor(total * 0.08));
  }
  if (options.hall !== 'none') add('PP1', 'hall', random.int(220, 420) + Math.floor(total * 0.06));
  wet(dwelling, add, random);
  if (random.chance(0.07)) add('S1', 'pantry', random.int(90, 260));
  if (random.chance(0.03)) add('A1', 'alcove', random.int(280, 620));
  if (random.chance(0.03)) add('KO1', 'corridor', random.int(150, 520));
  const rest = Math.max(total - rooms.reduce((sum, { area }) => sum + area, 0), 620 * Math.max(privateRooms, 1));
  rooms.push(...livingRooms(privateRooms > 0 ? privateRooms : roomCount(rest), rest, random));
  if (measures.balcony_area !== undefined) {
    add('B1', random.weighted([['balcony', 7], ['loggia', 3], ['terrace', 0.3]] as const), Math.round(measures.balcony_area * 100));
  }
  extras(dwelling, add, random);
  return rooms;
}

function totalArea(dwelling: DwellingDraft, random: Random): number {
  if (dwelling.role === 'temporary') return random.int(1050, 2100);
  const usual = USUAL[dwelling.building.style] + dwelling.privateRooms * 17;
  const smaller = dwelling.role === 'social' ? 0.86 : 1.03;
  const area = usual * smaller * Math.exp(random.bell() * 0.33);
  return Math.round(Math.min(Math.max(area, 14), 165) * 100);
}

function roomCount(area: number): number {
  return area < 2300 ? 1 : area < 3700 ? 2 : area < 5600 ? 3 : 4;
}

/** Bathroom and w.c., together or apart; own ones on the corridor serve the tenant too. */
function wet({ options: { bathroom, wc } }: DwellingDraft, add: (code: string, kind: string, area: number) => void, random: Random): void {
  const own = (option: string | undefined): boolean => option === 'own' || option === 'own_corridor' || option === 'shared_inside';
  if (own(bathroom) && own(wc) && bathroom === wc && random.chance(0.7)) {
    add('L1', 'bathroom_wc', random.int(310, 620));
    return;
  }
  if (own(bathroom)) add('L1', 'bathroom', random.int(260, 560));
  if (own(wc)) add('W1', 'wc', random.int(95, 190));
}

/** Rooms of unequal size that add up to the area. */
function livingRooms(count: number, area: number, random: Random): Room[] {
  const weights = Array.from({ length: count }, () => 0.7 + random.real() * 0.8);
  const weight = weights.reduce((sum, value) => sum + value, 0);
  let used = 0;
  return weights.map((value, index) => {
    const own = index === count - 1 ? area - used : Math.round((value / weight) * area);
    used += own;
    return { code: `P${index + 1}`, kind: 'room', use: 'own', area: own };
  });
}

const EXTRA = [
  ['mezzanine', 'AN1'], ['wall_cupboard', 'SZ1'], ['laundry', 'PR1'], ['drying_room', 'SU1'],
  ['pram_room', 'WO1'], ['attic', 'ST1'], ['shed', 'KM1'], ['storage', 'SK1'],
] as const;

function extras(dwelling: DwellingDraft, add: (code: string, kind: string, area: number) => void, random: Random): void {
  if (dwelling.options.cellar === 'yes' && random.chance(0.6)) add('PI1', 'cellar', random.int(190, 860));
  // Turn by turn, so that a small city has one of each as well.
  const [kind, code] = EXTRA[dwelling.id % 100] ?? ['', ''];
  if (kind !== '') add(code, kind, random.int(110, 640));
}

/** Under a sloping roof: three bands of height, or two. UOPL art. 2(2) */
function underTheRoof(area: number, random: Random): (readonly [Band, number])[] {
  const half = Math.round(area * (0.12 + random.real() * 0.14));
  const low = random.chance(0.75) ? Math.round(area * (0.05 + random.real() * 0.1)) : 0;
  const bands: (readonly [Band, number])[] = [['from_220', area - half - low], ['from_140', half]];
  return low > 0 ? [...bands, ['under_140', low]] : bands;
}

function part({ kind, use }: Room, band: Band, area: number): RoomPart {
  return { kind, use, band, area_m2: (area / 100).toFixed(2) };
}

/** How much a rebuilding takes from the room it is carved out of, in 0.01 m². */
const BUILT_IN = { bathroom: 310, divided: 180, measured: -37 } as const;
const CARVED_FROM = { bathroom: 'K1', divided: 'P1', measured: 'P1' } as const;

function writePart(dwelling: DwellingDraft, room: Room, number: number, value: RoomPart, city: City): void {
  const { building: { surveyed, survey }, rebuilt, id } = dwelling;
  const write = ({ kind, use, band, area_m2 }: RoomPart, { valid, recorded, change_id, closed_change_id }: Times): void =>
    void city.room_parts.push({
      dwelling_id: id, room: room.code, part: number, kind, use, band, area_m2, valid, recorded, change_id, closed_change_id,
    });
  if (rebuilt === null || number > 1 || room.code !== CARVED_FROM[rebuilt.how]) {
    write(value, since(surveyed, survey));
    return;
  }
  const area = Math.round(Number(value.area_m2) * 100) - BUILT_IN[rebuilt.how];
  const amendment: Amendment<RoomPart> = { ...rebuilt.days, change: rebuilt.change, value: { ...value, area_m2: (Math.max(area, 120) / 100).toFixed(2) } };
  history({ ...surveyed, value, change: survey }, [amendment], write);
}

/** The room that was built in. */
function writeNewRoom({ id, rebuilt }: DwellingDraft, city: City): void {
  if (rebuilt === null || rebuilt.how === 'measured') return;
  const [room, kind] = rebuilt.how === 'bathroom' ? ['L9', 'bathroom_wc'] : ['G9', 'storage'];
  const area_m2 = (BUILT_IN[rebuilt.how] / 100).toFixed(2);
  city.room_parts.push({ dwelling_id: id, room, part: 1, kind, use: 'own', band: 'from_220', area_m2, ...since(rebuilt.days, rebuilt.change) });
}
