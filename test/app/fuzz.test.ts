import { once } from 'node:events';
import type { Server } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BASE, ROUTES } from '../../src/app.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { require } from '../../src/platform/access/roles.ts';
import { SHEETS } from '../../src/exchange/index.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { tuneServer } from '../../src/platform/http/index.ts';
import type { Route } from '../../src/platform/http/index.ts';
import { describeSheet } from '../../src/platform/tabular/index.ts';
import { CODES, cityApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

/** Requests in all. */
const REQUESTS = 2_000;
const AT_ONCE = 4;

let city: TestApp;
let server: Server;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
/** Codes that exist, by the name of the field that takes them. */
const known = new Map<string, readonly string[]>();

beforeAll(async () => {
  city = await cityApp();
  server = tuneServer(createServer(city.app));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const column = async (sql: string): Promise<string[]> => (await rows<{ code: string }>(city.database.db, sql)).map(({ code }) => code);
  const leases = await column('select number as code from leases order by id limit 30');
  const dwellings = await column('select code from dwellings order by id limit 30');
  const buildings = await column('select code from buildings order by id limit 10');
  const slots = await column('select distinct slot as code from law_slots');
  const options = await column('select distinct json_array_elements_text(options) as code from law_slots');
  const rooms = await column('select code from auxiliary_rooms order by id limit 5');
  const districts = await column('select distinct district as code from building_details');
  known.set('lease', leases).set('leases', leases).set('dwelling', dwellings).set('building', buildings).set('slot', slots).set('value', [...options, '1', '12.5']);
  known.set('subject', [...dwellings, ...buildings]).set('room', rooms).set('district', districts).set('code', ['B', 'L']).set('number', ['ZBK', 'NS']);
  const facts = await column(`select distinct json_build_object('slot', s.slot, 'value', coalesce(s.options->>0, s.min::text), 'reason', 'Wizja lokalna.', 'subject',
    case s.subject when 'building' then (select min(code) from buildings) when 'dwelling' then (select min(code) from dwellings)
      else (select min(b.code || '/' || c.code) from staircases c join buildings b on b.id = c.building_id) end)::text as code from law_slots s`);
  known.set('facts', facts);
  const sheets = SHEETS.map(({ sheet }) => describeSheet(sheet));
  known.set('files', sheets.map(({ columns }) => `${columns.map(({ name }) => name).join(';')}\n${columns.map(({ example }) => example).join(';')}\n`));
  known.set('sheet', sheets.map(({ name }) => name)).set('name', ['plik.csv', ...sheets.map(({ name }) => `${name}.csv`)]).set('reason', ['Inwentaryzacja 2026']);
  for (const [field, values] of [['run', ['1', '2', '3', '4']], ['with', ['1', '2', '3']], ['operation', ['1', '2', '3']], ['tariff', ['krk-2025', 'krk-2027-projekt']]] as const) known.set(field, values);
});
afterAll(async () => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
  await city.drop();
});

const NASTY_TEXT = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '😀', 'zażółć gęślą jaźń', "'; drop table leases; --", "' or '1'='1", '%', '_', '\\', '?', '??', ':day', '$1', '{}', '{1,2}', '[]', 'null', 'NaN',
  'infinity', '-infinity', '0', '-1', '1e400', '9'.repeat(30), '99999999999999999', '1.7976931348623157e309', '0x10', '١٢٣', 'x'.repeat(61), 'x'.repeat(5_000), '../../etc/passwd',
  '<script>alert(1)</script>', '__proto__', 'constructor', '\u202e', '\r\nX: y', 'shared_dwelling', 'today',
];
const NASTY_DAYS = ['0000-00-00', '0001-01-01', '1800-01-01', '1900-01-01', '2999-12-31', '9999-12-31', '2026-02-30', '2024-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', '+275760-09-13', '-000001-01-01', '2026-11-21 '];
const days = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('2024-01-01', '2025-06-15', '2026-11-21', '2026-11-22', '2027-04-01', '2031-01-01') }, fc.constantFrom(...NASTY_DAYS));
const nastyText = fc.oneof(fc.constantFrom(...NASTY_TEXT, ...NASTY_DAYS), fc.string({ unit: 'binary', maxLength: 30 }));
const nastyValue = fc.oneof(nastyText, fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 1.5, 9_007_199_254_740_993, [], {}, [[]], ['x', 1], { kind: 'all' }), fc.jsonValue({ maxDepth: 3 }));

const SAMPLE = readFileSync('seeds/law/tariff-sample.yaml', 'utf8');
/** The sample of a tariff with one value replaced by a nasty one, or cut short. */
const tariffText = fc
  .record({ line: fc.nat(), value: fc.oneof(nastyText, fc.constantFrom('"\\0"', '1.005', '-1', '0', '1'.repeat(20), '[]', '{}', '&a [*a]', '!!js/function x', '2999-12-31', '1800-01-01')), cut: fc.integer({ min: 0, max: 4 }), at: fc.nat() })
  .map(({ line, value, cut, at }) => {
    const lines = SAMPLE.split('\n').filter((text) => text !== '' && !text.startsWith('#'));
    const changed = lines.map((text, index) => (index === line % lines.length ? text.replace(/: [^,}#]+/, () => `: ${value}`) : text)).join('\n');
    return cut === 0 ? changed.slice(0, at % changed.length) : changed;
  });

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
}

/** Values that the schema takes, mostly such as exist. */
function fitting(schema: Schema, field: string): fc.Arbitrary<unknown> {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return fc.oneof(...forms.map((form) => fitting(form, field)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'array') return fc.array(fitting(schema.items ?? {}, field), { minLength: 1, maxLength: 4 });
  if (schema.type === 'integer') return fc.constantFrom('1', '2', '200', '100000');
  if (schema.type === 'null') return fc.constant(null);
  if (schema.format === 'date') return days;
  if (schema.format === 'date-time') return fc.constantFrom('2026-11-21T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '2026-11-21T10:00:00+02:00', '2026-11-21T25:00:00Z');
  if (field === 'text') return tariffText;
  const there = known.get(field) ?? [];
  return there.length === 0 ? fc.constantFrom('tekst', 'krk-2025', 'abc') : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...there) }, nastyText);
}

function objectOf(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, fitting(inner, name)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
}

/** Most objects as they should be, some with one thing wrong. */
function mutated(given: fc.Arbitrary<Record<string, unknown>>, nasty: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
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

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly as: string;
  readonly body?: string;
  readonly type?: string;
}

const percent = (value: unknown): string => encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\p{Surrogate}/gu, '\ufffd'));

function permitted({ permission }: Route): string[] {
  return CODES.filter((code) => {
    try {
      require(personOf(code), permission);
      return true;
    } catch {
      return false;
    }
  });
}

function requestOf(route: Route): fc.Arbitrary<Asked> {
  const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Schema;
  const params = objectOf(schemaOf(route.params)).chain((object) => mutatedParams(object));
  const query = mutated(objectOf(schemaOf(route.query)), nastyText);
  const facts = fc.constantFrom(...(known.get('facts') ?? [])).map((text) => JSON.parse(text) as Record<string, unknown>);
  const fitted = (schema: Schema): fc.Arbitrary<unknown> => (route.path.startsWith('/facts') ? fc.oneof(bodyOf(schema), mutatedFact(facts, schema)) : bodyOf(schema));
  const body = route.body === null ? fc.constant(undefined) : fc.oneof({ weight: 9, arbitrary: fitted(schemaOf(route.body)) }, nastyValue).map((value) => JSON.stringify(value));
  const upload = fc.record({ text: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...(known.get('files') ?? [])) }, nastyText), value: nastyText, at: fc.nat() }).map(({ text, value, at }) => {
    const cells = text.split(';');
    return cells.map((cell, index) => (index === at % (cells.length * 2) ? value : cell)).join(';');
  });
  const as = fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...permitted(route)) }, { weight: 3, arbitrary: fc.constantFrom(...CODES) }, fc.constantFrom('nikt', 'system', '__proto__', "' or 1=1 --", ''));
  const sent = route.uploadLimit === null ? body : upload;
  return fc.record({ params, query, body: sent, as }).map(({ params: at, query: given, body: text, as: who }) => {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => percent(at[name] ?? ''));
    const search = Object.entries(given).map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&');
    return { method: route.method, path: `${BASE}${path}${search === '' ? '' : `?${search}`}`, as: who, ...(text === undefined ? {} : { body: text }), ...(route.uploadLimit === null ? {} : { type: 'text/csv' }) };
  });
}

function mutatedParams(object: Record<string, unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(object) }, nastyText.map((text) => Object.fromEntries(Object.keys(object).map((key) => [key, text]))));
}

/** Of a slot with a subject and a value that go together. */
function mutatedFact(facts: fc.Arbitrary<Record<string, unknown>>, schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const given = fc.tuple(facts, objectOf(schema)).map(([fact, object]) => Object.fromEntries(Object.entries({ ...object, ...fact }).filter(([key]) => key in (schema.properties ?? {}))));
  return mutated(given, nastyValue);
}

function bodyOf(schema: Schema): fc.Arbitrary<unknown> {
  return mutated(objectOf(schema), nastyValue);
}

function ask({ method, path, as, body, type = 'application/json' }: Asked): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'X-Kamienica-As': as, ...(body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }) };
    const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method, path, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Why the answer is not one that a program may give, or null. */
function fault(asked: Asked, { status, type, text }: { status: number; type: string; text: string }): string | null {
  const told = `${asked.method} ${asked.path.slice(0, 300)} as ${asked.as} ${asked.body?.slice(0, 300) ?? ''} → ${status} ${text.slice(0, 300)}`;
  if (status < 200 || status >= 500) return told;
  if (status < 300) return null;
  const problem = JSON.parse(text) as Record<string, unknown>;
  const sound = type.startsWith('application/problem+json') && problem['status'] === status && typeof problem['detail'] === 'string' && problem['detail'] !== '' && !/\{\w+\}/.test(problem['detail']);
  return sound ? null : told;
}

describe('whatever is asked of the real program', () => {
  it('is answered, or refused by a problem document; never with an unexpected error', { timeout: 60_000 }, async () => {
    // A run costs as much as a hundred questions, so few are begun.
    const often = ROUTES.filter(({ method, path }) => !(method === 'POST' && path === '/runs'));
    const any = fc.oneof(...often.map((route) => ({ weight: 4, arbitrary: requestOf(route) })), ...ROUTES.filter((route) => !often.includes(route)).map((route) => ({ weight: 1, arbitrary: requestOf(route) })));
    const seed = Number(process.env['FUZZ_SEED'] ?? 1);
    const asked = fc.sample(any, { numRuns: REQUESTS, seed });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const queue = asked[Symbol.iterator]();
    const one = async (): Promise<void> => {
      for (const next of queue) {
        const answer = await ask(next);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const wrong = fault(next, answer);
        if (wrong !== null) faults.push(wrong);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    await expect.poll(async () => (await rows(city.database.db, `select 1 from operations where state = 'running'`)).length, { timeout: 20_000 }).toBe(0);
    if (process.env['FUZZ_TELL']) console.log(statuses);
    expect(faults).toEqual([]);
    // Otherwise nothing but the front door was tried.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 10);
    const unforeseen = await rows(city.database.db, `select problem from operations where problem->>'code' = 'unexpected'`);
    expect(unforeseen).toEqual([]);
  });
});
