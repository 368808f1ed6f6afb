/** Leases at random with rents in force, for what must hold of every recalculation. */
import fc from 'fast-check';
import { parseInstant } from '../../src/platform/dates/instants.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { addMonths, laterOf } from '../../src/platform/dates/plain.ts';
import { dec } from '../../src/platform/money.ts';
import type { LeaseTerms } from '../../src/leases/terms.ts';
import { timelineOf } from '../../src/rents/assemble.ts';
import type { RentInForce } from '../../src/rents/read.ts';
import type { Step } from '../../src/rents/rules/recalculate.ts';
import { recalculate } from '../../src/rents/rules/recalculate.ts';
import { lawChanges, runFrame } from '../../src/rents/runs/frame.ts';
import type { SubjectBundle } from '../../src/stock/timeline.ts';
import { DwellingTimeline } from '../../src/stock/timeline.ts';
import { FIRST, hundredths } from './arbitraries.ts';
import { BOOK, KNOWN, TARIFFS, day, tariffNamed } from './law.ts';

/** One to three rents in force that follow one another, the last without end. */
export const rentsInForce = rentsFollowing({ months: { min: 1, max: 20 }, amount: hundredths(20_00, 900_00) });

/** The same, low, the later ones about the months in which a run raises rents. */
export const rentsAnnounced = rentsFollowing({ months: { min: 28, max: 36 }, amount: hundredths(20_00, 120_00) });

function rentsFollowing({ months, amount }: { months: { min: number; max: number }; amount: fc.Arbitrary<string> }): fc.Arbitrary<RentInForce[]> {
  return fc
    .array(fc.record({ months: fc.integer(months), amount, raised: fc.boolean() }), { minLength: 1, maxLength: 3 })
    .map((list) => {
      let from: PlainDate = FIRST;
      let lastIncrease: PlainDate | null = null;
      return list.map((rent, index): RentInForce => {
        const to = addMonths(from, rent.months);
        if (rent.raised) lastIncrease = from;
        const inForce: RentInForce = {
          rentId: String(index + 1), from, to: index === list.length - 1 ? null : to, amount: dec(rent.amount), rate: null, lastIncrease, lineAmounts: null,
          fixedAt: parseInstant(`${addMonths(from, -3)}T12:00:00Z`),
        };
        from = to;
        return inForce;
      });
    });
}

export interface Question {
  readonly facts: SubjectBundle;
  readonly terms: LeaseTerms;
  readonly rents: readonly RentInForce[];
  readonly tariff: string;
  readonly businessDate: PlainDate;
  readonly delivered: PlainDate;
}

// Days on which the law changes are the same for all leases of a tariff, and dear to find.
const knownChanges = new Map<string, PlainDate[]>();

/** The steps of a run for one lease. */
export function stepsOf({ facts, terms, rents, tariff, businessDate, delivered }: Question): Step[] {
  const inputs = { law: BOOK, tariffs: TARIFFS, tariff: tariffNamed(tariff), businessDate, delivered: laterOf(delivered, businessDate), knownAt: KNOWN };
  const from = rents[0]?.from ?? terms.starts;
  const known = knownChanges.get(tariff) ?? lawChanges(inputs, from);
  knownChanges.set(tariff, known);
  const lease = { id: '1', number: 'U-1', dwellingId: '1', starts: terms.starts, ends: terms.ends, changes: [], on: () => terms, heldOn: () => null };
  return recalculate(runFrame(inputs), timelineOf({ lease, facts: new DwellingTimeline([facts], { from, to: null }), rents }, known));
}

export const businessDay = fc.constantFrom('2026-01-10', '2026-05-31', '2026-08-03', '2026-11-30').map(day);
export const deliveryDay = fc.constantFrom('2026-01-31', '2026-02-01', '2026-06-30', '2026-09-01', '2026-12-20').map(day);
export const tariffCode = fc.constantFrom('krk-2025', 'krk-2027-projekt');

/** A step in words, for comparison. */
export function stepText({ outcome, reason, from, to, rent, amountBefore, warnings, missing }: Step): string {
  return JSON.stringify([outcome, reason, from, to, amountBefore?.toFixed(2), rent?.amount.toFixed(2), warnings, missing]);
}
