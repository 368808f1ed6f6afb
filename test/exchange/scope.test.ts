import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportAll, exportSheet, fileName } from '../../src/exchange/export.ts';
import { requireSheet } from '../../src/exchange/scope.ts';
import type { AnyExchange } from '../../src/exchange/sheets.ts';
import { SHEETS } from '../../src/exchange/sheets.ts';
import type { Scope } from '../../src/platform/access/scope.ts';
import { CITY, scopeOf } from '../../src/platform/access/scope.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { limited, tenant } from '../support/asking.ts';
import type { Place } from './support.ts';
import { importLines, place } from './support.ts';

const OWN = ['I Stare Miasto', 'V Krowodrza'];
const FOREIGN = 'XVIII Nowa Huta';
/** All but the persons', who are not about a place: whom somebody sees of them is told with their own file. */
const NAMES = SHEETS.map(({ sheet }) => sheet.name).filter((name) => name !== 'osoby');

let city: Place;
/** By what a row is about: codes of what lies in the own districts today. Told by the tables themselves, not by the builders under test. */
let own: Readonly<Record<string, ReadonlySet<string>>>;

const halina = (): Context => ({ ...city.ctx, actor: limited('halina.stare', ['clerk'], ...OWN) });

async function codes(sql: string): Promise<ReadonlySet<string>> {
  const buildings = `select building_id from building_details where district = any(:own::text[]) and valid @> :day::date and upper_inf(recorded)`;
  const found = await rows<{ code: string }>(city.database.db, sql.replace('OWN', buildings), { own: OWN, day: city.ctx.clock.today() });
  return new Set(found.map(({ code }) => code));
}

/** Rows of a file: what stands in each of its columns, and the line itself. */
interface Line { readonly text: string; readonly cells: Readonly<Record<string, string>> }

async function exported(ctx: Context, sheet: string): Promise<Line[]> {
  const chunks: Buffer[] = [];
  await exportSheet(ctx, sheet, 'csv', new Writable({ write: (chunk: Buffer, _, done) => { chunks.push(chunk); done(); } }));
  const [header = '', ...lines] = Buffer.concat(chunks).toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n');
  const names = header.split(';');
  return lines.map((text) => ({ text, cells: Object.fromEntries(text.split(';').map((cell, place) => [names[place] ?? '', cell])) }));
}

/** The thing whose row it is: what belongs to it goes with it, whatever else the row names. */
function isOwn({ cells }: Line, sheet: string): boolean {
  const column = ['umowy', 'strony', 'czynsze', 'wstrzymania'].includes(sheet) ? 'numer_umowy'
    : ['pomocnicze', 'pomocnicze_użytkownicy'].includes(sheet) ? 'kod_pomieszczenia'
      : ['ustalenia', 'stan_techniczny'].includes(sheet) ? 'kod'
        : ['lokale', 'pomieszczenia', 'sąsiedztwo'].includes(sheet) ? 'kod_lokalu' : 'kod_budynku';
  const things = column === 'kod' ? (cells['przedmiot'] === 'lokal' ? 'kod_lokalu' : 'kod_budynku') : column;
  return own[things]?.has(cells[column] ?? '') === true;
}

beforeAll(async () => {
  city = await place(150);
  await furnish();
  own = {
    kod_budynku: await codes('select code from buildings where id in (OWN)'),
    kod_lokalu: await codes('select code from dwellings where building_id in (OWN)'),
    kod_pomieszczenia: await codes('select code from auxiliary_rooms where building_id in (OWN)'),
    numer_umowy: await codes('select l.number as code from leases l join dwellings d on d.id = l.dwelling_id where d.building_id in (OWN)'),
  };
});
afterAll(() => city.close());

async function standing(district: string): Promise<{ building: string; dwelling: string; lease: string }[]> {
  return rows(
    city.database.db,
    `select distinct on (b.code) b.code as building, d.code as dwelling, l.number as lease from buildings b join building_details f on f.building_id = b.id and upper_inf(f.recorded) and upper_inf(f.valid)
     join dwellings d on d.building_id = b.id join leases l on l.dwelling_id = d.id where f.district = ? order by b.code, d.code, l.number`,
    [district],
  );
}

/** What the small city lacks: rows of every kind here and there, buildings that moved, users of a room across the border. */
async function furnish(): Promise<void> {
  const [here, moved] = await standing(OWN[0] ?? '');
  const [there, coming] = await standing(FOREIGN);
  if (!here || !moved || !there || !coming) throw new Error('the small city has too few buildings');
  const change = (building: string, district: string): string => `${building};ul. Nowa;7;31-001;${district};gmina;ZBK;2026-01-01;`;
  const files: readonly (readonly [string, string, ...string[]])[] = [
    ['budynki', 'kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do', change(moved.building, FOREIGN), change(coming.building, OWN[1] ?? '')],
    ['pomocnicze', 'kod_pomieszczenia;kod_budynku;powierzchnia;od;do', `PP-TU;${here.building};6,40;2026-01-01;`, `PP-TAM;${there.building};6,40;2026-01-01;`],
    [
      'pomocnicze_użytkownicy', 'kod_pomieszczenia;lokal;kod_lokalu;powierzchnia;od;do',
      `PP-TU;swój;${here.dwelling};;2026-01-01;`, `PP-TU;obcy;${there.dwelling};;2026-01-01;`, `PP-TAM;zza miedzy;${here.dwelling};;2026-01-01;`, 'PP-TU;prywatny;;48,20;2026-01-01;',
    ],
    ...[here, there].flatMap(({ building, dwelling, lease }): [string, string, string][] => [
      ['ruch', 'kod_budynku;ulica;odcinek;natężenie;odległość;od;do;dowód', `${building};ul. Józefa Dietla;;1000-3000;12,50;2026-01-01;;`],
      ['sąsiedztwo', 'kod_lokalu;nazwa;otwarcie;zamknięcie;od;do;dowód', `${dwelling};Kwiaciarnia;06:00;18:00;2026-01-01;;`],
      ['stan_techniczny', 'przedmiot;kod;klatka;instalacja;decyzja;od;do;dowód', `lokal;${dwelling};;gazowa;;2026-01-01;;`],
      ['czynsze', 'numer_umowy;kwota;stawka;powierzchnia;od;do;ostatnia_podwyżka', `${lease};100,00;;;2019-01-01;2019-12-31;`],
      ['wstrzymania', 'numer_umowy;przyczyna;od;do', `${lease};Spór sądowy.;2019-02-01;2019-08-31`],
    ]),
  ];
  for (const [sheet, ...lines] of files) expect(await importLines(city, sheet, lines)).toMatchObject({ rejected: 0, rejects: [] });
}

describe('an export of who is limited to districts', () => {
  it.each(NAMES)('has of %s the rows of the whole one that are about what lies there, in their order', async (sheet) => {
    const all = await exported(city.ctx, sheet);
    const mine = await exported(halina(), sheet);
    expect(mine).toEqual(all.filter((line) => isOwn(line, sheet)));
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.length).toBeLessThan(all.length);
  });

  it('tells of a building that came from elsewhere also the time before, and of one that left nothing', async () => {
    const lines = (await exported(halina(), 'budynki')).map(({ cells }) => cells);
    const came = lines.find(({ dzielnica }) => dzielnica === FOREIGN);
    expect(came).toMatchObject({ do: '2025-12-31' });
    expect(lines.filter(({ kod_budynku: code }) => code === came?.['kod_budynku']).map(({ dzielnica }) => dzielnica)).toEqual([FOREIGN, OWN[1]]);
  });

  it('names the dwelling of another district that uses a room of this one, and not the room there that is used from here', async () => {
    const users = (await exported(halina(), 'pomocnicze_użytkownicy')).map(({ cells }) => `${cells['kod_pomieszczenia'] ?? ''} ${cells['lokal'] ?? ''}`);
    expect(users).toEqual(expect.arrayContaining(['PP-TU swój', 'PP-TU obcy', 'PP-TU prywatny']));
    expect(users).not.toContain('PP-TAM zza miedzy');
  });

  it.each(NAMES)('has the database give no row of %s that does not go into the file', async (sheet) => {
    const ctx = halina();
    let fetched = 0;
    const count = (answer: { rowCount?: number }, { sql }: { sql: string }): void => {
      if (sql.startsWith('fetch')) fetched += answer.rowCount ?? 0;
    };
    ctx.db.on('query-response', count);
    try {
      const mine = await exported(ctx, sheet);
      // A lease comes as one row and goes as one for each of its times.
      if (sheet === 'umowy') expect(fetched).toBe(new Set(mine.map(({ cells }) => cells['numer_umowy'])).size);
      else expect(fetched).toBe(mine.length);
    } finally {
      ctx.db.off('query-response', count);
    }
  });

  it('into a folder has the same rows in every file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-exchange-'));
    try {
      const told = await exportAll(halina(), folder);
      expect(told.map(({ sheet }) => sheet)).toEqual(expect.arrayContaining(NAMES));
      for (const sheet of NAMES) {
        const lines = (await readFile(path.join(folder, fileName(sheet, 'csv')), 'utf8')).trimEnd().split('\r\n').slice(1);
        expect(lines).toEqual((await exported(halina(), sheet)).map(({ text }) => text));
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is empty for who is limited to none, and refused to a tenant', async () => {
    const nobody: Context = { ...city.ctx, actor: limited('nikt', ['clerk']) };
    for (const sheet of NAMES) expect(await exported(nobody, sheet)).toEqual([]);
    for (const actor of [tenant('1'), tenant(null)] satisfies Actor[]) await expect(exported({ ...city.ctx, actor }, 'czynsze')).rejects.toMatchObject({ code: 'not_permitted' });
  });
});

describe('a kind of file of which nothing is said', () => {
  it('is for those alone who see the whole city', () => {
    const scope: Scope = scopeOf(halina());
    expect(() => requireSheet(scope, 'nowy_arkusz')).toThrow(expect.objectContaining({ code: 'sheet_needs_whole_city', args: { sheet: 'nowy_arkusz' } }));
    expect(() => requireSheet(CITY, 'nowy_arkusz')).not.toThrow();
  });

  it('gives the others no line, by itself or with all the rest', async () => {
    const sheets = SHEETS as AnyExchange[];
    const [known] = sheets;
    if (!known) throw new Error('there are no sheets');
    sheets.push({ ...known, sheet: { ...known.sheet, name: 'nowy_arkusz' } });
    try {
      const refused = { code: 'sheet_needs_whole_city', args: { sheet: 'nowy_arkusz' } };
      await expect(exported(halina(), 'nowy_arkusz')).rejects.toMatchObject(refused);
      await expect(exportAll(halina(), '/nowhere')).rejects.toMatchObject(refused);
      expect((await exported(city.ctx, 'nowy_arkusz')).length).toBeGreaterThan(5);
    } finally {
      sheets.pop();
    }
  });
});

describe('an export of the whole city', () => {
  it.each(NAMES)('reads the tables of %s as they stand', async (sheet) => {
    const asked: { sql: string; bindings?: readonly unknown[] }[] = [];
    const note = (query: { sql: string; bindings?: readonly unknown[] }): void => {
      if (query.sql.startsWith('declare')) asked.push(query);
    };
    city.ctx.db.on('query', note);
    try {
      await exported(city.ctx, sheet);
    } finally {
      city.ctx.db.off('query', note);
    }
    expect(asked).toHaveLength(1);
    expect(asked[0]?.bindings ?? []).toEqual([]);
    expect(asked[0]?.sql).not.toMatch(/\(select [xy]\.\*|scope_/);
  });
});
