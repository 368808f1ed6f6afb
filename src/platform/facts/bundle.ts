/**
 * Facts travel from the database as one text a subject: facts parted by U+001F, their fields by U+001D; what does not hold through the
 * whole window, or became known late, carries its days and its instant after U+001E. One row a subject keeps reads of the stock cheap.
 */
import type { Instant } from '../dates/instants.ts';
import type { DayRange } from '../dates/ranges.ts';
import { formatDayRange } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';

/** What a set-based read of facts is asked: which days, known when; what became known after `since` is marked. */
export interface FactWindow {
  readonly window: DayRange;
  readonly knownAt: Instant;
  readonly since: Instant;
  /** Day for which what has no history in the answer is told. */
  readonly day: PlainDate;
}

/** The common table expression that every set-based read begins with; its values come first, a question's own from `$5` on. */
export const WINDOW_SQL = 'w as materialized (select $1::daterange as days, $2::timestamptz as known, $3::timestamptz as since, $4::date as day)';

export function windowValues({ window, knownAt, since, day }: FactWindow): unknown[] {
  return [formatDayRange(window), knownAt, since, day];
}

/** One fact of a bundle. */
export interface BundledFact {
  readonly fields: readonly string[];
  /** Days it holds, or null = the whole window. */
  readonly range: DayRange | null;
  /** When it became known, where that was after the instant asked for. */
  readonly late: Instant | null;
  /** The same of its last day: a longer fact may have been cut later than it became known. */
  readonly lateEnd: Instant | null;
}

/**
 * Rows of `f` that are asked for. `is true` keeps the planner away from the ranges' own index: almost every row of a city overlaps the
 * window, and only the subject narrows a read down.
 */
export const ASKED_SQL = '(f.valid && w.days) is true and (f.recorded @> w.known) is true';

/** SQL that bundles the given expressions over rows of `f`, a table with two times, beside `w (days, known, since)`. */
export function bundleSql(expressions: readonly string[]): string {
  const fields = expressions.join(` || e'\\x1d' || `);
  return `string_agg(${fields} || case when f.valid @> w.days and lower(f.recorded) <= w.since then ''
    else e'\\x1e' || lower(f.valid) || ',' || coalesce(upper(f.valid)::text, '') || ',' || ${lateSql('coalesce(f.known_since, lower(f.recorded))')} || ','
      || ${lateSql('lower(f.recorded)')} end, e'\\x1f')`;
}

function lateSql(instant: string): string {
  return `case when ${instant} > w.since then to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else '' end`;
}

/** Reads a bundle. */
export function readBundle(text: string | null | undefined): BundledFact[] {
  if (text === null || text === undefined || text === '') return [];
  return text.split('\u001f').map(readFact);
}

function readFact(text: string): BundledFact {
  const mark = text.indexOf('\u001e');
  if (mark < 0) return { fields: text.split('\u001d'), range: null, late: null, lateEnd: null };
  const [from = '', to = '', late = '', lateEnd = ''] = text.slice(mark + 1).split(',');
  return {
    fields: text.slice(0, mark).split('\u001d'),
    range: { from: from as PlainDate, to: to === '' ? null : (to as PlainDate) },
    late: late === '' ? null : (late as Instant),
    lateEnd: lateEnd === '' ? null : (lateEnd as Instant),
  };
}
