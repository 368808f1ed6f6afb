/** Reading a form by the command's own schema. */
import type { z } from 'zod';
import { checkedInput } from '../../platform/http/input.ts';
import { HttpProblem, problemOf } from '../../platform/http/problem.ts';
import { problemText } from '../../platform/problem-texts.ts';
import { z as zod } from 'zod';
import type { FieldKinds } from './kinds.ts';
import { isRowKind, kindOf, typedRows } from './rows.ts';
import type { FormState } from './state.ts';

const NONE = zod.strictObject({});

/** A form that nobody has sent yet, with what its fields hold at first. */
export function emptyForm<T>(kinds: FieldKinds, values: Readonly<Record<string, string>>): FormState<T> {
  const shown = Object.entries(values).map(([name, value]) => [name, [kindOf(kinds, name)?.write(value) ?? value]] as const);
  return { values: Object.fromEntries(shown), errors: {}, summary: null, value: null, previewed: false };
}

/** The form as it was sent, unread: it is shown again with more room. */
export function typedForm<T>(kinds: FieldKinds, entries: URLSearchParams): FormState<T> {
  return { values: typedOf(kinds, entries), errors: {}, summary: null, value: null, previewed: false };
}

/** The form as it was sent: its value, or what is wrong with it. */
export function checkedForm<B extends z.ZodType>(body: B, kinds: FieldKinds, entries: URLSearchParams): FormState<z.output<B>> {
  const values = typedOf(kinds, entries);
  const state = { values, summary: null, previewed: false };
  try {
    const input = checkedInput({ params: NONE, query: NONE, body }, { params: {}, query: { values: {}, errors: [] }, body: nested(kinds, values) });
    return { ...state, errors: {}, value: input.body as z.output<B> };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    const { errors, summary } = wordsOf(error, [...Object.keys(values), ...Object.keys(kinds).map((name) => name.replace('.*.', '.0.'))]);
    return { ...state, errors, summary, value: null };
  }
}

/** The form after its command was refused, with the status to answer; null where the refusal is none of the form's business. */
export function refusedForm<T>(form: FormState<T>, error: unknown): { readonly refused: FormState<T> | null; readonly status: number } {
  const { status, code } = problemOf(error);
  if (status === 401 || code === 'not_permitted') return { refused: null, status };
  return { refused: { ...form, ...wordsOf(error, Object.keys(form.values)), value: null, previewed: false }, status };
}

/** What was refused, place by place; a place that is no field of the form is told in the summary. */
function wordsOf(error: unknown, fields: readonly string[]): { errors: Record<string, string>; summary: string } {
  const { detail, errors: refused = [] } = problemOf(error);
  const errors: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of refused) {
    const place = placeOf(field, fields);
    if (place === null) others.push(`${field}: ${message}`);
    else errors[place] = Object.hasOwn(errors, place) ? `${errors[place] ?? ''} ${message}` : message;
  }
  // What is said at its field is not said twice.
  const whole = Object.values(errors).includes(detail) ? problemText('invalid_input') : detail;
  return { errors, summary: [whole, ...others].join(' ') };
}

/** The field at which it is told: itself, the list it is one of, or, where it is a row or a whole group, the first field inside. */
function placeOf(field: string, fields: readonly string[]): string | null {
  const list = field.replace(/\.\d+$/, '');
  return [field, list].find((name) => fields.includes(name)) ?? fields.find((name) => name.startsWith(`${field}.`)) ?? null;
}

/** The texts of the form's own fields; what else was sent (the session's word, the button) is not the command's. */
function typedOf(kinds: FieldKinds, entries: URLSearchParams): Record<string, readonly string[]> {
  const single = Object.keys(kinds).filter((name) => !isRowKind(name)).map((name) => [name, entries.getAll(name)] as const);
  return { ...Object.fromEntries(single), ...typedRows(kinds, entries) };
}

/** `scope.kind` inside `scope`, `categories.0.rate` inside the first of `categories`. */
function nested(kinds: FieldKinds, values: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, texts] of Object.entries(values)) {
    const value = kindOf(kinds, name)?.read(texts);
    const path = name.split('.');
    const last = path.pop() ?? name;
    if (value === undefined && !/\.\d+\./.test(name)) continue;
    let at = body;
    path.forEach((key, index) => {
      at[key] ??= /^\d+$/.test(path[index + 1] ?? '') ? [] : {};
      at = at[key] as Record<string, unknown>;
    });
    if (value !== undefined) at[last] = value;
  }
  return body;
}
