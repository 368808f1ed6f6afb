import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row } from '../../src/platform/database/connect.ts';
import { CITY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { NEW_KEY, OLD_KEY } from '../support/secrets.ts';
import { INSIDE, ran } from './support.ts';
import type { Told } from './support.ts';

let database: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, KAMIENICA_KEYS: OLD_KEY };
});
afterAll(() => database.drop());

const here = (args: readonly string[], keys = OLD_KEY): Promise<Told> => ran(args, { ...env, KAMIENICA_KEYS: keys });

describe('persons rotate-keys', () => {
  it('counts first, brings everything under the new key, and then says that the old one is not needed', async () => {
    const { sealed } = await row<{ sealed: number }>(database.db, 'select count(*)::int as sealed from persons where coalesce(pesel_sealed, document_sealed) is not null');
    const both = `${NEW_KEY},${OLD_KEY}`;
    const counted = await here(['persons', 'rotate-keys', '--dry-run'], both);
    expect(counted).toMatchObject({ code: 0, err: '' });
    expect(counted.out).toMatch(new RegExp(`Bieżący klucz: test2\\. Zaszyfrowano na nowo: 0\\.\nPod starszymi kluczami pozostało osób: ${sealed}, kluczy osób: 0\\.`));
    expect(counted.out).not.toContain('nie potrzeba');
    const rotated = await here(['persons', 'rotate-keys'], both);
    expect(rotated.out).toMatch(new RegExp(`Zaszyfrowano na nowo: ${sealed}\\.\nPod starszymi kluczami pozostało osób: 0, kluczy osób: 0\\.\n.*nie potrzeba`));
  });

  it('says what to do where a key that is still in use is missing, or where the keys are in the settings', async () => {
    const missing = await here(['persons', 'rotate-keys'], OLD_KEY);
    expect(missing.code).toBe(1);
    expect(missing.err).toMatch(/klucza „test2” nie ma wśród ustawionych.*KAMIENICA_KEYS/);
    const settings = await here(['persons', 'rotate-keys', '--new-key'], NEW_KEY);
    expect(settings.err).toContain('Dopisz nowy klucz na jego początku');
    const wrong = await here(['persons', 'rotate-keys'], 'k1:abc');
    expect(wrong.err).toMatch(/Nieprawidłowe ustawienia:\nKAMIENICA_KEYS: Klucz nr 1/);
    for (const { err } of [missing, settings, wrong]) expect(err).not.toMatch(INSIDE);
  });

  it('is for nobody without the permission', async () => {
    expect((await here(['persons', 'rotate-keys', '--as', 'edyta.audytor'])).err).toContain('person.write');
  });
});

describe('persons retention', () => {
  it('is made by one and approved by another', async () => {
    const made = await here(['persons', 'retention', 'make'], NEW_KEY);
    const list = /^Lista (\d+): osób \d+/.exec(made.out)?.[1] ?? `none: ${made.out}${made.err}`;
    expect(list).toMatch(/^\d+$/);
    const persons = (await here(['persons', 'retention', 'show', list], NEW_KEY)).out;
    expect(persons).toMatch(/\(projekt\).*\n.*osoba.*\n(.*\n)*.*O-\d{6}/);
    expect((await here(['persons', 'retention', 'approve', list], NEW_KEY)).err).toContain('person.erase');
    const { out } = await here(['persons', 'retention', 'approve', list, '--as', 'barbara.kierownik'], NEW_KEY);
    expect(out).toMatch(/^Usunięto dane osób: [1-9]/);
    expect((await here(['persons', 'retention', 'show'], NEW_KEY)).out).toMatch(/zatwierdzone/);
    expect((await here(['persons', 'retention', 'show', list], NEW_KEY)).out).toContain('usunięto');
    expect((await here(['persons', 'retention', 'reject', list, '--reason', 'Za późno.', '--as', 'barbara.kierownik'], NEW_KEY)).err).toMatch(/nie można już rozstrzygnąć|rozstrzygn/);
    expect((await here(['persons', 'retention', 'show', '77'], NEW_KEY)).err).toContain('numerze 77');
  });
});
