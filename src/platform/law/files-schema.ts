/** The form of each entry of the law files. What an entry means for others is checked in `files-check.ts`. */
import { z } from 'zod';
import { isPlainDate, parsePlainDate } from '../dates/plain.ts';
import { dec } from '../money.ts';
import type { Problems } from './files-problems.ts';
import { place } from './files-problems.ts';
import type { RawNode } from './files-yaml.ts';
import type { LawFileCode } from './files-words.ts';
import { lawFileText } from './files-words.ts';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Said when it is refused: schemas are made once, words for each reader. */
const says = (code: LawFileCode): { readonly error: () => string } => ({ error: () => lawFileText(code) });

export const text = z.string().trim().min(1);
export const day = z.string().refine(isPlainDate, says('no_day')).transform(parsePlainDate);
const decimalText = z.string().regex(DECIMAL, says('no_number'));
export const decimal = decimalText.transform(dec);
export const whole = z.string().regex(/^-?\d+$/, says('no_whole')).transform(Number);
const monthDay = z.string().refine((value) => isPlainDate(`2000-${value}`), says('no_day_of_year'));
export const certainty = z.enum(['printed', 'reconstructed', 'reported', 'assumed']);
const strength = z.enum(['weak', 'medium', 'strong']);

/** What every dated value carries; without `to` it ends where the next value of its key starts. */
export const provenance = {
  from: day,
  to: day.nullable().default(null),
  reference: text,
  certainty,
  strength: strength.exactOptional(),
  note: text.exactOptional(),
};

const limits = z.strictObject({
  from: decimalText.exactOptional(),
  over: decimalText.exactOptional(),
  to: decimalText.exactOptional(),
  below: decimalText.exactOptional(),
});
const condition = z.union([z.array(text).min(1), limits.refine((given) => Object.keys(given).length > 0, says('limits'))]);

export const editionSchema = z.strictObject({ from: day, to: day.exactOptional(), reference: text, certainty: certainty.exactOptional() });

export const referenceSchema = z.strictObject({
  code: text,
  title: text,
  place: text.exactOptional(),
  address: text.exactOptional(),
});

const slotFields = z.strictObject({
  slot: text,
  subject: z.enum(['building', 'staircase', 'dwelling']),
  shape: z.enum(['option', 'measure']),
  name: text,
  option_names: z.record(text, text).default({}),
  unit: text.nullable().default(null),
  min: decimalText.nullable().default(null),
  max: decimalText.nullable().default(null),
  unrecorded: text,
  ...provenance,
});

/** An option slot has named options, a measure has a unit and believable bounds. VAL-15 */
export const slotSchema = slotFields
  .superRefine((slot, context) => {
    const complain = (field: string, code: LawFileCode, args = {}) => context.addIssue({ code: 'custom', path: [field], message: lawFileText(code, args) });
    const options = Object.keys(slot.option_names);
    if (slot.shape === 'option') {
      if (options.length === 0) complain('option_names', 'field_missing');
      for (const field of ['unit', 'min', 'max'] as const) if (slot[field] !== null) complain(field, 'measure_only');
      if (slot.unrecorded !== 'unknown' && !options.includes(slot.unrecorded)) complain('unrecorded', 'unrecorded_option');
      return;
    }
    if (options.length > 0) complain('option_names', 'measure_without_options');
    for (const field of ['unit', 'min', 'max'] as const) if (slot[field] === null) complain(field, 'field_missing');
    if (slot.min !== null && slot.max !== null && dec(slot.min).gte(dec(slot.max))) complain('max', 'more_than_min');
    if (!['unknown', 'none'].includes(slot.unrecorded)) complain('unrecorded', 'allowed', { allowed: 'unknown, none' });
  })
  .transform(({ option_names: optionNames, ...slot }) => ({ ...slot, options: Object.keys(optionNames), optionNames }));

export const groupSchema = z.strictObject({
  group: text,
  cardinality: z.enum(['exactly one', 'at most one', 'each or not']),
  over: z.enum(['slots', 'traffic', 'business', 'technical']),
  choose: z.literal('least').nullable().default(null),
  position: whole,
  name: text,
  ...provenance,
});

export const itemSchema = z.strictObject({
  item: text,
  group: text,
  value: decimal,
  unit: z.enum(['pkt', '%']),
  when: z.record(text, condition),
  text,
  ...provenance,
});

export const zoneSchema = z.strictObject({ zone: text, name: text, precedence: whole, boundary: text, ...provenance });

export const streetSchema = z.strictObject({ band: text, street: text, segment: text.default(''), ...provenance });

export const parameterSchema = z.strictObject({
  key: text,
  value: z.union([text, z.array(text).min(1)]),
  unit: text,
  rule: text,
  name: text,
  ...provenance,
});

/** Exactly one of the three ways to name a day off. TIME-1 */
export const holidaySchema = z
  .strictObject({
    name: text,
    fixed: monthDay.nullable().default(null),
    easter: whole.nullable().default(null),
    weekday: whole.refine((number) => number >= 1 && number <= 7, says('no_weekday')).nullable().default(null),
    ...provenance,
  })
  .refine((holiday) => [holiday.fixed, holiday.easter, holiday.weekday].filter((way) => way !== null).length === 1, says('one_of_three'));

/** The value in its typed form, or null: the problems then name each field. */
export function check<Schema extends z.ZodType>(schema: Schema, raw: RawNode, file: string, entry: string, problems: Problems): z.output<Schema> | null {
  const result = schema.safeParse(raw, { reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues) problems.add(file, place(entry, issue.path.map(String).join('.')), inWords(issue));
  return null;
}

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message.startsWith('Invalid') ? lawFileText('wrong_value') : issue.message;
  if (issue.code === 'unrecognized_keys') return lawFileText('field_unknown', { fields: issue.keys.map((name) => lawFileText('quoted', { name })).join(', ') });
  if (issue.input === undefined) return lawFileText('field_missing');
  if (issue.code === 'invalid_value') return lawFileText('allowed', { allowed: issue.values.map(String).join(', ') });
  if (issue.code === 'too_small') return lawFileText('field_empty');
  if (issue.code === 'invalid_union') return lawFileText(issue.path.includes('when') ? 'limits' : 'text_or_list');
  return lawFileText('wrong_kind');
}
