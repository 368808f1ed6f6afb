/** Exact decimals: parsing, rounding, parts that add up. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dec } from '../../src/platform/money.ts';
import { ZERO, apportion, dec, down, fixed2, grosz, halfUp, internedDec, plain, up } from '../../src/platform/money.ts';

const decimal = fc.tuple(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.integer({ min: 0, max: 6 })).map(([value, places]) => dec((value / 10 ** places).toFixed(places)));

describe('a decimal', () => {
  test.each(['', ' ', '1,5', '1e3', '.5', '5.', '+1', 'NaN', 'Infinity', '1 000', '--1', '0x10'])('is never read from %j', (text) => {
    expect(() => dec(text)).toThrow(RangeError);
    expect(() => internedDec(text)).toThrow(RangeError);
  });

  test.each([['5', '5.00'], ['5.1', '5.10'], ['5.12', '5.12'], ['5.125', '5.13'], ['5.1249', '5.12'], ['-5.125', '-5.13'], ['0', '0.00'], ['-0', '0.00'], ['1.10', '1.10']])('%s has two places as %s', (text, shown) => {
    expect(fixed2(dec(text))).toBe(shown);
    expect(fixed2(internedDec(text))).toBe(shown);
  });

  test('has two places as decimal.js writes them', () => {
    fc.assert(fc.property(decimal, (value) => {
      expect(fixed2(value)).toBe(value.toFixed(2));
    }));
  });

  test('is written as it is read, without an exponent', () => {
    fc.assert(fc.property(decimal, (value) => {
      expect(dec(plain(value)).eq(value)).toBe(true);
      expect(plain(value)).toMatch(/^-?\d+(\.\d+)?$/);
      expect(internedDec(plain(value)).eq(value)).toBe(true);
    }));
  });

  test.each([['0.005', '0.01'], ['0.0049', '0'], ['-0.005', '-0.01'], ['1.005', '1.01'], ['2.675', '2.68'], ['12.1885', '12.19']])('%s is %s to the grosz', (given, rounded) => {
    expect(grosz(dec(given)).eq(dec(rounded))).toBe(true);
  });

  test('is rounded to a neighbour: down, half up and up in this order', () => {
    fc.assert(fc.property(decimal.map((value) => value.abs()), fc.integer({ min: 0, max: 4 }), (value, places) => {
      const unit = dec('1').div(dec(`1${'0'.repeat(places)}`));
      const [low, middle, high] = [down(value, places), halfUp(value, places), up(value, places)];
      expect(low.lte(value) && value.lte(high) && high.minus(low).lte(unit)).toBe(true);
      expect(middle.eq(low) || middle.eq(high)).toBe(true);
      expect(middle.minus(value).abs().times(2).lte(unit)).toBe(true);
    }));
  });
});

describe('parts of a whole', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 9 }).filter((list) => list.some((weight) => weight > 0)).map((list) => list.map((weight) => dec((weight / 100).toFixed(2))));
  const whole = fc.integer({ min: 0, max: 100_000 }).map((value) => dec((value / 100).toFixed(2)));

  test('add up to it exactly, each within a hundredth of its due', () => {
    fc.assert(fc.property(whole, weights, (given, list) => {
      const parts = apportion(given, list, 2);
      const total = list.reduce<Dec>((sum, weight) => sum.plus(weight), ZERO);
      expect(parts.reduce<Dec>((sum, part) => sum.plus(part), ZERO).eq(given)).toBe(true);
      parts.forEach((part, index) => {
        const due = given.times(list[index] ?? ZERO).div(total);
        expect(part.minus(due).abs().lt(dec('0.01'))).toBe(true);
        expect(part.decimalPlaces()).toBeLessThanOrEqual(2);
      });
    }));
  });

  test('keep the order of their weights, and of equal weights the earlier has no less', () => {
    fc.assert(fc.property(whole, weights, (given, list) => {
      const parts = apportion(given, list, 2);
      list.forEach((weight, index) => {
        list.forEach((other, later) => {
          if (weight.gt(other) || (weight.eq(other) && index < later)) expect((parts[index] ?? ZERO).gte(parts[later] ?? ZERO)).toBe(true);
        });
      });
    }));
  });

  test('are refused without a positive weight and of a whole finer than they are', () => {
    expect(() => apportion(dec('1'), [ZERO, ZERO], 2)).toThrow(RangeError);
    expect(() => apportion(dec('1'), [dec('1'), dec('-1'), dec('2')], 2)).toThrow(RangeError);
    expect(() => apportion(dec('0.005'), [dec('1')], 2)).toThrow(RangeError);
  });
});
