/** What the serving role cannot do, whatever a program that holds it tries: the database refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { row, rows, touched } from '../../../src/platform/database/connect.ts';
import { startRun } from '../../../src/rents/runs/commands.ts';
import { approveRun, leaveOut } from '../../../src/rents/runs/decide.ts';
import { sealedAll } from '../audit/many.ts';
import { audit } from '../../../src/platform/audit/events.ts';
import { TODAY } from '../../support/app.ts';
import { CITY } from '../../support/cluster.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import type { People } from '../../support/instance.ts';
import { people } from '../../support/instance.ts';

let database: TestDatabase;
let who: People;
let approved: { run: string; decision: string };
let draft: { run: string; decision: string };

async function drawn(): Promise<typeof draft> {
  const run = await startRun(who.anna, { tariff: 'krk-2027-projekt', delivered: parsePlainDate('2026-12-10') });
  await run.finished;
  return { run: run.runId, ...(await row<{ decision: string }>(database.db, 'select decision_id as decision from runs where id = ?', [run.runId])) };
}

beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, TODAY);
  approved = await drawn();
  await leaveOut(who.anna, approved.run, { lease: (await row<{ lease: string }>(database.db, `select l.number as lease from run_drafts d join leases l on l.id = d.lease_id where d.run_id = ? and d.outcome = 'increase' limit 1`, [approved.run])).lease, reason: 'Spór.' });
  await approveRun(who.barbara, approved.run);
  draft = await drawn();
}, 120_000);
afterAll(() => database.drop());

const state = async ({ decision }: typeof draft): Promise<unknown> => row(database.db, 'select state, state_reason, decided_at, decided_by from decisions where id = ?', [decision]);

describe('a decision that was made, to the serving role', () => {
  it.each([
    ['becomes no draft again', `update decisions set state = 'draft', decided_at = null, decided_by = null where id = :decision`, /decisions_made_anew|stays as it is/],
    ['becomes no rejection', `update decisions set state = 'rejected' where id = :decision`, /stays as it is/],
    ['gets no other reason', `update decisions set state_reason = 'inny' where id = :decision`, /stays as it is/],
    ['gets no other time', `update decisions set decided_at = now() where id = :decision`, /stays as it is/],
    ['gets no other hand', `update decisions set decided_by = 'anna.referent' where id = :decision`, /stays as it is/],
    ['is not of another kind', `update decisions set kind = 'x' where id = :decision`, /permission denied/],
    ['keeps its hands', `delete from decision_hands where decision_id = :decision`, /permission denied/],
    ['keeps the tariff of its run', `update runs set tariff = 'x' where id = :run`, /permission denied/],
    ['keeps the scope of its run', `update runs set scope = '{}' where id = :run`, /permission denied/],
    ['keeps the day of delivery', `update runs set delivery_date = '2030-01-01' where id = :run`, /permission denied/],
    ['keeps its summary', `update runs set summary = null where id = :run`, /stays as it is/],
    ['keeps what was known', `update runs set known_at = now() where id = :run`, /stays as it is/],
    ['keeps what was left out', `update run_omissions set withdrawn_at = now(), withdrawn_by = 'x' where run_id = :run`, /stays as it is/],
    ['leaves nothing more out', `insert into run_omissions (run_id, lease_id, reason, actor, at) select run_id, lease_id, 'x', 'x', now() from run_drafts where run_id = :run`, /stays as it is/],
    ['keeps its drafts, also those that made no rent', `delete from run_drafts where run_id = :run and outcome in ('exception', 'unchanged')`, /stays as it is/],
  ])('%s', async (_, sql, refused) => {
    const before = await state(approved);
    await expect(database.db.raw(sql, approved)).rejects.toThrow(refused);
    expect(await state(approved)).toEqual(before);
  });

  it('had a hand that decided it, and no hand that prepared it', async () => {
    const hands = await rows(database.db, 'select actor, part from decision_hands where decision_id = ? order by part', [approved.decision]);
    expect(hands).toEqual([{ actor: 'barbara.kierownik', part: 'decided' }, { actor: 'anna.referent', part: 'prepared' }]);
    expect(await state(approved)).toMatchObject({ state: 'approved', decided_by: 'barbara.kierownik' });
  });
});

describe('a draft, to the serving role', () => {
  it.each([
    ['by nobody', `update decisions set state = 'approved', decided_at = now() where id = :decision`, /decisions_decided_by_nobody/],
    ['by somebody who has no hand in it', `update decisions set state = 'approved', decided_at = now(), decided_by = 'barbara.kierownik' where id = :decision`, /decisions_without_deciding_hand/],
    ['by whoever prepared it', `update decisions set state = 'approved', decided_at = now(), decided_by = 'anna.referent' where id = :decision`, /decisions_without_deciding_hand/],
    ['with a second hand of whoever prepared it', `insert into decision_hands (decision_id, actor, part, at) values (:decision, 'anna.referent', 'decided', now())`, /decision_hands_two_parts/],
  ])('is not approved %s', async (_, sql, refused) => {
    await expect(database.db.raw(sql, draft)).rejects.toThrow(refused);
    expect(await state(draft)).toMatchObject({ state: 'draft', decided_by: null });
  });

  it('is not born approved', async () => {
    await expect(database.db.raw(`insert into decisions (kind, state, created_at) values ('run', 'approved', now())`)).rejects.toThrow(/decisions_/);
    await expect(database.db.raw(`insert into decisions (kind, state, created_at, decided_at, decided_by) values ('run', 'approved', now(), now(), 'x')`)).rejects.toThrow(/permission denied/);
  });

  it('is decided by another hand, which the database lets pass', async () => {
    const own = await drawn();
    await database.db.transaction(async (trx) => {
      await trx.raw(`insert into decision_hands (decision_id, actor, part, at) values (?, 'barbara.kierownik', 'decided', now())`, [own.decision]);
      expect(await touched(trx, `update decisions set state = 'rejected', decided_at = now(), decided_by = 'barbara.kierownik' where id = ?`, [own.decision])).toBe(1);
    });
    await expect(database.db.raw(`update decisions set state = 'void' where id = ?`, [own.decision])).rejects.toThrow(/stays as it is/);
  });
});

describe('long work, to the serving role', () => {
  it('keeps who began it and when', async () => {
    for (const change of [`actor = 'x'`, 'started_at = now()', `kind = 'x'`]) await expect(database.db.raw(`update operations set ${change}`)).rejects.toThrow(/permission denied/);
  });
});

describe('the chain of seals, to the serving role', () => {
  const seal = (place: string, event: string): Promise<unknown> =>
    database.db.raw(`insert into audit_seals (place, event_id, written_in, hash, sealed_at) select ${place}, ${event}, coalesce((select written_in from audit_events where id = ${event}), '1'), sha256('x'), now()`);
  const unsealed = '(select max(id) from audit_events)';

  it('has no far place, no place before, and no seal of an event that is none', { timeout: 120_000 }, async () => {
    await sealedAll(who.anna);
    await audit(database.db, who.anna, { event: 'test.done', targets: { thing: 1 } });
    await expect(seal('20000000', unsealed)).rejects.toThrow(/a seal follows the one before/);
    await expect(seal('(select max(place) + 2 from audit_seals)', unsealed)).rejects.toThrow(/a seal follows the one before/);
    await expect(seal('(select max(place) + 1 from audit_seals)', '99999999')).rejects.toThrow(/a seal is of an event/);
    await sealedAll(who.anna);
    await expect(database.db.raw('delete from audit_seals')).rejects.toThrow(/permission denied/);
  });

  it('is not fooled by a temporary table of the same name', async () => {
    await database.db.transaction(async (trx) => {
      await trx.raw('create temporary table audit_checkpoints (place bigint) on commit drop');
      await trx.raw('insert into audit_checkpoints values (19999999)');
      await expect(trx.raw(`insert into public.audit_seals (place, event_id, written_in, hash, sealed_at) values (20000000, 99999998, '1', sha256('x'), now())`)).rejects.toThrow(/a seal follows the one before/);
    });
  });
});

describe('codes', () => {
  it('are no eleven digits, of persons and of leases alike', async () => {
    await expect(database.db.raw(`insert into persons (code, name) values ('44051401359', 'x')`)).rejects.toThrow(/persons_code_like_pesel/);
    await expect(database.db.raw(`insert into leases (number, dwelling_id) select '44051401359', min(id) from dwellings`)).rejects.toThrow(/leases_number_like_pesel/);
  });
});

describe('the keys that were ever current', () => {
  it('are added to and never taken back by the serving role', async () => {
    for (const sql of ['delete from secret_keys', `update secret_keys set name = 'x'`]) await expect(database.db.raw(sql)).rejects.toThrow(/permission denied/);
  });
});
