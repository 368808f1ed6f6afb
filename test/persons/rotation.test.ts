import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/platform/context.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { addPerson } from '../../src/persons/commands.ts';
import { exportPerson } from '../../src/leases/person-export.ts';
import { rentsOfLeases } from '../../src/rents/history.ts';
import { searchPersons } from '../../src/persons/read.ts';
import { countOldKeys, rotateKeys } from '../../src/persons/rotate.ts';
import { registerKeys } from '../../src/platform/secrets/index.ts';
import { limited } from '../support/asking.ts';
import { CITY } from '../support/cluster.ts';
import { TODAY } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';
import { ROTATED, ROTATING } from '../support/secrets.ts';

const PESEL = '44051401359';

let database: TestDatabase;
let who: People;
let persons = 0;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, TODAY);
  await addPerson(who.anna, { name: 'Przed Zmianą', code: 'STARY', pesel: PESEL });
  await addPerson(who.anna, { name: 'Przed Zmianą', code: 'STARY-2', withoutPesel: 'foreigner', document: 'AB 77' });
  ({ persons } = await row<{ persons: number }>(database.db, 'select count(*)::int as persons from persons where coalesce(pesel_sealed, document_sealed) is not null'));
});
afterAll(() => database.drop());

const under = (secrets: Context['secrets'], by = who.anna): Context => ({ ...by, secrets });

describe('rotating the keys', () => {
  it('finds nothing to do while the key is the current one', async () => {
    expect(await rotateKeys(who.barbara)).toEqual({ persons: 0, personKeys: 0, rotated: 0, doubled: [] });
  });

  it('is for who has the permission and sees the whole city', async () => {
    await expect(rotateKeys(who.anna)).rejects.toMatchObject({ code: 'not_permitted', args: { permission: 'keys.rotate' } });
    const kinga = { ...under(ROTATING), actor: limited('kinga.kierownik', ['supervisor'], 'I Stare Miasto') };
    await expect(rotateKeys(kinga)).rejects.toMatchObject({ code: 'needs_whole_city', args: { districts: 'I Stare Miasto' } });
    expect(await countOldKeys(database.db, kinga)).toEqual({ persons, personKeys: 2 });
  });

  it('lets old values be read, found and not doubled while the new key is already in use', async () => {
    const ctx = under(ROTATING);
    expect(await countOldKeys(database.db, ctx)).toEqual({ persons, personKeys: 2 });
    expect((await searchPersons(ctx, { pesel: PESEL })).items).toMatchObject([{ person: 'STARY' }]);
    // The start with the new key.
    await registerKeys(ctx);
    await expect(addPerson(ctx, { name: 'Druga', pesel: PESEL })).rejects.toMatchObject({ code: 'pesel_twice' });
    await expect(searchPersons(under(ROTATED), { code: 'STARY' })).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('goes on after an interruption and tells how far it is', async () => {
    const ctx = under(ROTATING, who.barbara);
    const stopped = rotateKeys(ctx, () => {
      throw new Error('interrupted');
    });
    await expect(stopped).rejects.toThrow('interrupted');
    const left = await countOldKeys(database.db, ctx);
    expect(left.persons).toBe(0);
    expect(left.personKeys).toBe(2);
    const told: [number, number | null][] = [];
    expect(await rotateKeys(ctx, (done, total) => told.push([done, total]))).toEqual({ persons: 0, personKeys: 0, rotated: 2, doubled: [] });
    expect(told).toEqual([[2, 2]]);
    expect(await rows(database.db, `select details->>'count' as count from audit_events where event = 'person.rotate_keys' order by id`)).toEqual([{ count: String(persons) }, { count: '2' }]);
  });

  it('leaves nothing for which the old key is needed: identity, search, own keys', async () => {
    const ctx = under(ROTATED);
    expect((await searchPersons(ctx, { pesel: PESEL })).items).toMatchObject([{ person: 'STARY' }]);
    const told = await exportPerson(ctx, 'STARY-2', rentsOfLeases);
    expect(told.person).toMatchObject({ document: 'AB 77', withoutPesel: 'foreigner' });
    expect(told.events[0]).toMatchObject({ event: 'person.add', personal: { name: 'Przed Zmianą', document: 'AB 77' } });
    await expect(addPerson(ctx, { name: 'Druga', pesel: PESEL })).rejects.toMatchObject({ code: 'pesel_twice' });
    await expect(searchPersons(who.anna, { code: 'STARY' })).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});
