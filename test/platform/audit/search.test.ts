/** Events are found by everything they say, page by page, and quickly among very many. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, changeOf } from '../../../src/platform/audit/events.ts';
import { auditRead } from '../../../src/platform/audit/reads.ts';
import type { AuditSearch, FoundEvent } from '../../../src/platform/audit/search.ts';
import { auditSearchInput, findEvents, searchTrail } from '../../../src/platform/audit/search.ts';
import { trailState } from '../../../src/platform/audit/state.ts';
import type { Context } from '../../../src/platform/context.ts';
import { row } from '../../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { people } from '../../support/instance.ts';
import { manyEvents } from './many.ts';

const COUNT = 300_000;

let database: TestDatabase;
let anna: Context;
beforeAll(async () => {
  database = await cloneDatabase();
  ({ anna } = people(database, parsePlainDate('2026-11-21')));
  // A year and a half, newest 2026-06-05.
  await manyEvents(database.owner, COUNT, '2025-01-01T00:00:00Z', 150);
}, 60_000);
afterAll(() => database.drop());

const found = async (filter: AuditSearch): Promise<readonly FoundEvent[]> => (await findEvents(database.db, filter)).items;

describe('a search', () => {
  it('gives the newest first, and the oldest when asked to', async () => {
    const [newest, second] = await found({ limit: 2 });
    expect([newest?.request, second?.request]).toEqual([`r-${COUNT - 1}`, `r-${COUNT - 2}`]);
    expect((await found({ limit: 1, order: 'oldest' }))[0]?.request).toBe('r-0');
  });

  it.each<[string, AuditSearch, (event: FoundEvent) => boolean]>([
    ['actor', { actor: 'osoba.7' }, ({ actor }) => actor === 'osoba.7'],
    ['event', { event: 'run.approve' }, ({ event }) => event === 'run.approve'],
    ['beginning of events', { event: 'run.*' }, ({ event }) => event.startsWith('run.')],
    ['target', { target: { kind: 'dwelling', id: 'B00042' } }, ({ targets }) => targets['dwelling'] === 'B00042'],
    ['request', { request: 'r-77' }, ({ request }) => request === 'r-77'],
    ['time', { from: '2025-06-01', to: '2025-06-02' }, ({ at }) => at >= '2025-05-31T22:00:00' && at < '2025-06-02T22:00:00'],
    ['everything at once', { from: '2025-03-01', actor: 'osoba.2', event: 'run.*', target: { kind: 'dwelling', id: 'B00042' } }, ({ actor, event, targets }) => actor === 'osoba.2' && event.startsWith('run.') && targets['dwelling'] === 'B00042'],
  ])('by %s gives what fits and nothing else, through all pages', async (_, filter, fits) => {
    let page = await findEvents(database.db, { ...filter, limit: 150 });
    const seen = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1) {
      expect(page.items.length).toBeGreaterThan(0);
      expect(page.items.every(fits)).toBe(true);
      for (const { id } of page.items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      if (page.next === null) break;
      page = await findEvents(database.db, { ...filter, limit: 150, after: page.next });
    }
  });

  it('finds all of them: as many as a plain count', async () => {
    for (const [filter, where] of [
      [{ target: { kind: 'dwelling', id: 'B00042' } }, `targets->>'dwelling' = 'B00042'`],
      [{ from: '2025-06-01', to: '2025-06-01', event: 'run.*' }, `event like 'run.%' and at >= '2025-06-01 00:00+02' and at < '2025-06-02 00:00+02'`],
      [{ actor: 'osoba.3', from: '2026-06-01T00:00:00Z', to: '2026-06-01T12:30:00Z' }, `actor = 'osoba.3' and at >= '2026-06-01 00:00+00' and at < '2026-06-01 12:30+00'`],
    ] as const) {
      const { count } = await row<{ count: number }>(database.db, `select count(*)::int as count from audit_events where ${where}`);
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(200);
      expect(await found({ ...filter, limit: 200 })).toHaveLength(count);
    }
  });

  it('pages through events of one instant without losing or repeating any', async () => {
    const at = '2030-01-01T00:00:00Z';
    await database.owner.raw(`insert into audit_events (at, actor, event, targets, details) select ?::timestamptz, 'równy', 'same.time', '{"n":"1"}', '{}' from generate_series(1, 7)`, [at]);
    for (const order of ['newest', 'oldest'] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await findEvents(database.db, { actor: 'równy', limit: 2, order, ...(after === undefined ? {} : { after }) });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => (order === 'oldest' ? 1 : -1) * (Number(a) - Number(b))));
      expect(seen).toHaveLength(7);
    }
  });

  it.each<[string, AuditSearch]>([
    ['nothing in particular', {}],
    ['a person', { actor: 'osoba.7' }],
    ['a person who does not exist', { actor: 'nikt' }],
    ['an event', { event: 'law.load' }],
    ['a beginning of events', { event: 'run.*' }],
    ['a beginning that no event has', { event: 'nie.ma.*' }],
    ['what one person did of one kind', { actor: 'osoba.7', event: 'fact.record' }],
    ['a target', { target: { kind: 'dwelling', id: 'B04711' } }],
    ['a target of thousands of events', { target: { kind: 'run', id: '7' } }],
    ['a target that does not exist', { target: { kind: 'dwelling', id: 'NIE-MA' } }],
    ['a request', { request: 'r-150000' }],
    ['a day long ago', { from: '2025-01-10', to: '2025-01-10' }],
    ['a person on a day long ago', { from: '2025-01-10', to: '2025-01-10', actor: 'osoba.7' }],
    ['a long time from its oldest end', { from: '2025-02-01', to: '2026-05-01', order: 'oldest' }],
  ])('among 300,000 events for %s takes less than 50 ms', async (_, filter) => {
    const took: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const began = performance.now();
      await findEvents(database.db, filter);
      took.push(performance.now() - began);
    }
    // The best of five: the machine has other work too.
    expect(Math.min(...took)).toBeLessThan(50);
  });

  it('leaves an event of its own, which the next one finds', async () => {
    const before = (await found({ event: 'audit.search', actor: 'anna.referent' })).length;
    await searchTrail(anna, { actor: 'osoba.1', limit: 1 });
    const after = await found({ event: 'audit.search', actor: 'anna.referent' });
    expect(after).toHaveLength(before + 1);
    expect(after[0]).toMatchObject({ targets: { trail: 'audit' }, details: { actor: 'osoba.1', found: 1 }, seal: null });
  });

  it.each(['2026-13-01', '0000-01-01T00:00:00Z', '9999-12-31', '2026-01-01T00:00:00', '2026-01-01T25:00:00Z', '9999-12-31T23:59:59-23:00', '+012026-01-01T00:00:00Z', 'wczoraj', ''])('does not take %j for a moment', (from) => {
    expect(auditSearchInput.safeParse({ from }).success).toBe(false);
  });
});

describe('the state of the trail', () => {
  it('counts events and says when the trail was last verified and by whom', async () => {
    const state = await trailState(database.db);
    const { events } = await row<{ events: number }>(database.db, 'select count(*)::int as events from audit_events');
    expect(state).toMatchObject({ events, waiting: events, sealed: null, checkpoint: null, verified: null });
    await anna.db.transaction((trx) => audit(trx, anna, { event: 'audit.verify', targets: { trail: 'audit' }, details: { sound: true, sealed: 5, waiting: 0, faults: 0, head: '', named: [] } }));
    expect((await trailState(database.db)).verified).toEqual({ at: expect.any(String) as string, by: 'anna.referent', sound: true, sealed: 5, faults: 0 });
  });
});

describe('an event', () => {
  it('of a read is written in a transaction of its own', async () => {
    await auditRead(anna, 'person.read', { person: 17 });
    expect((await found({ target: { kind: 'person', id: '17' } }))[0]).toMatchObject({ event: 'person.read', actor: 'anna.referent', before: null, after: null });
  });

  it('is found by a number, whether it was given as one or as a text', async () => {
    await anna.db.transaction((trx) => audit(trx, anna, { event: 'test.done', targets: { thing: 99 } }));
    await anna.db.transaction((trx) => audit(trx, anna, { event: 'test.done', targets: { thing: '99' } }));
    expect(await found({ target: { kind: 'thing', id: '99' } })).toHaveLength(2);
  });

  it.each(['{}', '[]', '"run"', 'null'])('without a target is refused by the database: %s', async (targets) => {
    await expect(database.db.raw(`insert into audit_events (at, actor, event, targets, details) values (now(), 'x', 'x', ?::json, '{}')`, [targets])).rejects.toThrow(/audit_events_without_targets/);
  });

  it('tells of a change only what changed', () => {
    const [a, b, c] = [{ value: 'a' }, { value: 'b' }, { value: 'c' }];
    expect(changeOf([a, b], [b, c])).toEqual({ before: [a], after: [c] });
    expect(changeOf([a], [a])).toEqual({ before: [], after: [] });
  });
});
