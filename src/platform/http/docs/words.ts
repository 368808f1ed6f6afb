/** Polish words for what the description says in schemas. */
import type { Schema } from '../openapi/model.ts';
import { resolved } from '../openapi/schemas.ts';

type Shared = Readonly<Record<string, Schema>>;

const TYPES: Readonly<Record<string, string>> = {
  string: 'tekst',
  integer: 'liczba całkowita',
  number: 'liczba',
  boolean: 'true albo false',
  object: 'obiekt',
  array: 'lista',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = { date: 'dzień RRRR-MM-DD', 'date-time': 'chwila ISO 8601', email: 'adres e-mail', uri: 'adres internetowy', uuid: 'UUID' };

/** The type in words: `lista: tekst`, `„all” albo „district”`. */
export function typeWords(schema: Schema, shared: Shared, depth = 0): string {
  const at = resolved(schema, shared);
  if (at.const !== undefined) return value(at.const);
  if (at.enum !== undefined) return at.enum.map(value).join(' albo ');
  const forms = at.oneOf ?? at.anyOf;
  if (forms !== undefined) return [...new Set(forms.map((form) => typeWords(form, shared, depth + 1)))].join(' albo ');
  if (typeof at.type === 'object') return at.type.map((type) => TYPES[type] ?? type).join(' albo ');
  if (at.type === 'array') return at.items === undefined || depth > 3 ? 'lista' : `lista: ${typeWords(at.items, shared, depth + 1)}`;
  if (at.format !== undefined) return FORMATS[at.format] ?? at.format;
  return at.type === undefined ? 'dowolna wartość' : (TYPES[at.type] ?? at.type);
}

/** Bounds in words: `od 1 do 200`, `znaków: najwyżej 60`. */
export function limitWords(schema: Schema, shared: Shared): string[] {
  const at = resolved(schema, shared);
  return [
    ...between(at.minimum, at.maximum, ''),
    ...(at.exclusiveMinimum === undefined ? [] : [`więcej niż ${at.exclusiveMinimum}`]),
    ...between(at.minLength, at.maxLength, 'znaków: '),
    ...between(at.minItems, at.maxItems, 'pozycji: '),
    ...(at.default === undefined ? [] : [`domyślnie ${value(at.default)}`]),
  ];
}

function between(least: number | undefined, most: number | undefined, of: string): string[] {
  if (least !== undefined && most !== undefined) return [`${of}od ${least} do ${most}`];
  if (least !== undefined) return [`${of}co najmniej ${least}`];
  return most === undefined ? [] : [`${of}najwyżej ${most}`];
}

/** Description and bounds as one text. */
export function meaning(words: readonly (string | undefined)[]): string {
  return words.flatMap((word) => (word === undefined ? [] : [word.replace(/\.$/, '')])).join('; ');
}

export function value(given: unknown): string {
  return typeof given === 'string' ? `„${given}”` : JSON.stringify(given);
}
