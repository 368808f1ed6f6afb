/** The fields of a body or an answer as rows of a table. */
import type { Schema } from '../openapi/model.ts';
import { resolved } from '../openapi/schemas.ts';
import { limitWords, typeWords, value } from './words.ts';

type Shared = Readonly<Record<string, Schema>>;

export interface Field {
  /** `scope.kind`, `items[].lease` */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly words: readonly string[];
}

const DEEPEST = 6;

/** Fields of a schema, those inside by their paths; of several forms each with its condition. */
export function fieldsOf(schema: Schema, shared: Shared): Field[] {
  const fields = collect(schema, shared, '', [], [], 0);
  const seen = new Map(fields.map((field) => [JSON.stringify(field), field]));
  return [...seen.values()];
}

function collect(schema: Schema, shared: Shared, path: string, when: readonly string[], above: readonly string[], depth: number): Field[] {
  // A schema inside itself is told once.
  if (depth > DEEPEST || (schema.$ref !== undefined && above.includes(schema.$ref))) return [];
  const at = resolved(schema, shared);
  const inside = schema.$ref === undefined ? above : [...above, schema.$ref];
  const forms = [...(at.oneOf ?? []), ...(at.anyOf ?? []), ...(at.allOf ?? [])];
  return [
    ...Object.entries(at.properties ?? {}).flatMap(([name, inner]) => {
      const full = path === '' ? name : `${path}.${name}`;
      const row = { name: full, type: typeWords(inner, shared), required: at.required?.includes(name) === true, words: wordsOf(inner, shared, when) };
      return [row, ...collect(inner, shared, full, when, inside, depth + 1)];
    }),
    ...(at.items === undefined ? [] : collect(at.items, shared, `${path}[]`, when, inside, depth + 1)),
    ...forms.flatMap((form) => collect(form, shared, path, forms.length > 1 ? [...when, ...condition(form, shared)] : when, inside, depth + 1)),
  ];
}

/** What tells a form from its siblings: its fixed values. */
function condition(form: Schema, shared: Shared): string[] {
  const fixed = Object.entries(resolved(form, shared).properties ?? {}).filter(([, inner]) => inner.const !== undefined);
  return fixed.slice(0, 1).map(([name, inner]) => `gdy ${name} = ${value(inner.const)}`);
}

function wordsOf(schema: Schema, shared: Shared, when: readonly string[]): string[] {
  const { description } = resolved(schema, shared);
  return [...(description === undefined ? [] : [description]), ...limitWords(schema, shared), ...when];
}
