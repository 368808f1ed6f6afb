/** Values: such as are taken, and such as nobody expects. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Schema } from '../../src/platform/http/openapi/model.ts';
import type { Known } from './known.ts';

const NASTY_TEXT = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '😀', 'zażółć gęślą jaźń', "'; drop table leases; --", "' or '1'='1", '%', '_', '\\', '?', '??', ':day', '$1', '{}', '{1,2}', '[]', 'null', 'NaN',
  'infinity', '-infinity', '0', '-1', '1e400', '9'.repeat(30), '99999999999999999', '1.7976931348623157e309', '0x10', '١٢٣', 'x'.repeat(61), 'x'.repeat(5_000), '../../etc/passwd',
  '<script>alert(1)</script>', '__proto__', 'constructor', '\u202e', '\r\nX: y', 'shared_dwelling', 'today',
];
const NASTY_DAYS = ['0000-00-00', '0001-01-01', '1800-01-01', '1900-01-01', '2999-12-31', '9999-12-31', '2026-02-30', '2024-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', '+275760-09-13', '-000001-01-01', '2026-11-21 '];
const days = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('2024-01-01', '2025-06-15', '2026-11-21', '2026-11-22', '2027-04-01', '2031-01-01') }, fc.constantFrom(...NASTY_DAYS));
export const nastyText = fc.oneof(fc.constantFrom(...NASTY_TEXT, ...NASTY_DAYS), fc.string({ unit: 'binary', maxLength: 30 }));
export const nastyValue = fc.oneof(nastyText, fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 1.5, 9_007_199_254_740_993, [], {}, [[]], ['x', 1], { kind: 'all' }), fc.jsonValue({ maxDepth: 3 }));

const SAMPLE = readFileSync('seeds/law/tariff-sample.yaml', 'utf8');
/** The sample of a tariff with one value replaced by a nasty one, or cut short. */
const tariffText = fc
  .record({ line: fc.nat(), value: fc.oneof(nastyText, fc.constantFrom('"\\0"', '1.005', '-1', '0', '1'.repeat(20), '[]', '{}', '&a [*a]', '!!js/function x', '2999-12-31', '1800-01-01')), cut: fc.integer({ min: 0, max: 4 }), at: fc.nat() })
  .map(({ line, value, cut, at }) => {
    const lines = SAMPLE.split('\n').filter((text) => text !== '' && !text.startsWith('#'));
    const changed = lines.map((text, index) => (index === line % lines.length ? text.replace(/: [^,}#]+/, () => `: ${value}`) : text)).join('\n');
    return cut === 0 ? changed.slice(0, at % changed.length) : changed;
  });

/** Where values go: into an address, as text, or into a body; `schemas` are those that a description names. */
export interface Form {
  readonly known: Known;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly as: 'text' | 'json';
}

/** Values that the schema takes, mostly such as exist. */
function fitting(form: Form, schema: Schema, field: string): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(form, form.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, field);
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return fc.oneof(...forms.map((one) => fitting(form, one, field)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom<unknown>(...schema.enum);
  if (schema.type === 'object') return objectOf(form, schema);
  if (schema.type === 'array') return fc.array(fitting(form, schema.items ?? {}, field), { minLength: 1, maxLength: 4 });
  if (schema.type === 'integer') return form.as === 'json' ? fc.constantFrom(1, 2, 30, 200, 100_000) : fc.constantFrom('1', '2', '200', '100000');
  if (schema.type === 'boolean') return form.as === 'json' ? fc.boolean() : fc.constantFrom('true', 'false');
  if (schema.type === 'null') return fc.constant(null);
  if (schema.format === 'date') return days;
  if (schema.format === 'date-time') return fc.constantFrom('2026-11-21T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '2026-11-21T10:00:00+02:00', '2026-11-21T25:00:00Z');
  if (field === 'text') return tariffText;
  const there = form.known.get(field) ?? [];
  return there.length === 0 ? fc.constantFrom('tekst', 'krk-2025', 'abc') : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...there) }, nastyText);
}

export function objectOf(form: Form, schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, fitting(form, inner, name)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
}

/** Most objects as they should be, some with one thing wrong. */
export function mutated(given: fc.Arbitrary<Record<string, unknown>>, nasty: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const change = fc.record({ kind: fc.constantFrom('keep', 'keep', 'replace', 'replace', 'drop', 'add'), at: fc.nat(), name: fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom('__proto__', 'id', 'day', 'sort')), value: nasty });
  return fc.tuple(given, change).map(([object, { kind, at, name, value }]) => {
    const keys = Object.keys(object);
    const key = keys[at % Math.max(1, keys.length)];
    if (kind === 'add') return Object.fromEntries([...Object.entries(object), [name, value]]);
    if (kind === 'keep' || key === undefined) return object;
    const rest = Object.entries(object).filter(([other]) => other !== key);
    return Object.fromEntries(kind === 'drop' ? rest : [...rest, [key, value]]);
  });
}

