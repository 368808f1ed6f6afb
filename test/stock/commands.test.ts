import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/platform/database/connect.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { DomainError } from '../../src/platform/errors.ts';
import { valueOn } from '../../src/rents/explain.ts';
import { endFact, recordFact } from '../../src/stock/commands.ts';
import { factHistory } from '../../src/stock/lists.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

const day = parsePlainDate;
const reason = 'Wizja lokalna.';

let database: TestDatabase;
let who: People;
/** Dwellings of which mould was never recorded, each used by one test. */
let free: string[];

beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, addDays(CITY_DAY, 1));
  const found = await rows<{ code: string }>(database.db,
    `select d.code from dwellings d where not exists (select 1 from dwelling_options o where o.dwelling_id = d.id and o.slot = 'mould') order by d.id limit 20`);
  free = found.map(({ code }) => code);
});
afterAll(() => database.drop());

function dwelling(): string {
  const next = free.pop();
  if (next === undefined) throw new Error('no dwelling left');
  return next;
}

/** Codes of what was refused; null where it was done. */
async function refusals(works: readonly Promise<unknown>[]): Promise<(string | null)[]> {
  return (await Promise.allSettled(works)).map((done) => {
    if (done.status === 'fulfilled') return null;
    if (done.reason instanceof DomainError) return done.reason.code;
    throw done.reason;
  });
}

async function known(code: string): Promise<string[]> {
  const { facts } = await factHistory(who.anna, code, CITY_DAY);
  return facts.filter(({ slot, knownTo }) => slot === 'mould' && knownTo === null).map(({ value, from, to }) => `${value} ${from} ${to ?? ''}`.trim());
}

describe('recording a fact', () => {
  it('as new is done once when ten people do it at the same moment', async () => {
    const subject = dwelling();
    const told = await refusals(Array.from({ length: 10 }, () => recordFact(who.anna, { slot: 'mould', subject, value: 'tenant', from: day('2026-01-01'), reason })));
    expect(told.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(told.filter((code) => code !== null))).toEqual(new Set(['fact_exists']));
    expect(await known(subject)).toEqual(['tenant 2026-01-01']);
  });

  it('as a change is done by all who do it at the same moment, one after another', async () => {
    const subject = dwelling();
    await recordFact(who.anna, { slot: 'mould', subject, value: 'no', from: day('2025-01-01'), reason });
    const told = await refusals(Array.from({ length: 10 }, (_, index) =>
      recordFact(index % 2 === 0 ? who.anna : who.dawid, { slot: 'mould', subject, value: index % 3 === 0 ? 'tenant' : 'independent', from: day('2026-01-01'), as: 'change', reason })));
    expect(told).toEqual(Array.from({ length: 10 }, () => null));
    expect((await known(subject)).map((text) => text.split(' ').slice(1).join(' '))).toEqual(['2025-01-01 2026-01-01', '2026-01-01']);
  });

  it('is refused to whoever was overtaken since they looked, and says who recorded; one of ten who saw the same is first', async () => {
    const subject = dwelling();
    const told = await refusals(Array.from({ length: 10 }, () => recordFact(who.dawid, { slot: 'mould', subject, value: 'tenant', from: day('2026-01-01'), as: 'change', reason, seen: 'never' })));
    expect(told.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(told.filter((code) => code !== null))).toEqual(new Set(['fact_recorded_since']));
    const { facts } = await factHistory(who.anna, subject, CITY_DAY);
    const seen = facts.find(({ slot }) => slot === 'mould')?.knownFrom;
    const overtaken = recordFact(who.anna, { slot: 'mould', subject, value: 'independent', from: day('2026-01-01'), as: 'change', reason, seen: 'never' });
    await expect(overtaken).rejects.toMatchObject({ code: 'fact_recorded_since', args: { actor: 'dawid.referent' } });
    await expect(endFact(who.anna, { slot: 'mould', subject, on: day('2026-06-01'), reason, seen: 'never' })).rejects.toMatchObject({ code: 'fact_recorded_since' });
    await endFact(who.anna, { slot: 'mould', subject, on: day('2026-06-01'), reason, seen });
    expect(await known(subject)).toEqual(['tenant 2026-01-01 2026-06-01']);
  });

  it('before the law began can be corrected too: a house was there before it', async () => {
    const subject = dwelling();
    await recordFact(who.anna, { slot: 'mould', subject, value: 'tenant', from: day('2010-05-04'), reason });
    await recordFact(who.anna, { slot: 'mould', subject, value: 'independent', from: day('2010-05-04'), as: 'correction', reason });
    expect(await known(subject)).toEqual(['independent 2010-05-04']);
  });

  it('as new fits before and after what is recorded, not into it', async () => {
    const subject = dwelling();
    const fact = { slot: 'mould', subject, value: 'tenant', reason };
    await recordFact(who.anna, { ...fact, from: day('2026-03-01'), to: day('2026-04-01') });
    await recordFact(who.anna, { ...fact, from: day('2026-04-01'), to: day('2026-05-01') });
    await recordFact(who.anna, { ...fact, from: day('2026-02-01'), to: day('2026-03-01') });
    expect(await refusals([recordFact(who.anna, { ...fact, from: day('2026-04-30') }), recordFact(who.anna, { ...fact, from: day('2026-01-01'), to: day('2026-02-02') })])).toEqual(['fact_exists', 'fact_exists']);
    expect((await known(subject)).map((text) => text.slice(-10))).toContain('2026-05-01');
  });

  it('as a change keeps what held before, as a correction does not', async () => {
    const subject = dwelling();
    const fact = { slot: 'mould', subject, reason };
    await recordFact(who.anna, { ...fact, value: 'tenant', from: day('2025-01-01') });
    await recordFact(who.dawid, { ...fact, value: 'independent', from: day('2026-01-01'), as: 'change' });
    expect(await known(subject)).toEqual(['tenant 2025-01-01 2026-01-01', 'independent 2026-01-01']);
    expect(await refusals([recordFact(who.anna, { ...fact, value: 'tenant', from: day('2026-02-01'), as: 'correction' })])).toEqual(['fact_not_found']);
    await recordFact(who.anna, { ...fact, value: 'independent', from: day('2025-01-01'), as: 'correction' });
    expect((await known(subject)).every((text) => text.startsWith('independent'))).toBe(true);
  });

  it('leaves the answer as it was known the day before', async () => {
    const subject = dwelling();
    const asked = { dwelling: subject, day: day('2026-11-22'), knownOn: CITY_DAY };
    const before = await valueOn(who.anna, asked);
    await recordFact(who.anna, { slot: 'mould', subject, value: 'independent', from: day('2026-01-01'), reason });
    expect(await valueOn(who.anna, asked)).toEqual(before);
    expect((await valueOn(who.anna, { ...asked, knownOn: undefined })).points).not.toBe(before.points);
  });

  it('notes who, when and why, and an audit event without a name in it', async () => {
    const subject = dwelling();
    const before = who.clock.now();
    await recordFact(who.dawid, { slot: 'mould', subject, value: 'tenant', from: day('2026-01-01'), reason: 'Protokół 12/2026.', evidence: 'P-12' });
    const { facts } = await factHistory(who.anna, subject, CITY_DAY);
    expect(facts.find(({ slot }) => slot === 'mould')).toMatchObject({ actor: 'dawid.referent', reason: 'Protokół 12/2026.', evidence: 'P-12' });
    const events = await rows<{ actor: string; event: string; targets: object }>(database.db, 'select actor, event, targets from audit_events where at > ?', [before]);
    expect(events).toEqual([{ actor: 'dawid.referent', event: 'fact.record', targets: { dwelling_id: expect.any(String) as string, dwelling: expect.any(String) as string, slot: 'mould' } }]);
  });

  it('that is refused leaves no trace', async () => {
    const count = async (): Promise<unknown> => rows(database.db, 'select (select count(*) from changes) as changes, (select count(*) from audit_events) as events, (select count(*) from dwelling_options) as options');
    const before = await count();
    const fact = { slot: 'mould', subject: dwelling(), value: 'tenant', from: day('2026-01-01'), reason };
    await refusals([
      recordFact(who.anna, { ...fact, value: 'grzyb' }), recordFact(who.anna, { ...fact, subject: 'NIE-MA' }), recordFact(who.anna, { ...fact, slot: 'nie-ma' }),
      recordFact(who.anna, { ...fact, to: day('2025-01-01') }), recordFact(who.anna, { ...fact, as: 'correction' }), endFact(who.anna, { slot: 'mould', subject: fact.subject, on: day('2026-01-01'), reason }),
    ]);
    expect(await count()).toEqual(before);
  });
});

describe('a measure', () => {
  it('is taken within its bounds, with a point, as it is written', async () => {
    const [found] = await rows<{ code: string }>(database.db, 'select code from buildings order by id limit 1');
    const fact = { slot: 'stop_distance', subject: found?.code ?? '', from: day('2026-11-01'), reason, as: 'change' as const };
    for (const value of ['0', '20000', '499.99']) await recordFact(who.anna, { ...fact, value });
    const told = await refusals(['-0.01', '20000.01', '1e3', '12,5', '0x1', '∞', ''].map((value) => recordFact(who.anna, { ...fact, value }).catch((error: unknown) => {
      throw error instanceof DomainError ? error : new DomainError('invalid', 'zod');
    })));
    expect(told).toEqual(['fact_range', 'fact_range', 'fact_decimal', 'fact_decimal', 'fact_decimal', 'fact_decimal', 'zod']);
  });
});

describe('ending a fact', () => {
  it('leaves its days before, and is refused where nothing holds', async () => {
    const subject = dwelling();
    await recordFact(who.anna, { slot: 'mould', subject, value: 'tenant', from: day('2026-01-01'), reason });
    expect(await refusals([endFact(who.anna, { slot: 'mould', subject, on: day('2025-12-31'), reason })])).toEqual(['fact_not_found']);
    await endFact(who.anna, { slot: 'mould', subject, on: day('2026-05-01'), reason });
    expect(await known(subject)).toEqual(['tenant 2026-01-01 2026-05-01']);
    expect(await refusals([endFact(who.anna, { slot: 'mould', subject, on: day('2026-06-01'), reason })])).toEqual(['fact_not_found']);
    await endFact(who.anna, { slot: 'mould', subject, on: day('2026-01-01'), reason });
    expect(await known(subject)).toEqual([]);
  });
});
