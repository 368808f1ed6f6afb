import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPersonal } from '../../src/platform/audit/personal.ts';
import { verifyAudit } from '../../src/platform/audit/verify.ts';
import { row } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { destroyPersonKeys, openPersonal, sealPersonal } from '../../src/platform/secrets/index.ts';
import { addPerson } from '../../src/persons/commands.ts';
import { sealedAll } from '../platform/audit/many.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';
import { SECRETS } from '../support/secrets.ts';

let database: TestDatabase;
let who: People;
beforeAll(async () => {
  database = await cloneDatabase();
  who = people(database, parsePlainDate('2026-11-22'));
});
afterAll(() => database.drop());

async function somebody(name: string): Promise<string> {
  const { person } = await addPerson(who.anna, { name, withoutPesel: 'unknown' });
  return (await row<{ id: string }>(database.db, 'select id from persons where code = ?', [person])).id;
}

async function sealedOf(event: string, person: string): Promise<string> {
  const { sealed } = await row<{ sealed: string }>(
    database.db,
    `select details #>> '{personal,sealed}' as sealed from audit_events where event = ? and targets->>'person' = ? order by id desc limit 1`,
    [event, person],
  );
  return sealed;
}

describe("a person's own key", () => {
  it('is one for all that the trail says of the person, and of no use for another', async () => {
    const [one, other] = [await somebody('Jedna Osoba'), await somebody('Druga Osoba')];
    await database.db.transaction((trx) => auditPersonal(trx, who.anna, { event: 'person.test', targets: { person: one }, personal: { person: one, values: { note: 'Tajne' } } }));
    expect(await openPersonal(database.db, SECRETS, one, await sealedOf('person.add', one))).toMatchObject({ name: 'Jedna Osoba' });
    expect(await openPersonal(database.db, SECRETS, one, await sealedOf('person.test', one))).toEqual({ note: 'Tajne' });
    await expect(openPersonal(database.db, SECRETS, other, await sealedOf('person.test', one))).rejects.toThrow();
    expect(await row(database.db, 'select count(*)::int as keys from person_keys where person_id = ?', [one])).toEqual({ keys: 1 });
  });

  it('is made once, though several write of the person for the first time at once', async () => {
    const { id } = await row<{ id: string }>(database.owner, `insert into persons (code, name) values ('RAZ', 'Pierwszy Raz') returning id`);
    const sealed = await Promise.all(Array.from({ length: 6 }, (_, turn) => database.db.transaction((trx) => sealPersonal(trx, who.anna, id, { turn }))));
    const opened = await Promise.all(sealed.map((text) => openPersonal(database.db, SECRETS, id, text)));
    expect(opened).toEqual([0, 1, 2, 3, 4, 5].map((turn) => ({ turn })));
  });

  it('once destroyed leaves nothing to read, while the chain of the trail still verifies', async () => {
    const person = await somebody('Zapomniana Osoba');
    await sealedAll(who.anna);
    const { head } = await verifyAudit(database.db);
    const sealed = await sealedOf('person.add', person);
    expect(await openPersonal(database.db, SECRETS, person, sealed)).toMatchObject({ name: 'Zapomniana Osoba' });
    await database.db.transaction((trx) => destroyPersonKeys(trx, who.clock, [person]));
    expect(await openPersonal(database.db, SECRETS, person, sealed)).toBeNull();
    expect(await row(database.db, 'select wrapped, destroyed_at is not null as destroyed from person_keys where person_id = ?', [person])).toEqual({ wrapped: null, destroyed: true });
    expect(await verifyAudit(database.db, head)).toMatchObject({ faults: [], headKnown: true, waiting: 0 });
    // The ciphertext is part of the chain: another one would be found.
    await database.owner.raw(`update audit_events set details = replace(details::text, ?, ?)::json where details::text like ?`, [sealed.slice(0, 8), 'AAAAAAAA', `%${sealed.slice(0, 8)}%`]);
    expect((await verifyAudit(database.db)).faults).toMatchObject([{ fault: 'altered' }]);
  });

  it('once destroyed is not made again', async () => {
    const person = await somebody('Usunięta Osoba');
    const { id: keyless } = await row<{ id: string }>(database.owner, `insert into persons (code, name) values ('BEZ', 'Bez Klucza') returning id`);
    await database.db.transaction((trx) => destroyPersonKeys(trx, who.clock, [person, keyless]));
    for (const id of [person, keyless]) {
      await expect(database.db.transaction((trx) => sealPersonal(trx, who.anna, id, { a: 1 }))).rejects.toMatchObject({ code: 'person_erased' });
    }
  });
});
