/** The trail is kept two years at least; what is older the owner alone may take away, from the beginning, and the rest still verifies. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SYSTEM, personOf } from '../../../src/platform/access/people.ts';
import { audit } from '../../../src/platform/audit/events.ts';
import { exportTrail } from '../../../src/platform/audit/export.ts';
import { pruneAudit } from '../../../src/platform/audit/retention.ts';
import { trailState } from '../../../src/platform/audit/state.ts';
import { verifyAudit } from '../../../src/platform/audit/verify.ts';
import type { Context } from '../../../src/platform/context.ts';
import { rows } from '../../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { problemText } from '../../../src/platform/problem-texts.ts';
import { limited } from '../../support/asking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { people } from '../../support/instance.ts';
import { manyEvents, sealedAll } from './many.ts';

const day = parsePlainDate;
const REASON = 'Upłynęły dwa lata.';

// An event waits for the open transactions of all databases of the server, and other tests have long ones.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
let barbara: Context;
let owner: Context;
beforeEach(async () => {
  database = await cloneDatabase();
  ({ barbara } = people(database, day('2026-11-21')));
  owner = { ...barbara, db: database.owner };
  // A day each, 2024-06-01 to 2026-11-18, at noon.
  await manyEvents(database.owner, 901, '2024-06-01T12:00:00Z', 86_400);
  await sealedAll(barbara);
});
afterEach(() => database.drop());

const days = async (): Promise<string[]> => (await rows<{ day: string }>(database.db, `select at::date as day from audit_events where request_id is not null order by at`)).map((found) => found.day);

describe('taking away old events', () => {
  it('removes those before the day and no other, and the rest is a sound chain that still goes on', async () => {
    const head = (await verifyAudit(database.db)).head;
    expect(await pruneAudit(owner, { before: day('2024-07-01'), reason: REASON, years: 2 })).toBe(30);
    expect((await days())[0]).toBe('2024-07-01');
    expect(await verifyAudit(database.db, head)).toMatchObject({ sealed: 871, waiting: 1, faults: [], headKnown: true });
    await sealedAll(barbara);
    expect(await verifyAudit(database.db)).toMatchObject({ sealed: 872, waiting: 0, faults: [] });
    expect((await trailState(database.db)).checkpoint).toMatchObject({ place: '30', removed: '30', before: '2024-07-01', actor: 'barbara.kierownik' });
  });

  it('is itself an event, with the place and the hash from which the chain goes on', async () => {
    const [last] = await rows<{ hash: string }>(database.db, `select encode(hash, 'hex') as hash from audit_seals where place = 30`);
    await pruneAudit(owner, { before: day('2024-07-01'), reason: REASON, years: 2 });
    const [event] = await rows<object>(database.db, `select event, actor, targets, details from audit_events order by id desc limit 1`);
    expect(event).toEqual({ event: 'audit.prune', actor: 'barbara.kierownik', targets: { checkpoint: '30' }, details: { before: '2024-07-01', removed: 30, hash: last?.hash } });
  });

  it('can be done again later, and an export then begins behind what is gone, bound to it', async () => {
    await pruneAudit(owner, { before: day('2024-07-01'), reason: REASON, years: 2 });
    await sealedAll(barbara);
    expect(await pruneAudit(owner, { before: day('2024-07-11'), reason: REASON, years: 2 })).toBe(10);
    expect(await verifyAudit(database.db)).toMatchObject({ faults: [] });
    expect((await exportTrail(barbara, { to: '2024-08-01' })).fileName).toBe('dziennik-41-62.ndjson');
  });

  it('of which there is none does nothing', async () => {
    expect(await pruneAudit(owner, { before: day('2024-06-01'), reason: REASON, years: 2 })).toBe(0);
    expect(await rows(database.db, 'select 1 from audit_checkpoints')).toEqual([]);
    expect(await days()).toHaveLength(901);
  });

  it('is refused for a day within the two years, to the day', async () => {
    await expect(pruneAudit(owner, { before: day('2024-11-22'), reason: REASON, years: 2 })).rejects.toMatchObject({ code: 'audit_kept', args: { latest: '2024-11-21' } });
    expect(await days()).toHaveLength(901);
    expect(await pruneAudit(owner, { before: day('2024-11-21'), reason: REASON, years: 2 })).toBe(173);
    expect((await days())[0]).toBe('2024-11-21');
  });

  it('is refused without a reason, and to the role that serves', async () => {
    await expect(pruneAudit(owner, { before: day('2024-07-01'), reason: ' ', years: 2 })).rejects.toMatchObject({ code: 'reason_missing' });
    await expect(pruneAudit(barbara, { before: day('2024-07-01'), reason: REASON, years: 2 })).rejects.toMatchObject({ code: 'audit_not_owner' });
    expect(await days()).toHaveLength(901);
  });

  it('is for who has the permission of its own and sees the whole city', async () => {
    const order = { before: day('2024-07-01'), reason: REASON, years: 2 };
    for (const actor of [personOf('edyta.audytor'), personOf('anna.referent'), SYSTEM]) {
      await expect(pruneAudit({ ...owner, actor }, order)).rejects.toMatchObject({ code: 'not_permitted', args: { permission: 'audit.prune' } });
    }
    const kinga = limited('kinga.kierownik', ['supervisor'], 'I Stare Miasto');
    await expect(pruneAudit({ ...owner, actor: kinga }, order)).rejects.toMatchObject({ kind: 'forbidden', code: 'needs_whole_city' });
    expect(problemText('needs_whole_city', { districts: 'I Stare Miasto' })).toContain('a Ty widzisz tylko: I Stare Miasto.');
    expect(await days()).toHaveLength(901);
  });

  it('is refused while the chain is broken: nobody destroys what shows it', async () => {
    await database.owner.raw(`update audit_events set actor = 'x' where id = (select event_id from audit_seals where place = 5)`);
    await expect(pruneAudit(owner, { before: day('2024-07-01'), reason: REASON, years: 2 })).rejects.toMatchObject({ code: 'audit_broken' });
    expect(await days()).toHaveLength(901);
  });
});

describe('a shortened trail', () => {
  it('shows a beginning that somebody cut off by hand, checkpoint or not', async () => {
    await database.owner.raw('delete from audit_events e using audit_seals s where s.event_id = e.id and s.place <= 30');
    await database.owner.raw('delete from audit_seals where place <= 29');
    await database.owner.raw(`insert into audit_checkpoints select 30, hash, 30, '2024-07-01', now(), 'x', 'x' from audit_seals where place = 30`);
    await database.owner.raw('delete from audit_seals where place = 30');
    expect((await verifyAudit(database.db)).faults).toEqual([{ fault: 'checkpoint', id: '30' }]);
    await database.owner.raw('delete from audit_checkpoints');
    expect((await verifyAudit(database.db)).faults).toEqual([{ fault: 'seal_missing', id: '1', to: '30' }]);
  });

  it('believes heads that were told before their links were taken away, and no others', async () => {
    const told = async (head: string, place?: string): Promise<void> => {
      await audit(database.db, barbara, { event: 'audit.verify', targets: { trail: 'audit' }, details: { sound: true, sealed: 1, faults: 0, head, ...(place === undefined ? {} : { place }) } });
    };
    const [gone] = await rows<{ hash: string }>(database.db, `select encode(hash, 'hex') as hash from audit_seals where place = 20`);
    await told(gone?.hash ?? '', '20');
    await told(gone?.hash ?? '');
    await sealedAll(barbara);
    await pruneAudit(owner, { before: day('2024-07-01'), reason: REASON, years: 2 });
    await sealedAll(barbara);
    expect((await verifyAudit(database.db)).faults).toEqual([]);
    await told('ab'.repeat(32), '700');
    await sealedAll(barbara);
    expect((await verifyAudit(database.db)).faults).toMatchObject([{ fault: 'contradicted' }]);
  });

  it('shows an altered first event behind the checkpoint', async () => {
    await pruneAudit(owner, { before: day('2024-07-01'), reason: REASON, years: 2 });
    const [first] = await rows<{ id: string }>(database.owner, `update audit_events set details = '{"x":1}' where id = (select event_id from audit_seals where place = 31) returning id`);
    expect((await verifyAudit(database.db)).faults).toEqual([{ fault: 'altered', id: first?.id }]);
  });
});

describe('the application itself', () => {
  it.each([
    ['make a checkpoint', `insert into audit_checkpoints values (1, sha256('x'), 1, '2024-01-01', now(), 'x', 'x')`],
    ['alter one', `update audit_checkpoints set place = 2`],
    ['delete one', 'delete from audit_checkpoints'],
    ['delete an event', 'delete from audit_events'],
    ['delete a seal', 'delete from audit_seals'],
  ])('may not %s', async (_, sql) => {
    await expect(database.db.raw(sql)).rejects.toThrow(/permission denied/);
  });
});
