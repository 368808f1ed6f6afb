/** Two tariffs side by side, range of points by range of points: categories of one name need not hold the same points. Pure. */
import type { Dec } from '../platform/money.ts';
import { HUNDRED, halfUp } from '../platform/money.ts';
import type { Category, Tariff } from './rules.ts';

export interface RateChange {
  /** zł/m². */
  readonly before: Dec | null;
  readonly after: Dec | null;
  /** zł/m²; null where one of them is missing. */
  readonly difference: Dec | null;
  /** Of the rate before, to a tenth. */
  readonly percent: Dec | null;
}

/** Points from–to, both included, null = open, with the rate that each tariff gives them. */
export interface RangeChange extends RateChange {
  readonly from: number | null;
  readonly to: number | null;
  readonly categoryBefore: string | null;
  readonly categoryAfter: string | null;
}

export interface TariffComparison {
  readonly ranges: readonly RangeChange[];
  readonly social: RateChange;
  readonly temporaryRoom: RateChange;
}

export function compareTariffs(before: Tariff, after: Tariff): TariffComparison {
  const starts = [...new Set([...before.categories, ...after.categories].flatMap(startsOf))].sort((a, b) => a - b);
  const bounds: (number | null)[] = [null, ...starts];
  const ranges = bounds.map((from, index): RangeChange => {
    const next = bounds[index + 1];
    const to = next === undefined || next === null ? null : next - 1;
    // Inside one range no category begins or ends: any point of it speaks for all.
    const point = from ?? (to ?? 0);
    const [was, is] = [categoryAt(before, point), categoryAt(after, point)];
    return { from, to, categoryBefore: was?.category ?? null, categoryAfter: is?.category ?? null, ...rateChange(was?.rate ?? null, is?.rate ?? null) };
  });
  return { ranges, social: rateChange(before.socialRate, after.socialRate), temporaryRoom: rateChange(before.temporaryRoomRate, after.temporaryRoomRate) };
}

/** Points at which another category may begin. */
function startsOf({ from, to }: Category): number[] {
  return [...(from === null ? [] : [from]), ...(to === null ? [] : [to + 1])];
}

function categoryAt({ categories }: Tariff, point: number): Category | null {
  return categories.find(({ from, to }) => (from === null || from <= point) && (to === null || point <= to)) ?? null;
}

function rateChange(before: Dec | null, after: Dec | null): RateChange {
  if (before === null || after === null) return { before, after, difference: null, percent: null };
  const difference = after.minus(before);
  return { before, after, difference, percent: before.isZero() ? null : halfUp(difference.times(HUNDRED).div(before), 1) };
}
