/** Columns that many sheets have. */
import type { PlainDate } from '../dates/plain.ts';
import { addDays, parsePlainDate } from '../dates/plain.ts';
import { code, date, optional, text, type Column } from '../tabular/index.ts';
import type { Span } from './types.ts';

/** Days beyond these are typing mistakes. */
const FIRST = parsePlainDate('1900-01-01');
const LAST = parsePlainDate('2100-12-31');

/** `od` and `do`, both days included. */
export function spanColumns(): { from: Column<PlainDate>; until: Column<PlainDate | null> } {
  return {
    from: date('od', { help: 'Pierwszy dzień, w którym to obowiązuje.', example: '2024-01-01', min: FIRST, max: LAST }),
    until: optional(date('do', { help: 'Ostatni dzień, w którym to obowiązuje. Puste: bezterminowo albo do następnego znanego początku.', example: '2025-12-31', min: FIRST, max: LAST })),
  };
}

export function day(name: string, help: string, example: string): Column<PlainDate> {
  return date(name, { help, example, min: FIRST, max: LAST });
}

/** A designation that may have blanks inside, but no `|`, which separates designations in lists. */
export function designation(name: string, help: string, example: string): Column<string> {
  return code(name, { help, example, pattern: /^[^|]+$/u, form: 'oznaczenie bez kreski „|”' });
}

export function evidence(): Column<string | null> {
  return optional(text('dowód', { help: 'Na czym opiera się wpis: protokół, pomiar, decyzja.', example: 'protokół 12/2024', maxLength: 500 }));
}

/** First day after the span; null = open. */
export function endOf({ until }: Span): PlainDate | null {
  return until === null ? null : addDays(until, 1);
}

/** SQL of the two columns for rows of `f`, a table with two times. */
export const SPAN_SQL = `lower(f.valid)::text as "from", (upper(f.valid) - 1)::text as until`;
