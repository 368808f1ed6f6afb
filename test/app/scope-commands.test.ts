import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../src/exchange/index.ts';
import { discardRejects, importFile } from '../../src/exchange/index.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { CITY } from '../../src/platform/access/scope.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import type { StartRunInput } from '../../src/rents/runs/commands.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import { approveRun, leaveOut, redrawChanged, rejectRun, takeBack } from '../../src/rents/runs/decide.ts';
import { listDrafts } from '../../src/rents/runs/drafts.ts';
import { viewRun } from '../../src/rents/runs/read.ts';
import { keptScope } from '../../src/rents/runs/scope.ts';
import { endFact, recordFact } from '../../src/stock/commands.ts';
import { factHistory, listDwellings } from '../../src/stock/lists.ts';
import { TODAY, cityApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { limited, refusalOf } from '../support/asking.ts';

const OWN = 'I Stare Miasto';
const OTHER = 'V Krowodrza';
const ALL = { limit: 1_000, offset: 0, sort: { by: 'lease', descending: false } } as const;
const REASON = 'Wizja lokalna.';

let city: TestApp;
let anna: Context;
let barbara: Context;
let halina: Context;
let kinga: Context;
/** A lease, a dwelling, a building of the own district and of another. */
let own: Place;
let foreign: Place;

interface Place { readonly lease: string; readonly dwelling: string; readonly building: string }

const as = (actor: Actor): Context => city.instance.context(actor);

async function drawn(ctx: Context, scope?: StartRunInput['scope'], delivered = '2026-12-10'): Promise<string> {
  const run = await startRun(ctx, { tariff: 'krk-2027-projekt', delivered, scope });
  await run.finished;
  return run.runId;
}

async function placeIn(run: string, district: string): Promise<Place> {
  const [draft] = (await listDrafts(anna, run, { district, outcome: 'increase', basis: 'points' }, ALL)).items;
  if (!draft) throw new Error(`nothing rises in ${district}`);
  return { lease: draft.lease, dwelling: draft.dwelling, building: draft.dwelling.replace(/-.*/, '') };
}

beforeAll(async () => {
  city = await cityApp();
  [anna, barbara] = [as(personOf('anna.referent')), as(personOf('barbara.kierownik'))];
  halina = as(limited('halina.stare', ['clerk'], OWN));
  kinga = as(limited('kinga.kierownik', ['supervisor'], OWN));
  const run = await drawn(anna);
  [own, foreign] = [await placeIn(run, OWN), await placeIn(run, OTHER)];
});
afterAll(() => city.drop());

describe('a fact', () => {
  it('about a building, staircase or dwelling of another district is refused as about one there is not', async () => {
    const fact = (slot: string, subject: string, value: string): Parameters<typeof recordFact>[1] => ({ slot, subject, value, from: TODAY, reason: REASON, as: 'change' });
    const subjects = [['zone', 'building', 'A'], ['lift', 'staircase', 'no'], ['mould', 'dwelling', 'independent']] as const;
    const { facts } = await factHistory(anna, foreign.dwelling, TODAY);
    for (const [slot, kind, value] of subjects) {
      const subject = { building: foreign.building, staircase: `${foreign.building}/1`, dwelling: foreign.dwelling }[kind];
      const unknown = await refusalOf(recordFact(anna, fact(slot, 'NIE-MA', value)));
      const refused = await refusalOf(recordFact(halina, fact(slot, subject, value)));
      expect(refused).toEqual({ code: 'subject_unknown', text: unknown?.text.replace('NIE-MA', subject) });
      expect(await refusalOf(endFact(halina, { slot, subject, on: TODAY, reason: REASON }))).toEqual(refused);
    }
    expect((await factHistory(anna, foreign.dwelling, TODAY)).facts).toEqual(facts);
    await recordFact(halina, fact('zone', own.building, 'A'));
    await recordFact(halina, fact('mould', own.dwelling, 'independent'));
    const recorded = (await factHistory(halina, own.dwelling, TODAY)).facts.filter(({ actor }) => actor === 'halina.stare');
    expect(new Set(recorded.map(({ slot }) => slot))).toEqual(new Set(['zone', 'mould']));
  });
});

describe('a run begun by who is limited to a district', () => {
  it('over everything goes over the district, and its scope says so', async () => {
    for (const scope of [{ kind: 'all' }, { kind: 'changed', since: '2020-01-01T00:00:00Z' }, { kind: 'without_rent' }] as const) {
      const run = await drawn(halina, scope);
      expect((await viewRun(anna, run)).scope).toEqual({ ...scope, districts: [OWN] });
      const { items } = await listDrafts(anna, run, {}, ALL);
      if (scope.kind !== 'without_rent') expect(items.length).toBeGreaterThan(10);
      expect(items.filter(({ district }) => district !== OWN)).toEqual([]);
      expect((await listDrafts(halina, run, {}, ALL)).items).toEqual(items);
    }
    expect(keptScope({ kind: 'all' }, CITY)).toEqual({ kind: 'all' });
  });

  it('is refused over another district, building or lease, in the words for what is not there', async () => {
    const begun = (scope: StartRunInput['scope']): Promise<{ code: string; text: string } | null> => refusalOf(startRun(halina, { tariff: 'krk-2027-projekt', scope }));
    expect(await begun({ kind: 'district', district: OTHER })).toEqual({ code: 'district_unknown', text: `Nie ma dzielnicy „${OTHER}”. Znane: ${OWN}.` });
    expect((await begun({ kind: 'building', building: foreign.building }))?.code).toBe('building_unknown');
    const told = await begun({ kind: 'leases', leases: [own.lease, foreign.lease, 'NIE-MA'] });
    expect(told).toEqual({ code: 'leases_unknown', text: `Nie ma umów o numerach: ${foreign.lease}, NIE-MA.` });
    const runs = [await drawn(halina, { kind: 'district', district: OWN }), await drawn(halina, { kind: 'building', building: own.building }), await drawn(halina, { kind: 'leases', leases: [own.lease] })];
    for (const run of runs) expect((await viewRun(halina, run)).leases).toBeGreaterThan(0);
  });
});

describe('a run over the whole city', () => {
  it('is changed by who is limited in the own leases alone', async () => {
    const run = await drawn(anna);
    const reason = 'Sprawa w sądzie.';
    expect((await refusalOf(leaveOut(halina, run, { lease: foreign.lease, reason })))?.code).toBe('lease_not_in_run');
    await leaveOut(halina, run, { lease: own.lease, reason });
    await leaveOut(anna, run, { lease: foreign.lease, reason });
    expect((await refusalOf(takeBack(halina, run, foreign.lease)))?.code).toBe('lease_not_in_run');
    await takeBack(halina, run, own.lease);
    for (const { dwelling } of [own, foreign]) await recordFact(anna, { slot: 'damp', subject: dwelling, value: 'independent', from: '2020-01-01', reason: REASON, as: 'change' });
    expect((await redrawChanged(halina, run)).leases).toEqual([own.lease]);
    expect((await redrawChanged(anna, run)).leases).toEqual([foreign.lease]);
  });

  it('is decided by no supervisor of a district, who is told why; a run inside the district is', async () => {
    const run = await drawn(anna);
    const refused = await refusalOf(approveRun(kinga, run));
    expect(refused).toEqual({ code: 'run_beyond_scope', text: expect.stringContaining(`Przeliczenie ${run} obejmuje także umowy spoza Twoich dzielnic (${OWN})`) as string });
    expect(await refusalOf(rejectRun(kinga, run, { reason: REASON }))).toEqual(refused);
    expect((await viewRun(anna, run)).state).toBe('draft');
    const elsewhere = await drawn(anna, { kind: 'district', district: OTHER });
    expect((await refusalOf(approveRun(kinga, elsewhere)))?.code).toBe('run_unknown');
    const inside = await drawn(halina);
    const { rents } = await approveRun(kinga, inside);
    expect(rents).toBeGreaterThan(5);
    expect(await viewRun(anna, inside)).toMatchObject({ state: 'approved', decidedBy: 'kinga.kierownik' });
    await rejectRun(barbara, run, { reason: REASON });
  });
});

async function imported(ctx: Context, sheet: string, ...lines: readonly string[]): Promise<ImportReport & { rejects: string }> {
  const source = Buffer.from(`${lines.join('\n')}\n`);
  const report = await importFile(ctx, { sheet, source, fileName: `${sheet}.csv`, reason: 'Uzupełnienie.', dryRun: false });
  const rejects = report.rejectsFile === null ? '' : readFileSync(report.rejectsFile, 'utf8');
  if (report.rejectsFile !== null) await discardRejects(report.rejectsFile);
  return { ...report, rejects };
}

const ROOMS = 'kod_lokalu;pomieszczenie;część;rodzaj;użytkowanie;wysokość;powierzchnia;od;do';
const BUILDINGS = 'kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do';
const DWELLINGS = 'kod_lokalu;kod_budynku;klatka;numer;wspólny;dysponent;od;do';
const building = (code: string, district: string): string => `${code};ul. Nowa;7;31-001;${district};gmina;ZBK;2026-01-01;`;

describe('an import of who is limited to a district', () => {
  it('takes rows about the own dwellings and refuses the others one by one, as about what is not there', async () => {
    const room = (dwelling: string): string => `${dwelling};P9;1;pokój;własne;od 2,20 m;11,00;2026-01-01;`;
    const report = await imported(halina, 'pomieszczenia', ROOMS, room(own.dwelling), room(foreign.dwelling), room('NIE-MA'));
    expect(report).toMatchObject({ rows: 3, added: 1, rejected: 2 });
    expect(report.rejects).toContain(`Nie ma lokalu o kodzie „${foreign.dwelling}”. Popraw kod`);
    expect(report.rejects).toContain('Nie ma lokalu o kodzie „NIE-MA”. Popraw kod');
    expect(await imported(anna, 'pomieszczenia', ROOMS, room(foreign.dwelling))).toMatchObject({ added: 1 });
  });

  it('founds buildings and dwellings in the district alone, and moves nothing out of it or into it', async () => {
    const report = await imported(halina, 'budynki', BUILDINGS, building('N00001', OWN), building('N00002', OTHER), building(foreign.building, OWN), building(own.building, OTHER));
    expect(report).toMatchObject({ rows: 4, added: 1, rejected: 3 });
    expect(report.rejects.match(/Wiersz dotyczy czegoś spoza Twoich dzielnic \(I Stare Miasto\)/g)).toHaveLength(3);
    const dwelling = (code: string, under: string): string => `${code};${under};;1;nie;ZBK;2026-01-01;`;
    const lines = [dwelling('N00001-001', 'N00001'), dwelling('N00009-001', foreign.building), dwelling(foreign.dwelling, 'N00001'), dwelling(own.dwelling, foreign.building)];
    const told = await imported(halina, 'lokale', DWELLINGS, ...lines);
    expect(told).toMatchObject({ rows: 4, added: 1, rejected: 3 });
    expect(told.rejects.match(new RegExp(`Nie ma budynku o kodzie „${foreign.building}”`, 'g'))).toHaveLength(2);
    expect(told.rejects).toContain('Wiersz dotyczy czegoś spoza Twoich dzielnic');
    const { items } = await listDwellings(halina, TODAY, { building: 'N00001' }, { limit: 9, offset: 0, sort: { by: 'code', descending: false } });
    expect(items.map(({ dwelling: code }) => code)).toEqual(['N00001-001']);
  });

  it('refuses facts, rents and leases of another district', async () => {
    const header = 'przedmiot;kod;klatka;cecha;wartość;od;do;dowód';
    const facts = await imported(halina, 'ustalenia', header, `budynek;${foreign.building};;strefa;A;2026-01-01;;`, `lokal;${foreign.dwelling};;wysokość największego pokoju;285;2026-01-01;;`);
    expect(facts).toMatchObject({ rows: 2, rejected: 2 });
    const rents = await imported(halina, 'czynsze', 'numer_umowy;kwota;stawka;powierzchnia;od;do;ostatnia_podwyżka', `${foreign.lease};100,00;;;2015-01-01;2015-12-31;`);
    expect(rents).toMatchObject({ rejected: 1 });
    expect(rents.rejects).toContain(`Nie ma umowy o numerze „${foreign.lease}”`);
    const leases = 'numer_umowy;kod_lokalu;rodzaj;pokoje;wypowiedzenie_miesięcy;eksmisja_wstrzymana;podstawa;dokument;stawka_własna;od;do';
    const lease = (number: string, dwelling: string): string => `${number};${dwelling};na czas oznaczony;;;;punkty;;;2001-01-01;2001-12-31`;
    const told = await imported(halina, 'umowy', leases, lease('NOWA/1', 'N00001-001'), lease('NOWA/2', foreign.dwelling), lease(foreign.lease, 'N00001-001'));
    expect(told).toMatchObject({ rows: 3, added: 1, rejected: 2 });
    expect(told.rejects).toContain(`Nie ma lokalu o kodzie „${foreign.dwelling}”`);
    expect(told.rejects).toContain('Wiersz dotyczy czegoś spoza Twoich dzielnic');
  });
});
