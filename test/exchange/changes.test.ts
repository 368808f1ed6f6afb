/** What rows do to what is known: corrections, changes, ends, absent rows, doubles, trials. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAll } from '../../src/exchange/index.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { parseInstant } from '../../src/platform/dates/instants.ts';
import type { Place } from './support.ts';
import { everything, importLines, place, told } from './support.ts';

let here: Place;

beforeAll(async () => {
  here = await place();
  await importAll(here.ctx, path.resolve('seeds/samples'), { reason: 'dane przykładowe' });
});
afterAll(() => here.close());

const OBSERVATIONS = 'przedmiot;kod;klatka;cecha;wartość;od;do;dowód';

/** What is known now of a slot of B00001-005. */
async function known(slot: string): Promise<string[]> {
  const found = await rows<{ text: string }>(
    here.database.owner,
    `select f.option || ' ' || f.valid as text from dwelling_options f join dwellings d on d.id = f.dwelling_id
     where d.code = 'B00001-005' and f.slot = ? and upper_inf(f.recorded) order by f.valid`,
    [slot],
  );
  return found.map(({ text }) => text);
}

/** How many rows of the slot there are, closed ones too. */
async function ever(slot: string): Promise<number> {
  const found = await rows(here.database.owner, 'select 1 from dwelling_options where slot = ?', [slot]);
  return found.length;
}

const observe = (value: string, from: string, until = '', slot = 'heating'): string => `lokal;B00001-005;;${slot};${value};${from};${until};`;
const observations = (...lines: string[]): ReturnType<typeof importLines> => importLines(here, 'ustalenia', [OBSERVATIONS, ...lines]);

async function leaseRows(table: string, columns: string, lease: string): Promise<string[]> {
  const found = await rows<{ text: string }>(
    here.database.owner,
    `select concat_ws(' ', ${columns}, f.valid) as text from ${table} f join leases l on l.id = f.lease_id where l.number = ? and upper_inf(f.recorded) order by f.valid, 1`,
    [lease],
  );
  return found.map(({ text }) => text);
}

describe('a row of a file', () => {
  it('with the same start and another value corrects, and the old value stays in the history', async () => {
    const before = await ever('heating');
    expect(told(await observations(observe('gazowe', '2019-01-01')))).toBe('rows 1, corrected 1');
    expect(await known('heating')).toEqual(['gas [2019-01-01,)']);
    expect(await ever('heating')).toBe(before + 1);
  });

  it('with another start changes from that day on', async () => {
    expect(told(await observations(observe('elektryczne', '2024-03-01')))).toBe('rows 1, changed 1');
    expect(await known('heating')).toEqual(['gas [2019-01-01,2024-03-01)', 'electric [2024-03-01,)']);
  });

  it('between two known starts lasts until the next', async () => {
    expect(told(await observations(observe('mieszane (stałe urządzenia elektryczne lub gazowe)', '2022-01-01')))).toBe('rows 1, changed 1');
    expect(await known('heating')).toEqual(['gas [2019-01-01,2022-01-01)', 'mixed [2022-01-01,2024-03-01)', 'electric [2024-03-01,)']);
  });

  it('with the same start and an earlier end ends the fact, and without one opens it again', async () => {
    expect(told(await observations(observe('elektryczne', '2024-03-01', '2025-06-30')))).toBe('rows 1, corrected 1');
    expect(await known('heating')).toContain('electric [2024-03-01,2025-07-01)');
    expect(told(await observations(observe('elektryczne', '2024-03-01')))).toBe('rows 1, corrected 1');
    expect(await known('heating')).toContain('electric [2024-03-01,)');
  });

  it('that is absent leaves what is known untouched', async () => {
    const heating = await known('heating');
    expect(told(await observations(observe('potrójne', '2023-07-01', '', 'windows'), observe('jest', '2020-01-01', '', 'vestibule')))).toBe('rows 2, added 1, corrected 1');
    expect(await known('heating')).toEqual(heating);
    expect(await known('windows')).toHaveLength(2);
  });

  it('may come in any order among the rows about the same thing', async () => {
    const forward = [observe('z klatki schodowej', '2019-01-01', '', 'entrance'), observe('z galerii zewnętrznej', '2022-01-01', '2022-12-31', 'entrance'), observe('z klatki schodowej', '2023-01-01', '', 'entrance')];
    expect(told(await observations(...[...forward].reverse()))).toBe('rows 3, added 3');
    expect(await known('entrance')).toEqual(['staircase [2019-01-01,2022-01-01)', 'gallery [2022-01-01,2023-01-01)', 'staircase [2023-01-01,)']);
    expect(told(await observations(...forward))).toBe('rows 3, unchanged 3');
  });

  it('said twice in the same words counts once', async () => {
    const row = observe('przynależy', '2019-01-01', '', 'cellar');
    const named = observe('PRZYNALEŻY', '01.01.2019', '', 'piwnica lub komórka');
    expect(told(await observations(row, row, named))).toBe('rows 3, added 1, duplicates 2');
  });
});

describe('a lease', () => {
  const LEASES = 'numer_umowy;kod_lokalu;rodzaj;pokoje;podstawa;dokument;od;do';
  const leases = (...lines: string[]): ReturnType<typeof importLines> => importLines(here, 'umowy', [LEASES, ...lines]);

  it('that changes its basis alone keeps its terms as one fact', async () => {
    expect(told(await leases('ZBK/2020/00012;B00001-005;na czas nieoznaczony;;mieszkanie twórcy;skierowanie 7/2025;2025-01-01;'))).toBe('rows 1, changed 1');
    expect(await leaseRows('lease_terms', 'f.kind', 'ZBK/2020/00012')).toEqual(['indefinite [2020-03-01,)']);
    expect(await leaseRows('lease_bases', 'f.basis', 'ZBK/2020/00012')).toEqual(['points [2020-03-01,2025-01-01)', 'artists_dwelling [2025-01-01,)']);
  });

  it('ends with the last day of its last row', async () => {
    expect(told(await leases('ZBK/2020/00012;B00001-005;na czas nieoznaczony;;mieszkanie twórcy;skierowanie 7/2025;2025-01-01;2026-06-30'))).toBe('rows 1, corrected 1');
    expect(await leaseRows('lease_terms', 'f.kind', 'ZBK/2020/00012')).toEqual(['indefinite [2020-03-01,2026-07-01)']);
    expect(await leaseRows('lease_bases', 'f.basis', 'ZBK/2020/00012')).toEqual(['points [2020-03-01,2025-01-01)', 'artists_dwelling [2025-01-01,2026-07-01)']);
  });

  it('takes another room from a day on, and gives one back', async () => {
    expect(told(await leases('ZBK/2021/00003;B00001-006;na czas nieoznaczony;P2|P1;punkty;;2024-02-01;'))).toBe('rows 1, changed 1');
    expect(await leaseRows('lease_rooms', 'f.room', 'ZBK/2021/00003')).toEqual(['P1 [2021-01-01,)', 'P2 [2024-02-01,)']);
    expect(told(await leases('ZBK/2021/00003;B00001-006;na czas nieoznaczony;P2;punkty;;2025-01-01;'))).toBe('rows 1, changed 1');
    expect(await leaseRows('lease_rooms', 'f.room', 'ZBK/2021/00003')).toEqual(['P1 [2021-01-01,2025-01-01)', 'P2 [2024-02-01,)']);
  });
});

describe('a trial', () => {
  it('reports the same counts and rejects, and leaves nothing but its operation', async () => {
    const lines = [OBSERVATIONS, observe('centralna', '2019-01-01', '', 'hot_water'), observe('piecowe', '2024-03-01'), observe('piecowe', '2024-03-01'), 'lokal;NIE-MA;;heating;c.o.;2019-01-01;;'];
    const before = await everything(here);
    const trial = await importLines(here, 'ustalenia', lines, { dryRun: true });
    expect(await everything(here)).toEqual(before);
    expect(trial.knownAt).toBeNull();
    const real = await importLines(here, 'ustalenia', lines);
    expect(told(trial)).toBe('rows 4, added 1, corrected 1, duplicates 1, rejected 1');
    expect(told(real)).toBe(told(trial));
    expect(real.rejects).toEqual(trial.rejects);
    expect(real.knownAt).not.toBeNull();
  });
});

describe('what is noted of an import', () => {
  it('is one change with its reason and one event; an import that changes nothing notes no change', async () => {
    const before = await rows<{ id: string }>(here.database.owner, 'select id from changes');
    await observations(observe('brak', '2019-01-01', '', 'attic_or_drying'), observe('jest', '2024-01-01', '', 'attic_or_drying'));
    const [change, ...more] = await rows<{ reason: string; kind: string }>(here.database.owner, 'select reason, kind from changes order by id desc limit ?', [1]);
    expect(change).toEqual({ reason: 'test importu (plik „ustalenia.csv”)', kind: 'import' });
    expect(more).toEqual([]);
    await observations(observe('brak', '2019-01-01', '', 'attic_or_drying'));
    expect(await rows(here.database.owner, 'select id from changes')).toHaveLength(before.length + 1);
    const [event] = await rows<{ event: string; details: { unchanged: number } }>(here.database.owner, 'select event, details from audit_events order by id desc limit 1');
    expect(event).toMatchObject({ event: 'import.file', details: { unchanged: 1 } });
  });

  it('may be known since an earlier instant only where nothing was recorded since', async () => {
    const early = await place();
    try {
      const knownFrom = parseInstant('2020-01-01T12:00:00Z');
      await importAll(early.ctx, path.resolve('seeds/samples'), { reason: 'pierwsze wczytanie', knownFrom });
      const [span] = await rows<{ first: string; last: string }>(early.database.owner, `select min(lower(recorded))::text as first, max(lower(recorded))::text as last from dwelling_options`);
      expect(span).toEqual({ first: '2020-01-01 12:00:00.000004+00', last: '2020-01-01 12:00:00.000004+00' });
      await observationsOf(early, observe('gazowe', '2019-01-01'));
      await expect(observationsOf(early, observe('piecowe', '2019-01-01'), knownFrom)).rejects.toMatchObject({ code: 'known_from_too_early' });
    } finally {
      await early.close();
    }
  });
});

function observationsOf(there: Place, line: string, knownFrom?: ReturnType<typeof parseInstant>): ReturnType<typeof importLines> {
  return importLines(there, 'ustalenia', [OBSERVATIONS, line], { knownFrom });
}
