/** Input by its schemas: everything wrong is named at once, each at its place and in words that say what to do. */
import type { z } from 'zod';
import { problemText } from '../problem-texts.ts';
import type { FieldError } from './problem.ts';
import { HttpProblem } from './problem.ts';
import type { RawQuery } from './query.ts';
import { textErrors } from './texts.ts';

export interface RawInput {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: RawQuery;
  readonly body: unknown;
}

export interface InputSchemas {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
}

export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** @throws HttpProblem 422 `invalid_input` naming the fields, 400 `body_missing`, `body_too_deep` */
export function checkedInput(schemas: InputSchemas, raw: RawInput): Input {
  const errors: FieldError[] = [...raw.query.errors, ...textErrors(raw.params), ...textErrors(raw.query.values), ...textErrors(raw.body)];
  const names = Object.keys(schemas.query.shape);
  const parsed = {
    params: read(schemas.params, raw.params, errors),
    query: read(schemas.query, raw.query.values, errors, (key) => unknownParameter(key, names)),
    body: schemas.body === null ? undefined : readBody(schemas.body, raw.body, errors),
  };
  // One word a place: what is said first is the nearest to the cause.
  const first = new Map<string, FieldError>();
  for (const error of errors) if (!first.has(error.field)) first.set(error.field, error);
  if (first.size > 0) throw new HttpProblem(422, 'invalid_input', {}, { errors: [...first.values()] });
  return parsed;
}

function readBody(schema: z.ZodType, value: unknown, errors: FieldError[]): unknown {
  if (value === undefined && !schema.safeParse(undefined).success) throw new HttpProblem(400, 'body_missing');
  return read(schema, value, errors);
}

function unknownParameter(name: string, names: readonly string[]): FieldError {
  return { field: name, message: names.length === 0 ? problemText('parameter_none') : problemText('parameter_unknown', { known: names.join(', ') }) };
}

type UnknownKey = (key: string) => FieldError;

function read(schema: z.ZodType, value: unknown, errors: FieldError[], unknownKey?: UnknownKey): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) errors.push(...fieldErrors(issue, value, [], unknownKey));
  return undefined;
}

type Issue = z.core.$ZodIssue;

function fieldErrors(issue: Issue, value: unknown, above: readonly PropertyKey[], unknownKey?: UnknownKey): FieldError[] {
  const path = [...above, ...issue.path];
  const field = path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey?.(key) ?? { field: [...path, key].map(String).join('.'), message: problemText('key_unknown') });
  }
  if (issue.code === 'invalid_type' && valueAt(value, path) === undefined) return [{ field, message: problemText('field_missing') }];
  if (issue.code === 'invalid_value') return [{ field, message: problemText('choice_unknown', { known: issue.values.map(String).join(', ') }) }];
  if (issue.code === 'invalid_union') {
    const known = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String).join(', ') : undefined;
    if (known !== undefined) return [{ field, message: problemText('choice_unknown', { known }) }];
    // Of several forms the nearest speaks: the one that finds fault deepest inside.
    const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0];
    if (nearest !== undefined && depth(nearest) > 0) return nearest.flatMap((inner) => fieldErrors(inner, value, path));
  }
  return [{ field, message: issue.message }];
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.slice(0, 20).map((issue) => issue.path.length));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
