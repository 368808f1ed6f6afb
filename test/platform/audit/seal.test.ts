/** The audit trail is sealed in a chain, and whoever tampers with it is found out. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../../../src/platform/audit/events.ts';
import { sealAudit } from '../../../src/platform/audit/seal.ts';
import { exportTrail } from '../../../src/platform/audit/export.ts';
import { MOST_FAULTS, verifyAudit } from '../../../src/platform/audit/verify.ts';
import type { Context } from '../../../src/platform/context.ts';
import { connect, rows } from '../../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { people } from '../../support/instance.ts';
import { manyEvents } from './many.ts';

// An event waits for the open transactions of all databases of the server, and other tests have long ones.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
let anna: Context;

beforeEach(async () => {
  database = await cloneDatabase();
  ({ anna } = people(database, parsePlainDate('2026-11-21')));
  await sealed();
});
afterEach(() => database.drop());

/** Numbers of the events that were written. */
async function written(count: number): Promise<string[]> {
  for (let index = 0; index < count; index += 1) await audit(anna.db, anna, { event: 'test.done', targets: { place: index } });
  const found = await rows<{ id: string }>(anna.db, `select id from audit_events where event = 'test.done' order by id desc limit ?`, [count]);
  return found.map(({ id }) => id).reverse();
}

/** Seals until nothing waits: other tests' databases have open transactions too, and all of a server are numbered together. */
async function sealed(): Promise<void> {
  const waiting = async (): Promise<number> => {
    await sealAudit(anna);
    return (await verifyAudit(anna.db)).waiting;
  };
  await expect.poll(waiting, { timeout: 50_000 }).toBe(0);
}

async function chain(): Promise<string[]> {
  const found = await rows<{ event_id: string }>(anna.db, `select event_id from audit_seals s join audit_events e on e.id = s.event_id where e.event = 'test.done' order by place`);
  return found.map(({ event_id: id }) => id);
}

describe('sealing', () => {
  it('seals each event once, in the order in which they were written, and leaves the trail sound', async () => {
    const ids = await written(5);
    await sealed();
    expect(await sealAudit(anna)).toBe(0);
    expect(await chain()).toEqual(ids);
    expect(await verifyAudit(anna.db)).toMatchObject({ waiting: 0, faults: [] });
  });

  it('makes one chain, however many seal at once', async () => {
    const ids = await written(40);
    await Promise.all(Array.from({ length: 6 }, () => sealAudit(anna)));
    await sealed();
    expect((await chain()).sort()).toEqual([...ids].sort());
    expect(await verifyAudit(anna.db)).toMatchObject({ waiting: 0, faults: [] });
  });

  it('waits with an event for the transactions that began before it, and nobody waits for the seal', async () => {
    const open = await anna.db.transaction();
    await audit(open, anna, { event: 'test.done', targets: { slow: 1 } });
    const [quick] = await written(1);
    expect(await sealAudit(anna)).toBe(0);
    expect(await verifyAudit(anna.db)).toMatchObject({ waiting: 1, faults: [] });
    await open.commit();
    await sealed();
    expect(await chain()).toHaveLength(2);
    expect((await chain()).at(-1)).toBe(quick);
    expect((await verifyAudit(anna.db)).faults).toEqual([]);
  });

  it('goes on after the data were carried to a server whose transactions are numbered anew', async () => {
    await written(2);
    await sealed();
    for (const table of ['audit_events', 'audit_seals']) await database.owner.raw(`update ${table} set written_in = '4611686018427387904'::xid8`);
    await written(3);
    await sealed();
    await written(1);
    await sealed();
    expect(await chain()).toHaveLength(6);
    expect((await verifyAudit(anna.db)).faults).toEqual([]);
  });
});

describe('a sealed trail', () => {
  it.each([
    ['its actor', `actor = 'dawid.referent'`],
    ['its time', `at = at + interval '1 microsecond'`],
    ['its targets', `targets = '{"place": 3}'`],
    ['its details', `details = '{"amount":"1.00"}'`],
    ['the request it belongs to', `request_id = 'r-1'`],
    ['what happened', `event = 'test.undone'`],
  ])('shows an event of which %s was altered', async (_, change) => {
    const ids = await written(5);
    await sealed();
    await database.owner.raw(`update audit_events set ${change} where id = ?`, [ids[2] ?? '']);
    expect((await verifyAudit(anna.db)).faults).toEqual([{ fault: 'altered', id: ids[2] }]);
  });

  it('shows an event that was deleted', async () => {
    const ids = await written(5);
    await sealed();
    await database.owner.raw('delete from audit_events where id = ?', [ids[1] ?? '']);
    expect((await verifyAudit(anna.db)).faults).toEqual([{ fault: 'missing', id: ids[1] }]);
  });

  it('shows an event that was deleted together with its seal', async () => {
    const ids = await written(5);
    await sealed();
    const [seal] = await rows<{ place: string }>(database.owner, 'delete from audit_seals where event_id = ? returning place', [ids[1] ?? '']);
    await database.owner.raw('delete from audit_events where id = ?', [ids[1] ?? '']);
    expect((await verifyAudit(anna.db)).faults).toEqual([{ fault: 'seal_missing', id: seal?.place }]);
  });

  it('shows two events that changed places', async () => {
    const ids = await written(5);
    await sealed();
    const [one, other] = [ids[1] ?? '', ids[3] ?? ''];
    const swap = `update audit_events e set targets = o.targets, at = o.at from audit_events o where (e.id, o.id) in ((?::bigint, ?::bigint), (?::bigint, ?::bigint))`;
    await database.owner.raw(swap, [one, other, other, one]);
    expect((await verifyAudit(anna.db)).faults).toEqual([one, other].map((id) => ({ fault: 'altered', id })));
  });

  it('shows seals that changed places', async () => {
    const ids = await written(5);
    await sealed();
    const [one, other] = [ids[1] ?? '', ids[3] ?? ''];
    await database.owner.raw('alter table audit_seals drop constraint audit_seals_event_once');
    await database.owner.raw('update audit_seals set event_id = case event_id when ?::bigint then ?::bigint else ?::bigint end where event_id in (?, ?)', [one, other, one, one, other]);
    expect((await verifyAudit(anna.db)).faults.map(({ id }) => id).sort()).toEqual([one, other].sort());
  });

  it('shows an end that was cut off by a hash noted before', async () => {
    const ids = await written(3);
    await sealed();
    const { head } = await verifyAudit(anna.db);
    expect((await verifyAudit(anna.db, head)).headKnown).toBe(true);
    await database.owner.raw('delete from audit_seals where event_id = ?', [ids[2] ?? '']);
    await database.owner.raw('delete from audit_events where id = ?', [ids[2] ?? '']);
    expect(await verifyAudit(anna.db, head)).toMatchObject({ faults: [], headKnown: false });
  });
});

describe('a trail that somebody broke widely', () => {
  it('shows a gap as one fault with its two ends, however wide it is, and the sealer goes on behind it', async () => {
    const ids = await written(3);
    await sealed();
    const [last] = await rows<{ place: string }>(database.owner, 'select place from audit_seals where event_id = ?', [ids[2] ?? '']);
    await database.owner.raw('update audit_seals set place = 900000000000000000 where event_id = ?', [ids[2] ?? '']);
    const gap = { fault: 'seal_missing', id: last?.place, to: '899999999999999999' };
    expect(await verifyAudit(anna.db)).toMatchObject({ faults: [gap], faultCount: 1 });
    await written(1);
    await sealed();
    expect(await verifyAudit(anna.db)).toMatchObject({ faults: [gap], faultCount: 1, place: '900000000000000001' });
  });

  it('names the first thousand faults and counts the rest', async () => {
    await manyEvents(database.owner, MOST_FAULTS + 300, '2026-01-01T00:00:00Z', 60);
    await sealed();
    await database.owner.raw(`update audit_events set actor = 'x' where request_id is not null`);
    const { faults, faultCount } = await verifyAudit(anna.db);
    expect([faults.length, faultCount]).toEqual([MOST_FAULTS, MOST_FAULTS + 300]);
  });
});

describe('a trail that was sealed anew', () => {
  /** Takes the event away and every seal with it, as only the owner can: the sealer then makes a chain without a flaw. */
  async function rewritten(id: string): Promise<void> {
    await database.owner.raw('delete from audit_events where id = ?', [id]);
    await database.owner.raw('delete from audit_seals');
    await sealed();
  }
  const newest = async (): Promise<string> => (await rows<{ id: string }>(anna.db, 'select max(id) as id from audit_events'))[0]?.id ?? '';

  it('is contradicted by the events of whoever verified or exported it before', async () => {
    const ids = await written(4);
    await sealed();
    const { head, place } = await verifyAudit(anna.db);
    await audit(anna.db, anna, { event: 'audit.verify', targets: { trail: 'audit' }, details: { sound: true, sealed: 4, faults: 0, head, place } });
    const verified = await newest();
    await sealed();
    await exportTrail(anna, {});
    const exported = await newest();
    await sealed();
    expect((await verifyAudit(anna.db)).faults).toEqual([]);
    await rewritten(ids[1] ?? '');
    expect((await verifyAudit(anna.db)).faults).toEqual([verified, exported].map((id) => ({ fault: 'contradicted', id })));
  });

  it('is so also by one that tells no place, as those of before did, and not by a check of an empty trail', async () => {
    const ids = await written(2);
    await sealed();
    const { head } = await verifyAudit(anna.db);
    for (const told of [head, '']) await audit(anna.db, anna, { event: 'audit.verify', targets: { trail: 'audit' }, details: { sound: true, sealed: 2, faults: 0, head: told } });
    await sealed();
    expect((await verifyAudit(anna.db)).faults).toEqual([]);
    await rewritten(ids[0] ?? '');
    expect((await verifyAudit(anna.db)).faults).toMatchObject([{ fault: 'contradicted' }]);
  });
});

describe('the application itself', () => {
  it.each([
    ['update audit_events', `update audit_events set actor = 'x'`],
    ['delete audit_events', 'delete from audit_events'],
    ['truncate audit_events', 'truncate audit_events'],
    ['update audit_seals', `update audit_seals set hash = sha256('x')`],
    ['delete audit_seals', 'delete from audit_seals'],
    ['choose the transaction of an event', `insert into audit_events (at, actor, event, targets, details, written_in) values (now(), 'x', 'x', '{}', '{}', '1')`],
  ])('may not %s', async (_, sql) => {
    await written(1);
    await expect(database.db.raw(sql)).rejects.toThrow(/permission denied/);
  });

  it('is told apart from the owner of the tables in these tests', async () => {
    const owner = connect(database.ownerUrl, { max: 1 });
    const [served, owned] = [await rows<{ is: string }>(database.db, 'select current_user as is'), await rows<{ is: string }>(owner, 'select current_user as is')];
    await owner.destroy();
    expect(served[0]?.is).not.toBe(owned[0]?.is);
  });
});
