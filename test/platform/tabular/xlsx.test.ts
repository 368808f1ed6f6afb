import { describe, expect, it } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { Dec } from '../../../src/platform/money.ts';
import { LIMITS } from '../../../src/platform/tabular/index.ts';
import { code, date, decimal, optional, part, sheet, text, time, writeXlsx, yesNo } from '../../../src/platform/tabular/index.ts';
import { unpack } from '../../../src/platform/tabular/zip.ts';
import { dwellings, pair, read, refusal, values } from './support.ts';

function workbook(data: SheetData, tab = 'Arkusz1'): Promise<Buffer> {
  return writeXlsxFile([{ data, sheet: tab }]).toBuffer();
}

const facts = sheet({
  name: 'fakty',
  title: 'Fakty',
  columns: {
    key: code('kod', { help: 'Kod.', example: 'A' }),
    amount: optional(decimal('kwota', { help: 'Kwota.', example: '1,5', places: 2 })),
    day: optional(date('dzien', { help: 'Dzień.', example: '2026-01-31' })),
    hour: optional(time('godzina', { help: 'Godzina.', example: '08:00' })),
    answer: optional(yesNo('czy', { help: 'Czy.', example: 'tak' })),
    words: optional(text('tekst', { help: 'Tekst.', example: 'x' })),
  },
});

const header = ['kod', 'kwota', 'dzien', 'godzina', 'czy', 'tekst'];

describe('cells of a spreadsheet', () => {
  it('numbers, dates, times and logical values are taken for what they show', async () => {
    const day = (iso: string): object => ({ value: new Date(iso), type: Date, format: 'dd.mm.yyyy' });
    const file = await workbook([
      header,
      ['A', 0.1 + 0.2, day('2026-01-31T00:00:00Z'), { value: 8 / 24, type: Number, format: 'hh:mm' }, true, 12],
      ['B', -12.35, day('1900-03-01T00:00:00Z'), { value: 0.999988426, type: Number, format: 'h:mm' }, false, 1.5],
      [7, 1e-7, { value: 46053, type: Number }, null, null, { value: 59, type: Number, format: 'yyyy-mm-dd' }],
      ['D', 1e15, { value: 60, type: Number, format: 'yyyy-mm-dd' }, null, null, null],
      [123456789012345680, null, day('2026-01-31T10:30:00Z'), null, null, null],
    ]);
    const rows = await read(facts, file, 'fakty.xlsx');
    expect(rows[0]?.cells).toEqual({ kod: 'A', kwota: '0.3', dzien: '2026-01-31', godzina: '08:00', czy: 'PRAWDA', tekst: '12' });
    expect(rows[0]?.value).toMatchObject({ day: '2026-01-31', hour: '08:00', answer: true, words: '12' });
    expect(rows[1]?.cells).toMatchObject({ kwota: '-12.35', dzien: '1900-03-01', godzina: '23:59:59', czy: 'FAŁSZ' });
    expect(rows[2]?.cells).toMatchObject({ kod: '7', kwota: '0.0000001', tekst: '1900-02-28' });
    expect(rows.map((row) => row.flaws?.map(({ column, code: flaw }) => `${column} ${flaw}`))).toEqual([
      undefined,
      ['godzina time_form'],
      ['kwota decimal_places', 'dzien date_number'],
      ['kwota decimal_exponent', 'dzien date_impossible'],
      ['kod code_exponent', 'dzien date_form'],
    ]);
  });

  it('row numbers are those of the spreadsheet; empty rows are left out', async () => {
    const file = await workbook([[], ['kod', 'tekst'], [], ['A', 'x'], [null, ' '], [], ['B', 'y']]);
    expect((await read(pair, file, 'p.xlsx')).map((row) => row.line)).toEqual([4, 7]);
  });

  it('a workbook is known by its bytes, whatever its name', async () => {
    expect(await values(pair, await workbook([['kod', 'tekst'], ['A', 'x']]), 'p.csv')).toEqual([{ key: 'A', words: 'x' }]);
  });
});

describe('the tab', () => {
  const data: SheetData = [['kod', 'tekst'], ['A', 'x']];

  it('is the one named like the sheet, wherever it stands', async () => {
    const file = await writeXlsxFile([
      { data: [['kod', 'tekst'], ['B', 'y']], sheet: 'Inne & „dane”' },
      { data, sheet: 'PARY' },
    ]).toBuffer();
    expect(await values(pair, file, 'p.xlsx')).toEqual([{ key: 'A', words: 'x' }]);
  });

  it('is otherwise the only one that has values', async () => {
    const file = await writeXlsxFile([{ data: [[]], sheet: 'Arkusz1' }, { data, sheet: 'Arkusz2' }, { data: [], sheet: 'Arkusz3' }]).toBuffer();
    expect(await values(pair, file, 'p.xlsx')).toEqual([{ key: 'A', words: 'x' }]);
  });

  it('is asked for when several have values', async () => {
    const file = await writeXlsxFile([{ data, sheet: 'Inne & „dane”' }, { data, sheet: 'Jeszcze' }]).toBuffer();
    expect(await refusal(pair, file, 'p.xlsx')).toBe(
      'sheet_not_found: W pliku jest kilka arkuszy („Inne & „dane””, „Jeszcze”), a żaden nie nazywa się „Pary”. Nadaj tę nazwę arkuszowi z danymi.',
    );
  });
});

describe('a workbook of ours', () => {
  it('has numbers as numbers, dates as dates, text that stays text, a bold frozen header and column widths', async () => {
    const day = parsePlainDate('2026-01-31');
    const file = await writeXlsx(
      part(facts, [{ key: '00-950', amount: new Dec('12.5'), day, hour: '08:00', answer: true, words: '=1+1' }]),
      part(pair, [{ key: 'A', words: 'x' }]),
    );
    const files = unpack(file, () => true, LIMITS);
    const tab = files.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect(tab).toMatch(/<c r="B2" s="\d+"><v>12.5<\/v>/u);
    expect(tab).toMatch(/<c r="C2" s="\d+"><v>46053<\/v>/u);
    expect(tab).toMatch(/<c r="F2" s="\d+" t="s">/u);
    expect(tab).not.toContain('<f>');
    expect(tab).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/u);
    expect(tab).toMatch(/<col [^>]*width="14"/u);
    const styles = files.get('xl/styles.xml')?.toString() ?? '';
    for (const format of ['formatCode="0.00"', 'formatCode="yyyy-mm-dd"', 'formatCode="@"', '<b/>']) expect(styles).toContain(format);
    expect(await values(pair, file, 'p.xlsx')).toEqual([{ key: 'A', words: 'x' }]);
    expect(await values(facts, file, 'p.xlsx')).toMatchObject([{ key: '00-950', day, hour: '08:00', answer: true, words: '=1+1' }]);
  });

  it('keeps days before March 1900 and amounts of more than fifteen digits', async () => {
    const row = { key: 'A', amount: new Dec('123456789012345678.91'), day: parsePlainDate('1899-12-31'), hour: null, answer: null, words: null };
    const [back] = await values(facts, await writeXlsx(part(facts, [row])), 'f.xlsx');
    expect([back?.amount?.toFixed(), back?.day]).toEqual(['123456789012345678.91', '1899-12-31']);
  });

  it('refuses text that no cell can hold', async () => {
    const words = 'x'.repeat(32_768);
    await expect(writeXlsx(part(pair, [{ key: 'A', words }]))).rejects.toMatchObject({ code: 'cell_too_long' });
  });

  it('without rows has a header all the same', async () => {
    expect(await values(dwellings, await writeXlsx(part(dwellings, [])), 'x.xlsx')).toEqual([]);
  });
});
