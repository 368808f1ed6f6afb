/** VAL-9: what of a room counts, and what counted parts add up to. Pure. */
import { keptAlike } from '../../platform/kept.ts';
import type { Law } from '../../platform/law/book.ts';
import { Dec, HUNDRED, ZERO, halfUp, internedDec } from '../../platform/money.ts';
import { quantity, shared } from '../../platform/statement/lines.ts';
import type { Line } from '../../platform/statement/types.ts';
import type { RoomPart } from '../facts.ts';

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

export function decimalOf(units: number): Dec {
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

export function totalOfWhole(law: Law, units: number): Total {
  const known = countedBy(law).totals;
  let total = known.get(units);
  if (!total) {
    if (known.size >= MOST_TOTALS) known.clear();
    const { area, line, rounding } = totalOf(law, decimalOf(units));
    known.set(units, (total = { area, line: shared(line), rounding: rounding && shared(rounding) }));
  }
  return total;
}

export function totalOf(law: Law, exact: Dec): Total {
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

/** What of the part counts; worked out once for the same part. */
export function countedPart(law: Law, part: RoomPart, uncounted: readonly string[]): CountedPart {
  const { parts } = countedBy(law);
  let counted = parts.get(part);
  if (!counted) parts.set(part, (counted = countPart(law, part, uncounted)));
  return counted;
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
export function countedArea(law: Law, parts: readonly RoomPart[], uncounted: readonly string[]): Dec {
  return parts
    .filter((part) => !uncounted.includes(part.kind))
    .reduce((sum, part) => sum.plus(countArea(law, part.area, part.band).area), ZERO);
}
