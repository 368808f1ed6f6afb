import iconv from 'iconv-lite';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileInput, readTable } from '../../../src/platform/tabular/index.ts';
import { dwellings, pair, read, refusal, values } from './support.ts';

const polish = 'kod;tekst\r\nA1;Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ\r\n';

describe('the encoding of a CSV file', () => {
  it.each(['utf8', 'windows-1250', 'iso-8859-2'])('%s is recognised', async (encoding) => {
    expect(await values(pair, iconv.encode(polish, encoding))).toEqual([{ key: 'A1', words: 'Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ' }]);
  });

  it.each(['utf8', 'utf-16le', 'utf-16be'])('%s with a byte order mark is recognised', async (encoding) => {
    expect(await values(pair, iconv.encode(polish, encoding, { addBOM: true }))).toEqual([{ key: 'A1', words: 'Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ' }]);
  });

  it('Excel\'s "Unicode text" is UTF-16 with tabs', async () => {
    expect(await values(pair, iconv.encode('kod\ttekst\r\nA1\tŻółw\r\n', 'utf-16le', { addBOM: true }))).toEqual([{ key: 'A1', words: 'Żółw' }]);
  });

  it('CP1250 is told from ISO-8859-2 by ą, ś and ź, and without them is taken for granted', async () => {
    expect(await values(pair, iconv.encode('kod;tekst\nA1;ślą\n', 'iso-8859-2'))).toEqual([{ key: 'A1', words: 'ślą' }]);
    expect(await values(pair, iconv.encode('kod;tekst\nA1;ślą\n', 'windows-1250'))).toEqual([{ key: 'A1', words: 'ślą' }]);
    expect(await values(pair, iconv.encode('kod;tekst\nA1;SPÓŁDZIELNIA „ŁÓDŹ”\n', 'windows-1250'))).toEqual([{ key: 'A1', words: 'SPÓŁDZIELNIA „ŁÓDŹ”' }]);
  });

  it('a first byte that is not UTF-8 counts even after a megabyte, in whatever pieces the file comes', async () => {
    const plain = Buffer.from(`kod;tekst\n${'A1;tekst bez ogonkow\n'.repeat(60_000)}`);
    const bytes = Buffer.concat([plain, iconv.encode('Z9;źdźbło\n', 'windows-1250')]);
    expect(bytes.length).toBeGreaterThan(1024 * 1024);
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 65_537) {
        yield await Promise.resolve(new Uint8Array(bytes.subarray(at, at + 65_537)));
      }
    };
    const rows = await values(pair, pieces);
    expect([rows.length, rows.at(-1)]).toEqual([60_001, { key: 'Z9', words: 'źdźbło' }]);
  });

  it('letters cut in two by the pieces of the stream stay whole, and so does the byte order mark', async () => {
    for (const encoding of ['utf8', 'windows-1250', 'utf-16le']) {
      const bytes = iconv.encode('kod;tekst\r\nA1;"Zażółć\r\ngęślą 🏠 """\r\nB2;x\r\n'.replace('🏠', encoding === 'windows-1250' ? '' : '🏠'), encoding, { addBOM: encoding !== 'windows-1250' });
      const single = async function* (): AsyncGenerator<Uint8Array> {
        for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte));
      };
      expect(await read(pair, single)).toEqual(await read(pair, bytes));
    }
  });

  it('both kinds of letters in one file are refused with the line', async () => {
    const bytes = Buffer.concat([Buffer.from('kod;tekst\nA1;żółw\nA2;kot\n'), iconv.encode('A3;źrebię\n', 'windows-1250')]);
    expect(await refusal(pair, bytes)).toBe(
      'encoding_mixed: W wierszu 4 są znaki zapisane inaczej niż w reszcie pliku. Otwórz plik w arkuszu i zapisz jako „CSV UTF-8”.',
    );
  });
});

describe('the form of a CSV file', () => {
  it.each([';', ',', '\t'])('the separator %j is recognised', async (separator) => {
    const file = `kod${separator}tekst\nA1${separator}x\n`;
    expect(await values(pair, file)).toEqual([{ key: 'A1', words: 'x' }]);
  });

  it('a separator between quotes, and other separators in names, do not mislead', async () => {
    expect(await values(pair, '"kod";"tekst"\n"A1";"a,b;c"\n')).toEqual([{ key: 'A1', words: 'a,b;c' }]);
  });

  it('Excel\'s hint "sep=," is followed and counted as a line', async () => {
    expect(await read(pair, 'sep=,\r\nkod,tekst\r\nA1,x\r\n')).toMatchObject([{ line: 3, value: { key: 'A1', words: 'x' } }]);
  });

  it.each(['\n', '\r\n', '\r'])('lines may end with %j', async (end) => {
    expect(await read(pair, ['kod;tekst', 'A1;x', '', 'B2;y'].join(end))).toMatchObject([{ line: 2 }, { line: 4, value: { key: 'B2', words: 'y' } }]);
  });

  it('line numbers are those of an editor: empty rows and line breaks within quotes count', async () => {
    const file = '\r\nkod;tekst\r\nA1;"pierwszy\r\ndrugi\ntrzeci"\r\n;\r\n\r\nA2;"x ""y"""\nA3;;\n';
    expect((await read(pair, file)).map((row) => [row.line, row.value?.words ?? row.flaws?.map(({ code }) => code)])).toEqual([
      [3, 'pierwszy\ndrugi\ntrzeci'],
      [8, 'x "y"'],
      [9, ['missing']],
    ]);
  });

  it('a quote that is never closed is refused with the line where it was opened', async () => {
    expect(await refusal(pair, 'kod;tekst\nA1;x\nA2;"y\nA3;z\n')).toBe(
      'quote_unclosed: W wierszu 3 otwarto cudzysłów, którego nigdzie nie zamknięto. Zamknij go albo usuń.',
    );
    expect(await refusal(pair, `kod;tekst\nA1;"x\n${'A2;y\n'.repeat(100_000)}`, 'p.csv', { csvRecord: 100_000 })).toContain('quote_unclosed: W wierszu 2 ');
  });

  it('a quote in the middle of a field is refused with its line', async () => {
    expect(await refusal(pair, 'kod;tekst\nA1;x\nA2;Dom "Pod Lipami"\n')).toContain('quote_misplaced: W wierszu 3 ');
    expect(await refusal(pair, 'kod;tekst\nA1;"Pod" Lipami\n')).toContain('quote_misplaced: W wierszu 2 ');
  });
});

describe('the rows of a file', () => {
  it('give values, and the cells as they stood under the names of their columns', async () => {
    const [row] = await read(dwellings, 'Powierzchnia ;KOD_LOKALU;ulica;saldo\n48,50;KR-1;ul. Łąkowa; -7,1\n');
    expect(row).toMatchObject({ line: 2, flaws: null, cells: { powierzchnia: '48,50', kod_lokalu: 'KR-1', ulica: 'ul. Łąkowa', saldo: ' -7,1' } });
    expect(row?.value).toMatchObject({ code: 'KR-1', note: null, since: null, shared: null, rooms: null });
    expect(row?.value?.balance?.toFixed()).toBe('-7.1');
    expect(Object.keys(row?.cells ?? {})).not.toContain('uwagi');
  });

  it('name every flaw of a row and go on with the next', async () => {
    const rows = await read(dwellings, 'kod_lokalu;ulica;powierzchnia;od\nKR-1;;1.234,5;30.02.2026\nKR-2;x;5;\n');
    expect(rows.map((row) => row.flaws?.map(({ column, code }) => `${column} ${code}`))).toEqual([
      ['ulica missing', 'powierzchnia decimal_dot_thousands', 'od date_impossible'],
      undefined,
    ]);
  });

  it('a value that stands under no column is a flaw of its row, separators too many at the end are not', async () => {
    const rows = await read(pair, 'kod;tekst;;\nA1;x;;;\nA2;x;;y\n;A3\n');
    expect(rows.map((row) => row.flaws)).toEqual([
      null,
      [{ column: '', code: 'cell_without_column', args: { text: 'y', position: '4' } }],
      [{ column: 'kod', code: 'missing', args: {} }],
    ]);
    expect((await read(pair, 'kod;;tekst\nA1;x\n'))[0]?.flaws).toMatchObject([{ column: 'tekst' }, { column: '', code: 'cell_without_column' }]);
  });

  it('come one at a time from a file on disk, which may be left early', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tabular-'));
    try {
      await writeFile(join(folder, 'a.csv'), `kod;tekst\n${'A1;x\n'.repeat(200_000)}`);
      let seen = 0;
      for await (const row of readTable(pair, fileInput(join(folder, 'a.csv')), 'a.csv')) {
        seen = row.line;
        if (seen === 10) break;
      }
      expect(seen).toBe(10);
      await expect(read(pair, fileInput(join(folder, 'none.csv')))).rejects.toThrow('ENOENT');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
