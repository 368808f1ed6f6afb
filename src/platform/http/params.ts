/** Parameters of addresses: texts that mean numbers and yes or no. */
import { z } from 'zod';
import { said } from '../problem-texts.ts';

export interface IntegerRange {
  readonly min: number;
  readonly max: number;
  readonly description?: string;
  readonly example?: number;
}

/** A whole number written in digits, nothing else: no blanks, signs of exponent or hexadecimal. */
export function integerParam({ min, max, description, example = min }: IntegerRange): z.ZodType<number, string> {
  return z
    .string()
    .refine((text) => /^-?\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max, said('want_whole_between', { min: String(min), max: String(max) }))
    .transform(Number)
    .meta({ type: 'integer', minimum: min, maximum: max, 'x-example': example, ...(description === undefined ? {} : { description }) });
}

/** `true` or `false`. */
export function booleanParam(description?: string): z.ZodType<boolean, string> {
  return z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .meta({ type: 'boolean', enum: undefined, 'x-example': true, ...(description === undefined ? {} : { description }) });
}
