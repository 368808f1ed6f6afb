import { describe, expect, it } from 'vitest';
import { CELL_CODES, cellText, FILE_CODES, fileText, rejectsCsv, type BadRow } from '../../../src/platform/tabular/index.ts';
import { all, dwellings, joined, pair, read, values } from './support.ts';

async function rejected(file: string): Promise<BadRow[]> {
  return (await read(dwellings, file)).filter((row) => row.flaws !== null);
}

describe('the file of rejected rows', () => {
  it('has the original cells, the line, the columns and the reasons, one below another', async () => {
    const rows = await rejected('kod_lokalu;ulica;powierzchnia\nKR-1;x;5\nKR-2;;1.234,50\n');
    expect((await all(rejectsCsv(dwellings, rows))).join('')).toBe(
      '\ufeffwiersz;kolumna;powód;kod_lokalu;ulica;powierzchnia\r\n' +
        '3;"ulica\npowierzchnia";"Brakuje wartości, a jest potrzebna. Wpisz ją.\nKwota „1.234,50” ma kropkę tysięcy. Wpisz 1234,50.";KR-2;;1.234,50\r\n',
    );
  });

  it('can be corrected and sent again as it is', async () => {
    const rows = await rejected('kod_lokalu;ulica;powierzchnia;uwagi\n-5;=1+1;1.234,50;"a\nb"\n');
    const file = await joined(rejectsCsv(dwellings, rows));
    expect(file.toString()).toContain(`-5;'=1+1;"a\nb";1.234,50`);
    const [row] = await values(dwellings, Buffer.from(file.toString().replace(';1.234,50\r', ';123,50\r')));
    expect(row).toMatchObject({ code: '-5', street: '=1+1', note: 'a\nb' });
    expect(row?.area.toFixed()).toBe('123.5');
  });

  it('gives the same flaws when it is sent again uncorrected', async () => {
    const rows = await rejected('kod_lokalu;ulica;powierzchnia\n;@x;+5\nKR 1;\' =x;-1\n');
    const again = (await read(dwellings, await joined(rejectsCsv(dwellings, rows)))).filter((row) => row.flaws !== null);
    expect(again.map(({ cells, flaws }) => ({ cells, flaws }))).toEqual(rows.map(({ cells, flaws }) => ({ cells, flaws })));
  });

  it('takes flaws that a command found later, in its own words', async () => {
    const late = { line: 7, cells: { kod: 'A1', tekst: 'x' }, flaws: [{ column: 'kod', code: 'dwelling_unknown', args: { code: 'A1' } }] };
    const file = (await all(rejectsCsv(pair, [late], ({ args }) => `Nie ma lokalu ${args.code}.`))).join('');
    expect(file).toBe('\ufeffwiersz;kolumna;powód;kod;tekst\r\n7;kod;Nie ma lokalu A1.;A1;x\r\n');
  });

  it('without rows is a header', async () => {
    expect((await all(rejectsCsv(pair, []))).join('')).toBe('\ufeffwiersz;kolumna;powód;kod;tekst\r\n');
  });
});

describe('the catalogue', () => {
  const anything = new Proxy<Record<string, string>>({}, { get: (_, name) => `<${String(name)}>` });

  it('says for every code in whole sentences what is wrong', () => {
    for (const code of CELL_CODES.filter((name) => name !== 'refused')) expect(cellText(code, anything)).toMatch(/^.{20,}[.]$/u);
    for (const code of FILE_CODES) expect(fileText(code, anything)).toMatch(/^.{20,}[.]$/u);
    expect(cellText('refused', { reason: 'Powód.' })).toBe('Powód.');
  });
});
