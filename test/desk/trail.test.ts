import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES, ROUTES } from '../../src/app.ts';
import { addressKinds, addressOf, addressQuery, fieldsOf, questionFields, questionInput } from '../../src/desk/audit/asked.ts';
import { pairsOf } from '../../src/desk/audit/told.tsx';
import { GROUPED } from '../../src/desk/users/permissions.tsx';
import { PERMISSIONS } from '../../src/platform/access/roles.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { checkedForm } from '../../src/web/forms/read.ts';
import { readFilters } from '../../src/web/forms/filters.ts';
import { textsIn } from '../../src/web/texts/index.ts';
import type { TestApp } from '../support/app.ts';
import { cityApp } from '../support/app.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? (entry.name === 'texts' ? [] : files(full)) : /\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

const { names, groups } = textsIn('pl').trail;
const sources = files(SRC).map((file) => readFileSync(file, 'utf8'));
const found = (pattern: RegExp): string[] => sources.flatMap((source) => [...source.matchAll(pattern)].flatMap(([, one = '', other = '']) => [one, other].filter((name) => name !== '')));

/** Names that the sources write into the trail: what is said to be an event, and every literal of that form that is no permission. */
function written(): string[] {
  const said = [
    ...found(/\b(?:event|audit|exported): (?:[\w.]+ \? )?'([a-z]+\.[a-z_]+)'(?: : '([a-z]+\.[a-z_]+)')?/g),
    ...[...ROUTES, ...PAGES].flatMap(({ audit }) => audit ?? []),
  ];
  const literals = found(new RegExp(`'((?:${Object.keys(groups).join('|')})\\.[a-z_]+)'`, 'g')).filter((name) => !(PERMISSIONS as readonly string[]).includes(name));
  return [...new Set([...said, ...literals])].sort();
}

describe('the words of the trail', () => {
  it('name every event that the program writes, in both languages, and no other', () => {
    expect(written().length).toBeGreaterThan(40);
    for (const language of ['pl', 'en'] as const) {
      const said = Object.keys(textsIn(language).trail.names).sort();
      expect({ language, said: said.filter((name) => !written().includes(name)), missing: written().filter((name) => !said.includes(name)) }).toEqual({ language, said: [], missing: [] });
    }
  });

  it('have a heading for every kind of event', () => {
    expect([...new Set(Object.keys(names).map((name) => name.split('.')[0] ?? ''))].sort()).toEqual(Object.keys(groups).sort());
  });

  it('say the same things in both languages', () => {
    const [polish, english] = [textsIn('pl').trail, textsIn('en').trail];
    for (const part of ['names', 'groups', 'kinds', 'fields', 'values'] as const) expect({ part, keys: Object.keys(english[part]).sort() }).toEqual({ part, keys: Object.keys(polish[part]).sort() });
  });
});

/** Names of fields, however deep they stand. */
function fieldsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? value.flatMap(fieldsIn) : Object.entries(value).flatMap(([name, inner]) => [name, ...fieldsIn(inner)]);
}

describe('what events of a city tell', () => {
  let city: TestApp;
  beforeAll(async () => {
    city = await cityApp();
  });
  afterAll(() => city.drop());

  it('has words for every kind of thing and every field', async () => {
    const { kinds, fields } = textsIn('pl').trail;
    const targets = await rows<{ kind: string }>(city.database.owner, 'select distinct k as kind from audit_events, lateral json_object_keys(targets) k');
    expect(targets.map(({ kind }) => kind).filter((kind) => !(kind in kinds) && !(kind in fields))).toEqual([]);
    const told = await rows<{ details: unknown }>(city.database.owner, 'select details from audit_events');
    const named = [...new Set(told.flatMap(({ details }) => fieldsIn(details)))];
    expect(named).toEqual(expect.arrayContaining(['after', 'state', 'outcome']));
    expect(named.filter((field) => !(field in fields))).toEqual([]);
  });
});

describe('a question to the trail', () => {
  const posted = (entries: Record<string, string>): ReturnType<typeof checkedForm<typeof questionInput>> => checkedForm(questionInput, questionFields, new URLSearchParams(entries));
  const asked = (address: string): ReturnType<typeof readFilters> => readFilters(addressQuery, addressKinds, { values: Object.fromEntries(new URL(address, 'http://own').searchParams), errors: [] });

  it('goes from the form into the address and back as it was', () => {
    const typed = { from: '01.11.2026', to: '22.11.2026', actor: 'anna.referent', event: 'run.*', 'target.kind': 'lease', 'target.id': 'ZBK/2019/00001:a', request: 'r-1', order: 'oldest' };
    const { value, errors } = posted(typed);
    expect(errors).toEqual({});
    if (value === null) throw new Error('refused');
    const { query, filters } = asked(addressOf(value));
    expect(query).toMatchObject({ from: '2026-11-01', to: '2026-11-22', actor: 'anna.referent', event: 'run.*', target: { kind: 'lease', id: 'ZBK/2019/00001:a' }, request: 'r-1', order: 'oldest' });
    expect(fieldsOf(filters)).toEqual({ ...typed, from: '2026-11-01', to: '2026-11-22' });
  });

  it('that names a person by a PESEL or somebody by the name is refused before it stands anywhere', () => {
    for (const id of ['44051401359', '44051401359 ', 'x44051401359']) expect(posted({ 'target.kind': 'person', 'target.id': id }).errors).toHaveProperty(['target.id']);
    for (const actor of ['Jan Kowalski', 'Ąę', 'a b', 'a'.repeat(101)]) expect(posted({ actor }).errors).toHaveProperty('actor');
  });

  it('with half of a thing, unknown kinds or days in the wrong order says so at the field', () => {
    expect(posted({ 'target.kind': 'lease' }).errors).toHaveProperty(['target.id']);
    expect(posted({ 'target.id': '4' }).errors).toHaveProperty(['target.kind']);
    expect(posted({ 'target.kind': 'constructor', 'target.id': '4' }).errors).toHaveProperty(['target.kind']);
    expect(posted({ from: '02.11.2026', to: '01.11.2026' }).errors).toHaveProperty('to');
    expect(posted({ event: 'Run*' }).errors).toHaveProperty('event');
    for (const target of ['x', ':', 'lease:', ':4', 'nic:4', 'person:44051401359']) expect({ target, errors: Object.keys(asked(`/audit?target=${encodeURIComponent(target)}`).filters.errors) }).toEqual({ target, errors: ['target'] });
  });
});

describe('before and after', () => {
  it('stand field by field where the thing has fields, and as a whole elsewhere', () => {
    expect(pairsOf(null, { state: 'draft', rents: 3 })).toEqual([{ field: 'state', before: undefined, after: 'draft' }, { field: 'rents', before: undefined, after: 3 }]);
    expect(pairsOf({ state: 'draft' }, { state: 'approved', rents: 3 })).toEqual([{ field: 'state', before: 'draft', after: 'approved' }, { field: 'rents', before: undefined, after: 3 }]);
    expect(pairsOf([{ value: 'a' }], [])).toEqual([{ field: null, before: [{ value: 'a' }], after: [] }]);
    expect(pairsOf('x', { a: 1 })).toEqual([{ field: null, before: 'x', after: { a: 1 } }]);
  });
});

describe('the table of roles', () => {
  it('has every permission once', () => {
    expect(GROUPED.map(({ permission }) => permission).sort()).toEqual([...PERMISSIONS].sort());
  });
});
