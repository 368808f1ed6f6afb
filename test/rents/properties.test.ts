/** What holds of every rent, whatever the dwelling, the lease and the day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/platform/dates/plain.ts';
import type { BundledFact } from '../../src/platform/facts/bundle.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { faults, valueOf, writeStatement } from '../../src/platform/statement/lines.ts';
import { renderStatement } from '../../src/platform/statement/render.ts';
import type { Rent } from '../../src/rents/rules/rent.ts';
import { calculatedRent } from '../../src/rents/rules/rent.ts';
import type { NotValued } from '../../src/rents/rules/rent.ts';
import type { DwellingFacts } from '../../src/stock/facts.ts';
import type { SubjectBundle } from '../../src/stock/timeline.ts';
import { DwellingTimeline } from '../../src/stock/timeline.ts';
import type { LeaseTerms } from '../../src/leases/terms.ts';
import { FIRST, bundle, changing, someDay, terms } from '../support/arbitraries.ts';
import { BOOK, KNOWN, TARIFF_LOOKUP, lawOn, tariffNamed } from '../support/law.ts';

const WINDOW = { from: FIRST, to: null };
const TARIFF = tariffNamed('krk-2025');

function rentOf(facts: DwellingFacts, lease: LeaseTerms): Rent | NotValued {
  return calculatedRent({ law: lawOn('2026-06-01'), tariff: TARIFF, tariffBefore: TARIFF, lease, facts });
}

/** Statement or missing facts, as text. */
function told(timeline: DwellingTimeline, on: PlainDate, lease: LeaseTerms): string {
  const rent = rentOf(timeline.on(on), lease);
  return 'missing' in rent ? JSON.stringify(rent.missing) : writeStatement(rent.statement);
}

const dwelling = bundle.chain(changing);

describe('a calculated rent', () => {
  test('has lines that add up to its result', () => {
    let valued = 0;
    fc.assert(
      fc.property(dwelling, terms, someDay, (facts, lease, on) => {
        const rent = rentOf(new DwellingTimeline([facts], WINDOW).on(on), lease);
        if ('missing' in rent) return;
        valued += 1;
        expect(faults(rent.statement)).toEqual([]);
        const total = rent.statement.lines.find(({ id }) => id === 'rent')?.amount;
        expect(total === undefined ? '' : valueOf(total).toFixed(2)).toBe(rent.statement.result.rent);
        expect(rent.amount.eq(rent.area.times(rent.rate).toDecimalPlaces(2))).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(valued).toBeGreaterThan(50);
  });

  test('is written as the JSON it is', () => {
    fc.assert(
      fc.property(dwelling, terms, (facts, lease) => {
        const rent = rentOf(new DwellingTimeline([facts], WINDOW).on(FIRST), { ...lease, document: 'umowa "1"\n\u2028' });
        if (!('missing' in rent)) expect(JSON.parse(writeStatement(rent.statement))).toEqual(JSON.parse(JSON.stringify(rent.statement)));
      }),
    );
  });

  test('is worded line by line in both languages, its uncertain values named', () => {
    fc.assert(
      fc.property(dwelling, terms, (facts, lease) => {
        const rent = rentOf(new DwellingTimeline([facts], WINDOW).on(FIRST), lease);
        if ('missing' in rent) return;
        for (const language of ['pl', 'en'] as const) {
          const shown = renderStatement(rent.statement, BOOK, '2026-06-01' as PlainDate, language, { tariffs: TARIFF_LOOKUP, knownAt: KNOWN });
          expect(shown.lines.map(({ id }) => id).sort()).toEqual(rent.statement.lines.map(({ id }) => id).sort());
          for (const line of shown.lines) {
            expect(line.text).not.toMatch(/^$|undefined|^[a-z]+_[a-z_]+$/);
            if (line.reference !== null) expect(line.certainty).not.toBeNull();
            expect(shown.uncertain.some(({ lines }) => lines.includes(line.id))).toBe(line.certainty !== null && line.certainty !== 'printed');
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Each fact as one to three facts of the same value that adjoin. */
function cut(given: SubjectBundle, days: readonly PlainDate[]): SubjectBundle {
  const pieces = (fact: BundledFact<unknown>, index: number): BundledFact<unknown>[] => {
    const from = fact.range?.from ?? FIRST;
    const to = fact.range?.to ?? null;
    const inside = days.filter((_, at) => at % 3 !== index % 3).filter((on) => from < on && (to === null || on < to));
    const starts = [from, ...[...new Set(inside)].sort()];
    return starts.map((start, at) => ({ ...fact, range: { from: start, to: starts[at + 1] ?? to } }));
  };
  return Object.fromEntries(Object.entries(given).map(([shape, facts]: [string, readonly BundledFact<unknown>[]]) => [shape, facts.flatMap(pieces)])) as unknown as SubjectBundle;
}

describe('the facts of a dwelling', () => {
  test('give the same statement on every day when they are cut into pieces that adjoin', () => {
    fc.assert(
      fc.property(dwelling, terms, fc.array(someDay, { maxLength: 6 }), fc.array(someDay, { minLength: 1, maxLength: 5 }), (facts, lease, cuts, asked) => {
        const whole = new DwellingTimeline([facts], WINDOW);
        const pieces = new DwellingTimeline([cut(facts, cuts)], WINDOW);
        for (const on of [...asked, ...cuts, ...cuts.map((day) => addDays(day, -1)).filter((day) => day >= FIRST)]) {
          expect(told(pieces, on, lease)).toBe(told(whole, on, lease));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('give the same statement in whatever order they were recorded', () => {
    const shuffled = <Value>(facts: readonly BundledFact<Value>[]): fc.Arbitrary<BundledFact<Value>[]> => fc.shuffledSubarray([...facts], { minLength: facts.length });
    const both = dwelling.chain((facts) =>
      fc.tuple(
        fc.constant(facts),
        fc.record({
          options: shuffled(facts.options), measures: shuffled(facts.measures), traffic: shuffled(facts.traffic),
          businesses: shuffled(facts.businesses), technical: shuffled(facts.technical), parts: shuffled(facts.parts),
        }),
      ),
    );
    fc.assert(
      fc.property(both, terms, someDay, ([facts, other], lease, on) => {
        expect(told(new DwellingTimeline([other], WINDOW), on, lease)).toBe(told(new DwellingTimeline([facts], WINDOW), on, lease));
      }),
      { numRuns: 150 },
    );
  });

  test('are the same object on days between two changes', () => {
    fc.assert(
      fc.property(dwelling, fc.array(someDay, { minLength: 2, maxLength: 8 }), (facts, days) => {
        const timeline = new DwellingTimeline([facts], WINDOW);
        const changes = new Set(timeline.changes.map(({ day }) => day));
        const sorted = [...new Set(days)].sort();
        sorted.slice(1).forEach((on, index) => {
          const before = sorted[index] ?? on;
          if (![...changes].some((change) => before < change && change <= on)) expect(timeline.on(on)).toBe(timeline.on(before));
        });
      }),
      { numRuns: 60 },
    );
  });
});
