/** What only the database can judge: exactly the rows that are to blame are rejected, and all others are in. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAll } from '../../src/exchange/index.ts';
import type { Imported, Place } from './support.ts';
import { importLines, place, told } from './support.ts';

let here: Place;

const LEASES = 'numer_umowy;kod_lokalu;rodzaj;pokoje;podstawa;od;do';
const DWELLINGS = 300;

beforeAll(async () => {
  here = await place();
  await importAll(here.ctx, path.resolve('seeds/samples'), { reason: 'dane przykładowe' });
  const dwellings = Array.from({ length: DWELLINGS }, (_, index) => `T${index};B00001;;${index};nie;ZBK;2019-01-01;`);
  await importLines(here, 'lokale', ['kod_lokalu;kod_budynku;klatka;numer;wspólny;dysponent;od;do', ...dwellings]);
});
afterAll(() => here.close());

const leases = (...lines: string[]): Promise<Imported> => importLines(here, 'umowy', [LEASES, ...lines]);
const whole = (lease: string, dwelling: string, from: string, until = ''): string => `${lease};${dwelling};na czas nieoznaczony;;punkty;${from};${until}`;
const room = (lease: string, rooms: string, from: string, until = ''): string => `${lease};B00001-006;na czas nieoznaczony;${rooms};punkty;${from};${until}`;

describe('two leases of a whole dwelling on the same days', () => {
  it('reject the later row, which names the other lease, and nothing else', async () => {
    const clashing = new Set([50, 51, 200]);
    const first = Array.from({ length: DWELLINGS }, (_, index) => whole(`A/${index}`, `T${index}`, '2020-01-01'));
    const second = [...clashing].map((index) => whole(`B/${index}`, `T${index}`, '2021-05-01'));
    const report = await leases(...first.slice(0, 100), ...second, ...first.slice(100));
    expect(told(report)).toBe(`rows ${DWELLINGS + 3}, added ${DWELLINGS - 1 + 1}, rejected 3`);
    expect(report.rejects.map((line) => line.split(';').slice(0, 4).join(';'))).toEqual([
      '102;od;Lokal „T50” jest w te dni zajęty w całości przez umowę „A/50” (2020-01-01 – bezterminowo). Popraw dni jednej z umów.;B/50',
      '103;od;Lokal „T51” jest w te dni zajęty w całości przez umowę „A/51” (2020-01-01 – bezterminowo). Popraw dni jednej z umów.;B/51',
      '205;od;Lokal „T200” jest w te dni zajęty w całości przez umowę „B/200” (2021-05-01 – bezterminowo). Popraw dni jednej z umów.;A/200',
    ]);
  });

  it('are no contradiction when the same file ends the first, wherever it does', async () => {
    expect(told(await leases(whole('C/1', 'T1', '2024-01-01'), whole('A/1', 'T1', '2020-01-01', '2023-12-31')))).toBe('rows 2, added 1, corrected 1');
    expect(told(await leases(whole('A/2', 'T2', '2020-01-01', '2023-12-31'), whole('C/2', 'T2', '2024-01-01')))).toBe('rows 2, added 1, corrected 1');
  });

  it('are found also where one of three rows about the dwelling is to blame, and the others depend on one another', async () => {
    const report = await leases(whole('C/3', 'T3', '2024-01-01'), whole('D/3', 'T3', '2022-01-01', '2022-12-31'), whole('A/3', 'T3', '2020-01-01', '2023-12-31'));
    expect(told(report)).toBe('rows 3, added 1, corrected 1, rejected 1');
    expect(report.rejects[0]).toMatch(/^3;od;Lokal „T3” jest w te dni zajęty w całości przez umowę „A\/3” \(2020-01-01 – 2023-12-31\)/u);
  });

  it('reject only the clashing one of several rows about a lease', async () => {
    await leases(whole('A/4', 'T4', '2020-01-01', '2022-12-31'));
    const report = await leases(whole('E/4', 'T4', '2015-01-01', '2018-12-31'), whole('E/4', 'T4', '2022-01-01', '2022-06-30'), whole('E/4', 'T4', '2023-01-01', '2024-12-31'));
    expect(told(report)).toBe('rows 3, added 2, rejected 1');
    expect(report.rejects[0]).toMatch(/^3;od;/u);
  });
});

describe('a room let twice', () => {
  it('rejects the later row, which names the other lease', async () => {
    const report = await leases(room('R/1', 'P2', '2024-02-01'), room('R/2', 'P2', '2025-01-01'), room('R/3', 'P1', '2020-01-01', '2020-12-31'));
    expect(told(report)).toBe('rows 3, added 2, rejected 1');
    expect(report.rejects[0]).toContain('3;pokoje;Pokój „P2” lokalu „B00001-006” jest w te dni wynajęty umową „R/1” (2024-02-01 – bezterminowo). Popraw pokoje albo dni.');
  });

  it('is no contradiction when two leases change their rooms on one day', async () => {
    await leases(room('R/1', 'P2', '2024-02-01', '2024-12-31'));
    expect(told(await leases(room('S/1', 'P1', '2010-01-01', '2012-12-31'), room('S/2', 'P2', '2010-01-01', '2012-12-31')))).toBe('rows 2, added 2');
    expect(told(await leases(room('S/1', 'P2', '2011-01-01', '2012-12-31'), room('S/2', 'P1', '2011-01-01', '2012-12-31')))).toBe('rows 2, changed 2');
  });
});
