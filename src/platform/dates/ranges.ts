/** Ranges of days `[from, to)`; `to` null = open. Values with their own module: no slice compares bounds by hand. */
import type { PlainDate } from './plain.ts';
import { parsePlainDate } from './plain.ts';

export interface DayRange {
  readonly from: PlainDate;
  /** First day outside; null = no end. */
  readonly to: PlainDate | null;
}

/** @throws RangeError when the range would be empty */
export function dayRange(from: PlainDate, to: PlainDate | null): DayRange {
  if (to !== null && to <= from) throw new RangeError(`empty range ${from}–${to}`);
  return { from, to };
}

export function contains(range: DayRange, day: PlainDate): boolean {
  return range.from <= day && (range.to === null || day < range.to);
}

export function overlaps(a: DayRange, b: DayRange): boolean {
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

/** The part of `range` inside `window`, or null. */
export function clip(range: DayRange, window: DayRange): DayRange | null {
  if (!overlaps(range, window)) return null;
  const from = range.from > window.from ? range.from : window.from;
  const to = range.to === null ? window.to : window.to === null || range.to < window.to ? range.to : window.to;
  return { from, to };
}

/** What remains of `range` without `hole`: none, one or two pieces. */
export function without(range: DayRange, hole: DayRange): DayRange[] {
  if (!overlaps(range, hole)) return [range];
  const pieces: DayRange[] = [];
  if (range.from < hole.from) pieces.push({ from: range.from, to: hole.from });
  if (hole.to !== null && (range.to === null || hole.to < range.to)) pieces.push({ from: hole.to, to: range.to });
  return pieces;
}

/** Reads `[2026-01-01,2027-01-01)` as PostgreSQL writes a `daterange`; an open start is refused, for facts begin on a day. */
export function parseDayRange(text: string): DayRange {
  const match = /^\[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)?\)$/.exec(text);
  if (!match?.[1]) throw new RangeError(`not a day range: ${text}`);
  return { from: parsePlainDate(match[1]), to: match[2] === undefined ? null : parsePlainDate(match[2]) };
}

/** As PostgreSQL reads a `daterange`. */
export function formatDayRange(range: DayRange): string {
  return `[${range.from},${range.to ?? ''})`;
}

/** Days at which any of the ranges begins or ends inside the window, with the window's own start; sorted, without repeats. */
export function changeDays(ranges: Iterable<DayRange>, window: DayRange): PlainDate[] {
  const days = new Set<PlainDate>([window.from]);
  for (const range of ranges) {
    if (contains(window, range.from)) days.add(range.from);
    if (range.to !== null && contains(window, range.to)) days.add(range.to);
  }
  return [...days].sort();
}

/** Splits the window at every change, computes each piece and merges equal neighbours. */
export function piecewise<T>(
  ranges: Iterable<DayRange>,
  window: DayRange,
  compute: (day: PlainDate) => T,
  same: (a: T, b: T) => boolean,
): { range: DayRange; value: T }[] {
  const days = changeDays(ranges, window);
  const pieces: { range: DayRange; value: T }[] = [];
  days.forEach((day, index) => {
    const value = compute(day);
    const to = days[index + 1] ?? window.to;
    const last = pieces.at(-1);
    if (last && same(last.value, value)) pieces[pieces.length - 1] = { range: { from: last.range.from, to }, value: last.value };
    else pieces.push({ range: { from: day, to }, value });
  });
  return pieces;
}
