/** RATE-1 … RATE-4: what a tariff is, and what it must keep to. Pure. */
import type { PlainDate } from '../platform/dates/plain.ts';
import { daysBetween } from '../platform/dates/plain.ts';
import type { Flaw } from '../platform/errors.ts';
import type { Law } from '../platform/law/book.ts';
import type { Certainty, Provenance } from '../platform/law/types.ts';
import type { Dec } from '../platform/money.ts';
import { HUNDRED, fixed2, plain, up } from '../platform/money.ts';

/** A category: from `from` points (null = open below) to `to` points (null = open above), both included; rate in zł/m². */
export interface Category {
  readonly category: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly rate: Dec;
  /** Of this rate; that of the tariff where the file says nothing else. */
  readonly certainty: Certainty;
}

/** The order on rates: its categories from the fewest points to the most. P ann. 1 §1.2 */
export interface Tariff extends Provenance {
  readonly code: string;
  /** Name of the order, in Polish. */
  readonly act: string;
  readonly categories: readonly Category[];
  /** zł/m². */
  readonly socialRate: Dec;
  /** zł/m². */
  readonly temporaryRoomRate: Dec;
  /** Replacement cost index known when the order was prepared, zł/m². */
  readonly index: Dec | null;
  readonly signedOn: PlainDate | null;
  readonly councilInformedOn: PlainDate | null;
}

/** The category whose range holds the points: the highest one whose lower bound they reach. */
export function categoryOf(tariff: Tariff, points: Dec): Category | null {
  for (let index = tariff.categories.length - 1; index >= 0; index -= 1) {
    const category = tariff.categories[index];
    if (category && (category.from === null || points.gte(category.from))) return category;
  }
  return null;
}

/** zł/m². */
export function highestRate(tariff: Tariff): Dec {
  return tariff.categories.reduce((most, category) => (category.rate.gt(most) ? category.rate : most), tariff.socialRate);
}

/** The lowest category rate, zł/m². RATE-2, reading */
export function lowestRate(tariff: Tariff): Dec | null {
  return tariff.categories.reduce<Dec | null>((least, { rate }) => (least === null || rate.lt(least) ? rate : least), null);
}

/** What forbids the tariff: it is refused at loading. RATE-1, RATE-2 */
export function tariffFlaws(tariff: Tariff, law: Law): Flaw[] {
  return [...rangeFlaws(tariff), ...shareFlaws(tariff, law)];
}

/** Ranges without gap or overlap, open at both ends; more points never mean a lower rate. RATE-1 */
export function rangeFlaws({ categories }: Pick<Tariff, 'categories'>): Flaw[] {
  const flaws: Flaw[] = [];
  if (categories.length === 0) flaws.push({ field: 'categories', code: 'tariff_empty' });
  categories.forEach((category, index) => {
    const field = `categories.${index}`;
    const next = categories[index + 1];
    const first = index === 0;
    const last = next === undefined;
    // Outer ranges are open: totals of points can be negative and have no highest value. RATE-1
    if (first && category.from !== null) flaws.push({ field: `${field}.from`, code: 'tariff_open_below', args: { category: category.category } });
    if (last && category.to !== null) flaws.push({ field: `${field}.to`, code: 'tariff_open_above', args: { category: category.category } });
    if (category.from !== null && category.to !== null && category.to < category.from) {
      flaws.push({ field, code: 'tariff_range_reversed', args: { category: category.category } });
    }
    if (!next) return;
    const args = { lower: category.category, upper: next.category };
    if (category.to === null || next.from === null || next.from !== category.to + 1) flaws.push({ field, code: 'tariff_gap', args });
    if (next.rate.lt(category.rate)) {
      flaws.push({ field: `categories.${index + 1}.rate`, code: 'tariff_falling', args: { ...args, rate: fixed2(next.rate), below: fixed2(category.rate) } });
    }
  });
  const names = categories.map(({ category }) => category);
  if (new Set(names).size !== names.length) flaws.push({ field: 'categories', code: 'tariff_same_category' });
  return flaws;
}

/** zł/m². RATE-2 */
export function highestSocialRate(lowest: Dec, law: Law): Dec {
  return lowest.times(law.number('tariff.social_max_share')).div(HUNDRED);
}

/** Social and temporary-room rate at most half of the lowest rate in the stock. RATE-2, P ch. III */
export function shareFlaws(tariff: Tariff, law: Law): Flaw[] {
  const lowest = lowestRate(tariff);
  if (lowest === null) return [];
  const most = highestSocialRate(lowest, law);
  const rates: [string, Dec][] = [
    ['social_rate', tariff.socialRate],
    ['temporary_room_rate', tariff.temporaryRoomRate],
  ];
  return rates
    .filter(([, rate]) => rate.gt(most))
    .map(([field, rate]) => ({ field, code: 'tariff_social_too_high', args: { rate: fixed2(rate), most: plain(most) } }));
}

/**
 * Least highest rate that RATE-3 expects, zł/m² a month: index × 3 % ÷ 12, up to the grosz, for a fraction below is below.
 * Reading: the 3 % are for a year.
 */
export function expectedHighestRate(index: Dec, law: Law): Dec {
  return up(index.times(law.number('tariff.highest_min_index_share')).div(HUNDRED.times(law.number('tariff.highest_min_index_months'))), 2);
}

/** What the tariff should be warned of. RATE-3, RATE-4 */
export function tariffWarnings(tariff: Tariff, law: Law): Flaw[] {
  return [...highestWarnings(tariff, law), ...councilWarnings(tariff, law)];
}

/** The highest rate against the replacement cost index. RATE-3 */
export function highestWarnings(tariff: Tariff, law: Law): Flaw[] {
  if (tariff.index === null) return [];
  const expected = expectedHighestRate(tariff.index, law);
  const highest = highestRate(tariff);
  if (highest.gte(expected)) return [];
  return [{ field: 'categories', code: 'tariff_highest_low', args: { highest: fixed2(highest), expected: fixed2(expected), index: plain(tariff.index) } }];
}

/** The Council informed in time. RATE-4 */
export function councilWarnings({ signedOn, councilInformedOn }: Tariff, law: Law): Flaw[] {
  const days = law.integer('tariff.council_notice');
  if (signedOn === null) return [{ field: 'signed', code: 'tariff_signing_unknown', args: { days: String(days) } }];
  if (councilInformedOn === null) return [{ field: 'council_informed', code: 'tariff_council_unknown', args: { days: String(days) } }];
  if (daysBetween(councilInformedOn, signedOn) >= days) return [];
  return [{ field: 'council_informed', code: 'tariff_council_late', args: { informed: councilInformedOn, signed: signedOn, days: String(days) } }];
}
