import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/platform/database/connect.ts';
import { atHour } from '../../src/platform/dates/instants.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { DomainError } from '../../src/platform/errors.ts';
import type { LawFiles, TariffFile } from '../../src/platform/law/files.ts';
import { readLawFile, readLawFolder, readTariffFile } from '../../src/platform/law/files.ts';
import { rentOn } from '../../src/rents/explain.ts';
import { listDrafts } from '../../src/rents/runs/drafts.ts';
import { lawFolder } from '../../src/start.ts';
import { loadLaw } from '../../src/tariffs/commands.ts';
import { tariffBook } from '../../src/tariffs/read.ts';
import { CITY, CITY_DAY } from '../support/cluster.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import type { People } from '../support/instance.ts';
import { people } from '../support/instance.ts';

const NOTHING: LawFiles = { references: [], slots: [], groups: [], items: [], zones: [], traffic: [], parameters: [], holidays: [], tariffs: [] };
const SAMPLE = readFileSync('seeds/law/tariff-sample.yaml', 'utf8');
const only = (...tariffs: TariffFile[]): LawFiles => ({ ...NOTHING, tariffs });
const sample = (change: (text: string) => string = (text) => text): TariffFile => readTariffFile(change(SAMPLE), 'krk-2030.yaml');

let database: TestDatabase;
let who: People;
beforeAll(async () => {
  database = await cloneDatabase(CITY);
  who = people(database, addDays(CITY_DAY, 1));
});
afterAll(() => database.drop());

async function refused(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error(`no refusal: ${String(error)}`);
  return error;
}

async function rowCounts(): Promise<unknown> {
  return rows(database.db, 'select (select count(*) from tariffs) as tariffs, (select count(*) from changes) as changes, (select count(*) from law_parameters) as parameters, (select count(*) from audit_events) as events');
}

describe('loading the law again', () => {
  it('changes nothing and leaves no trace', async () => {
    const before = await rowCounts();
    const { added, warnings } = await loadLaw(who.cezary, readLawFolder(lawFolder()));
    expect(Object.values(added).every((count) => count === 0)).toBe(true);
    expect(warnings).toEqual([]);
    expect(await rowCounts()).toEqual(before);
  });

  it('with another value under the same reference is refused, and nothing of the load is kept', async () => {
    const before = await rowCounts();
    const folder = readLawFolder(lawFolder());
    const parameters = folder.parameters.map((parameter) => (parameter.key === 'notice.months' ? { ...parameter, value: '6' } : parameter));
    const error = await refused(loadLaw(who.cezary, { ...folder, tariffs: [...folder.tariffs, sample()], parameters }));
    expect(error).toMatchObject({ code: 'law_changed_under_reference', args: { key: expect.stringContaining('notice.months') as string } });
    expect(await rowCounts()).toEqual(before);
  });

  it('once at a time, when several do it at the same moment', async () => {
    const done = await Promise.all(Array.from({ length: 4 }, () => loadLaw(who.cezary, only(sample()))));
    expect(done.map(({ added }) => added['tariffs']).sort()).toEqual([0, 0, 0, 1]);
  });
});

describe('a tariff', () => {
  it('under its reference keeps its values', async () => {
    expect(await refused(loadLaw(who.cezary, only(sample((text) => text.replace('rate: 14.00', 'rate: 14.01')))))).toMatchObject({ code: 'tariff_exists', kind: 'conflict' });
    expect(await refused(loadLaw(who.cezary, only(sample((text) => text.replace('signed: 2029-08-30', 'signed: 2029-08-31')))))).toMatchObject({ code: 'tariff_exists' });
    expect((await loadLaw(who.cezary, only(sample((text) => text.replace('rate: 14.00', 'rate: 14.0'))))).added['tariffs']).toBe(0);
  });

  it('reread under a new reference leaves the earlier answer as it was', async () => {
    const { items } = await listDrafts(who.anna, '2', { outcome: 'increase', basis: 'points' }, { limit: 1, offset: 0, sort: { by: 'lease', descending: false } });
    const asked = { lease: items[0]?.lease ?? '', day: parsePlainDate('2030-06-01'), knownOn: addDays(CITY_DAY, 1) };
    const before = await rentOn(who.anna, asked);
    expect(before.tariff).toBe('krk-2030');
    who.clock.moveTo(atHour(addDays(CITY_DAY, 3), 9));
    const reread = sample((text) => text.replace('reference: ZAL-DEMO', 'reference: KRK-ZARZ-2025').replaceAll(/rate: (\d+)\.(\d\d)\}/g, 'rate: 2$1.$2}'));
    expect((await loadLaw(who.cezary, only(reread))).added['tariffs']).toBe(1);
    expect(await rentOn(who.anna, asked)).toEqual(before);
    expect((await rentOn(who.anna, { ...asked, knownOn: undefined })).calculated?.amount).not.toBe(before.calculated?.amount);
    expect((await loadLaw(who.cezary, only(sample(), reread))).added['tariffs']).toBe(0);
  });

  it('put between two others ends the first and is ended by the second', async () => {
    const between = sample((text) => text.replaceAll('krk-2030', 'krk-2028').replace('from: 2030-01-01', 'from: 2028-07-01'));
    await loadLaw(who.cezary, only(between));
    const { all } = await tariffBook(database.db, who.clock.now());
    expect(all.slice(-3).map(({ code, from, to }) => `${code} ${from} ${to ?? ''}`)).toEqual(['krk-2027-projekt 2027-01-01 2028-07-01', 'krk-2028 2028-07-01 2030-01-01', 'krk-2030 2030-01-01 ']);
    for (const [index, { to }] of all.entries()) if (index + 1 < all.length) expect(to).toBe(all[index + 1]?.from);
  });

  it('that breaks the programme is refused with every flaw, of law as of slips of the pen', async () => {
    const before = await rowCounts();
    const broken = sample((text) => text.replaceAll('krk-2030', 'krk-2040').replace('from: 2030-01-01', 'from: 2040-01-01').replace('from: 5, rate: 21.25', 'from: 7, rate: 1.00'));
    expect((await refused(loadLaw(who.cezary, only(broken)))).flaws.map(({ code }) => code)).toEqual(['tariff_gap', 'tariff_falling', 'tariff_social_too_high', 'tariff_social_too_high']);
    const slip = sample((text) => text.replaceAll('krk-2030', 'krk-2040').replace('from: 2030-01-01', 'from: 2040-01-01').replace('rate: 14.00', 'rate: 14.005').replace('social_rate: 4.00', 'social_rate: -4'));
    expect((await refused(loadLaw(who.cezary, only(slip)))).flaws.map(({ field, code }) => `${field} ${code}`)).toEqual(['social_rate tariff_amount', 'categories.1.rate tariff_amount']);
    expect(await rowCounts()).toEqual(before);
  });
});

describe('a corrected parameter', () => {
  it('under a new reference closes the earlier reading, which stays known as it was', async () => {
    const book = await who.anna.law.book(database.db);
    const before = who.clock.now();
    const given = book.at(parsePlainDate('2026-11-22'), before).parameters.get('increase.jump');
    if (!given) throw new Error('no such parameter');
    const text = `references:\n  - {code: KOREKTA-1, title: Poprawiony odczyt}\nparameters:\n  - {key: increase.jump, unit: '${given.unit}', rule: '${given.rule}', name: '${given.name}', values: [{value: '12', from: ${given.from}, reference: KOREKTA-1, certainty: printed}]}\n`;
    who.clock.moveTo(atHour(addDays(CITY_DAY, 5), 9));
    expect((await loadLaw(who.cezary, readLawFile(text, 'korekta.yaml'))).added).toMatchObject({ references: 1, parameters: 1 });
    const after = await who.anna.law.book(database.db);
    expect(after.at(parsePlainDate('2026-11-22'), before).parameters.get('increase.jump')?.value).toEqual(given.value);
    expect(after.at(parsePlainDate('2026-11-22'), who.clock.now()).parameters.get('increase.jump')?.value).toBe('12');
  });
});
