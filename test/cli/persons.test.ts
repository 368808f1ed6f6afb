import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, KAMIENICA_KEYS: OLD_KEY, SIGN_IN: 'development' };
});
afterAll(() => database.drop());

const here = (args: readonly string[], keys = OLD_KEY): Promise<Told> => ran(args, { ...env, KAMIENICA_KEYS: keys });
const rotate = (keys: string, ...more: readonly string[]): Promise<Told> => here(['persons', 'rotate-keys', '--as', 'barbara.kierownik', ...more], keys);

describe('persons rotate-keys', () => {
  it('counts first, brings everything under the new key, and then says that the old one is not needed', async () => {
    const { sealed } = await row<{ sealed: number }>(database.db, 'select count(*)::int as sealed from persons where coalesce(pesel_sealed, document_sealed) is not null');
    const both = `${NEW_KEY},${OLD_KEY}`;
    const counted = await rotate(both, '--dry-run');
    expect(counted).toMatchObject({ code: 0, err: '' });
    expect(counted.out).toMatch(new RegExp(`Bieżący klucz: test2\\. Zaszyfrowano na nowo: 0\\.\nPod starszymi kluczami pozostało osób: ${sealed}, kluczy osób: 0\\.`));
    expect(counted.out).not.toContain('nie potrzeba');
    const rotated = await rotate(both);
    expect(rotated.out).toMatch(new RegExp(`Zaszyfrowano na nowo: ${sealed}\\.\nPod starszymi kluczami pozostało osób: 0, kluczy osób: 0\\.\n.*nie potrzeba`));
  });

  it('says what to do where a key that is still in use is missing, or where the keys are in the settings', async () => {
    const missing = await rotate(OLD_KEY);
    expect(missing.code).toBe(1);
    expect(missing.err).toMatch(/nie ma bieżącego klucza tej bazy \(„test2”\).*Dopisz go do KAMIENICA_KEYS/);
    const settings = await rotate(NEW_KEY, '--new-key');
    expect(settings.err).toContain('Dopisz nowy klucz na jego początku');
    const wrong = await rotate('k1:abc');
    expect(wrong.err).toMatch(/Nieprawidłowe ustawienia:\nKAMIENICA_KEYS: Klucz nr 1/);
    for (const { err } of [missing, settings, wrong]) expect(err).not.toMatch(INSIDE);
  });

  it('is for nobody without the permission, which to keep persons\' data is not', async () => {
    for (const code of ['edyta.audytor', 'anna.referent']) expect((await here(['persons', 'rotate-keys', '--as', code])).err).toContain('Potrzebne uprawnienie: keys.rotate. Mają je: kierownik.');
  });
});

describe('persons retention', () => {
  it('is for those alone who see the whole city', async () => {
    for (const order of [['make'], ['show']]) {
      const told = await here(['persons', 'retention', ...order, '--as', 'hanna.podgorze'], NEW_KEY);
      expect(told).toMatchObject({ code: 1, out: '' });
      expect(told.err).toContain('Listy osób do usunięcia danych obejmują całe miasto, a Ty widzisz tylko: XIII Podgórze.');
    }
    expect(await row(database.db, 'select count(*)::int as lists from retention_lists')).toEqual({ lists: 0 });
  });

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

describe('a file of persons', () => {
  it('is loaded, its rejects are opened for whoever sits at the terminal, and an export of everything has it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-cli-'));
    try {
      const file = path.join(folder, 'osoby.csv');
      await writeFile(file, 'kod_osoby;nazwa;pesel\nZ-1;Zofia Nowa;44051401359\nZ-2;Jan Błędny;44051401358\n');
      const { out, err } = await here(['import', file], NEW_KEY);
      expect(err).toBe('');
      expect(out).toContain('(osoby): wierszy 2, dobrych 1, odrzuconych 1');
      const rejects = /odrzucone wiersze z powodami: (\S+\.csv)\n {2}\(plik zawiera numery PESEL/.exec(out)?.[1] ?? out;
      expect(await readFile(rejects, 'utf8')).toContain('3;pesel;W numerze PESEL jest pomyłka: nie zgadza się cyfra kontrolna. Przepisz go jeszcze raz.;Z-2;Jan Błędny;44051401358');
      await rm(path.dirname(rejects), { recursive: true });
      const all = await here(['export', '--to', path.join(folder, 'eksport'), '--as', 'edyta.audytor'], NEW_KEY);
      expect(all.out).toMatch(/osoby\.csv: \d/);
      expect(await readFile(path.join(folder, 'eksport', 'osoby.csv'), 'utf8')).toContain('Z-1;Zofia Nowa;44051401359;;;');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
