/**
 * Plain dates as branded `YYYY-MM-DD` strings: they compare, sort and travel as text. Temporal stays inside this folder.
 */
import { Temporal } from 'temporal-polyfill';

declare const plainDateBrand: unique symbol;

/** A calendar day, `2026-01-31`. */
export type PlainDate = string & { readonly [plainDateBrand]: 'PlainDate' };

const FORM = /^(?:1[89]|2\d)\d\d-\d\d-\d\d$/;

/** True for a real day of the years 1800–2999 written `YYYY-MM-DD`. */
export function isPlainDate(text: string): text is PlainDate {
  if (!FORM.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(text.slice(0, 4)), month);
}

/** @throws RangeError when the text is not a real day written `YYYY-MM-DD` */
export function parsePlainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new RangeError(`not a date: ${JSON.stringify(text)}`);
  return text;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day `days` later (earlier when negative). */
export function addDays(day: PlainDate, days: number): PlainDate {
  return Temporal.PlainDate.from(day).add({ days }).toString() as PlainDate;
}

/** The same day number `months` later, clamped to the month's end. KC art. 112 */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(month / 12);
  const inYear = (month % 12) + 1;
  const number = Math.min(Number(day.slice(8, 10)), daysIn(year, inYear));
  return `${String(year).padStart(4, '0')}-${pad(inYear)}-${pad(number)}` as PlainDate;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The first day of the day's month. */
export function monthStart(day: PlainDate): PlainDate {
  return `${day.slice(0, 8)}01` as PlainDate;
}

/** The last day of the day's month. */
export function monthEnd(day: PlainDate): PlainDate {
  return `${day.slice(0, 8)}${pad(daysIn(Number(day.slice(0, 4)), Number(day.slice(5, 7))))}` as PlainDate;
}

/** The first of the month on or after the day: a cause on the 1st counts for that month. NOT-5 */
export function monthStartFrom(day: PlainDate): PlainDate {
  return day.endsWith('-01') ? day : addMonths(monthStart(day), 1);
}

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: PlainDate): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The year of the day. */
export function yearOf(day: PlainDate): number {
  return Number(day.slice(0, 4));
}

/** The later of two days. */
export function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  return a >= b ? a : b;
}

/** The earlier of two days. */
export function earlierOf(a: PlainDate, b: PlainDate): PlainDate {
  return a <= b ? a : b;
}
