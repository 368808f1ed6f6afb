/** Fields of the tariff's form: how each is read, and what they hold when a new tariff starts from a known one. */
import { fixed2, plain } from '../../platform/money.ts';
import type { FieldKinds } from '../../web/forms/kinds.ts';
import { choice, day, decimal, lastDay, text } from '../../web/forms/kinds.ts';
import type { Tariff } from '../rules.ts';

/** A whole number with the typographic minus too, which Polish keyboards and documents give. */
const points: typeof decimal = { ...decimal, read: (texts) => decimal.read(texts.map((typed) => typed.replaceAll(/[−–]/g, '-'))) };

export const TARIFF_FIELDS: FieldKinds = {
  code: text, order: text, from: day, to: lastDay, signed: day, council_informed: day, index: decimal, social_rate: decimal, temporary_room_rate: decimal,
  certainty: choice, strength: choice, note: text, reference: text, reference_title: text, reference_place: text, reference_address: text,
  'categories.*.category': text, 'categories.*.from': points, 'categories.*.to': points, 'categories.*.rate': decimal, 'categories.*.certainty': choice,
};

/** The categories and rates of a known tariff; its days, name and source are its own. */
export function valuesLike(tariff: Tariff): Record<string, string> {
  const values: Record<string, string> = {
    social_rate: fixed2(tariff.socialRate), temporary_room_rate: fixed2(tariff.temporaryRoomRate), ...(tariff.index === null ? {} : { index: plain(tariff.index) }),
  };
  tariff.categories.forEach(({ category, from, to, rate }, index) => {
    const row = `categories.${index}`;
    Object.assign(values, { [`${row}.category`]: category, [`${row}.from`]: from === null ? '' : String(from), [`${row}.to`]: to === null ? '' : String(to), [`${row}.rate`]: fixed2(rate) });
  });
  return values;
}
