/** One key is current at a time: whoever does not have it writes nothing, and what was doubled all the same is named. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPerson, correctPerson } from '../../src/persons/commands.ts';
import { rotateKeys } from '../../src/persons/rotate.ts';
import { peselOf } from '../../src/persons/rules.ts';
import type { Context } from '../../src/platform/context.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { problemText } from '../../src/platform/problem-texts.ts';
import { parseKeyring, registerKeys, secretsOf } from '../../src/platform/secrets/index.ts';
import { TODAY } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';
import { NEW_KEY, OLD_KEY, ROTATED, ROTATING, SECRETS } from '../support/secrets.ts';

let database: TestDatabase;
let who: People;
beforeEach(async () => {
  database = await cloneDatabase();
  who = people(database, TODAY);
});
afterEach(() => database.drop());

const pesel = (serial: number): string => peselOf(parsePlainDate('1960-03-03'), serial);
const under = (secrets: Context['secrets'], by = who.anna): Context => ({ ...by, secrets });
const start = (secrets: Context['secrets']): Promise<void> => registerKeys({ db: database.db, clock: who.clock, secrets });
const OTHER_ORDER = secretsOf(parseKeyring(`${OLD_KEY},${NEW_KEY}`));

describe('a process that does not have the current key', () => {
  it('adds and corrects nobody once another one rotated, so that no PESEL stands twice', async () => {
    await start(SECRETS);
    const { person } = await addPerson(who.anna, { name: 'Przed Zmianą', pesel: pesel(1) });
    await rotateKeys(under(ROTATING, who.barbara));
    await addPerson(under(ROTATING), { name: 'Nowy', pesel: pesel(20) });
    await expect(addPerson(who.anna, { name: 'Nowy drugi', pesel: pesel(20) })).rejects.toMatchObject({ code: 'keys_outdated', args: { key: 'test2' } });
    await expect(addPerson(who.anna, { name: 'Bez numeru', withoutPesel: 'unknown' })).rejects.toMatchObject({ code: 'keys_outdated' });
    await expect(correctPerson(under(OTHER_ORDER), person, { name: 'Zmieniona', reason: 'Próba.' })).rejects.toMatchObject({ code: 'keys_outdated' });
    expect(await rotateKeys(under(ROTATING, who.barbara))).toMatchObject({ persons: 0, personKeys: 0, doubled: [] });
    expect(problemText('keys_outdated', { key: 'test2' })).toContain('uruchomić program ponownie');
  });

  it('is refused at the start, by what is wrong with its list', async () => {
    await start(SECRETS);
    await start(SECRETS);
    await expect(start(ROTATED)).rejects.toMatchObject({ code: 'keys_without_current', args: { key: 'test1' } });
    await start(ROTATING);
    await expect(start(SECRETS)).rejects.toMatchObject({ code: 'keys_without_current', args: { key: 'test2' } });
    await expect(start(OTHER_ORDER)).rejects.toMatchObject({ code: 'keys_not_first', args: { key: 'test2', first: 'test1' } });
    await start(ROTATED);
    expect(await rows(database.db, 'select name from secret_keys order by place')).toEqual([{ name: 'test1' }, { name: 'test2' }]);
  });

  it('with another key of the same name is told apart all the same', async () => {
    await start(SECRETS);
    await expect(start(secretsOf(parseKeyring(NEW_KEY.replace('test2', 'test1'))))).rejects.toMatchObject({ code: 'keys_without_current' });
  });

  it('leaves no key in the database: what stands there is a hash of its own', async () => {
    await start(SECRETS);
    const { fingerprint } = await row<{ fingerprint: Buffer }>(database.db, 'select fingerprint from secret_keys');
    expect(fingerprint).toHaveLength(32);
    expect(fingerprint.equals(Buffer.from(OLD_KEY.split(':')[1] ?? '', 'base64'))).toBe(false);
    expect(fingerprint.equals(SECRETS.hash('kamienica', 'pesel'))).toBe(false);
  });

  it('waits with a new key for whoever is still writing under the one before', async () => {
    await start(SECRETS);
    let over = false;
    let begun: Promise<void> = Promise.resolve();
    await database.db.transaction(async (trx) => {
      await addPerson({ ...who.anna, db: trx as never }, { name: 'W toku', pesel: pesel(3) });
      begun = start(ROTATING).then(() => {
        over = true;
      });
      // The start stands at the lock, and has not passed it.
      await expect.poll(async () => over || (await rows(database.owner, `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)).length, { timeout: 20_000 }).toBe(1);
      expect(over).toBe(false);
    });
    await begun;
    expect(over).toBe(true);
  });
});

describe('a rotation that meets one PESEL twice', () => {
  it('names both persons by their codes and brings over all others', async () => {
    await addPerson(who.anna, { name: 'Pierwsza', code: 'D-1', pesel: pesel(7) });
    await addPerson(who.anna, { name: 'Inna', code: 'D-3', pesel: pesel(8) });
    // As it came about while a service still wrote under the old key alone.
    await addPerson(under(ROTATED), { name: 'Druga', code: 'D-2', pesel: pesel(7) });
    const done = await rotateKeys(under(ROTATING, who.barbara));
    expect(done).toMatchObject({ persons: 1, personKeys: 0, doubled: [{ person: 'D-1', other: 'D-2' }] });
    expect(await rows(database.db, `select code, split_part(pesel_sealed, ':', 1) as key from persons order by code`)).toEqual([
      { code: 'D-1', key: 'test1' }, { code: 'D-2', key: 'test2' }, { code: 'D-3', key: 'test2' },
    ]);
    await correctPerson(under(ROTATING), 'D-1', { pesel: pesel(9), reason: 'Pomylone osoby.' });
    expect(await rotateKeys(under(ROTATING, who.barbara))).toMatchObject({ persons: 0, doubled: [] });
  });
});
