/** How many of what: the figures of the end of 2024, scaled to the size that was asked for. */
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Day } from './calendar.ts';
import { dayNumber } from './calendar.ts';

export interface CityOptions {
  /** Any whole number: the same seed gives the same city. */
  readonly seed: number;
  /** Dwellings let with a title on the anchor day, 120 to 150,000. */
  readonly dwellings: number;
  /** The present day of the city; nothing is recorded after it. */
  readonly anchor: PlainDate;
}

/** P ch. I: the board lets 14,604 dwellings, 4,933 of them under social leases; beside them 64 temporary rooms and 1,168 vacant dwellings. */
export const DEFAULT_DWELLINGS = 14_604;
const SOCIAL = 4_933;
const TEMPORARY_ROOMS = 64;
const VACANT = 1_168;
/** No source counts them; P table 7 has 333 judgments against the city's own tenants waiting to be carried out. */
const UNTITLED = 430;
const BUILDINGS = 1_600;

const MIN_DWELLINGS = 120;
const MAX_DWELLINGS = 150_000;
const MIN_BUILDINGS = 20;

export interface Plan {
  readonly seed: number;
  readonly anchor: Day;
  /** Dwellings let with a title on the anchor day: whole, or their rooms. */
  readonly let: number;
  readonly social: number;
  readonly temporary: number;
  readonly untitled: number;
  readonly vacant: number;
  /** Of the vacant: a lease is signed that begins after the anchor day. */
  readonly upcoming: number;
  /** Of the let: to several tenants, by rooms. */
  readonly shared: number;
  readonly total: number;
  readonly buildings: number;
  /** A figure at the default size, scaled; never under one. */
  readonly scaled: (count: number, least?: number) => number;
}

/** First surveys of buildings fall into these days; what they found holds by 1 January 2019. */
export const SURVEYS: { readonly from: Day; readonly to: Day } = { from: dayNumber('2015-01-05'), to: dayNumber('2018-12-14') };
/** What changed later changed from here on. */
export const CHANGES_FROM: Day = dayNumber('2019-03-01');
const EARLIEST_ANCHOR: Day = dayNumber('2022-01-01');
const LATEST_ANCHOR: Day = dayNumber('2099-12-31');

/** @throws RangeError for a size or an anchor that gives no city */
export function planOf({ seed, dwellings, anchor }: CityOptions): Plan {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed is not a whole number: ${seed}`);
  if (!Number.isInteger(dwellings) || dwellings < MIN_DWELLINGS || dwellings > MAX_DWELLINGS) {
    throw new RangeError(`dwellings must be a whole number from ${MIN_DWELLINGS} to ${MAX_DWELLINGS}: ${dwellings}`);
  }
  const anchorDay = dayNumber(anchor);
  if (anchorDay < EARLIEST_ANCHOR || anchorDay > LATEST_ANCHOR) throw new RangeError(`anchor must be from 2022 to 2099: ${anchor}`);
  const scaled = (count: number, least = 1): number => Math.max(least, Math.round((count * dwellings) / DEFAULT_DWELLINGS));
  const temporary = scaled(TEMPORARY_ROOMS, 2);
  const untitled = scaled(UNTITLED, 5);
  const vacant = scaled(VACANT, 5);
  const total = dwellings + temporary + untitled + vacant;
  return {
    seed,
    anchor: anchorDay,
    let: dwellings,
    social: scaled(SOCIAL),
    temporary,
    untitled,
    vacant,
    upcoming: scaled(25, 2),
    shared: scaled(60, 3),
    total,
    buildings: scaled(BUILDINGS, MIN_BUILDINGS),
    scaled,
  };
}
