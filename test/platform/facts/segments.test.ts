/** What is the same on all days between two changes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlainDate } from '../../../src/platform/dates/plain.ts';
import { addDays } from '../../../src/platform/dates/plain.ts';
import { Segments } from '../../../src/platform/facts/segments.ts';

const DAY = '2026-01-01' as PlainDate;

it('is made once for the days before the first change, between two, and from the last on', () => {
  const asked: PlainDate[] = [];
  const segments = new Segments<string>([{ day: '2026-03-01' as PlainDate }, { day: '2026-02-01' as PlainDate }, { day: '2026-03-01' as PlainDate }]);
  const on = (day: string): string =>
    segments.on(day as PlainDate, (made) => {
      asked.push(made);
      return `from ${made}`;
    });
  expect(['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2020-01-01', '2030-01-01'].map(on)).toEqual([
    'from 2026-01-31', 'from 2026-02-01', 'from 2026-02-01', 'from 2026-03-01', 'from 2026-01-31', 'from 2026-03-01',
  ]);
  expect(asked).toEqual(['2026-01-31', '2026-02-01', '2026-03-01']);
});

it('may be nothing, and is not made again for that', () => {
  let made = 0;
  const segments = new Segments<null>([]);
  const on = (day: PlainDate): null =>
    segments.on(day, () => {
      made += 1;
      return null;
    });
  expect([on(DAY), on(addDays(DAY, 40))]).toEqual([null, null]);
  expect(made).toBe(1);
});

it('is for every day what it would be if it were made anew', () => {
  const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(DAY, days));
  fc.assert(
    fc.property(fc.array(day, { maxLength: 6 }), fc.array(day, { minLength: 1, maxLength: 30 }), (changes, days) => {
      const segments = new Segments<number>(changes.map((change) => ({ day: change })));
      // A value that changes on the days of change and on no other.
      const exact = (asked: PlainDate): number => new Set(changes.filter((change) => change <= asked)).size;
      for (const asked of days) expect(segments.on(asked, exact)).toBe(exact(asked));
    }),
  );
});
