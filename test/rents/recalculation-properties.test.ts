/** What holds of every recalculation. NOT-2, NOT-3, NOT-5 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { addMonths, laterOf, monthStart, monthStartFrom } from '../../src/platform/dates/plain.ts';
import { parseInstant } from '../../src/platform/dates/instants.ts';
import { without } from '../../src/platform/dates/ranges.ts';
import type { BundledFact } from '../../src/platform/facts/bundle.ts';
import type { RentInForce } from '../../src/rents/read.ts';
import type { Step } from '../../src/rents/rules/recalculate.ts';
import type { SubjectBundle } from '../../src/stock/timeline.ts';
import { FIRST, bundle, changing, someDay, terms } from '../support/arbitraries.ts';
import { tariffNamed } from '../support/law.ts';
import type { Question } from '../support/recalculations.ts';
import { businessDay, deliveryDay, rentsAnnounced, rentsInForce, stepText, stepsOf, tariffCode } from '../support/recalculations.ts';

const APPROVED = parseInstant('2027-06-01T00:00:00Z');

/** Questions that have an answer. */
function valuableOf(rents: fc.Arbitrary<RentInForce[]>): fc.Arbitrary<Question> {
  return fc
    .record({ facts: bundle.chain(changing), terms, rents, tariff: tariffCode, businessDate: businessDay, delivered: deliveryDay })
    .filter((asked) => stepsOf(asked).every(({ outcome }) => outcome !== 'exception'));
}

const valuable = valuableOf(rentsInForce);

describe('the steps of a lease', () => {
  test('follow one another without overlap, each with a rent that differs from the one before', () => {
    fc.assert(
      fc.property(valuable, (asked) => {
        const steps = stepsOf(asked);
        steps.forEach(({ outcome, from, to, rent, amountBefore }, index) => {
          if (outcome === 'unchanged') {
            expect(steps).toHaveLength(1);
            return;
          }
          const next = steps[index + 1];
          expect(from).not.toBeNull();
          if (next?.from !== undefined && next.from !== null && from !== null) {
            expect(from < next.from).toBe(true);
            expect(to !== null && to <= next.from).toBe(true);
          }
          expect(rent?.amount.lt(amountBefore ?? 0)).toBe(outcome === 'decrease');
        });
      }),
      { numRuns: 100 },
    );
  });

  test('end where a rent of its own begins', () => {
    fc.assert(
      fc.property(valuable, (asked) => {
        for (const { outcome, from, to } of stepsOf(asked)) {
          if (outcome === 'unchanged' || from === null) continue;
          const later = asked.rents.find((rent) => rent.from > from);
          if (later !== undefined) expect(to !== null && to <= later.from).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('leave six months between two increases under a title, those announced before counted', () => {
    fc.assert(
      fc.property(valuableOf(rentsAnnounced), (asked) => {
        fc.pre(asked.terms.kind !== 'without_title');
        const steps = stepsOf(asked);
        const covered = (day: PlainDate): boolean => steps.some(({ from, to }) => from !== null && from <= day && (to === null || day < to));
        const announced = asked.rents.filter(({ from, lastIncrease }) => from === lastIncrease && !covered(from)).map(({ from }) => from);
        for (const { outcome, from } of steps) {
          if (outcome !== 'increase' || from === null) continue;
          const others = [...announced, ...steps.filter((other) => other.outcome === 'increase' && other.from !== from).flatMap((other) => other.from ?? [])];
          for (const other of others) expect(laterOf(other, from) >= addMonths(other < from ? other : from, 6)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('raise a rent under a title after three full months from the delivery, six from the last increase, not before the tariff', () => {
    fc.assert(
      fc.property(valuable, (asked) => {
        const delivered = laterOf(asked.delivered, asked.businessDate);
        for (const { outcome, from, before } of stepsOf(asked)) {
          if (outcome !== 'increase' || from === null || asked.terms.kind === 'without_title') continue;
          expect(from.endsWith('-01')).toBe(true);
          expect(from >= addMonths(monthStart(delivered), (asked.terms.noticeMonths ?? 3) + 1)).toBe(true);
          expect(from >= tariffNamed(asked.tariff).from).toBe(true);
          if (before?.lastIncrease) expect(from >= addMonths(before.lastIncrease, 6)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('lower a rent on the first of a month, never before the first rent known', () => {
    fc.assert(
      fc.property(valuable, (asked) => {
        for (const { outcome, from } of stepsOf(asked)) {
          if (outcome !== 'decrease' || from === null) continue;
          expect(from >= FIRST).toBe(true);
          expect(monthStartFrom(from)).toBe(from);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Every fact in two that adjoin, of the same value. */
function cutOn(given: SubjectBundle, on: PlainDate): SubjectBundle {
  const halves = (fact: BundledFact<unknown>): BundledFact<unknown>[] => {
    const from = fact.range?.from ?? FIRST;
    const to = fact.range?.to ?? null;
    return from < on && (to === null || on < to) ? [{ ...fact, range: { from, to: on } }, { ...fact, range: { from: on, to } }] : [fact];
  };
  return Object.fromEntries(Object.entries(given).map(([shape, facts]: [string, readonly BundledFact<unknown>[]]) => [shape, facts.flatMap(halves)])) as unknown as SubjectBundle;
}

describe('a fact recorded again with the same value', () => {
  test('is no cause and changes no step', () => {
    fc.assert(
      fc.property(valuable, someDay, (asked, on) => {
        expect(stepsOf({ ...asked, facts: cutOn(asked.facts, on) }).map(stepText)).toEqual(stepsOf(asked).map(stepText));
      }),
      { numRuns: 150 },
    );
  });
});

/** Rents in force once the steps are approved. */
function approved(rents: readonly RentInForce[], steps: readonly Step[]): RentInForce[] {
  let result = [...rents];
  steps.forEach(({ outcome, from, to, rent, before }, index) => {
    if (from === null || rent === null) return;
    const days = { from, to };
    const kept = result.flatMap((old) => without(old, days).map((range) => ({ ...old, ...range })));
    const lastIncrease = outcome === 'increase' ? from : (before?.lastIncrease ?? null);
    result = [...kept, { rentId: `s${index}`, ...days, amount: rent.amount, rate: rent.rate, lastIncrease, lineAmounts: null, fixedAt: APPROVED }];
  });
  return result.sort((a, b) => (a.from < b.from ? -1 : 1));
}

describe('what was approved', () => {
  test('is not proposed again, whatever was recorded before', () => {
    fc.assert(
      fc.property(valuable, (asked) => {
        const steps = stepsOf(asked);
        const again = stepsOf({ ...asked, rents: approved(asked.rents, steps) });
        expect(again.filter(({ from }) => from !== null && steps.some((step) => step.from === from)).map(stepText)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('leaves nothing to change where the facts stay', () => {
    const steady = fc.record({ facts: bundle, terms, rents: rentsInForce, tariff: tariffCode, businessDate: businessDay, delivered: deliveryDay });
    fc.assert(
      fc.property(steady, (asked) => {
        const steps = stepsOf(asked);
        const changing = steps.filter(({ from }) => from !== null);
        if (changing.length === 0) return;
        const again = stepsOf({ ...asked, rents: approved(asked.rents, steps) });
        expect(again.filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'exception').map(stepText)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
