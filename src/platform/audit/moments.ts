/** Days and instants in the filters of the trail. */
import { z } from 'zod';
import { atHour, endOfDay, parseInstant } from '../dates/instants.ts';
import type { Instant } from '../dates/instants.ts';
import { isPlainDate } from '../dates/plain.ts';
import { said } from '../problem-texts.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/;
/** Years that the database reads as they are written. */
const WRITTEN = /^(?!0000)\d{4}-/;

function instantOf(text: string, ofDay: (day: Parameters<typeof endOfDay>[0]) => Instant): Instant | null {
  try {
    const instant = isPlainDate(text) ? ofDay(text) : INSTANT.test(text) ? parseInstant(text) : null;
    return instant !== null && WRITTEN.test(instant) ? instant : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A day in Poland, or an instant with its zone. */
export const moment = z
  .string()
  .max(40)
  .refine((text) => firstOf(text) !== null && endOf(text) !== null, said('want_day_or_moment'))
  .meta({ examples: ['2026-01-31'] });

/** The instant itself, or the first of the day. */
export function firstOf(text: string): Instant | null {
  return instantOf(text, (day) => atHour(day, 0));
}

/** The instant itself, or the first after the day: a period `to` a day has that day in it. */
export function endOf(text: string): Instant | null {
  return instantOf(text, endOfDay);
}
