/** What is the same on all days between two changes. */
import type { PlainDate } from '../dates/plain.ts';

const NO_STARTS: readonly PlainDate[] = [];

/** A value by day, made once for the days between two changes. */
export class Segments<Value> {
  /** Days on which something changes, in their order. */
  readonly #starts: readonly PlainDate[];
  readonly #values: Value[] = [];

  constructor(changes: readonly { readonly day: PlainDate }[]) {
    this.#starts = changes.length === 0 ? NO_STARTS : [...new Set(changes.map(({ day }) => day))].sort();
  }

  /** `make` may be asked for any day of the segment, and only for days of which it says the same. */
  on(day: PlainDate, make: (day: PlainDate) => Value): Value {
    // The days before the first change are segment 0.
    const segment = this.#starts.length === 0 ? 0 : this.#starts.findLastIndex((start) => start <= day) + 1;
    if (!(segment in this.#values)) this.#values[segment] = make(day);
    return this.#values[segment] as Value;
  }
}
