/** What keeps a tariff from being stored at all: slips of the pen that no programme has to forbid. Pure. */
import type { Flaw } from '../platform/errors.ts';
import type { Dec } from '../platform/money.ts';
import { dec, plain } from '../platform/money.ts';
import type { Tariff } from './rules.ts';

/** zł/m²; a dwelling at a hundred times the highest rate there ever was. */
const HIGHEST_RATE = dec('1000');
/** zł/m². */
const HIGHEST_INDEX = dec('100000');
/** Totals of the table of points lie between some −60 and some 200. */
const MOST_POINTS = 1_000;
const LONGEST_CODE = 60;
const LONGEST_TEXT = 500;

/** Amounts that are none, points beyond belief, days in the wrong order, texts that cannot be kept. */
export function formFlaws(tariff: Tariff): Flaw[] {
  return [
    ...textFlaws('code', tariff.code, LONGEST_CODE),
    ...textFlaws('order', tariff.act, LONGEST_TEXT),
    ...textFlaws('note', tariff.note ?? '', LONGEST_TEXT),
    ...(tariff.to !== null && tariff.to <= tariff.from ? [{ field: 'to', code: 'tariff_days', args: { from: tariff.from, to: tariff.to } }] : []),
    ...amountFlaws('social_rate', tariff.socialRate, HIGHEST_RATE),
    ...amountFlaws('temporary_room_rate', tariff.temporaryRoomRate, HIGHEST_RATE),
    ...(tariff.index === null ? [] : amountFlaws('index', tariff.index, HIGHEST_INDEX)),
    ...tariff.categories.flatMap(({ category, from, to, rate }, index) => [
      ...textFlaws(`categories.${index}.category`, category, LONGEST_CODE),
      ...amountFlaws(`categories.${index}.rate`, rate, HIGHEST_RATE),
      ...pointFlaws(`categories.${index}.from`, from),
      ...pointFlaws(`categories.${index}.to`, to),
    ]),
  ];
}

function textFlaws(field: string, text: string, most: number): Flaw[] {
  if (/\p{Cc}|\p{Surrogate}/u.test(text)) return [{ field, code: 'tariff_text' }];
  return text.length > most ? [{ field, code: 'tariff_text_long', args: { most: String(most) } }] : [];
}

function amountFlaws(field: string, amount: Dec, most: Dec): Flaw[] {
  if (amount.gt(0) && amount.lte(most) && amount.decimalPlaces() <= 2) return [];
  return [{ field, code: 'tariff_amount', args: { amount: plain(amount), most: plain(most) } }];
}

function pointFlaws(field: string, points: number | null): Flaw[] {
  if (points === null || Math.abs(points) <= MOST_POINTS) return [];
  return [{ field, code: 'tariff_points', args: { points: String(points), most: String(MOST_POINTS) } }];
}
