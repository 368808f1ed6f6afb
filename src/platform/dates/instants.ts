/** Instants at the edges of the system: what was recorded when, and the business day of an instant in Poland. */
import { Temporal } from 'temporal-polyfill';
import type { PlainDate } from './plain.ts';

declare const instantBrand: unique symbol;

/** An instant in UTC with microseconds, `2026-01-31T10:00:00.000000Z`: compares as text. */
export type Instant = string & { readonly [instantBrand]: 'Instant' };

const ZONE = 'Europe/Warsaw';

/** First editions of the law are known from the beginning of time. */
export const BEGINNING_OF_TIME = '-infinity' as Instant;

function written(instant: Temporal.Instant): Instant {
  return instant.toString({ fractionalSecondDigits: 6 }) as Instant;
}

/** @throws RangeError when the text is no instant with an offset or `Z` */
export function parseInstant(text: string): Instant {
  return written(Temporal.Instant.from(text.includes('T') ? text : text.replace(' ', 'T')));
}

/** The instant of a `Date`, as clocks of the outer world give it. */
export function instantOf(date: Date): Instant {
  return written(Temporal.Instant.fromEpochMilliseconds(date.getTime()));
}

/** The instant `microseconds` later. */
export function plusMicroseconds(instant: Instant, microseconds: number): Instant {
  return written(Temporal.Instant.from(instant).add({ microseconds }));
}

/** The day in Poland on which the instant falls. */
export function dayOf(instant: Instant): PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString() as PlainDate;
}

/** The first instant after the day in Poland: "known on day D" means known by its end. */
export function endOfDay(day: PlainDate): Instant {
  return written(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(ZONE).toInstant());
}

/** The given hour of the day in Poland, as an instant. */
export function atHour(day: PlainDate, hour: number): Instant {
  return written(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: ZONE, plainTime: { hour } }).toInstant());
}
