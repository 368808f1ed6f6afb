/**
 * Facts travel from the database as one text a subject: facts parted by U+001F, their fields by U+001D; what does not hold through the
 * whole window, or became known late, carries its days and its instant after U+001E. One row a subject keeps reads of the stock cheap.
 */
import type { Instant } from '../dates/instants.ts';
import type { DayRange } from '../dates/ranges.ts';
import { contains, formatDayRange } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';

/** What a set-based read of facts is asked: which days, known when; what became known after `since` is marked. */
export interface FactWindow {
  readonly window: DayRange;
  readonly knownAt: Instant;
  /** No later than `knownAt`. */
  readonly since: Instant;
}

const DAYS = '$1::daterange';
const FROM = '$2::date';
const KNOWN = '$3::timestamptz';
const SINCE = '$4::timestamptz';

/** Values of the parameters `$1` to `$4`, which every bundle uses; a question's own values come from `$5` on. */
export function windowValues({ window, knownAt, since }: FactWindow): unknown[] {
  return [formatDayRange(window), window.from, knownAt, since];
}

/** One fact of a bundle. */
export interface BundledFact<Value> {
  readonly value: Value;
  /** Its fields as one text: equal for facts that say the same. */
  readonly told: string;
  /** Days it holds, or null = the whole window. */
  readonly range: DayRange | null;
  /** When it became known, where that was after the instant asked for. */
  readonly late: Instant | null;
  /** The same of its last day: a longer fact may have been cut later than it became known. */
  readonly lateEnd: Instant | null;
}

/** Reads bundles of one shape. */
export type BundleReader<Value> = (text: string | null | undefined) => readonly BundledFact<Value>[];

/** Most facts of a city began before the window, hold on, and were long known: four cheap looks at their row settle it. */
const PLAIN = `upper_inf(f.valid) and upper_inf(f.recorded) and lower(f.valid) <= ${FROM} and lower(f.recorded) <= ${SINCE}`;

/**
 * SQL that bundles the given expressions over rows of `f`, a table with two times. Rows that are not asked for are left out here and
 * not by a condition: their ranges would be looked at twice.
 */
export function bundleSql(expressions: readonly string[]): string {
  const fields = expressions.join(` || e'\\x1d' || `);
  return `string_agg(case when ${PLAIN} then ${fields}
    when f.valid && ${DAYS} and f.recorded @> ${KNOWN} then ${fields} || case when f.valid @> ${DAYS} and lower(f.recorded) <= ${SINCE} then ''
      else e'\\x1e' || lower(f.valid) || ',' || coalesce(upper(f.valid)::text, '') || ',' || ${lateSql('coalesce(f.known_since, lower(f.recorded))')} || ','
        || ${lateSql('lower(f.recorded)')} end
    end, e'\\x1f')`;
}

/**
 * All subjects of a bundling query (columns `subject`, `text`) as one text: subjects parted by U+001B, each before its bundle by U+001C;
 * a subject without a bundle is left out.
 * One row in place of thousands: every row costs its own message and its own objects.
 */
export function subjectsSql(query: string): string {
  return `(select string_agg(q.subject || e'\\x1c' || q.text, e'\\x1b') from (${query}) q)`;
}

/** Reads what `subjectsSql` gives: each subject with its bundle. */
export function readSubjects(text: string | null | undefined, take: (subject: string, bundle: string) => void): void {
  if (text === null || text === undefined || text === '') return;
  for (const entry of text.split('\u001b')) {
    const mark = entry.indexOf('\u001c');
    take(entry.slice(0, mark), entry.slice(mark + 1));
  }
}

function lateSql(instant: string): string {
  return `case when ${instant} > ${SINCE} then to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else '' end`;
}

// A city says the same of many dwellings: a fact is read once, and what is computed of its value can be kept by the object.
const MOST_KNOWN = 30_000;
const NOTHING: readonly never[] = [];

/** A reader that makes its values of a fact's fields. Values are shared: they may not be changed. */
export function bundleReader<Value>(make: (fields: readonly string[]) => Value): BundleReader<Value> {
  const known = new Map<string, BundledFact<Value>>();
  const read = (text: string): BundledFact<Value> => {
    let fact = known.get(text);
    if (fact === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      // A piece of a longer text would keep the whole of it alive.
      const own = Buffer.from(text).toString();
      known.set(own, (fact = readFact(own, make)));
    }
    return fact;
  };
  return (text) => (text === null || text === undefined || text === '' ? NOTHING : text.split('\u001f').map(read));
}

function readFact<Value>(text: string, make: (fields: readonly string[]) => Value): BundledFact<Value> {
  const mark = text.indexOf('\u001e');
  if (mark < 0) return { value: make(text.split('\u001d')), told: text, range: null, late: null, lateEnd: null };
  const told = text.slice(0, mark);
  const [from = '', to = '', late = '', lateEnd = ''] = text.slice(mark + 1).split(',');
  return {
    value: make(told.split('\u001d')),
    told,
    range: { from: from as PlainDate, to: to === '' ? null : (to as PlainDate) },
    late: late === '' ? null : (late as Instant),
    lateEnd: lateEnd === '' ? null : (lateEnd as Instant),
  };
}

/** Whether the fact holds on the day. */
export function holdsOn(fact: BundledFact<unknown>, day: PlainDate): boolean {
  return fact.range === null || contains(fact.range, day);
}
