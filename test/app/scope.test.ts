import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../src/app.ts';
import { exportSheet } from '../../src/exchange/export.ts';
import { SHEETS } from '../../src/exchange/sheets.ts';
import { DWELLINGS, auxiliaryRoomsFor, buildingsFor, dwellingsFor } from '../../src/stock/sql.ts';
import { LEASES, leaseIn, leasesFor } from '../../src/leases/sql.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { CITY, scopeOf } from '../../src/platform/access/scope.ts';
import type { Actor } from '../../src/platform/context.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import { leaveOut } from '../../src/rents/runs/decide.ts';
import type { Page, TestApp } from '../support/app.ts';
import { cityApp } from '../support/app.ts';
import type { Ask, Question } from '../support/asking.ts';
import { asking, limited, refusalOf } from '../support/asking.ts';

const OWN = 'I Stare Miasto';
const NEXT = 'krk-2027-projekt';
const ANNA = personOf('anna.referent');
const HALINA = limited('halina.stare', ['clerk'], OWN);

interface Dwelling { readonly dwelling: string; readonly building: string; readonly district: string | null; readonly street: string | null }
interface Lease { readonly lease: string; readonly dwelling: string; readonly district: string | null }
interface Draft { readonly lease: string; readonly district: string | null }
interface Run { readonly run: string; readonly leases: number | null; readonly leftOut: number; readonly scope: Readonly<Record<string, unknown>>; readonly operation: string }
interface Compared { readonly leases: number; readonly sumA: string; readonly items: readonly { lease: string }[]; readonly total: number }

let city: TestApp;
let anna: Ask;
let halina: Ask;
let dwellings: Dwelling[];
let leases: Lease[];
let foreign: { dwelling: string; lease: string; room: string; run: string; operation: string };
let own: typeof foreign;

/** All rows of a list, page by page. */
async function everything<T>(ask: Ask, operation: string, { params = {}, query = {} }: Question = {}): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await ask<Page<T>>(operation, { params, query: { ...query, page: String(page), per_page: '40' } });
    found.push(...items);
    if (items.length === 0) {
      expect(total).toBe(found.length);
      return found;
    }
  }
}

async function run(actor: Actor, scope: Parameters<typeof startRun>[1]['scope']): Promise<{ run: string; operation: string }> {
  const started = await startRun(city.instance.context(actor), { tariff: NEXT, delivered: '2026-12-10', scope });
  await started.finished;
  return { run: started.runId, operation: started.operationId };
}

beforeAll(async () => {
  city = await cityApp();
  anna = asking(city, ANNA);
  halina = asking(city, HALINA);
  dwellings = await everything<Dwelling>(anna, 'GET /dwellings');
  leases = await everything<Lease>(anna, 'GET /leases');
  const [elsewhere, here] = [leases.find(({ district }) => district === 'V Krowodrza'), leases.find(({ district }) => district === OWN)];
  if (!elsewhere || !here) throw new Error('the small city has not both districts');
  const others = await run(ANNA, { kind: 'district', district: 'V Krowodrza' });
  foreign = { dwelling: elsewhere.dwelling, lease: elsewhere.lease, room: 'B00002-PP1', ...others };
  own = { dwelling: here.dwelling, lease: here.lease, room: 'B00014-PP1', ...(await run(HALINA, { kind: 'all' })) };
});
afterAll(() => city.drop());

describe('the whole city', () => {
  it('costs nothing: the tables stand bare in its queries', () => {
    expect(scopeOf(city.instance.context(ANNA))).toBe(CITY);
    expect([buildingsFor(CITY), dwellingsFor(CITY), auxiliaryRoomsFor(CITY), leasesFor(CITY), leaseIn(CITY, 'x')]).toEqual(['buildings b', DWELLINGS, 'auxiliary_rooms a', LEASES, null]);
  });
});

describe('a list of who is limited to a district', () => {
  it('has the dwellings of the district and no others, in its total too', async () => {
    const mine = await everything<Dwelling>(halina, 'GET /dwellings');
    expect(mine).toEqual(dwellings.filter(({ district }) => district === OWN));
    expect(mine.length).toBeGreaterThan(10);
    expect(mine.length).toBeLessThan(dwellings.length);
  });

  it('has the leases of the district and no others', async () => {
    const mine = await everything<Lease>(halina, 'GET /leases');
    expect(mine).toEqual(leases.filter(({ district }) => district === OWN));
    expect(mine.length).toBeGreaterThan(10);
  });

  it('stays sorted and filtered', async () => {
    const street = await everything<Dwelling>(anna, 'GET /dwellings', { query: { sort: '-street' } });
    expect(await everything<Dwelling>(halina, 'GET /dwellings', { query: { sort: '-street' } })).toEqual(street.filter(({ district }) => district === OWN));
    const to = await everything<Lease>(anna, 'GET /leases', { query: { sort: 'to', basis: 'points' } });
    expect(await everything<Lease>(halina, 'GET /leases', { query: { sort: 'to', basis: 'points' } })).toEqual(to.filter(({ district }) => district === OWN));
    expect(await everything(halina, 'GET /dwellings', { query: { district: 'V Krowodrza' } })).toEqual([]);
    expect(await everything(halina, 'GET /leases', { query: { dwelling: foreign.dwelling } })).toEqual([]);
  });

  it('has the rooms of the district alone', async () => {
    expect(await halina('GET /auxiliary-rooms')).toEqual({ rooms: [{ room: own.room, building: 'B00014' }] });
    expect((await anna<{ rooms: object[] }>('GET /auxiliary-rooms')).rooms).toHaveLength(2);
  });

  it('is empty for who is limited to no district at all, and for one that the small city lacks', async () => {
    for (const actor of [limited('nikt', ['clerk']), personOf('hanna.podgorze')]) {
      for (const list of ['GET /dwellings', 'GET /leases', 'GET /runs']) expect(await everything(asking(city, actor), list)).toEqual([]);
    }
  });
});

/** Every question about one thing: its route and what it is asked by. */
const ABOUT_ONE: Readonly<Record<string, (thing: typeof foreign) => Question>> = {
  'GET /dwellings/:dwelling/facts': ({ dwelling }) => ({ params: { dwelling } }),
  'GET /dwellings/:dwelling/value': ({ dwelling }) => ({ params: { dwelling } }),
  'GET /leases/:lease/rent': ({ lease }) => ({ params: { lease } }),
  'GET /auxiliary-rooms/:room/remuneration': ({ room }) => ({ params: { room } }),
  'GET /runs/:run': (thing) => ({ params: { run: thing.run } }),
  'GET /runs/:run/drafts': (thing) => ({ params: { run: thing.run } }),
  'GET /runs/:run/draft': (thing) => ({ params: { run: thing.run }, query: { lease: thing.lease } }),
  'GET /runs/:run/comparison': (thing) => ({ params: { run: thing.run }, query: { with: '2' } }),
  'GET /operations/:operation': ({ operation }) => ({ params: { operation } }),
};
const NOTHING: typeof foreign = { dwelling: 'NIE-MA', lease: 'NIE-MA', room: 'NIE-MA', run: '999999', operation: '999999' };

/** The words of a refusal without the code of what was asked for. */
async function words(ask: Ask, operation: string, thing: typeof foreign): Promise<string | null> {
  const refused = await refusalOf(ask(operation, ABOUT_ONE[operation]?.(thing)));
  return refused === null ? null : Object.values(thing).sort((a, b) => b.length - a.length).reduce((text, code) => text.replaceAll(code, '…'), `${refused.code} ${refused.text}`);
}

describe('a thing of another district', () => {
  it.each(Object.keys(ABOUT_ONE))('is to %s as if it were not there', async (operation) => {
    expect(await words(halina, operation, own)).toBeNull();
    expect(await words(anna, operation, foreign)).toBeNull();
    const refused = await words(halina, operation, foreign);
    expect(refused).toMatch(/_unknown/);
    expect(refused).toBe(await words(halina, operation, NOTHING));
  });

  it('was asked for over every route there is', () => {
    const scoped = ROUTES.filter(({ method, path }) => method === 'GET' && /^\/(dwellings|leases|auxiliary-rooms|runs|operations)\/:/.test(path));
    expect(scoped.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(ABOUT_ONE).sort());
  });

  it('has no draft in a run over the whole city, alone or beside another', async () => {
    const question = { params: { run: '2' }, query: { lease: foreign.lease } };
    expect(await refusalOf(anna('GET /runs/:run/draft', question))).toBeNull();
    expect((await refusalOf(halina('GET /runs/:run/draft', question)))?.code).toBe('lease_not_in_run');
    expect((await refusalOf(halina('GET /runs/:run/comparison', { params: { run: own.run }, query: { with: foreign.run } })))?.code).toBe('run_unknown');
  });
});

describe('a run over the whole city', () => {
  it('is told to who is limited by the own leases alone: drafts, counts, totals', async () => {
    const all = await everything<Draft>(anna, 'GET /runs/:run/drafts', { params: { run: '2' }, query: { sort: '-difference' } });
    const mine = await everything<Draft>(halina, 'GET /runs/:run/drafts', { params: { run: '2' }, query: { sort: '-difference' } });
    expect(mine).toEqual(all.filter(({ district }) => district === OWN));
    expect(mine.length).toBeGreaterThan(10);
    const told = await halina<Run & { summary: { outcomes: { leases: string }[] } }>('GET /runs/:run', { params: { run: '2' } });
    const numbers = new Set(mine.map(({ lease }) => lease));
    expect(told.leases).toBe(numbers.size);
    expect(told.summary.outcomes.reduce((sum, outcome) => sum + Number(outcome.leases), 0)).toBe(numbers.size);
    const listed = (await everything<Run>(halina, 'GET /runs')).find(({ run: number }) => number === '2');
    expect(listed?.leases).toBe(numbers.size);
  });

  it('is compared over the own leases', async () => {
    const compared = await halina<Compared>('GET /runs/:run/comparison', { params: { run: '2' }, query: { with: own.run, per_page: '200' } });
    const whole = await anna<Compared>('GET /runs/:run/comparison', { params: { run: '2' }, query: { with: own.run, per_page: '200' } });
    const mine = new Set((await everything<Draft>(halina, 'GET /runs/:run/drafts', { params: { run: '2' } })).map(({ lease }) => lease));
    for (const { lease } of (await everything<Draft>(halina, 'GET /runs/:run/drafts', { params: { run: own.run } }))) mine.add(lease);
    expect(compared.leases).toBe(mine.size);
    expect(compared.items.every(({ lease }) => mine.has(lease))).toBe(true);
    expect(whole.leases).toBeGreaterThan(compared.leases);
    expect(Number(whole.sumA)).toBeGreaterThan(Number(compared.sumA));
  });

  it('of named leases names the own ones alone, and counts those left out alike', async () => {
    const both = await run(ANNA, { kind: 'leases', leases: [foreign.lease, own.lease] });
    for (const lease of [foreign.lease, own.lease]) await leaveOut(city.instance.context(ANNA), both.run, { lease, reason: 'Sprawa w sądzie.' });
    const question = { params: { run: both.run } };
    expect(await anna<Run>('GET /runs/:run', question)).toMatchObject({ leases: 2, leftOut: 2, scope: { kind: 'leases', leases: [foreign.lease, own.lease] } });
    expect(await halina<Run>('GET /runs/:run', question)).toMatchObject({ leases: 1, leftOut: 1, scope: { kind: 'leases', leases: [own.lease] } });
  });

  it('of another district is not in the list, and not in its total', async () => {
    const mine = await everything<Run>(halina, 'GET /runs');
    const all = await everything<Run>(anna, 'GET /runs');
    expect(all.map(({ run: number }) => number)).toContain(foreign.run);
    expect(mine.map(({ run: number }) => number)).not.toContain(foreign.run);
    expect(mine.map(({ run: number }) => number)).toEqual(expect.arrayContaining(['1', '2', '3', own.run]));
  });
});

describe('the audit trail', () => {
  const edyta = personOf('edyta.audytor');
  const QUESTIONS: readonly (readonly [string, Question])[] = [
    ['POST /audit/search', { body: {} }], ['GET /audit/events/:event', { params: { event: '1' } }], ['GET /audit/events/:event/personal', { params: { event: '1' } }],
    ['GET /audit/state', {}], ['POST /audit/export', { body: {} }],
  ];

  it.each(QUESTIONS)('tells of the whole city: %s is refused to an auditor limited to a district', async (operation, question) => {
    const refused = await refusalOf(asking(city, limited('nina.audytor', ['auditor'], OWN))(operation, question));
    expect(refused).toMatchObject({ code: 'audit_needs_whole_city', text: expect.stringContaining(OWN) as string });
    expect((await refusalOf(asking(city, edyta)(operation, question)))?.code).not.toBe('audit_needs_whole_city');
  });

  it('was asked for by every route there is', () => {
    expect(ROUTES.filter(({ path }) => path.startsWith('/audit/')).map(({ method, path }) => `${method} ${path}`).sort()).toEqual(QUESTIONS.map(([operation]) => operation).sort());
  });
});

async function exported(actor: Actor, sheet: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  const sink = new Writable({ write: (chunk: Buffer, _, done) => { chunks.push(chunk); done(); } });
  await exportSheet(city.instance.context(actor), sheet, 'csv', sink);
  return Buffer.concat(chunks).toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n').slice(1);
}

describe('an export', () => {
  // Persons are not about a place: whom somebody limited gets of them is tried with their own file.
  it.each(SHEETS.map(({ sheet }) => sheet.name).filter((name) => name !== 'osoby'))('of %s has all rows about what lies in the district and no others', async (sheet) => {
    const buildings = new Set(dwellings.filter(({ district }) => district === OWN).map(({ building }) => building));
    const inDistrict = (text: string): boolean => buildings.has(/\bB\d{5}/.exec(text)?.[0] ?? '');
    const numbers = new Set((await exported(ANNA, 'umowy')).filter(inDistrict).map((line) => line.split(';')[0] ?? ''));
    const all = await exported(ANNA, sheet);
    const mine = await exported(HALINA, sheet);
    expect(mine).toEqual(all.filter((line) => (/^[A-Z]+\/\d{4}\//.test(line) ? numbers.has(line.split(';')[0] ?? '') : inDistrict(line))));
    expect(mine.length).toBeLessThanOrEqual(all.length);
    if (['budynki', 'lokale', 'ustalenia', 'umowy', 'strony', 'czynsze'].includes(sheet)) expect(mine.length).toBeGreaterThan(5);
  });
});
