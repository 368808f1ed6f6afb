/** VAL-9, VAL-10: usable area Pw as an explained sum. Pure. */
import { keptAlike } from '../platform/kept.ts';
import type { Law } from '../platform/law/book.ts';
import { Dec, HUNDRED, ZERO, apportion, halfUp, internedDec, plain } from '../platform/money.ts';
import { quantity, shared } from '../platform/statement/lines.ts';
import type { Line } from '../platform/statement/types.ts';
import type { Missing, RoomPart } from './facts.ts';

/** The rooms a lease of a shared dwelling uses alone, and those of the other leases and vacant rooms beside it. */
export interface Coverage {
  /** Codes of the rooms the lease uses alone; null = the whole dwelling. */
  readonly rooms: readonly string[] | null;
}

export interface Area {
  /** m², to 0.01. */
  readonly area: Dec;
  readonly lines: readonly Line[];
}

export const WHOLE: Coverage = { rooms: null };

/**
 * Usable area: rooms in or outside the dwelling, whatever their purpose; not balconies, cellars and the like (P ann. 2 I.4). Parts from
 * 2.20 m high count whole, from 1.40 m to under 2.20 m half, lower not at all (UOPL art. 2(2)). In a shared dwelling the common area is
 * charged in proportion to the area each lease uses alone (P ann. 2 I.4).
 */
export function usableArea(law: Law, parts: readonly RoomPart[], coverage: Coverage): Area | { readonly missing: readonly Missing[] } {
  if (parts.length === 0) return { missing: [{ subject: 'dwelling', what: 'rooms' }] };
  const uncounted = law.list('area.kinds_not_counted');
  const own = coverage.rooms === null ? parts : parts.filter((part) => part.use === 'own' && coverage.rooms?.includes(part.room));
  // A room of the lease that is not recorded would be charged as nothing: it is missing instead.
  if (own.length === 0 || coverage.rooms?.some((room) => !own.some((part) => part.room === room))) return { missing: [{ subject: 'lease', what: 'rooms' }] };
  const result: Line[] = [NO_AREA];
  let sum = 0;
  let rest = ZERO;
  const counted = countedBy(law).parts;
  for (const part of own) {
    let entry = counted.get(part);
    if (!entry) counted.set(part, (entry = countPart(law, part, uncounted)));
    const { line, area, whole } = entry;
    result.push(line);
    if (whole === null) rest = rest.plus(area);
    else sum += whole;
  }
  const common = coverage.rooms === null ? null : commonShare(law, parts, uncounted, coverage.rooms);
  if (common && 'missing' in common) return common;
  if (common) {
    rest = rest.plus(common.share);
    result.push(...common.lines);
  }
  const total = rest.isZero() ? totalOfWhole(law, sum) : totalOf(law, rest.plus(decimalOf(sum)));
  if (!total.area.gt(0)) return { missing: [{ subject: 'dwelling', what: 'usable_area' }] };
  result[0] = total.line;
  if (total.rounding !== null) result.push(total.rounding);
  return { area: total.area, lines: result };
}

const NO_AREA: Line = { id: 'area', rule: 'VAL-9', code: 'area' };

/** A sum of counted parts with what is said of it. */
interface Total {
  /** m², rounded. */
  readonly area: Dec;
  readonly line: Line;
  readonly rounding: Line | null;
}

/** Whole numbers of a ten-thousandth of a m² add up exactly without decimals: hundredths, counted by whole per cents. */
const UNITS = 10_000;
const MOST_WHOLE = 1e12;

function wholeOf(area: Dec): number | null {
  const units = area.times(UNITS);
  return units.isInteger() && units.abs().lt(MOST_WHOLE) ? units.toNumber() : null;
}

function decimalOf(units: number): Dec {
  return new Dec(units).div(UNITS);
}

/** What was counted by what a law says of areas. */
interface Counted {
  /** The same room of the same size stands in many dwellings of a city, as one object. */
  readonly parts: WeakMap<RoomPart, CountedPart>;
  /** Rooms are many, their sizes are few. */
  readonly areas: Map<RoomPart['band'], WeakMap<Dec, CountedArea>>;
  /** Dwellings of one area are many. */
  readonly totals: Map<number, Total>;
}

const MOST_TOTALS = 15_000;

const countedBy = keptAlike(
  (law: Law) => JSON.stringify([...law.parameters.values()].filter(({ key }) => key.startsWith('area.')).map(({ key, value, reference }) => [key, value, reference])),
  (): Counted => ({ parts: new WeakMap(), areas: new Map(), totals: new Map() }),
);

function totalOfWhole(law: Law, units: number): Total {
  const known = countedBy(law).totals;
  let total = known.get(units);
  if (!total) {
    if (known.size >= MOST_TOTALS) known.clear();
    const { area, line, rounding } = totalOf(law, decimalOf(units));
    known.set(units, (total = { area, line: shared(line), rounding: rounding && shared(rounding) }));
  }
  return total;
}

function totalOf(law: Law, exact: Dec): Total {
  const area = internedDec(halfUp(exact, law.integer('area.rounding_places')).toFixed());
  const line: Line = { id: 'area', rule: 'VAL-9', code: 'area', amount: quantity(area, 'm2') };
  const rounding: Line | null = area.eq(exact)
    ? null
    : { id: 'area.rounding', parent: 'area', rule: 'VAL-9', code: 'rounding', amount: quantity(area.minus(exact), 'm2'), law: law.cite('area.rounding_places') };
  return { area, line, rounding };
}

interface CountedPart {
  readonly line: Line;
  /** m² that count. */
  readonly area: Dec;
  /** The same in whole units; null where it is finer than they are. */
  readonly whole: number | null;
}

function countPart(law: Law, part: RoomPart, uncounted: readonly string[]): CountedPart {
  const id = `room.${part.room}.${part.part}`;
  const args = { room: part.room, kind: part.kind, band: part.band };
  if (uncounted.includes(part.kind)) {
    const line: Line = {
      id, parent: 'area', rule: 'VAL-9', code: 'room_not_counted', args,
      quantity: quantity(part.area, 'm2'), rate: '0 %', amount: '0 m2', law: law.cite('area.kinds_not_counted'),
    };
    return { line: shared(line), area: ZERO, whole: 0 };
  }
  const { area, whole, told } = countArea(law, part.area, part.band);
  return { line: shared({ id, parent: 'area', rule: 'VAL-9', code: 'room', args, ...told }), area, whole };
}

interface CountedArea {
  /** m² that count. */
  readonly area: Dec;
  readonly whole: number | null;
  readonly told: Pick<Line, 'quantity' | 'rate' | 'amount' | 'law'>;
}

/** What of an area in a height band counts. */
function countArea(law: Law, measured: Dec, band: RoomPart['band']): CountedArea {
  const bands = countedBy(law).areas;
  let known = bands.get(band);
  if (!known) bands.set(band, (known = new WeakMap()));
  let counted = known.get(measured);
  if (!counted) {
    const key = `area.band.${band}`;
    const share = law.number(key);
    const area = measured.times(share).div(HUNDRED);
    const told = { quantity: quantity(measured, 'm2'), rate: quantity(share, '%'), amount: quantity(area, 'm2'), law: law.cite(key) };
    known.set(measured, (counted = { area, whole: wholeOf(area), told }));
  }
  return counted;
}

/** Counted area of the parts, m². */
function countedArea(law: Law, parts: readonly RoomPart[], uncounted: readonly string[]): Dec {
  return parts
    .filter((part) => !uncounted.includes(part.kind))
    .reduce((sum, part) => sum.plus(countArea(law, part.area, part.band).area), ZERO);
}

/**
 * The lease's part of the common area: every room used alone, let or vacant, has its share by its own area, to 0.01 m² by largest
 * remainder in the order of the rooms' codes, so that the shares add up to the common area exactly. VAL-10, reading
 */
function commonShare(
  law: Law,
  parts: readonly RoomPart[],
  uncounted: readonly string[],
  covered: readonly string[],
): { share: Dec; lines: Line[] } | { missing: readonly Missing[] } {
  const places = law.integer('area.share_places');
  const exact = countedArea(law, parts.filter((part) => part.use === 'common'), uncounted);
  const common = halfUp(exact, places);
  if (common.isZero()) return { share: ZERO, lines: [] };
  const shares = roomShares(law, parts, uncounted, common, places);
  if (shares.size === 0) return { missing: [{ subject: 'dwelling', what: 'usable_area' }] };
  const whole = [...shares.values()].reduce((sum, { own }) => sum.plus(own), ZERO);
  let share = ZERO;
  const lines: Line[] = common.eq(exact) ? [] : [roundedCommon(law, exact, common)];
  for (const room of [...covered].sort()) {
    const entry = shares.get(room);
    if (!entry) continue;
    share = share.plus(entry.share);
    lines.push({
      id: `common.${room}`, parent: 'area', rule: 'VAL-10', code: 'common_share',
      args: { room, own: plain(entry.own), whole: plain(whole), common: plain(common) },
      amount: quantity(entry.share, 'm2'), law: law.cite('area.share_places'),
    });
  }
  return { share, lines };
}

/** What is shared is rounded first, so that the shares add up to it: a line without an amount says so. VAL-10, reading */
function roundedCommon(law: Law, exact: Dec, common: Dec): Line {
  return { id: 'common', parent: 'area', rule: 'VAL-10', code: 'common_rounded', args: { exact: plain(exact), common: plain(common) }, law: law.cite('area.share_places') };
}

/** Each room used alone with its own area and its share of the common area, m². */
export function roomShares(
  law: Law,
  parts: readonly RoomPart[],
  uncounted: readonly string[],
  common: Dec,
  places: number,
): Map<string, { own: Dec; share: Dec }> {
  const rooms = [...new Set(parts.filter((part) => part.use === 'own').map((part) => part.room))].sort();
  const own = rooms.map((room) => countedArea(law, parts.filter((part) => part.room === room), uncounted));
  if (!own.some((area) => area.gt(0))) return new Map();
  const shares = apportion(common, own, places);
  return new Map(rooms.map((room, index) => [room, { own: own[index] ?? ZERO, share: shares[index] ?? ZERO }]));
}

/** A user of an auxiliary room with the usable area of the premises it owns, m². VAL-10 */
export interface AuxiliaryUser {
  readonly premises: string;
  readonly area: Dec;
}

/** Each user's part of an auxiliary room, to 0.01 m² by largest remainder in the order of the premises' codes. P ann. 2 I.4 */
export function auxiliaryShares(law: Law, room: Dec, users: readonly AuxiliaryUser[]): Map<string, Dec> {
  const ordered = [...users].sort((a, b) => (a.premises < b.premises ? -1 : 1));
  const shares = apportion(room, ordered.map(({ area }) => area), law.integer('area.share_places'));
  return new Map(ordered.map(({ premises }, index) => [premises, shares[index] ?? ZERO]));
}
