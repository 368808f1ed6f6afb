/**
 * TIME-1, TIME-2: how terms are counted. KC art. 110–115.
 * Reading: art. 115 moves ends of terms for acts by the citizen only, so it is asked for where it applies.
 */
import type { Holiday } from '../law/types.ts';
import type { DayRange } from './ranges.ts';
import { contains } from './ranges.ts';
import type { PlainDate } from './plain.ts';
import { addDays, addMonths, parsePlainDate, weekday, yearOf } from './plain.ts';

/** Easter Sunday of the year (Gauss's rule in the form of Meeus, Jones and Butcher). */
export function easterSunday(year: number): PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const l = (32 + 2 * (b % 4) + 2 * i - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return parsePlainDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/** Whether the day is off work or, by art. 115, a Saturday: as the list of the law says for that day. */
export function isDayOff(day: PlainDate, holidays: readonly (Holiday & DayRange)[]): boolean {
  return holidays.some((holiday) => {
    if (!contains(holiday, day)) return false;
    if (holiday.weekday !== null) return weekday(day) === holiday.weekday;
    if (holiday.fixed !== null) return day.slice(5) === holiday.fixed;
    return holiday.easter !== null && addDays(easterSunday(yearOf(day)), holiday.easter) === day;
  });
}

/** The day itself, or the next that is neither a day off nor a Saturday. KC art. 115 */
export function movedOffDaysOff(day: PlainDate, holidays: readonly Holiday[]): PlainDate {
  let moved = day;
  while (isDayOff(moved, holidays)) moved = addDays(moved, 1);
  return moved;
}

/** Last day of a term of `days` days: counted from the day after the event. KC art. 111 */
export function termOfDays(event: PlainDate, days: number): PlainDate {
  return addDays(event, days);
}

/** Last day of a term of `months` months: the day that corresponds by its date, else the month's last. KC art. 112 */
export function termOfMonths(event: PlainDate, months: number): PlainDate {
  return addMonths(event, months);
}

/** The middle of the day's month. KC art. 113 §1 */
export function middleOfMonth(day: PlainDate): PlainDate {
  return parsePlainDate(`${day.slice(0, 8)}15`);
}

/** The first day that is "not earlier than `months` months before" the day, that day included. TIME-2 */
export function notEarlierThan(day: PlainDate, months: number): PlainDate {
  return addMonths(day, -months);
}
