/** The clock is always passed in; tests and the demo move it. */
import type { Instant } from './dates/instants.ts';
import { dayOf, instantOf, plusMicroseconds } from './dates/instants.ts';
import type { PlainDate } from './dates/plain.ts';

export interface Clock {
  /** The present instant; never goes back. */
  now(): Instant;
  /** The present day in Poland. */
  today(): PlainDate;
}

/** The machine's own clock, strictly increasing within the process. */
export function systemClock(): Clock {
  let last = instantOf(new Date(0));
  return {
    now() {
      const instant = instantOf(new Date());
      last = instant > last ? instant : plusMicroseconds(last, 1);
      return last;
    },
    today: () => dayOf(instantOf(new Date())),
  };
}

/** A clock that stands where it was put and moves a microsecond a look, for tests and the demo. */
export interface MovableClock extends Clock {
  moveTo(instant: Instant): void;
}

export function movableClock(start: Instant): MovableClock {
  let at = start;
  return {
    now() {
      at = plusMicroseconds(at, 1);
      return at;
    },
    today: () => dayOf(at),
    moveTo(instant) {
      at = instant;
    },
  };
}
