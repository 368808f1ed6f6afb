/** NOT-1 … NOT-5: from which month a new rent holds. UOPL art. 8a, 9. Pure. */
import type { PlainDate } from '../../platform/dates/plain.ts';
import { addMonths, laterOf, monthStart, monthStartFrom } from '../../platform/dates/plain.ts';
import { kept } from '../../platform/kept.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { HUNDRED } from '../../platform/money.ts';

/** The month after the full calendar months of notice that follow the month of delivery: January → 1 May. NOT-1, NOT-2; art. 8a(1)–(2) */
export function firstMonthAfterNotice(law: Law, delivered: PlainDate, noticeMonths: number | null): PlainDate {
  const months = Math.max(law.integer('notice.months'), noticeMonths ?? 0);
  return addMonths(monthStart(delivered), months + 1);
}

/** The first month in which another increase may take effect, effective day to effective day. NOT-3; art. 9(1b), reading */
export function firstMonthAfterIncrease(law: Law, lastIncrease: PlainDate): PlainDate {
  return monthStartFrom(addMonths(lastIncrease, law.integer('increase.min_interval')));
}

export interface IncreaseMonth {
  readonly month: PlainDate;
  /** Whether it is the six months since the last increase that decide. NOT-3 */
  readonly delayedByLastIncrease: boolean;
}

/** The first lawful month of an increase. NOT-2, NOT-3 */
export function increaseMonth(
  law: Law,
  terms: { delivered: PlainDate; noticeMonths: number | null; lastIncrease: PlainDate | null; tariffFrom: PlainDate },
): IncreaseMonth {
  const byNotice = laterOf(firstMonthAfterNotice(law, terms.delivered, terms.noticeMonths), monthStartFrom(terms.tariffFrom));
  if (terms.lastIncrease === null) return { month: byNotice, delayedByLastIncrease: false };
  const byInterval = firstMonthAfterIncrease(law, terms.lastIncrease);
  return byInterval > byNotice ? { month: byInterval, delayedByLastIncrease: true } : { month: byNotice, delayedByLastIncrease: false };
}

/** First of the month after the cause; a cause on the 1st counts for that month. NOT-5 */
export function decreaseMonth(law: Law, cause: PlainDate): PlainDate {
  return cause === monthStart(cause) ? cause : addMonths(monthStart(cause), law.integer('decrease.months_after_cause'));
}

/** Without a title a new amount holds from the month after it was told; NOT does not apply. RATE-8, reading */
export function monthAfterTold(law: Law, told: PlainDate): PlainDate {
  return addMonths(monthStart(told), law.integer('no_title.months_after_told'));
}

/** 3 % of the replacement value, zł/m² a year. NOT-4 */
const replacementShare = kept((law: Law): Dec => law.number('replacement_index').times(law.number('increase.replacement_share')).div(HUNDRED));

/** Whether 12 × S exceeds 3 % of the replacement value per m²; exactly 3 % does not. NOT-4; art. 8a(4), 9(8) */
export function exceedsReplacementShare(law: Law, rate: Dec): boolean {
  return rate.times(law.number('increase.replacement_months')).gt(replacementShare(law));
}

/** Percentage of the change, to 0.01, or null where there was no rent. */
export function percentOfChange(before: Dec, after: Dec): Dec | null {
  return before.isZero() ? null : after.minus(before).times(HUNDRED).div(before).toDecimalPlaces(2);
}

/** Whether the increase comes in a jump; tested on the amounts, not on the rounded percentage. RATE-10; P ch. IV */
export function isJump(law: Law, before: Dec, after: Dec): boolean {
  return after.minus(before).times(HUNDRED).gt(before.times(law.number('increase.jump')));
}
