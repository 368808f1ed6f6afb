/** Days, terms and ranges: what holds of all of them. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { easterSunday, isDayOff, movedOffDaysOff, notEarlierThan, termOfDays, termOfMonths } from '../../../src/platform/dates/deadlines.ts';
import type { PlainDate } from '../../../src/platform/dates/plain.ts';
import { addDays, addMonths, daysBetween, isPlainDate, monthEnd, monthStart, monthStartFrom, parsePlainDate, weekday } from '../../../src/platform/dates/plain.ts';
import type { DayRange } from '../../../src/platform/dates/ranges.ts';
import { changeDays, clip, contains, formatDayRange, overlaps, parseDayRange, piecewise, without } from '../../../src/platform/dates/ranges.ts';
import { BOOK, day } from '../../support/law.ts';

const anyDay: fc.Arbitrary<PlainDate> = fc.integer({ min: 0, max: 60_000 }).map((days) => Temporal.PlainDate.from('1900-01-01').add({ days }).toString() as PlainDate);
const months = fc.integer({ min: -600, max: 600 });

describe('a day', () => {
  test('moved by months is what Temporal makes of it, clamped to the month’s end', () => {
    fc.assert(fc.property(anyDay, months, (on, count) => {
      expect(addMonths(on, count)).toBe(Temporal.PlainDate.from(on).add({ months: count }, { overflow: 'constrain' }).toString());
    }));
  });

  test('moved by days and back is itself, and the days between are counted', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (on, count) => {
      expect(addDays(addDays(on, count), -count)).toBe(on);
      expect(daysBetween(on, addDays(on, count))).toBe(count);
    }));
  });

  test('lies between the first and the last of its month', () => {
    fc.assert(fc.property(anyDay, (on) => {
      const date = Temporal.PlainDate.from(on);
      expect(monthStart(on)).toBe(date.with({ day: 1 }).toString());
      expect(monthEnd(on)).toBe(date.with({ day: date.daysInMonth }).toString());
      expect(monthStartFrom(on)).toBe(date.day === 1 ? on : date.with({ day: 1 }).add({ months: 1 }).toString());
      expect(weekday(on)).toBe(date.dayOfWeek);
      expect(parsePlainDate(on)).toBe(on);
    }));
  });

  test('that is in no calendar is refused', () => {
    fc.assert(fc.property(fc.integer({ min: 1800, max: 2999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (year, month, number) => {
      const text = `${year}-${String(month).padStart(2, '0')}-${String(number).padStart(2, '0')}`;
      let real = true;
      try {
        Temporal.PlainDate.from({ year, month, day: number }, { overflow: 'reject' });
      } catch {
        real = false;
      }
      expect(isPlainDate(text)).toBe(real);
    }));
  });
});

describe('a term', () => {
  const holidays = BOOK.tables.holidays;

  test('of months ends on the day that corresponds, and "not earlier than" goes back the same way', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (event, count) => {
      expect(termOfMonths(event, count)).toBe(Temporal.PlainDate.from(event).add({ months: count }).toString());
      expect(notEarlierThan(event, count)).toBe(Temporal.PlainDate.from(event).subtract({ months: count }).toString());
      expect(daysBetween(event, termOfDays(event, count))).toBe(count);
    }));
  });

  test('moved off days off ends on the first working day from its end', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 5000 }).map((days) => addDays(day('2017-01-01'), days)), (last) => {
      const moved = movedOffDaysOff(last, holidays);
      expect(moved >= last).toBe(true);
      expect(isDayOff(moved, holidays)).toBe(false);
      for (let on = last; on < moved; on = addDays(on, 1)) expect(isDayOff(on, holidays)).toBe(true);
      expect(weekday(moved)).toBeLessThan(6);
    }));
  });

  test.each([[2024, '2024-03-31'], [2025, '2025-04-20'], [2026, '2026-04-05'], [2027, '2027-03-28'], [2038, '2038-04-25'], [2285, '2285-03-22']])('knows Easter of %i', (year, sunday) => {
    expect(easterSunday(year)).toBe(sunday);
  });
});

const SPAN = 40;
const ORIGIN = day('2026-01-01');
const at = (offset: number): PlainDate => addDays(ORIGIN, offset);
const range: fc.Arbitrary<DayRange> = fc
  .tuple(fc.integer({ min: 0, max: SPAN - 1 }), fc.option(fc.integer({ min: 1, max: SPAN })))
  .map(([from, length]) => ({ from: at(from), to: length === null ? null : at(from + length) }));
const EVERY_DAY = Array.from({ length: 2 * SPAN + 2 }, (_, offset) => at(offset - 1));

describe('ranges of days', () => {
  test('overlap where they share a day, and their clip is what they share', () => {
    fc.assert(fc.property(range, range, (a, b) => {
      const both = EVERY_DAY.filter((on) => contains(a, on) && contains(b, on));
      const shared = clip(a, b);
      expect(overlaps(a, b)).toBe(both.length > 0);
      expect(EVERY_DAY.filter((on) => shared !== null && contains(shared, on))).toEqual(both);
      expect(clip(b, a)).toEqual(shared);
    }));
  });

  test('without a hole hold the days outside it, in pieces that are not empty', () => {
    fc.assert(fc.property(range, range, (whole, hole) => {
      const pieces = without(whole, hole);
      expect(EVERY_DAY.filter((on) => pieces.some((piece) => contains(piece, on)))).toEqual(EVERY_DAY.filter((on) => contains(whole, on) && !contains(hole, on)));
      expect(pieces.every(({ from, to }) => to === null || from < to)).toBe(true);
    }));
  });

  test('are written as PostgreSQL writes them', () => {
    fc.assert(fc.property(range, (written) => {
      expect(parseDayRange(formatDayRange(written))).toEqual(written);
    }));
  });

  test('split a window at every change into pieces that adjoin, equal neighbours as one', () => {
    fc.assert(fc.property(fc.array(range, { maxLength: 5 }), range, (ranges, window) => {
      const count = (on: PlainDate): number => ranges.filter((entry) => contains(entry, on)).length;
      const pieces = piecewise(ranges, window, count, (a, b) => a === b);
      expect(pieces[0]?.range.from).toBe(window.from);
      expect(pieces.at(-1)?.range.to).toBe(window.to);
      pieces.forEach((piece, index) => {
        const next = pieces[index + 1];
        if (!next) return;
        expect(piece.range.to).toBe(next.range.from);
        expect(piece.value).not.toBe(next.value);
      });
      for (const on of EVERY_DAY.filter((each) => contains(window, each))) expect(pieces.find((piece) => contains(piece.range, on))?.value).toBe(count(on));
      expect([...changeDays(ranges, window)].sort()).toEqual(changeDays(ranges, window));
    }));
  });
});
