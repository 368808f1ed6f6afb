/** What is looked for in the trail: typed in a form, then carried by the address, which therefore takes no names and no PESEL. */
import { z } from 'zod';
import { auditSearchInput } from '../../platform/audit/search.ts';
import { said } from '../../platform/problem-texts.ts';
import { at } from '../../web/address.ts';
import type { FieldKind, FieldKinds } from '../../web/forms/kinds.ts';
import { choice, day, text } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { AUDIT } from './addresses.ts';
import { SOUGHT } from './things.tsx';

/** As in refusals: nobody puts a PESEL into an address on purpose. */
const ELEVEN_DIGITS = /\d{11}/;

const { from, to, event, request, order, after } = auditSearchInput.shape;

const parts = {
  from, to, event, request, order,
  /** Codes of people and machines: their form keeps names out. */
  actor: z.string().regex(/^[a-z0-9][a-z0-9._@:-]{0,99}$/, said('user_code_form')).optional(),
  target: z.strictObject({
    kind: z.enum(SOUGHT),
    id: z.string().trim().min(1).max(100).refine((id) => !ELEVEN_DIGITS.test(id), said('audit_target_number')),
  }, said('audit_target_pair')).optional(),
};

/** `lease:ZBK/2019/00001` in an address. */
const pair: FieldKind = {
  read: ([given = '']) => {
    const [, kind, id] = /^([^:]*):(.*)$/s.exec(given) ?? [];
    return given === '' ? undefined : kind === undefined ? given : { kind, id };
  },
  write: (value) => value,
};

/** What the address carries. */
export const addressQuery = z.strictObject({ ...parts, after });
export const addressKinds: FieldKinds = { from: day, to: day, actor: text, event: choice, request: text, order: choice, after: text, target: pair };

/** What the form gives. */
export const questionInput = z.strictObject(parts).refine(({ from: first, to: last }) => first === undefined || last === undefined || first <= last, { path: ['to'], ...said('audit_days_order') });
export const questionFields: FieldKinds = { from: day, to: day, actor: text, event: choice, 'target.kind': choice, 'target.id': text, request: text, order: choice };

export type Question = z.output<typeof questionInput>;

export function addressOf({ target, order: wanted, ...rest }: Question): string {
  return at(AUDIT, {}, { ...rest, order: wanted === 'oldest' ? wanted : null, target: target === undefined ? null : `${target.kind}:${target.id}` });
}

/** The fields of the form as the address fills them. */
export function fieldsOf({ values }: FormState): Record<string, string> {
  const { target = [], ...others } = values;
  const [, kind, id] = /^([^:]*):(.*)$/s.exec(target[0] ?? '') ?? [];
  const filled = Object.entries(others).filter(([name]) => name in questionFields).map(([name, [value = '']]) => [name, value] as const);
  return { ...Object.fromEntries(filled), ...(kind === undefined || id === undefined ? {} : { 'target.kind': kind, 'target.id': id }) };
}

/** The form with what is wrong in the address told at its fields; of what has no field, above. */
export function formOfAddress<T>(form: FormState<T>, { errors, summary }: FormState): FormState<T> {
  const named = Object.entries(errors).map(([name, message]) => [name === 'target' ? 'target.id' : name, message] as const);
  const [told, rest] = [named.filter(([name]) => name in questionFields), named.filter(([name]) => !(name in questionFields))];
  return { ...form, errors: Object.fromEntries(told), summary: summary === null ? null : [summary, ...rest.map(([, message]) => message)].join(' ') };
}
