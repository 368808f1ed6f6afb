/** Examples made from a schema, where it does not bring its own. */
import type { Schema } from './model.ts';
import { resolved } from './schemas.ts';

type Shared = Readonly<Record<string, Schema>>;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'adres@example.pl',
  uri: 'https://example.pl',
  uuid: '6f1c1f4e-3c5b-4d3a-9d53-0c1f6c2a7b10',
};

/** A value that fits the schema. `all` shows optional fields as well, as an answer does; `above` are the references it stands in. */
export function exampleOf(schema: Schema, shared: Shared, all = false, above: readonly string[] = []): unknown {
  const at = resolved(schema, shared);
  const inside = schema.$ref === undefined ? above : [...above, schema.$ref];
  const given = [at.examples?.[0], at.default, at.const, at.enum?.[0]].find((value) => value !== undefined);
  if (given !== undefined) return given;
  const type = typeof at.type === 'string' ? at.type : at.type?.find((one) => one !== 'null');
  const form = [...(at.oneOf ?? []), ...(at.anyOf ?? [])].find((one) => resolved(one, shared).type !== 'null') ?? at.allOf?.[0];
  if (form !== undefined) return exampleOf(form, shared, all, inside);
  if (type === 'object') return objectOf(at, shared, all, inside);
  if (type === 'array') return listOf(at, shared, all, inside);
  if (type === 'integer' || type === 'number') return at.minimum ?? (at.exclusiveMinimum === undefined ? 0 : at.exclusiveMinimum + 1);
  if (type === 'boolean') return true;
  if (type === 'string') return textOf(at);
  return null;
}

/** Of what need not be given only that which brings an example, and only when nothing must be given. */
function objectOf({ properties = {}, required = [] }: Schema, shared: Shared, all: boolean, above: readonly string[]): unknown {
  const shown = Object.entries(properties).filter(([name, inner]) => {
    if (required.includes(name)) return true;
    return !endless(inner, above) && (all || (required.length === 0 && resolved(inner, shared).examples !== undefined));
  });
  return Object.fromEntries(shown.map(([name, inner]) => [name, exampleOf(inner, shared, all, above)]));
}

function listOf({ items, prefixItems, minItems = 1 }: Schema, shared: Shared, all: boolean, above: readonly string[]): unknown[] {
  if (prefixItems !== undefined) return prefixItems.map((inner) => exampleOf(inner, shared, all, above));
  if (items === undefined || endless(items, above)) return [];
  return Array.from({ length: Math.min(Math.max(minItems, 1), 3) }, () => exampleOf(items, shared, all, above));
}

/** A schema inside itself. */
function endless({ $ref }: Schema, above: readonly string[]): boolean {
  return $ref !== undefined && above.includes($ref);
}

function textOf({ format, minLength = 0, maxLength = Infinity }: Schema): string {
  const known = format === undefined ? undefined : FORMATS[format];
  return known ?? 'tekst'.padEnd(Math.min(minLength, 200), 'x').slice(0, maxLength);
}
