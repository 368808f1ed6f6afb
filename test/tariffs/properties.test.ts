/** RATE-1: what holds of every tariff that is accepted. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZERO, dec } from '../../src/platform/money.ts';
import { categoryOf, tariffFlaws } from '../../src/tariffs/rules.ts';
import { categories } from '../support/arbitraries.ts';
import { TARIFFS, lawOn, tariffNamed } from '../support/law.ts';

const LAW = lawOn('2026-06-01');
const BASE = tariffNamed('krk-2025');
const CHEAP = { socialRate: dec('0.01'), temporaryRoomRate: dec('0.01') };

describe('a tariff that is accepted', () => {
  test('never gives a lower rate for more points, and one for every total', () => {
    let accepted = 0;
    fc.assert(
      fc.property(categories, fc.integer({ min: -60, max: 60 }), fc.integer({ min: 0, max: 60 }), (list, points, more) => {
        const tariff = { ...BASE, ...CHEAP, categories: list };
        if (tariffFlaws(tariff, LAW).length > 0) return;
        accepted += 1;
        const lower = categoryOf(tariff, dec(String(points)));
        const upper = categoryOf(tariff, dec(String(points + more)));
        expect(upper?.rate.gte(lower?.rate ?? ZERO)).toBe(true);
        expect(lower?.from === null || (lower?.from ?? 99) <= points).toBe(true);
        expect(lower?.to === null || points <= (lower?.to ?? -99)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test('is refused as soon as a point lies in no category or in two', () => {
    fc.assert(
      fc.property(categories, (list) => {
        const flaws = tariffFlaws({ ...BASE, ...CHEAP, categories: list }, LAW).map(({ code }) => code);
        const points = Array.from({ length: 80 }, (_, index) => index - 40);
        const holding = (point: number): number => list.filter(({ from, to }) => (from === null || from <= point) && (to === null || point <= to)).length;
        expect(flaws.includes('tariff_gap')).toBe(points.some((point) => holding(point) !== 1));
      }),
    );
  });
});

test('the tariffs of Kraków are all accepted', () => {
  expect(TARIFFS.all.flatMap((tariff) => tariffFlaws(tariff, LAW))).toEqual([]);
});
