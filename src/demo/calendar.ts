/** Days as whole numbers: a city needs a million of them, so they are counted here and written as text once. */
import type { PlainDate } from '../platform/dates/plain.ts';
import { addMonths, monthEnd, parsePlainDate } from '../platform/dates/plain.ts';

/** Days since Monday, 1 January 1990. */
export type Day = number;

/** Days from one to another, the second excluded; null = no end. */
export interface Days {
  readonly from: Day;
  readonly to: Day | null;
}

const FIRST_YEAR = 1990;
const LAST_YEAR = 2109;

const TEXTS: readonly PlainDate[] = allDays();
const NUMBERS: ReadonlyMap<string, Day> = new Map(TEXTS.map((text, day) => [text, day]));

function allDays(): PlainDate[] {
  const days: PlainDate[] = [];
  for (let month = 0; month < (LAST_YEAR - FIRST_YEAR + 1) * 12; month += 1) {
    const first = addMonths(parsePlainDate(`${FIRST_YEAR}-01-01`), month);
    const length = Number(monthEnd(first).slice(8));
    for (let day = 1; day <= length; day += 1) days.push(`${first.slice(0, 8)}${String(day).padStart(2, '0')}` as PlainDate);
  }
  return days;
}

/** @throws RangeError outside the years that are counted */
export function dayNumber(day: string): Day {
  const number = NUMBERS.get(day);
  if (number === undefined) throw new RangeError(`not a day of ${FIRST_YEAR}–${LAST_YEAR}: ${day}`);
  return number;
}

/** @throws RangeError outside the years that are counted */
export function dayText(day: Day): PlainDate {
  const text = TEXTS[day];
  if (text === undefined) throw new RangeError(`not a day of ${FIRST_YEAR}–${LAST_YEAR}: ${day}`);
  return text;
}

/** The same day number some months later, clamped to the month's end. KC art. 112 */
export function plusMonths(day: Day, months: number): Day {
  return dayNumber(addMonths(dayText(day), months));
}

/** The first of the month on or after the day. */
export function firstOfMonthFrom(day: Day): Day {
  const text = dayText(day);
  return text.endsWith('-01') ? day : dayNumber(addMonths(`${text.slice(0, 8)}01` as PlainDate, 1));
}

/** Monday to Friday; holidays are not looked at. */
export function isWorkday(day: Day): boolean {
  return day % 7 < 5;
}

/** The day itself or the last workday before it. */
export function workdayUpTo(day: Day): Day {
  let workday = day;
  while (!isWorkday(workday)) workday -= 1;
  return workday;
}

/** The day itself or the first workday after it. */
export function workdayFrom(day: Day): Day {
  let workday = day;
  while (!isWorkday(workday)) workday += 1;
  return workday;
}

const OPEN = new Map<Day, string>();

/** As PostgreSQL reads a `daterange`; equal open ranges are one and the same text. */
export function rangeText({ from, to }: Days): string {
  if (to !== null) return `[${dayText(from)},${dayText(to)})`;
  let text = OPEN.get(from);
  if (text === undefined) {
    text = `[${dayText(from)},)`;
    OPEN.set(from, text);
  }
  return text;
}
