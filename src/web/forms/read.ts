/** Reading a form by the command's own schema. */
import type { z } from 'zod';
import { checkedInput } from '../../platform/http/input.ts';
import { HttpProblem, problemOf } from '../../platform/http/problem.ts';
import { z as zod } from 'zod';
import type { FieldKinds } from './kinds.ts';
import type { FormState } from './state.ts';

const NONE = zod.strictObject({});

/** A form that nobody has sent yet, with what its fields hold at first. */
export function emptyForm<T>(kinds: FieldKinds, values: Readonly<Record<string, string>>): FormState<T> {
  const shown = Object.entries(values).map(([name, value]) => [name, [kinds[name]?.write(value) ?? value]] as const);
  return { values: Object.fromEntries(shown), errors: {}, summary: null, value: null, previewed: false };
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
    const { errors, summary } = wordsOf(error, kinds);
    return { ...state, errors, summary, value: null };
  }
}

/** The form after its command was refused, with the status to answer; null where the refusal is none of the form's business. */
export function refusedForm<T>(form: FormState<T>, error: unknown): { readonly refused: FormState<T> | null; readonly status: number } {
  const { status, code } = problemOf(error);
  if (status === 401 || code === 'not_permitted') return { refused: null, status };
  return { refused: { ...form, ...wordsOf(error, form.values), value: null, previewed: false }, status };
}

/** What was refused, place by place; a place that is no field of the form is told in the summary. */
function wordsOf(error: unknown, fields: Readonly<Record<string, unknown>>): { errors: Record<string, string>; summary: string } {
  const { detail, errors = [] } = problemOf(error);
  const placed = errors.map(({ field, message }) => ({ field: Object.hasOwn(fields, field) ? field : field.replace(/\.\d+$/, ''), message }));
  const own = placed.filter(({ field }) => Object.hasOwn(fields, field));
  const others = placed.filter(({ field }) => !Object.hasOwn(fields, field)).map(({ field, message }) => `${field}: ${message}`);
  return { errors: Object.fromEntries(own.map(({ field, message }) => [field, message])), summary: [detail, ...others].join(' ') };
}

/** The texts of the form's own fields; what else was sent (the session's word, the button) is not the command's. */
function typedOf(kinds: FieldKinds, entries: URLSearchParams): Record<string, readonly string[]> {
  return Object.fromEntries(Object.keys(kinds).map((name) => [name, entries.getAll(name)]));
}

/** `scope.kind` inside `scope`. */
function nested(kinds: FieldKinds, values: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const value = kind.read(values[name] ?? []);
    if (value === undefined) continue;
    const path = name.split('.');
    const last = path.pop() ?? name;
    let at = body;
    for (const key of path) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return body;
}
