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

const DEEPEST = 8;

/** A value that fits the schema; of optional fields only those that bring an example. `all` shows every field, as an answer does. */
export function exampleOf(schema: Schema, shared: Shared, all = false, depth = 0): unknown {
  const at = resolved(schema, shared);
  const given = [at.examples?.[0], at.default, at.const, at.enum?.[0]].find((value) => value !== undefined);
  if (given !== undefined) return given;
  const type = typeof at.type === 'string' ? at.type : at.type?.find((one) => one !== 'null');
  const form = [...(at.oneOf ?? []), ...(at.anyOf ?? [])].find((one) => resolved(one, shared).type !== 'null') ?? at.allOf?.[0];
  if (form !== undefined) return exampleOf(form, shared, all, depth);
  if (type === 'object') return objectOf(at, shared, all, depth);
  if (type === 'array') return depth >= DEEPEST ? [] : listOf(at, shared, all, depth);
  if (type === 'integer' || type === 'number') return at.minimum ?? (at.exclusiveMinimum === undefined ? 0 : at.exclusiveMinimum + 1);
  if (type === 'boolean') return true;
  if (type === 'string') return textOf(at);
  return null;
}

function objectOf({ properties = {}, required = [] }: Schema, shared: Shared, all: boolean, depth: number): unknown {
  if (depth >= DEEPEST) return {};
  const shown = Object.entries(properties).filter(([name, inner]) => required.includes(name) || all || resolved(inner, shared).examples !== undefined);
  return Object.fromEntries(shown.map(([name, inner]) => [name, exampleOf(inner, shared, all, depth + 1)]));
}

function listOf({ items, prefixItems, minItems = 1 }: Schema, shared: Shared, all: boolean, depth: number): unknown[] {
  if (prefixItems !== undefined) return prefixItems.map((inner) => exampleOf(inner, shared, all, depth + 1));
  if (items === undefined) return [];
  return Array.from({ length: Math.min(Math.max(minItems, 1), 3) }, () => exampleOf(items, shared, all, depth + 1));
}

function textOf({ format, minLength = 0, maxLength = Infinity }: Schema): string {
  const known = format === undefined ? undefined : FORMATS[format];
  return known ?? 'tekst'.padEnd(Math.min(minLength, 200), 'x').slice(0, maxLength);
}
