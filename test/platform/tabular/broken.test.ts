import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { FileError, LIMITS, part, writeXlsx } from '../../../src/platform/tabular/index.ts';
import { pack, unpack } from '../../../src/platform/tabular/zip.ts';
import { pair, read, refusal } from './support.ts';

/** A workbook of two rows whose parts are changed before it is packed again. */
async function crafted(change: (files: Map<string, Buffer>) => void): Promise<Buffer> {
  const files = unpack(await writeXlsx(part(pair, [{ key: 'A1', words: 'x' }])), () => true, LIMITS);
  change(files);
  return pack(files);
}

const TAB = 'xl/worksheets/sheet1.xml';

function tabWith(edit: (xml: string) => string): Promise<Buffer> {
  return crafted((files) => files.set(TAB, Buffer.from(edit(files.get(TAB)?.toString() ?? ''))));
}

/** One packed entry with sizes as the directory is told. */
function bomb(content: Buffer, declared: number): Buffer {
  const packed = deflateRawSync(content);
  const name = 'xl/workbook.xml';
  const stored = pack(new Map([[name, packed]]));
  const directory = stored.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  for (const [at, value] of [[8, 8], [directory + 10, 8]] as const) stored.writeUInt16LE(value, at);
  for (const at of [22, directory + 24]) stored.writeUInt32LE(declared, at);
  return stored;
}

describe('a file that is no table', () => {
  it.each([
    ['an empty file', '', 'empty: Plik jest pusty. Sprawdź, czy wybrano właściwy plik.'],
    ['blanks alone', '\ufeff \r\n ', 'empty: Plik jest pusty. Sprawdź, czy wybrano właściwy plik.'],
    ['separators alone', ';;\n;;\n', 'empty: Plik jest pusty. Sprawdź, czy wybrano właściwy plik.'],
    ['a PDF', '%PDF-1.7\n…', 'pdf: To jest plik PDF. Potrzebny jest arkusz XLSX albo plik CSV z tymi danymi.'],
    ['a web page', '<html><table>', 'html: To jest strona HTML, choć może mieć nazwę arkusza. Otwórz ją w arkuszu i zapisz jako XLSX albo CSV.'],
  ])('%s is told apart', async (_, content, expected) => {
    expect(await refusal(pair, content)).toBe(expected);
  });

  it('an old XLS and a workbook with a password are told apart', async () => {
    const ole = Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex');
    expect(await refusal(pair, ole, 'stary.xls')).toContain('xls: To jest arkusz w dawnym formacie XLS.');
    const locked = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await refusal(pair, locked, 'tajny.xlsx')).toBe('encrypted: Arkusz jest zabezpieczony hasłem. Otwórz go, usuń hasło, zapisz i prześlij jeszcze raz.');
  });

  it('text and pictures named like a workbook are told apart', async () => {
    expect(await refusal(pair, 'kod;tekst\nA;x\n', 'plik.xlsx')).toBe(
      'not_xlsx: Plik „plik.xlsx” ma nazwę arkusza, ale nim nie jest. Otwórz go w arkuszu i zapisz jako XLSX albo CSV.',
    );
    expect(await refusal(pair, '', 'plik.xlsx')).toContain('empty');
    expect(await refusal(pair, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'plik.csv')).toContain('binary');
  });

  it('other kinds of archives are told apart', async () => {
    const archive = (...names: string[]): Buffer => pack(new Map(names.map((name) => [name, Buffer.from('x')])));
    expect(await refusal(pair, archive('mimetype', 'content.xml'), 'p.ods')).toContain('ods: ');
    expect(await refusal(pair, archive('xl/workbook.bin'), 'p.xlsb')).toContain('xlsb: ');
    expect(await refusal(pair, archive('word/document.xml'), 'p.docx')).toContain('not_xlsx: ');
  });

  it('a file above the limit is refused', async () => {
    expect(await refusal(pair, 'kod;tekst\nA;x\n', 'p.csv', { csvBytes: 10 })).toContain('too_large');
    expect(await refusal(pair, await crafted(() => undefined), 'p.xlsx', { xlsxBytes: 10 })).toContain('too_large: Plik jest za duży (największy dopuszczalny: 1 MB).');
  });
});

describe('a damaged or hostile workbook', () => {
  it('is refused when it is cut short, and never with an unknown error wherever bytes are wrong', async () => {
    const whole = await crafted(() => undefined);
    expect(await refusal(pair, whole.subarray(0, whole.length - 30), 'p.xlsx')).toContain('xlsx_broken: Arkusza „p.xlsx” nie można odczytać');
    const packed = await writeXlsx(part(pair, [{ key: 'A1', words: 'x' }]));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(whole, packed), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }), async (file, changes) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of changes) bytes[4 + (at % (bytes.length - 4))] = value;
        try {
          await read(pair, bytes, 'p.xlsx');
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('with parts missing or out of order is refused', async () => {
    expect(await refusal(pair, await crafted((files) => files.delete(TAB)), 'p.xlsx')).toMatch(/^(?:xlsx_broken|empty)/u);
    expect(await refusal(pair, await crafted((files) => files.delete('xl/_rels/workbook.xml.rels')), 'p.xlsx')).toContain('xlsx_broken');
    expect(await refusal(pair, await tabWith((xml) => xml.replace('</sheetData>', '')), 'p.xlsx')).not.toContain('unknown');
  });

  it('that unpacks to too much is refused by what it declares', async () => {
    expect(await refusal(pair, bomb(Buffer.alloc(1000), 0x7fffffff), 'p.xlsx')).toContain('unpacks_too_large');
  });

  it('that lies about its size is refused while it unpacks', async () => {
    const file = bomb(Buffer.alloc(40 * 1024 * 1024), 100);
    expect(file.length).toBeLessThan(100_000);
    expect(await refusal(pair, file, 'p.xlsx')).toBe(
      'unpacks_too_large: Arkusz po rozpakowaniu jest zbyt duży (najwyżej 10 MB). Usuń zbędne arkusze i formatowanie albo zapisz jako CSV.',
    );
  });

  it('that spans too many cells is refused before it is filled', async () => {
    const far = '<c r="XFD1000000"><v>1</v></c>';
    expect(await refusal(pair, await tabWith((xml) => xml.replace('</sheetData>', `<row r="1000000">${far}</row></sheetData>`)), 'p.xlsx')).toBe(
      'too_many_cells: Arkusz ma za dużo komórek (wierszy: 1000000, kolumn: 16384, komórek może być najwyżej 800000). Podziel go albo zapisz jako CSV.',
    );
    expect(await refusal(pair, await tabWith((xml) => xml.replace('</sheetData>', '<row r="999999999"></row></sheetData>')), 'p.xlsx')).toContain('xlsx_broken');
  });

  it('whose cells are only formatted far away is read all the same', async () => {
    const file = await tabWith((xml) => xml.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'));
    expect(await read(pair, file, 'p.xlsx')).toHaveLength(1);
  });

  it('made to keep patterns busy is refused soon', async () => {
    const start = performance.now();
    // Without care each of these takes minutes.
    for (const piece of ['<c ', '<c t="e" ', '<c r="A1">', 'x:', '<c r="A1"><f>', '<row ', '<v>']) {
      const hostile = await tabWith((xml) => xml.replace('</sheetData>', piece.repeat(500_000)));
      expect(await refusal(pair, hostile, 'p.xlsx')).toContain('xlsx_broken');
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('with a failed formula is refused with its cell', async () => {
    const failed = await tabWith((xml) => xml.replace(/<c r="B2".*?<\/c>/u, '<c r="B2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'));
    expect(await refusal(pair, failed, 'p.xlsx')).toBe('formula_error: Formuła w komórce B2 daje błąd #DIV/0!. Popraw ją albo wpisz wartość.');
  });

  it('with a formula that nobody calculated is refused with its cell', async () => {
    for (const formula of ['<f>A1&amp;"x"</f>', '<f t="shared" si="0"/>']) {
      const file = await tabWith((xml) => xml.replace(/<c r="B2".*?<\/c>/u, `<c r="B2">${formula}</c>`));
      expect(await refusal(pair, file, 'p.xlsx')).toBe(
        'formula_without_value: Formuła w komórce B2 nie ma zapisanego wyniku. Otwórz plik w arkuszu, zapisz i prześlij jeszcze raz.',
      );
    }
  });

  it('with a formula and its result gives the result', async () => {
    const file = await tabWith((xml) => xml.replace(/<c r="B2".*?<\/c>/u, '<c r="B2" t="str"><f>A1&amp;"x"</f><v>wynik</v></c>'));
    expect((await read(pair, file, 'p.xlsx')).map((row) => row.value?.words)).toEqual(['wynik']);
  });
});
