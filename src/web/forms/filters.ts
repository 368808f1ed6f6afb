/** What an address carries: each part is read by itself, so that one that is wrong does not take the others with it. */
import type { z } from 'zod';
import type { RawQuery } from '../../platform/http/query.ts';
import { textErrors } from '../../platform/http/texts.ts';
import { problemText } from '../../platform/problem-texts.ts';
import type { FieldKinds } from './kinds.ts';
import { text } from './kinds.ts';
import type { FormState } from './state.ts';

/** The values of the address that are right, and the rest as a form shows it. */
export function readFilters(schema: z.ZodObject, kinds: FieldKinds, { values, errors: repeated }: RawQuery): { query: Record<string, unknown>; filters: FormState } {
  const errors: Record<string, string> = Object.fromEntries([...repeated, ...textErrors(values)].map(({ field, message }) => [field, message]));
  const query: Record<string, unknown> = {};
  for (const [name, part] of Object.entries<z.ZodType>(schema.shape)) {
    const given = name in errors ? undefined : (kinds[name] ?? text).read(name in values ? [values[name] ?? ''] : []);
    const result = part.safeParse(given);
    if (result.success) query[name] = result.data;
    else {
      errors[name] = result.error.issues[0]?.message ?? problemText('field_missing');
      const without = part.safeParse(undefined);
      if (without.success) query[name] = without.data;
    }
  }
  const typed = Object.entries(values).filter(([name]) => name in schema.shape).map(([name, value]) => [name, [value]] as const);
  const summary = Object.keys(errors).length === 0 ? null : problemText('invalid_input');
  return { query, filters: { values: Object.fromEntries(typed), errors, summary, value: null, previewed: false } };
}
