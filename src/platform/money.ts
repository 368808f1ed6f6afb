/**
 * Exact decimals for money (zł), area (m²), rates (zł/m²) and percentages. Rounding stands here and nowhere else.
 */
import { Decimal } from 'decimal.js';

/** Wide enough that products of money, area and percentages are exact before they are rounded on purpose. */
export const Dec = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 });
export type Dec = Decimal;

export const ZERO: Dec = new Dec(0);
export const HUNDRED: Dec = new Dec(100);

const PLAIN = /^-?\d+(\.\d+)?$/;

/**
 * Reads a plain decimal (`-12.50`), as the database and the law files write it.
 * @throws RangeError when the text is anything else: a parse failure is an error, never 0
 */
export function dec(text: string): Dec {
  if (!PLAIN.test(text)) throw new RangeError(`not a plain decimal: ${JSON.stringify(text)}`);
  return new Dec(text);
}

const interned = new Map<string, Dec>();
const texts = new WeakMap<Dec, string>();
const MOST_INTERNED = 30_000;

/**
 * Like `dec`, but one object a text: areas and distances of a city repeat, and what is computed of them can be kept.
 * @throws RangeError as `dec` does
 */
export function internedDec(text: string): Dec {
  const known = interned.get(text);
  if (known) return known;
  if (interned.size >= MOST_INTERNED) interned.clear();
  const value = dec(text);
  interned.set(text, value);
  texts.set(value, value.toFixed());
  return value;
}

/** Half up (away from zero for halves of negatives) to `places` decimal places. */
export function halfUp(value: Dec, places: number): Dec {
  return value.toDecimalPlaces(places, Decimal.ROUND_HALF_UP);
}

/** Down, towards zero, to `places` decimal places. */
export function down(value: Dec, places: number): Dec {
  return value.toDecimalPlaces(places, Decimal.ROUND_DOWN);
}

/** Up, away from zero, to `places` decimal places: for what has to be reached. */
export function up(value: Dec, places: number): Dec {
  return value.toDecimalPlaces(places, Decimal.ROUND_UP);
}

/** To the grosz, half up. RATE-5 */
export function grosz(value: Dec): Dec {
  return halfUp(value, 2);
}

/** The decimal as a statement writes it: no exponent, no trailing change of scale. */
export function plain(value: Dec): string {
  return texts.get(value) ?? value.toFixed();
}

/** With exactly two places, as money and areas are shown and stored. */
export function fixed2(value: Dec): string {
  const text = plain(value);
  const point = text.indexOf('.');
  const places = point < 0 ? 0 : text.length - point - 1;
  if (places > 2) return value.toFixed(2);
  return places === 2 ? text : places === 1 ? `${text}0` : `${text}.00`;
}

/**
 * Parts of `whole` in proportion to `weights`, each to `places` decimals, that add up to `whole` exactly: largest remainder,
 * equal remainders to the earlier entry. VAL-10
 * @throws RangeError when there is no positive weight, or `whole` is finer than `places`
 */
export function apportion(whole: Dec, weights: readonly Dec[], places: number): Dec[] {
  const total = weights.reduce((sum, weight) => sum.plus(weight), ZERO);
  if (!total.gt(0) || weights.some((weight) => weight.lt(0))) throw new RangeError('apportion: no positive weight');
  const unit = new Dec(10).pow(-places);
  const units = whole.div(unit);
  if (!units.isInteger()) throw new RangeError('apportion: the whole is finer than its parts');
  // Whole units by exact integer arithmetic: units × weight ÷ total, so that remainders compare without rounding.
  const scaled = weights.map((weight) => units.times(weight));
  const floors = scaled.map((share) => share.divToInt(total));
  const remainders = scaled.map((share, index) => share.minus((floors[index] ?? ZERO).times(total)));
  let left = units.minus(floors.reduce((sum, floor) => sum.plus(floor), ZERO)).toNumber();
  const order = remainders.map((_, index) => index).sort((a, b) => (remainders[b] ?? ZERO).cmp(remainders[a] ?? ZERO) || a - b);
  const extra = new Set<number>();
  for (const index of order) {
    if (left <= 0) break;
    extra.add(index);
    left -= 1;
  }
  return floors.map((floor, index) => floor.plus(extra.has(index) ? 1 : 0).times(unit));
}
