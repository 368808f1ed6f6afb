/** Computations of cases about tariffs and terms: what forbids or warns of a tariff, which category, which month, which day. */
import { movedOffDaysOff, middleOfMonth, notEarlierThan, termOfDays, termOfMonths } from '../../../src/platform/dates/deadlines.ts';
import { weekday } from '../../../src/platform/dates/plain.ts';
import type { Flaw } from '../../../src/platform/errors.ts';
import { dec } from '../../../src/platform/money.ts';
import { decreaseMonth, exceedsReplacementShare, increaseMonth, isJump, monthAfterTold } from '../../../src/rents/rules/notice.ts';
import type { Category, Tariff } from '../../../src/tariffs/rules.ts';
import { categoryOf, expectedHighestRate, highestRate, tariffFlaws, tariffWarnings } from '../../../src/tariffs/rules.ts';
import { BOOK, day, tariffNamed } from '../law.ts';
import { DAY, lawOf } from './statements.ts';
import type { Input } from './format.ts';

/** `II -8 to -6 at 7.67`, `I to -9 at 6.64`, `XI from 12 at 16.96`. */
function categoryFrom(text: string): Category {
  const match = /^(\S+)(?: (?:from )?(-?\d+))?(?: to (-?\d+))? at ([\d.]+)$/.exec(text);
  if (!match) throw new Error(`not a category: ${text}`);
  const [, category = '', from, to, rate = ''] = match;
  return { category, from: from === undefined ? null : Number(from), to: to === undefined ? null : Number(to), rate: dec(rate), certainty: 'assumed' };
}

function tariffOf(input: Input): Tariff {
  const base = tariffNamed(input.or('tariff', 'krk-2025'));
  const categories = input.all('category').map(categoryFrom);
  const number = (key: string): ReturnType<typeof dec> | null => ((text) => (text === undefined ? null : dec(text)))(input.one(key));
  const date = (key: string, otherwise: Tariff['signedOn']): Tariff['signedOn'] => ((text) => (text === undefined ? otherwise : day(text)))(input.one(key));
  return {
    ...base,
    categories: categories.length === 0 ? base.categories : categories,
    socialRate: number('social rate') ?? base.socialRate,
    temporaryRoomRate: number('temporary room rate') ?? base.temporaryRoomRate,
    index: number('index') ?? base.index,
    signedOn: date('signed', base.signedOn),
    councilInformedOn: date('council informed', base.councilInformedOn),
  };
}

function flawText(kind: string, { field, code, args }: Flaw): string {
  const told = Object.entries(args ?? {}).map(([name, value]) => `${name} ${value}`).join(', ');
  return `${kind}: ${code} at ${field}${told === '' ? '' : ` (${told})`}`;
}

export function tariff(input: Input): string {
  const given = tariffOf(input);
  const law = lawOf(input, input.or('day', DAY));
  const lines = [...tariffFlaws(given, law).map((flaw) => flawText('refused', flaw)), ...tariffWarnings(given, law).map((flaw) => flawText('warning', flaw))];
  const expected = given.index === null ? 'no index' : `expected at least ${expectedHighestRate(given.index, law).toFixed(2)}`;
  return [`highest rate ${highestRate(given).toFixed(2)} zł/m², ${expected}`, ...(lines.length === 0 ? ['accepted'] : lines)].join('\n');
}

export function category(input: Input): string {
  const given = tariffOf(input);
  return input.all('points').map((points) => {
    const found = categoryOf(given, dec(points));
    return `${points.padStart(4)} → ${found ? `${found.category}, ${found.rate.toFixed(2)} zł/m²` : 'none'}`;
  }).join('\n');
}

/** The month from which an increase, a decrease, a compensation holds. */
export function month(input: Input): string {
  const law = lawOf(input, DAY);
  const cause = input.one('cause');
  if (cause !== undefined) return `decrease from ${decreaseMonth(law, day(cause))}`;
  const told = input.one('told');
  if (told !== undefined) return `compensation from ${monthAfterTold(law, day(told))}`;
  const notice = input.one('notice months');
  const last = input.one('last increase');
  const found = increaseMonth(law, {
    delivered: day(input.or('delivered', '')),
    noticeMonths: notice === undefined ? null : Number(notice),
    lastIncrease: last === undefined ? null : day(last),
    tariffFrom: day(input.or('tariff from', '2020-01-01')),
  });
  return `increase from ${found.month}${found.delayedByLastIncrease ? ', six months after the last' : ''}`;
}

/** Whether a rate exceeds 3 % of the replacement value, whether a percentage is a jump. */
export function limits(input: Input): string {
  const law = lawOf(input, input.or('day', DAY));
  return [
    ...input.all('rate').map((rate) => `${rate} zł/m² ${exceedsReplacementShare(law, dec(rate)) ? 'exceeds' : 'does not exceed'} 3 % a year of ${law.number('replacement_index').toFixed()}`),
    ...input.all('change').map((change) => {
      const [before = '', after = ''] = change.split(' → ');
      return `from ${before} to ${after} zł is ${isJump(law, dec(before), dec(after)) ? 'a jump' : 'no jump'}`;
    }),
  ].join('\n');
}

const DAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The last day of a term, moved for an act by the citizen; the first day "not earlier than"; the middle of a month. */
export function term(input: Input): string {
  const middle = input.one('middle of');
  if (middle !== undefined) return `middle of the month ${middleOfMonth(day(middle))}`;
  const before = input.one('not earlier than months before');
  if (before !== undefined) return `from ${notEarlierThan(day(input.or('day', '')), Number(before))}, that day included`;
  const event = day(input.or('event', ''));
  const months = input.one('months');
  const last = months === undefined ? termOfDays(event, Number(input.or('days', '0'))) : termOfMonths(event, Number(months));
  const holidays = BOOK.tables.holidays;
  const named = (date: typeof last): string => `${date} (${DAYS[weekday(date)] ?? ''})`;
  return `ends on ${named(last)}\nfor an act by the citizen on ${named(movedOffDaysOff(last, holidays))}`;
}
