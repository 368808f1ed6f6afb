/** What rows of one file say about the same thing: once, twice the same, or one against the other. Pure. */
import type { PlainDate } from '../platform/dates/plain.ts';
import { parsePlainDate } from '../platform/dates/plain.ts';
import type { Reason } from '../platform/exchange/reasons.ts';
import { reason } from '../platform/exchange/reasons.ts';
import type { ImportRow, Span } from '../platform/exchange/types.ts';

/** Stands for the start of rows without days. */
const EVER = parsePlainDate('1900-01-01');

interface Said {
  readonly line: number;
  readonly from: PlainDate;
  readonly until: PlainDate | null;
  readonly text: string;
}

export type Verdict = 'new' | 'duplicate' | readonly Reason[];

/** Judges rows in the order of the file: the later one is refused, and names the earlier. */
export class SaidInFile {
  /** What was said of a key, by its start; the days that were given do not overlap. */
  readonly #said = new Map<string, Said[]>();

  judge(row: ImportRow<object>, key: string, span: Span | null, text: string): Verdict {
    const said: Said = { line: row.line, from: span?.from ?? EVER, until: span?.until ?? null, text };
    const list = this.#said.get(key);
    if (list === undefined) {
      this.#said.set(key, [said]);
      return 'new';
    }
    const place = placeOf(list, said.from);
    const same = list[place];
    if (same?.from === said.from) return same.text === said.text ? 'duplicate' : [reason(span === null ? '' : 'od', 'said_otherwise', { line: String(same.line) })];
    const before = list[place - 1];
    if (before?.until != null && before.until >= said.from) return taken(before);
    if (same && said.until !== null && said.until >= same.from) return taken(same);
    list.splice(place, 0, said);
    return 'new';
  }
}

function taken({ line, from, until }: Said): Reason[] {
  return [reason('od', 'days_taken', { line: String(line), from, until: until ?? 'bezterminowo' })];
}

/** Where the first entry stands that begins on the day or later. */
function placeOf(list: readonly Said[], day: PlainDate): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.from ?? day) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
