import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealAudit } from '../../src/platform/audit/seal.ts';
import { verifyAudit } from '../../src/platform/audit/verify.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { CITY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { INSIDE, ran, spawned, started } from './support.ts';
import type { Told } from './support.ts';

let database: TestDatabase;
let env: Record<string, string>;
let folder: string;
let lease: string;
let gaps: string;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, SIGN_IN: 'development' };
  folder = mkdtempSync(path.join(tmpdir(), 'kamienica-cli-'));
  const draft = async (where: string): Promise<{ number: string; code: string }> => {
    const [found] = await rows<{ number: string; code: string }>(database.db,
      `select l.number, d.code from run_drafts r join leases l on l.id = r.lease_id join dwellings d on d.id = l.dwelling_id where r.run_id = 2 and ${where} order by l.number limit 1`);
    if (!found) throw new Error(`no draft where ${where}`);
    return found;
  };
  lease = (await draft(`r.outcome = 'increase' and r.basis = 'points'`)).number;
  gaps = (await draft(`r.reason = 'not_valued'`)).code;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const here = (...args: string[]): Promise<Told> => ran(args, env);

/** Refused in words: the message, and that nothing of the inside is shown. */
async function refused(...args: string[]): Promise<string> {
  const { code, err } = await here(...args);
  expect({ args, code }).toEqual({ args, code: 1 });
  expect(err).not.toMatch(INSIDE);
  return err;
}

function file(name: string, text: string): string {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
}

describe('the program as its own process', () => {
  it('explains a rent, and says in one line of Polish what is wrong', { timeout: 60_000 }, async () => {
    const [rent, unknown, command] = await Promise.all([spawned(['rent', lease], env), spawned(['rent', 'NIE/MA/1'], env), spawned(['czynsz'], env)]);
    expect(rent).toMatchObject({ code: 0, err: '' });
    expect(rent.out).toMatch(/^Umowa .*\nCzynsz obowiązujący: [\d\s]+,\d\d zł od 20/);
    expect(unknown).toEqual({ code: 1, out: '', err: 'Nie ma umowy o numerze „NIE/MA/1”.\n' });
    expect(command).toEqual({ code: 1, out: '', err: 'Nie ma polecenia „czynsz”.\n(Pomoc: npm run cli -- help)\n' });
  });

  it('ends quietly when its reader has read enough', { timeout: 60_000 }, async () => {
    const { child, told, until } = started('src/cli.ts', ['runs', '2', '--limit', '5000'], env);
    await until(/Przeliczenie 2/);
    child.stdout?.destroy();
    expect(await told).toMatchObject({ code: 0, err: '' });
  });
});

describe('help', () => {
  it('is Polish throughout', async () => {
    const { out, code } = await here('help');
    expect(code).toBe(0);
    expect(out).toContain('Użycie: kamienica [opcje] [polecenie]');
    for (const word of ['rent', 'value', 'recalculate', 'approve', 'runs', 'law', 'migrate', 'start']) expect(out).toMatch(new RegExp(`^ {2}${word} `, 'm'));
    expect(out).not.toMatch(/\b(options|command|default|display help|Usage)\b/);
    expect(out).not.toContain(process.cwd());
  });

  it('of a command shows its options and who acts', async () => {
    const { out } = await here('recalculate', '--help');
    expect(out).toContain('--delivered <dzień>');
    expect(out).toContain('Opcje wspólne:\n  --as <osoba>');
    expect(out).not.toMatch(/\b(options|default|choices)\b/);
    expect((await here('runs', '--help')).out).toMatch(/\(do wyboru: "increase",\s+"decrease"/);
  });
});

describe('looking', () => {
  it('at a dwelling with gaps names what is missing', async () => {
    const { out, code } = await here('value', gaps);
    expect(code).toBe(0);
    expect(out).toMatch(/Brakuje:\n {2}• \p{L}+/u);
    expect(out).not.toMatch(/• [a-z_]+_[a-z_]+ /);
  });

  it('at runs shows them as a table, and one with its summary and drafts', async () => {
    const list = (await here('runs')).out;
    expect(list).toMatch(/^nr +taryfa +stan/);
    expect(list).toContain('zatwierdzone');
    const one = (await here('runs', '2', '--limit', '3', '--outcome', 'increase', '--sort', '-percent')).out;
    expect(one).toContain('Propozycje (3 z ');
    expect(one.split('\n').find((line) => line.startsWith('podwyżka'))).toBeDefined();
    expect(one).not.toMatch(/\b(increase|decrease|exception|unchanged)\b/);
    expect(one).toMatch(/ {2}\d+,\d\d$/m);
  });

  it('at a rent on a day as known on a day gives the same answer as today where nothing changed', async () => {
    const now = (await here('rent', lease, '--day', '2026-11-21')).out;
    expect((await here('rent', lease, '--day', '2026-11-21', '--known-on', '2026-11-21')).out).toBe(now);
    expect((await here('rent', lease, '--day', '2027-05-01', '--tariff', 'krk-2027-projekt')).out).toContain('taryfa krk-2027-projekt');
  });

  it('at the law lists tariffs and how sure they are', async () => {
    const { out } = await here('law', 'list');
    expect(out).toContain('krk-2027-projekt');
    expect(out).not.toMatch(/\b(assumed|printed|reported|reconstructed)\b/);
  });
});

describe('a recalculation in the terminal', () => {
  it('is made by one person and approved by another', { timeout: 60_000 }, async () => {
    const made = await here('recalculate', 'krk-2027-projekt', '--delivered', '2026-12-11');
    expect(made.code).toBe(0);
    const run = /Przeliczenie (\d+):/.exec(made.out)?.[1] ?? '';
    expect(made.out).toContain(`Zatwierdza inna osoba: npm run cli -- approve ${run} --as barbara.kierownik`);
    expect(await refused('approve', run)).toContain('Potrzebne uprawnienie: run.approve. Mają je: kierownik.');
    expect((await here('leave-out', run, lease, '--reason', 'Sprawa w sądzie.')).out).toBe(`Umowa ${lease} jest pominięta w przeliczeniu ${run}.\n`);
    expect(await refused('leave-out', run, lease)).toContain('Podaj powód.');
    expect((await here('leave-out', run, lease, '--undo')).out).toBe(`Umowa ${lease} wraca do przeliczenia ${run}.\n`);
    expect((await here('redraw', run)).out).toBe('Nic się nie zmieniło.\n');
    expect((await here('compare', '2', run, '--limit', '2')).out).toMatch(/^Umów: \d+, bez różnic: \d+/);
    expect((await here('approve', run, '--as', 'barbara.kierownik')).out).toMatch(/^Zatwierdzono przeliczenie \d+: \d+ czynszów\.\n$/);
    expect(await refused('approve', run, '--as', 'barbara.kierownik')).toContain('zatwierdzone');
    expect(await refused('reject', run, '--reason', 'Za późno.', '--as', 'barbara.kierownik')).toContain('barbara.kierownik');
  });

  it('over no lease at all says so and asks nobody to approve it', { timeout: 60_000 }, async () => {
    const { out } = await here('recalculate', 'krk-2025', '--changed-since', '2099-01-01');
    expect(out).toContain('W tym zakresie nie ma żadnej umowy, która trwa po tym dniu.');
    expect(out).not.toMatch(/Zatwierdza|wynik/);
  });
});

describe('what is given wrong', () => {
  it('is told at its place', async () => {
    expect(await refused('rent', lease, '--day', '2026-02-30')).toBe('„2026-02-30” nie jest dniem. Podaj go w postaci RRRR-MM-DD, na przykład 2026-01-31.');
    expect(await refused('rent', lease, '--day', '1900-01-01')).toContain('nie obowiązuje w dniu 1900-01-01');
    expect(await refused('rent', lease, '--tariff', 'krk-1999')).toContain('Znane taryfy: krk-2020');
    expect(await refused('rent')).toContain('Brakuje argumentu „umowa”.');
    expect(await refused('rent', lease, '--dzien', '2026-01-01')).toContain('Nie ma opcji „--dzien”.');
    expect(await refused('value', 'NIE-MA')).toBe('Nie ma lokalu o kodzie „NIE-MA”.');
    expect(await refused('runs', '99')).toBe('Nie ma przeliczenia o numerze 99.');
    expect(await refused('runs', 'abc')).toBe('Nie ma przeliczenia o numerze abc.');
    expect(await refused('runs', '2', '--outcome', 'podwyżka')).toContain('Dozwolone: increase, decrease');
    expect(await refused('runs', '--outcome', 'increase')).toContain('runs 4 --outcome increase');
    expect(await refused('runs', '2', '--sort', 'kwota')).toContain('Do wyboru: lease, difference');
    expect(await refused('runs', '2', '--limit', 'dużo')).toContain('nie jest liczbą');
    expect(await refused('recalculate', 'krk-1999')).toContain('Znane taryfy: krk-2020');
    expect(await refused('recalculate', 'krk-2025', '--district', 'A', '--building', 'B')).toBe('Podaj najwyżej jedno ograniczenie zakresu.');
    expect(await refused('recalculate', 'krk-2025', '--changed-since', 'wczoraj')).toContain('„wczoraj” nie jest dniem ani chwilą');
    expect(await refused('recalculate', 'krk-2025', '--leases', 'X/1, X/2')).toContain('X/1, X/2');
    expect(await refused('approve', '99', '--as', 'barbara.kierownik')).toBe('Nie ma przeliczenia o numerze 99.');
    expect(await refused('reject', '2', '--as', 'barbara.kierownik')).toContain('Podaj opcję „--reason <powód>”.');
    expect(await refused('runs', '--as', 'system')).toContain('Do wyboru: anna.referent');
    expect(await refused('columns', 'nie-ma')).toContain('Nie ma rodzaju pliku „nie-ma”. Znane rodzaje: ');
    expect(await refused('export', 'leases', '--format', 'pdf')).toContain('Dozwolone: csv, xlsx');
  });

  it('as a file of law is told with file and place', async () => {
    const load = (name: string): Promise<string> => refused('law', 'load', name, '--as', 'cezary.prawo');
    expect(await refused('law', 'load', 'seeds/law/tariff-sample.yaml')).toContain('law.load');
    expect(await load(path.join(folder, 'nie-ma.yaml'))).toMatch(/^Nie ma pliku .*nie-ma\.yaml\.$/);
    expect(await load(file('zla.yaml', 'code: krk-2030\nrate: 1'))).toContain('zla.yaml · pole „social_rate”: brak pola');
    expect(await load(file('tekst.yaml', 'Dzień dobry.'))).toContain('tekst.yaml: plik ma zawierać pola „nazwa: wartość”');
    expect(await load(file('obca.yaml', 'kolory: [zielony]'))).toContain('nieznana część pliku „kolory”');
  });

  it('nowhere leaves anything behind', async () => {
    expect(await rows(database.db, `select state from operations where state not in ('done')`)).toEqual([]);
    expect(await rows(database.db, `select 1 from decisions where state = 'drafting'`)).toEqual([]);
  });

  it('does not keep a tariff from being loaded that is right', async () => {
    expect((await here('law', 'load', 'seeds/law/tariff-sample.yaml', '--as', 'cezary.prawo')).out).toBe('Wczytano: taryfy 1.\n');
    expect((await here('law', 'load', 'seeds/law/tariff-sample.yaml', '--as', 'cezary.prawo')).out).toBe('Nic nowego: wszystkie wartości są już znane.\n');
  });
});

describe('the audit trail', () => {
  const verify = (...more: string[]): Promise<Told> => here('audit', 'verify', '--as', 'edyta.audytor', ...more);

  it('is verified by the auditor and by nobody else', async () => {
    expect(await refused('audit', 'verify')).toContain('Potrzebne uprawnienie: audit.read. Mają je: audytor.');
    expect((await verify()).out).toMatch(/^Zdarzeń w łańcuchu: 0, czeka na pieczęć: \d+\.\nDziennik jest nienaruszony\.\n$/);
  });

  it('gives a hash to note, and names an event that was deleted since', async () => {
    const sealing = { db: database.db, clock: systemClock() };
    await expect.poll(async () => (await sealAudit(sealing), (await verifyAudit(database.db)).waiting), { timeout: 20_000 }).toBe(0);
    const { out } = await verify();
    const head = /--head\): ([0-9a-f]{64})\n$/.exec(out)?.[1] ?? '';
    expect((await verify('--head', head.toUpperCase())).code).toBe(0);
    expect(await refused('audit', 'verify', '--as', 'edyta.audytor', '--head', head.slice(1))).toContain('nie jest skrótem pieczęci. Przepisz wszystkie 64 znaki');
    const [gone] = await rows<{ id: string }>(database.owner, 'delete from audit_events where id = (select max(event_id) from audit_seals) returning id');
    const broken = await verify('--head', '0'.repeat(64));
    expect(broken.out).toContain(`Zdarzenie ${gone?.id ?? ''} usunięto po zapieczętowaniu.\nZanotowanego skrótu nie ma w łańcuchu`);
    expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('znalezione niezgodności: 2') as string });
  });
});
