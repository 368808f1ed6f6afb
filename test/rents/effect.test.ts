import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row, rows } from '../../src/platform/database/connect.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { DomainError, LawMissing } from '../../src/platform/errors.ts';
import type { Slot, Subject } from '../../src/platform/law/types.ts';
import type { FactEffect } from '../../src/rents/effect.ts';
import { changedLines, effectOn } from '../../src/rents/effect.ts';
import { rentOn, valueOn } from '../../src/rents/explain.ts';
import { endFact, recordFact } from '../../src/stock/commands.ts';
import type { FactRow } from '../../src/stock/lists.ts';
import { factHistory } from '../../src/stock/lists.ts';
import type { Proposed } from '../../src/stock/preview.ts';
import { proposeEnd, proposeFact } from '../../src/stock/preview.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

const day = parsePlainDate;
const TODAY = addDays(CITY_DAY, 1);
const reason = 'Wizja lokalna.';

interface Place {
  readonly dwelling: string;
  readonly building: string;
  readonly staircase: string | null;
}

let database: TestDatabase;
let who: People;
let places: Place[];
let slots: Slot[];

beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, TODAY);
  places = await rows<Place>(database.db, `select d.code as dwelling, b.code as building, s.code as staircase from dwellings d join buildings b on b.id = d.building_id
    left join dwelling_details dd on dd.dwelling_id = d.id and upper_inf(dd.recorded) and dd.valid @> ?::date left join staircases s on s.id = dd.staircase_id order by d.id`, [TODAY]);
  const law = (await who.anna.law.book(database.db)).at(TODAY, who.clock.now());
  slots = [...law.slots.values()].filter(({ slot }) => slot !== 'shared_dwelling');
});
afterAll(() => database.drop());

function codeOf(place: Place, subject: Subject): string {
  return subject === 'building' ? place.building : subject === 'dwelling' ? place.dwelling : `${place.building}/${place.staircase ?? ''}`;
}

/** What the preview told beforehand, against what is calculated now. */
async function expectTrue(place: Place, told: FactEffect): Promise<void> {
  const { points, area, statement, missing } = await valueOn(who.anna, { dwelling: place.dwelling, day: told.day });
  expect({ points: told.after.points, area: told.after.area, statement: told.after.statement, missing: told.after.missing }).toEqual({ points, area, statement, missing });
  for (const { lease, after } of told.leases ?? []) {
    const { calculated, missing: lacking } = await rentOn(who.anna, { lease, day: told.day });
    expect({ lease, amount: after.amount, statement: after.statement, missing: after.missing }).toEqual({ lease, amount: calculated?.amount ?? null, statement: calculated?.statement ?? null, missing: lacking });
  }
}

async function recorded(place: Place, slot: Slot): Promise<FactRow[]> {
  const { facts } = await factHistory(who.anna, place.dwelling, TODAY);
  return facts.filter((fact) => fact.slot === slot.slot && fact.knownTo === null);
}

/** The law of Kraków begins in 2019: of a fact that ended before, nothing can be calculated. */
async function effectOrNone(place: Place, proposed: Proposed): Promise<FactEffect | null> {
  try {
    return await effectOn(who.anna, place.dwelling, proposed);
  } catch (error) {
    if (error instanceof LawMissing && error.day < '2019-01-01') return null;
    throw error;
  }
}

/** Rows of every table. */
async function counts(): Promise<Record<string, number>> {
  const tables = await rows<{ name: string }>(database.owner, `select tablename as name from pg_tables where schemaname = 'public' order by 1`);
  const found: Record<string, number> = {};
  for (const { name } of tables) found[name] = Number((await row<{ n: string }>(database.owner, `select count(*) as n from "${name}"`)).n);
  return found;
}

/** A decision of the case; each number decides one thing. */
interface Case {
  readonly place: number;
  readonly slot: number;
  readonly value: number;
  readonly way: number;
  readonly day: number;
  readonly length: number | null;
}

const cases = fc.record({
  place: fc.nat(10_000), slot: fc.nat(10_000), value: fc.nat(10_000), way: fc.nat(2), day: fc.integer({ min: -500, max: 300 }), length: fc.option(fc.integer({ min: 1, max: 900 })),
});

const pick = <T>(of: readonly T[], index: number): T => of[index % of.length] as T;

function valueIn({ shape, options, min, max }: Slot, index: number): string {
  if (shape === 'option') return pick(options, index);
  const [low, high] = [Number(min ?? 0), Math.min(Number(max ?? 100), 400)];
  return String(low + (index % (high - low + 1)));
}

const seen = { new: 0, change: 0, correction: 0, ended: 0, moved: 0, rents: 0, building: 0, staircase: 0, dwelling: 0 };

describe('the effect of a finding, told before it is recorded,', () => {
  it('is what is calculated once it is recorded, whatever is found out about dwelling, staircase or building', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(cases, async (given: Case) => {
      const place = pick(places, given.place);
      const slot = pick(slots.filter(({ subject }) => subject !== 'staircase' || place.staircase !== null), given.slot);
      const own = await recorded(place, slot);
      const as = own.length === 0 ? 'new' : given.way === 0 ? 'change' : 'correction';
      const from = as === 'correction' ? pick(own, given.day + 500).from : addDays(TODAY, given.day);
      const input = { slot: slot.slot, subject: codeOf(place, slot.subject), value: valueIn(slot, given.value), from, to: given.length === null ? null : addDays(from, given.length), reason, as } as const;
      const told = await effectOrNone(place, await proposeFact(who.anna, input));
      if (told === null) return;
      await expect(valueOn(who.anna, { dwelling: place.dwelling, day: told.day })).resolves.toMatchObject({ points: told.before.points, statement: told.before.statement });
      await recordFact(who.anna, input);
      await expectTrue(place, told);
      seen[as] += 1;
      seen[slot.subject] += 1;
      seen.moved += told.before.points === told.after.points ? 0 : 1;
      seen.rents += (told.leases ?? []).filter(({ before, after }) => before.amount !== after.amount).length;
    }), { numRuns: 100, endOnFailure: true });
    // The cases reached every way and subject, and many of them move points and rents.
    for (const [name, times] of Object.entries(seen)) if (name !== 'ended') expect({ name, often: times > 3 }).toEqual({ name, often: true });
  });

  it('is what is calculated once a finding is ended', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(cases, async (given: Case) => {
      const place = pick(places, given.place);
      const { facts } = await factHistory(who.anna, place.dwelling, TODAY);
      const fact = pick(facts.filter(({ knownTo }) => knownTo === null), given.slot);
      const wanted = addDays(TODAY, given.day);
      const on = wanted < fact.from || (fact.to !== null && fact.to <= wanted) ? fact.from : wanted;
      const input = { slot: fact.slot, subject: codeOf(place, fact.subject), on, reason };
      const told = await effectOn(who.anna, place.dwelling, await proposeEnd(who.anna, input));
      await endFact(who.anna, input);
      await expectTrue(place, told);
      seen.ended += told.after.missing.length > told.before.missing.length ? 1 : 0;
    }), { numRuns: 30, endOnFailure: true });
    expect(seen.ended).toBeGreaterThan(3);
  });

  it('leaves no trace: no table has a row more or less', async () => {
    const before = await counts();
    for (const place of places.slice(0, 8)) {
      for (const slot of slots.filter(({ subject }) => subject !== 'staircase' || place.staircase !== null).slice(0, 9)) {
        const input = { slot: slot.slot, subject: codeOf(place, slot.subject), value: valueIn(slot, 3), from: TODAY, reason, as: 'change' } as const;
        await effectOn(who.anna, place.dwelling, await proposeFact(who.anna, input));
      }
    }
    expect(before['changes']).toBeGreaterThan(0);
    expect(await counts()).toEqual(before);
  });

  it('is told of today where the finding holds today, else of the day nearest to it', async () => {
    const place = places.find(({ staircase }) => staircase !== null) as Place;
    const fact = { slot: 'mould', subject: place.dwelling, value: 'independent', reason, as: 'change' } as const;
    const dayOf = async (from: string, to?: string): Promise<string> => (await effectOn(who.anna, place.dwelling, await proposeFact(who.anna, { ...fact, from: day(from), to: to === undefined ? null : day(to) }))).day;
    expect(await dayOf('2026-01-01')).toBe(TODAY);
    expect(await dayOf('2027-03-01')).toBe('2027-03-01');
    expect(await dayOf('2024-01-01', '2024-06-01')).toBe('2024-05-31');
    expect(await dayOf('2024-01-01', TODAY)).toBe(CITY_DAY);
    expect(await dayOf('2024-01-01', addDays(TODAY, 1))).toBe(TODAY);
  });

  it('is refused for what the command would refuse', async () => {
    const place = places[0] as Place;
    const fact = { slot: 'mould', subject: place.dwelling, value: 'tenant', from: day('2026-01-01'), reason };
    const refused = async (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => (error instanceof DomainError ? [error.code, error.flaws[0]?.field ?? null] : error));
    expect(await refused(proposeFact(who.anna, { ...fact, value: 'grzyb' }))).toEqual(['fact_option', 'value']);
    expect(await refused(proposeFact(who.anna, { ...fact, slot: 'height', value: '1' }))).toEqual(['fact_range', 'value']);
    expect(await refused(proposeFact(who.anna, { ...fact, subject: 'NIE-MA' }))).toEqual(['subject_unknown', 'subject']);
    expect(await refused(proposeFact(who.anna, { ...fact, to: day('2025-01-01') }))).toEqual(['fact_days', 'to']);
    expect(await refused(proposeFact(who.anna, { ...fact, slot: 'grzyb' }))).toEqual(['slot_unknown', 'slot']);
    expect(await refused(proposeFact(who.anna, { ...fact, from: day('2020-02-03'), as: 'correction' }))).toEqual(['fact_not_found', 'from']);
    expect(await refused(proposeEnd(who.anna, { slot: 'mould', subject: place.dwelling, on: day('2020-02-03'), reason }))).toEqual(['fact_not_found', 'on']);
    await recordFact(who.anna, { ...fact, as: 'change' });
    expect(await refused(proposeFact(who.anna, fact))).toEqual(['fact_exists', 'as']);
    expect(await refused(proposeFact(who.anna, { ...fact, as: 'change', seen: 'never' }))).toEqual(['fact_recorded_since', null]);
  });
});

describe('lines of two statements', () => {
  const line = { id: 'points', rule: 'VAL-1', code: 'points' };
  it('differ where one has another amount, another fact or a line more', () => {
    const before = { version: 1 as const, result: {}, lines: [{ ...line, amount: '3 pkt' as const }, { ...line, id: 'a', args: { lift: 'no' } }, { ...line, id: 'b' }, { ...line, id: 'same' }] };
    const after = { version: 1 as const, result: {}, lines: [{ ...line, amount: '4 pkt' as const }, { ...line, id: 'a', args: { lift: 'yes' } }, { ...line, id: 'c' }, { ...line, id: 'same' }] };
    expect([...changedLines(before, after)].sort()).toEqual(['a', 'b', 'c', 'points']);
    expect(changedLines(before, before).size).toBe(0);
    expect([...changedLines(null, after)]).toHaveLength(4);
  });
});
