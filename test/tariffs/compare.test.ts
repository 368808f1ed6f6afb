/** Two tariffs side by side, and a tariff held against the rules: what the pages show. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dec } from '../../src/platform/money.ts';
import { tariffChecks } from '../../src/tariffs/checks.ts';
import { compareTariffs } from '../../src/tariffs/compare.ts';
import { sourceOf, tariffInput, tariffOf } from '../../src/tariffs/input.ts';
import { categoryOf, tariffFlaws, tariffWarnings } from '../../src/tariffs/rules.ts';
import { categories } from '../support/arbitraries.ts';
import { TARIFFS, lawOn, tariffNamed } from '../support/law.ts';

const LAW = lawOn('2026-06-01');
const BASE = tariffNamed('krk-2025');

describe('two tariffs side by side', () => {
  it('give every total of points the rate that each of them gives it', () => {
    let compared = 0;
    fc.assert(
      fc.property(categories, categories, fc.integer({ min: -60, max: 60 }), (one, other, points) => {
        const cheap = { socialRate: dec('0.01'), temporaryRoomRate: dec('0.01') };
        const [before, after] = [{ ...BASE, ...cheap, categories: one }, { ...BASE, ...cheap, categories: other }];
        if (tariffFlaws(before, LAW).length > 0 || tariffFlaws(after, LAW).length > 0) return;
        compared += 1;
        const { ranges } = compareTariffs(before, after);
        const holding = ranges.filter(({ from, to }) => (from === null || from <= points) && (to === null || points <= to));
        expect(holding).toHaveLength(1);
        expect(holding[0]?.before?.toFixed()).toBe(categoryOf(before, dec(String(points)))?.rate.toFixed());
        expect(holding[0]?.after?.toFixed()).toBe(categoryOf(after, dec(String(points)))?.rate.toFixed());
      }),
      { numRuns: 1_500 },
    );
    expect(compared).toBeGreaterThan(20);
  });

  it('tell the difference in zł and in per cent of the rate before, half up to a tenth', () => {
    const { ranges, social } = compareTariffs(tariffNamed('krk-2025'), tariffNamed('krk-2027-projekt'));
    expect(ranges).toHaveLength(11);
    expect(ranges.map(({ from, to }) => [from, to]).slice(0, 2)).toEqual([[null, -9], [-8, -6]]);
    expect([ranges[0]?.difference?.toFixed(), ranges[0]?.percent?.toFixed()]).toEqual(['1.3', '19.6']);
    expect([social.difference?.toFixed(2), social.percent?.toFixed(1)]).toEqual(['0.65', '19.6']);
  });
});

describe('the checks of a tariff', () => {
  it('tell of every tariff in the seeds what loading says of it', () => {
    for (const tariff of TARIFFS.all) {
      const checks = tariffChecks(tariff, LAW);
      expect(checks.map(({ rule }) => rule)).toEqual(['RATE-1', 'RATE-2', 'RATE-3', 'RATE-4']);
      expect(checks.flatMap(({ flaws }) => flaws)).toEqual([...tariffFlaws(tariff, LAW), ...tariffWarnings(tariff, LAW)]);
      expect(checks.filter(({ outcome }) => outcome === 'broken')).toEqual([]);
    }
  });

  it('name broken rules, warnings and what cannot be judged, with their figures', () => {
    const outcomes = (change: Partial<typeof BASE>): string[] => tariffChecks({ ...BASE, ...change }, LAW).map(({ outcome }) => outcome);
    expect(outcomes({})).toEqual(['kept', 'kept', 'warned', 'unknown']);
    expect(outcomes({ socialRate: dec('3.33'), index: null })).toEqual(['kept', 'broken', 'unknown', 'unknown']);
    expect(outcomes({ categories: [...BASE.categories].reverse() })[0]).toBe('broken');
    const signed = tariffNamed('krk-2027-projekt');
    expect(tariffChecks(signed, LAW)[3]).toMatchObject({ outcome: 'kept', args: { days: '18', least: '14' } });
    expect(tariffChecks({ ...signed, councilInformedOn: signed.signedOn }, LAW)[3]).toMatchObject({ outcome: 'warned', args: { days: '0' } });
  });
});

describe('a tariff that is typed in', () => {
  const typed = {
    code: 'krk-2030', order: 'Zarządzenie', from: '2030-01-01', social_rate: '4', temporary_room_rate: '4.00', certainty: 'printed', reference: 'ZAL-DEMO',
    categories: [{ category: 'I', to: '-1', rate: '8.00' }, { category: 'II', from: '0', rate: '14', certainty: 'assumed' }],
  };

  it('is what its file would be', () => {
    const tariff = tariffOf(tariffInput.parse(typed));
    expect(tariff).toMatchObject({ code: 'krk-2030', act: 'Zarządzenie', to: null, signedOn: null, index: null });
    expect(tariff.categories.map(({ from, to, rate, certainty }) => [from, to, rate.toFixed(2), certainty])).toEqual([[null, -1, '8.00', 'printed'], [0, null, '14.00', 'assumed']]);
    expect(tariffFlaws(tariff, LAW)).toEqual([]);
    expect(sourceOf(tariffInput.parse(typed))).toBeNull();
  });

  it('may bring its source along, described by its title', () => {
    expect(sourceOf(tariffInput.parse({ ...typed, reference_title: 'Akt', reference_place: '§ 1' }))).toEqual({ code: 'ZAL-DEMO', title: 'Akt', place: '§ 1' });
    expect(tariffInput.safeParse({ ...typed, reference_place: '§ 1' }).error?.issues.map(({ path }) => path.join('.'))).toEqual(['reference_title']);
  });

  it('is refused where a number is none, a word is unknown or the strength belongs to no reconstruction', () => {
    const wrong = (change: object): string[] => (tariffInput.safeParse({ ...typed, ...change }).error?.issues ?? []).map(({ path }) => path.join('.'));
    expect(wrong({ social_rate: '4,00' })).toEqual(['social_rate']);
    expect(wrong({ categories: [{ category: 'I', rate: 'dużo', from: '1.5' }] })).toEqual(['categories.0.from', 'categories.0.rate']);
    expect(wrong({ strength: 'weak' })).toEqual(['strength']);
    expect(wrong({ code: 'krk 2030/1' })).toEqual(['code']);
    expect(wrong({ reference_title: 'Akt', reference_address: 'javascript:alert(1)' })).toEqual(['reference_address']);
    expect(wrong({ categories: [] })).toEqual(['categories']);
  });
});
