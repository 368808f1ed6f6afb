import { describe, expect, it } from 'vitest';
import { code, describeSheet, sampleCsv, sheet, text } from '../../../src/platform/tabular/index.ts';
import { dwellings, pair, refusal, values } from './support.ts';

const help = { help: 'Pomoc.', example: 'A1' };

describe('the header', () => {
  it('may have its columns in any order, letter case and surrounding blanks', async () => {
    expect(await values(pair, ' TEKST ;"Kod "\nx;A1\n')).toEqual([{ key: 'A1', words: 'x' }]);
  });

  it('an unknown column is refused with a guess of what was meant and all known names', async () => {
    expect(await refusal(dwellings, 'kod_lokal;ulica;powierzchnia;Stan;kolor\nA;x;1;;\n')).toBe(
      'header_unknown: Nieznane kolumny: „kod_lokal”, „kolor”. Może chodzi o: „kod_lokal” → „kod_lokalu”? Popraw nazwy albo usuń te kolumny. ' +
        'Znane kolumny: kod_lokalu, ulica, uwagi, powierzchnia, saldo, pietro, od, wspolny, stan, godzina, izby.',
    );
    expect(await refusal(dwellings, 'Kod lokalu;ulica;piętro\nA;x;1\n')).toContain('„Kod lokalu” → „kod_lokalu”, „piętro” → „pietro”');
  });

  it('a column that stands twice is refused', async () => {
    expect(await refusal(pair, 'kod;tekst;KOD\nA;x;1\n')).toBe('header_duplicate: Kolumny powtórzone: „kod”. Zostaw każdą raz. Znane kolumny: kod, tekst.');
  });

  it('every missing column that is needed is named', async () => {
    expect(await refusal(dwellings, 'kod_lokalu;uwagi\nA;x\n')).toContain('header_missing: Brakuje kolumn: „ulica”, „powierzchnia”. Dodaj je.');
  });

  it('a file without a header says so', async () => {
    expect(await refusal(pair, 'A1;x\nA2;y\n')).toBe('header_none: Pierwszy wiersz pliku nie ma nazw kolumn. Wpisz je tam. Znane kolumny: kod, tekst.');
    expect(await refusal(pair, 'x'.repeat(100_000))).toContain('header_too_long');
  });

  it('a header alone is a file without rows', async () => {
    expect(await values(pair, 'kod;tekst\n')).toEqual([]);
  });
});

describe('a sheet', () => {
  it('describes its columns as data', () => {
    const described = describeSheet(dwellings);
    expect([described.name, described.title, described.columns.length]).toEqual(['lokale', 'Lokale', 11]);
    expect(described.columns.find(({ name }) => name === 'stan')).toEqual({
      name: 'stan',
      required: false,
      form: 'jedno z: bardzo dobry, dobry, zły',
      help: 'Stan techniczny.',
      example: 'dobry',
      words: ['bardzo dobry', 'dobry', 'zły'],
    });
    expect(described.columns.find(({ name }) => name === 'powierzchnia')?.form).toBe('liczba (cyfr po przecinku najwyżej 2), od 0 do 1000');
  });

  it('gives a sample file that it reads itself', async () => {
    expect(sampleCsv(pair)).toBe('\ufeffkod;tekst\r\nA1;Zażółć\r\n');
    expect(await values(dwellings, sampleCsv(dwellings))).toHaveLength(1);
    expect(sampleCsv(pair, [{ key: 'B', words: 'x;y' }])).toBe('\ufeffkod;tekst\r\nB;"x;y"\r\n');
  });

  it('cannot be declared with a name twice, an example it would refuse, or a title that no tab can have', () => {
    expect(() => sheet({ name: 'a', title: 'A', columns: { a: code('x', help), b: code('x', help) } })).toThrow('twice');
    expect(() => sheet({ name: 'a', title: 'A', columns: { a: code('powód', help) } })).toThrow('reserved');
    expect(() => sheet({ name: 'a', title: 'A', columns: { a: text('x', { help: 'x', example: '' }) } })).toThrow('missing');
    expect(() => sheet({ name: 'a', title: 'A/B', columns: { a: code('x', help) } })).toThrow('tab name');
  });
});
