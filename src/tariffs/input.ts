/** A tariff as it is typed in: the fields of a tariff file, days and amounts as text. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import type { TariffFile } from '../platform/law/files.ts';
import { CERTAINTIES, STRENGTHS } from '../platform/law/types.ts';
import type { Reference } from '../platform/law/types.ts';
import { dec } from '../platform/money.ts';
import { problemText, said } from '../platform/problem-texts.ts';

const amount = z.string().regex(/^-?\d{1,12}(?:\.\d{1,10})?$/, said('want_amount'));
const points = z.string().regex(/^-?\d{1,6}$/, said('want_points_signed'));
const words = (most: number): z.ZodString => z.string().trim().min(1).max(most);

const categoryInput = z.strictObject({
  category: words(60),
  from: points.optional(),
  to: points.optional(),
  rate: amount,
  /** Where it differs from that of the tariff. */
  certainty: z.enum(CERTAINTIES).optional(),
});

/** The order on rates, and the source that it cites where the law does not know it yet. */
export const tariffInput = z
  .strictObject({
    code: words(60).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, said('code_plain')),
    order: words(500),
    from: plainDate,
    to: plainDate.optional(),
    signed: plainDate.optional(),
    council_informed: plainDate.optional(),
    index: amount.optional(),
    social_rate: amount,
    temporary_room_rate: amount,
    certainty: z.enum(CERTAINTIES),
    strength: z.enum(STRENGTHS).optional(),
    note: words(500).optional(),
    reference: words(60),
    reference_title: words(500).optional(),
    reference_place: words(500).optional(),
    reference_address: z.url({ protocol: /^https?$/, ...said('want_web_address') }).max(500).optional(),
    categories: z.array(categoryInput).min(1).max(100),
  })
  .superRefine((given, context) => {
    if (given.strength !== undefined && given.certainty !== 'reconstructed') context.addIssue({ code: 'custom', path: ['strength'], message: problemText('strength_needless') });
    const about = given.reference_title ?? given.reference_place ?? given.reference_address;
    if (about !== undefined && given.reference_title === undefined) context.addIssue({ code: 'custom', path: ['reference_title'], message: problemText('reference_title_needed') });
  });

export type TariffInput = z.output<typeof tariffInput>;

/** What was typed, as a file would give it. */
export function tariffOf({ categories, ...given }: TariffInput): TariffFile {
  return {
    code: given.code,
    act: given.order,
    from: given.from,
    to: given.to ?? null,
    reference: given.reference,
    certainty: given.certainty,
    ...(given.strength === undefined ? {} : { strength: given.strength }),
    ...(given.note === undefined ? {} : { note: given.note }),
    signedOn: given.signed ?? null,
    councilInformedOn: given.council_informed ?? null,
    index: given.index === undefined ? null : dec(given.index),
    socialRate: dec(given.social_rate),
    temporaryRoomRate: dec(given.temporary_room_rate),
    categories: categories.map(({ category, from, to, rate, certainty }) => ({
      category, from: from === undefined ? null : Number(from), to: to === undefined ? null : Number(to), rate: dec(rate), certainty: certainty ?? given.certainty,
    })),
  };
}

/** The source that was typed in with it, or null. */
export function sourceOf(given: TariffInput): Reference | null {
  if (given.reference_title === undefined) return null;
  return {
    code: given.reference, title: given.reference_title,
    ...(given.reference_place === undefined ? {} : { place: given.reference_place }),
    ...(given.reference_address === undefined ? {} : { address: given.reference_address }),
  };
}
