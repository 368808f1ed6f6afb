import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonExport } from '../../src/leases/person-export.ts';
import { approveLeaseFiles, makeRetentionList } from '../../src/leases/retention.ts';
import type { RetentionEntry, RetentionList } from '../../src/persons/retention.ts';
import { listRetentionLists, listRetentionPersons, rejectRetentionList, viewRetentionList } from '../../src/persons/retention.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { verifyAudit } from '../../src/platform/audit/verify.ts';
import { openClient, row, rows } from '../../src/platform/database/connect.ts';
import { sealedAll } from '../platform/audit/many.ts';
import type { TestApp } from '../support/app.ts';
import type { Page } from '../support/app.ts';
import { bodyOf, cityApp, problemOf } from '../support/app.ts';
import { limited } from '../support/asking.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

let number = 0;

/** A lease of a dwelling of its own, as it is recorded, of the parties. `to`: the first day after; null = it still runs. */
async function lease(parties: readonly string[], to: string | null): Promise<void> {
  const owner = city.database.owner;
  number += 1;
  const { id: change } = await row<{ id: string }>(owner, 'select min(id) as id from changes');
  const { id: dwelling } = await row<{ id: string }>(owner, 'insert into dwellings (code, building_id) select ?, min(id) from buildings returning id', [`STARY-${number}`]);
  const { id } = await row<{ id: string }>(owner, 'insert into leases (number, dwelling_id) values (?, ?) returning id', [`STARA/${number}`, dwelling]);
  const times = [`[1999-01-01,${to ?? ''})`, '[2020-01-01 10:00+00,)', change] as const;
  await owner.raw(`insert into lease_terms (lease_id, dwelling_id, kind, covers, valid, recorded, change_id) values (?, ?, 'indefinite', 'whole', ?, ?, ?)`, [id, dwelling, ...times]);
  for (const party of parties) {
    await owner.raw(`insert into lease_parties (lease_id, person_id, role, valid, recorded, change_id) select ?, p.id, 'tenant', ?, ?, ? from persons p where p.code = ?`, [id, ...times, party]);
  }
}

async function person(code: string, pesel?: string): Promise<string> {
  const identity = pesel === undefined ? { withoutPesel: 'foreigner', document: 'AA 1', born: '1950-01-01' } : { pesel };
  return bodyOf<{ person: string }>(await city.as('anna.referent').post('/persons', { name: `Osoba ${code}`, code, ...identity }), 201).person;
}

const make = (as: string): ReturnType<ReturnType<TestApp['as']>['post']> => city.as(as).post('/retention-lists', { class: 'lease_file' });

async function listed(list: string): Promise<RetentionList & { entries: readonly RetentionEntry[] }> {
  const told = bodyOf<RetentionList>(await city.as('anna.referent').get(`/retention-lists/${list}`));
  const { items } = bodyOf<Page<RetentionEntry>>(await city.as('anna.referent').get(`/retention-lists/${list}/persons`));
  return { ...told, entries: items };
}

describe('data that were kept long enough', () => {
  it('are those of persons whose every lease was over ten years ago: the last day that counts, and the first that does not', async () => {
    await city.database.owner.raw(`delete from lease_parties where person_id in (select f.person_id from lease_parties f join lease_terms t on t.lease_id = f.lease_id group by f.person_id having max(coalesce(upper(t.valid), 'infinity')) < '2017-01-01')`);
    expect(problemOf(await make('anna.referent'), 422, 'retention_nobody').detail).toContain('2016-11-22');
    await lease([await person('R-DAWNY', '44051401359'), await person('R-WSPOLNY')], '2016-11-22');
    await lease([await person('R-DZIEN-PO')], '2016-11-23');
    await lease([await person('R-TRWA')], null);
    // One of two leases is still open, or ended later.
    await lease(['R-WSPOLNY'], '2018-01-01');
    await person('R-BEZ-UMOWY');
    const { list, persons } = bodyOf<{ list: string; persons: number }>(await make('anna.referent'), 201);
    expect(persons).toBe(1);
    expect(await listed(list)).toMatchObject({
      class: 'lease_file', state: 'draft', before: '2016-11-22', madeOn: '2026-11-22', preparedBy: 'anna.referent', decidedBy: null,
      entries: [{ person: 'R-DAWNY', name: 'Osoba R-DAWNY', endedOn: '2016-11-22' }],
    });
  });

  it('are not erased by whoever made the list, however many roles that person holds, nor by a clerk', async () => {
    const { list } = bodyOf<{ list: string }>(await make('barbara.kierownik'), 201);
    problemOf(await city.as('barbara.kierownik').post(`/retention-lists/${list}/approval`), 403, 'decision_own');
    problemOf(await city.as('dawid.referent').post(`/retention-lists/${list}/approval`), 403, 'not_permitted');
    expect((await listed(list)).entries).toMatchObject([{ name: 'Osoba R-DAWNY' }]);
    expect(await row(city.database.db, `select erased_at from persons where code = 'R-DAWNY'`)).toEqual({ erased_at: null });
  });

  it('stay where a list is rejected, and the list is over', async () => {
    const { list } = bodyOf<{ list: string }>(await make('anna.referent'), 201);
    problemOf(await city.as('barbara.kierownik').post(`/retention-lists/${list}/rejection`, { reason: '' }), 422, 'invalid_input');
    expect((await city.as('barbara.kierownik').post(`/retention-lists/${list}/rejection`, { reason: 'Toczy się spór.' })).status).toBe(204);
    problemOf(await city.as('barbara.kierownik').post(`/retention-lists/${list}/approval`), 409, 'decision_not_draft');
    expect(await listed(list)).toMatchObject({ state: 'rejected', decidedBy: 'barbara.kierownik', entries: [{ name: 'Osoba R-DAWNY' }] });
  });

  it('stay where somebody on the list has become a party again before it was approved, and nobody is erased', async () => {
    await lease([await person('R-WRACA')], '2010-01-01');
    const { list, persons } = bodyOf<{ list: string; persons: number }>(await make('anna.referent'), 201);
    expect(persons).toBe(2);
    await lease(['R-WRACA'], null);
    expect(problemOf(await city.as('barbara.kierownik').post(`/retention-lists/${list}/approval`), 409, 'retention_changed').detail).toContain('R-WRACA');
    expect(await rows(city.database.db, 'select 1 from persons where erased_at is not null')).toEqual([]);
    expect((await listed(list)).state).toBe('draft');
  });

  it('stay where a lease is being taken up again at that very moment: approval waits for the file that is being loaded, and sees it', async () => {
    const { list } = bodyOf<{ list: string }>(await make('anna.referent'), 201);
    // What an import holds while it writes.
    const writer = await openClient(city.database.url, 'import in the test');
    try {
      await writer.query('begin');
      await writer.query('select pg_advisory_xact_lock_shared(7240001)');
      const approval = approveLeaseFiles(city.instance.context(personOf('barbara.kierownik')), list).then(() => null, (error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await writer.query(
        `insert into lease_terms (lease_id, dwelling_id, kind, covers, valid, recorded, change_id)
         select l.id, l.dwelling_id, 'indefinite', 'whole', '[2026-11-01,)', tstzrange('2026-11-22 08:30+00', null), (select max(id) from changes)
         from leases l join lease_parties f on f.lease_id = l.id join persons p on p.id = f.person_id where p.code = 'R-DAWNY'`,
      );
      await writer.query('commit');
      expect(await approval).toMatchObject({ code: 'retention_changed', args: { persons: expect.stringContaining('R-DAWNY') as string } });
    } finally {
      await writer.end();
      await city.database.owner.raw(`delete from lease_terms where valid = '[2026-11-01,)'`);
    }
    expect(await rows(city.database.db, 'select 1 from persons where erased_at is not null')).toEqual([]);
  });

  it('are told by name page by page, to those who make, decide or audit lists, and each look is an event', async () => {
    const { list } = bodyOf<{ list: string }>(await make('anna.referent'), 201);
    const looks = async (): Promise<unknown[]> => rows(city.database.db, `select actor, details from audit_events where event = 'retention.read' and targets::jsonb @> ?::jsonb order by id`, [JSON.stringify({ retention: list })]);
    const first = bodyOf<Page<RetentionEntry>>(await city.as('barbara.kierownik').get(`/retention-lists/${list}/persons?per_page=1`));
    expect(first).toMatchObject({ items: [{ person: 'R-DAWNY' }], total: first.total, perPage: 1 });
    expect(await looks()).toEqual([{ actor: 'barbara.kierownik', details: { from: 0, persons: 1 } }]);
    for (const nobody of ['filip.windykacja', 'cezary.prawo']) problemOf(await city.as(nobody).get(`/retention-lists/${list}/persons`), 403, 'not_permitted');
    expect(await looks()).toHaveLength(1);
    // Whoever only reads about persons sees that there is a list, and no names.
    expect(JSON.stringify(bodyOf(await city.as('filip.windykacja').get(`/retention-lists/${list}`)))).not.toContain('Osoba');
  });

  it('are no business of somebody limited to a district, whatever the way there', async () => {
    const kinga = city.instance.context(limited('kinga.kierownik', ['supervisor', 'clerk'], 'I Stare Miasto'));
    const page = { limit: 10, offset: 0, sort: { descending: false } };
    const ways = [
      () => makeRetentionList(kinga, { class: 'lease_file' }), () => approveLeaseFiles(kinga, '1'), () => rejectRetentionList(kinga, '1', { reason: 'Próba.' }),
      () => viewRetentionList(kinga, '1'), () => listRetentionLists(kinga, page), () => listRetentionPersons(kinga, '1', page),
    ];
    for (const way of ways) await expect(way()).rejects.toMatchObject({ code: 'retention_needs_whole_city' });
  });

  it('are erased for good on approval: the row stays with its code, the trail cannot tell any more and still verifies', async () => {
    await sealedAll(city.instance);
    const { head } = await verifyAudit(city.database.db);
    const { list } = bodyOf<{ list: string }>(await make('anna.referent'), 201);
    const answers = await Promise.all(Array.from({ length: 4 }, () => city.as('barbara.kierownik').post(`/retention-lists/${list}/approval`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(bodyOf(await city.as('anna.referent').get('/persons/R-DAWNY'))).toMatchObject({ name: 'usunięto', pesel: null, withoutPesel: 'erased', document: null, born: null });
    const told = bodyOf<PersonExport>(await city.as('anna.referent').post('/persons/R-DAWNY/export'));
    expect(told.leases).toHaveLength(1);
    expect(told.events.map(({ event, personal }) => [event, personal])).toContainEqual(['person.add', null]);
    // That the data were listed for erasure, looked at and erased is about the person too.
    expect(new Set(told.events.map(({ event }) => event))).toEqual(new Set(['person.add', 'retention.list', 'retention.read', 'retention.reject', 'retention.approve', 'person.export']));
    const stored = JSON.stringify(await rows(city.database.owner, `select p.*, k.wrapped from persons p join person_keys k on k.person_id = p.id where p.code = 'R-DAWNY'`));
    expect(stored).not.toMatch(/Osoba R|test1:/);
    await sealedAll(city.instance);
    expect(await verifyAudit(city.database.db, head)).toMatchObject({ faults: [], headKnown: true });
    problemOf(await city.as('anna.referent').post('/persons/R-DAWNY/correction', { name: 'Osoba Znowu', reason: 'Próba.' }), 409, 'person_erased');
    problemOf(await make('anna.referent'), 422, 'retention_nobody');
    // The number is free again: whoever comes back is somebody new.
    expect(await person('R-NOWY', '44051401359')).toBe('R-NOWY');
  });

  it('have no list of a number that is none, and none of an unknown class', async () => {
    for (const list of ['999999', 'NIE-MA', '1e3']) expect(problemOf(await city.as('anna.referent').get(`/retention-lists/${list}`), 404, 'retention_unknown').detail).toContain(list);
    problemOf(await city.as('anna.referent').post('/retention-lists', { class: 'all' }), 422, 'invalid_input');
    expect(bodyOf<{ total: number }>(await city.as('edyta.audytor').get('/retention-lists?sort=-list')).total).toBe(7);
  });
});
