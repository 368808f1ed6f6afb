/** The audit trail in the terminal. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trailState } from '../../src/platform/audit/state.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { readLawFolder } from '../../src/platform/law/files.ts';
import { lawFolder } from '../../src/start.ts';
import { loadLaw } from '../../src/tariffs/commands.ts';
import { people } from '../support/instance.ts';
import { manyEvents, sealedAll } from '../platform/audit/many.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { INSIDE, ran } from './support.ts';
import type { Told } from './support.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kamienica-audit-cli-'));
  database = await cloneDatabase();
  await manyEvents(database.owner, 300, '2020-01-01T12:00:00Z', 86_400);
  await sealedAll({ db: database.db, clock: systemClock() });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const here = (code: string, ...args: string[]): Promise<Told> =>
  ran(['audit', ...args, '--as', code], { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, SIGN_IN: 'development' });
const edyta = (...args: string[]): Promise<Told> => here('edyta.audytor', ...args);

async function refused(told: Promise<Told>): Promise<string> {
  const { code, err, out } = await told;
  expect(code).toBe(1);
  expect(err + out).not.toMatch(INSIDE);
  return err;
}

describe('audit search', () => {
  it('shows who did what to what, and where it stands in the chain', async () => {
    const { out } = await edyta('search', '--event', 'run.*', '--target', 'run:3', '--limit', '2');
    expect(out).toMatch(/zdarzenie +kiedy \(UTC\) +kto +co +czego dotyczy +pieczęć/);
    expect(out.match(/ run\.\w+ .*run:3/g)).toHaveLength(2);
    const after = /Dalszy ciąg: --after (\d+)/.exec(out)?.[1] ?? '';
    const second = (await edyta('search', '--event', 'run.*', '--target', 'run:3', '--limit', '2', '--after', after)).out;
    expect(second).toMatch(/run:3/);
    expect(second.split('\n')[2]).not.toBe(out.split('\n')[2]);
    expect((await edyta('search', '--actor', 'nikt')).out).toBe('Nie ma takich zdarzeń.\n');
  });

  it('leaves its own event, and so does whoever may not search', async () => {
    await edyta('search', '--actor', 'osoba.1');
    expect(await refused(here('anna.referent', 'search'))).toContain('audit.read');
    expect(await rows(database.db, `select actor, event, targets from audit_events where event in ('audit.search', 'access.refused') and actor in ('edyta.audytor', 'anna.referent') order by id desc limit 2`)).toEqual([
      { actor: 'anna.referent', event: 'access.refused', targets: { route: 'cli audit search' } },
      { actor: 'edyta.audytor', event: 'audit.search', targets: { trail: 'audit' } },
    ]);
  });

  it('says what is wrong with what was typed', async () => {
    expect(await refused(edyta('search', '--target', 'run4'))).toContain('„run4” nie mówi, czego szukać');
    expect(await refused(edyta('search', '--limit', 'dużo'))).toContain('limit: ');
    expect(await refused(edyta('search', '--from', 'wczoraj'))).toContain('from: Podaj dzień RRRR-MM-DD albo chwilę');
    expect(await refused(edyta('search', '--after', '999999'))).toContain('Nie ma w dzienniku zdarzenia o numerze 999999');
  });
});

describe('audit export', () => {
  it('writes a file for its owner alone, and never over one that is there', async () => {
    const file = path.join(folder, 'dziennik.ndjson');
    const { out } = await edyta('export', '--to', '2020-03-31', '--file', file);
    expect(out).toMatch(/^Zapisano 91 zdarzeń do pliku .*dziennik\.ndjson\.\nSkrót ostatniej pieczęci: [0-9a-f]{64}\n$/);
    const text = readFileSync(file, 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(91);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await edyta('export', '--file', file)).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('audit verify', () => {
  it('is noted with its result: the state tells who looked last and what was found', async () => {
    expect((await edyta('verify')).code).toBe(0);
    expect((await trailState(database.db)).verified).toMatchObject({ by: 'edyta.audytor', sound: true, faults: 0 });
    expect((await edyta('verify', '--head', '0'.repeat(64))).code).toBe(1);
    expect((await trailState(database.db)).verified).toMatchObject({ by: 'edyta.audytor', sound: false, faults: 1 });
  });
});

describe('audit prune', () => {
  // How long the trail is kept is the law's to say.
  beforeAll(() => loadLaw(people(database, parsePlainDate('2026-11-22')).cezary, readLawFolder(lawFolder())));

  it('is refused to the auditor, and for a day too near; else it tells how many went, and the rest verifies', async () => {
    const prune = (code: string, day: string): Promise<Told> => here(code, 'prune', '--before', day, '--reason', 'Po okresie przechowywania.');
    expect(await refused(prune('edyta.audytor', '2020-02-01'))).toContain('audit.prune');
    expect(await refused(prune('anna.referent', '2020-02-01'))).toContain('Potrzebne uprawnienie: audit.prune. Mają je: kierownik.');
    expect(await refused(prune('barbara.kierownik', '2999-01-01'))).toContain('Usunąć można najwyżej te sprzed dnia 20');
    expect(await refused(prune('barbara.kierownik', 'luty'))).toContain('Podaj dzień w postaci RRRR-MM-DD');
    expect((await prune('barbara.kierownik', '2020-02-01')).out).toBe('Usunięto zdarzeń: 31. Pozostałe można nadal sprawdzić (audit verify).\n');
    expect((await prune('barbara.kierownik', '2020-02-01')).out).toBe('Nie ma tak dawnych zdarzeń.\n');
    expect((await edyta('verify')).out).toContain('Dziennik jest nienaruszony.');
  });
});
