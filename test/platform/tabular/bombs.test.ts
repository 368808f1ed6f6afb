/** Small workbooks that would take all memory or all time. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LIMITS, part, writeXlsx } from '../../../src/platform/tabular/index.ts';
import { unpack } from '../../../src/platform/tabular/zip.ts';
import type { Part } from './archive.ts';
import { archive, overlapping } from './archive.ts';
import { pair, read, refusal } from './support.ts';

const MIB = 1024 * 1024;
const TAB = 'xl/worksheets/sheet1.xml';
const TEXTS = 'xl/sharedStrings.xml';

/** The parts of a good workbook, some of them replaced and others added. */
async function workbook(changed: Readonly<Record<string, Buffer>> = {}, sizes: Readonly<Record<string, number>> = {}): Promise<Buffer> {
  const good = unpack(await writeXlsx(part(pair, [{ key: 'A1', words: 'x' }])), () => true, LIMITS);
  for (const [name, content] of Object.entries(changed)) good.set(name, content);
  return archive([...good].map(([name, content]): Part => ({ name, content, ...(sizes[name] === undefined ? {} : { declared: sizes[name] }) })));
}

async function partOf(name: string): Promise<string> {
  const content = unpack(await writeXlsx(part(pair, [{ key: 'A1', words: 'x' }])), () => true, LIMITS).get(name);
  if (content === undefined) throw new Error(`a workbook has no ${name}`);
  return content.toString();
}

/** How the file is refused, in how many ms, and by how many MB the process grew beyond the file itself. */
async function cost(file: Buffer): Promise<{ told: string; ms: number; grown: number }> {
  const before = process.memoryUsage.rss();
  const began = performance.now();
  const told = await refusal(pair, file, 'p.xlsx');
  return { told, ms: performance.now() - began, grown: (process.memoryUsage.rss() - before) / MIB };
}

const TOO_LARGE = /^unpacks_too_large: Arkusz po rozpakowaniu jest zbyt duży \(najwyżej \d+ MB\)\. Usuń zbędne arkusze/;

describe('a workbook that unpacks to hundreds of megabytes', { timeout: 90_000 }, () => {
  const huge = Buffer.alloc(256 * MIB, ' ');

  it('is refused soon, by what its directory declares', async () => {
    const file = await workbook({ [TEXTS]: huge });
    expect(file.length).toBeLessThan(MIB);
    const { told, ms, grown } = await cost(file);
    expect(told).toMatch(TOO_LARGE);
    expect(ms).toBeLessThan(2_000);
    expect(grown).toBeLessThan(20);
  });

  it('is refused soon when its directory lies, and never held whole', async () => {
    const { told, ms, grown } = await cost(await workbook({ [TEXTS]: huge }, { [TEXTS]: 100 }));
    expect(told).toMatch(TOO_LARGE);
    expect(ms).toBeLessThan(3_000);
    expect(grown).toBeLessThan(150);
  });

  it('in many parts, each small enough, is refused by their sum', async () => {
    const some = Buffer.alloc(4 * MIB, ' ');
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`xl/worksheets/sheet${index + 2}.xml`, some]));
    const lies = Object.fromEntries(Object.keys(many).map((name) => [name, 10]));
    expect((await cost(await workbook(many))).told).toMatch(TOO_LARGE);
    const { told, grown } = await cost(await workbook(many, lies));
    expect(told).toMatch(TOO_LARGE);
    expect(grown).toBeLessThan(150);
  });

  it('beside what we read is not even unpacked', async () => {
    const file = await workbook({ 'xl/media/image1.png': huge, 'xl/theme/theme1.xml': huge });
    const began = performance.now();
    expect(await read(pair, file, 'p.xlsx')).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('because archives lie in it is not unpacked further', async () => {
    const inner = archive([{ name: TEXTS, content: huge }]);
    const middle = archive(Array.from({ length: 20 }, (_, index) => ({ name: `${index}.xlsx`, content: inner })));
    const { told, ms, grown } = await cost(await workbook({ [TAB]: middle, 'xl/embeddings/inner.xlsx': middle }));
    expect(told).toMatch(/^(?:xlsx_broken|empty): /);
    expect(ms).toBeLessThan(2_000);
    expect(grown).toBeLessThan(100);
  });
});

describe('an archive of too many parts', () => {
  it('is refused before any of them is looked at', async () => {
    const many = Array.from({ length: 60_000 }, (_, index) => ({ name: `xl/worksheets/s${index}.xml`, content: Buffer.from('<x/>') }));
    const { told, ms } = await cost(archive(many));
    expect(told).toBe('too_many_parts: Arkusz składa się ze zbyt wielu części (najwyżej 5000). Zapisz same dane w nowym arkuszu albo jako CSV.');
    expect(ms).toBeLessThan(2_000);
  });

  it('that are all the same bytes is refused before they are unpacked', async () => {
    const names = Array.from({ length: 4_000 }, (_, index) => `xl/worksheets/s${index}.xml`);
    const { told, ms } = await cost(overlapping(names, randomBytes(10_000)));
    expect(told).toMatch(/^xlsx_broken: /);
    expect(ms).toBeLessThan(2_000);
  });
});

describe('a workbook that grows after it is unpacked', () => {
  it('by cells that all show one long text is refused once they are too many characters', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `<row r="${index + 3}"><c r="A${index + 3}" t="s"><v>0</v></c><c r="B${index + 3}" t="s"><v>1</v></c></row>`).join('');
    const texts = (await partOf(TEXTS)).replace('</sst>', `<si><t>${'x'.repeat(32_000)}</t></si></sst>`);
    const last = (texts.match(/<si>/g) ?? []).length - 1;
    const tab = (await partOf(TAB)).replace('</sheetData>', `${rows.replaceAll('<v>1</v>', `<v>${last}</v>`)}</sheetData>`);
    const file = await workbook({ [TAB]: Buffer.from(tab), [TEXTS]: Buffer.from(texts) });
    expect(file.length).toBeLessThan(MIB);
    const { told } = await cost(file);
    expect(told).toMatch(/^too_many_characters: Komórki arkusza mają razem za dużo znaków \(najwyżej \d+\)\. Podziel arkusz albo zapisz go jako CSV\.$/);
  });

  it('by entities of its own is refused before any is put in', async () => {
    const entities = '<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    const tab = (await partOf(TAB)).replace(/(<\?xml[^>]*>)?/, (head) => `${head}${entities}`);
    expect((await cost(await workbook({ [TAB]: Buffer.from(tab) }))).told).toMatch(/^xlsx_broken: /);
  });
});

describe('several large workbooks at once', () => {
  it('are read one after another, and a refused one does not hold up the others', async () => {
    const good = await workbook();
    const bad = await workbook({ [TEXTS]: Buffer.alloc(60 * MIB) }, { [TEXTS]: 1 });
    const told = await Promise.all([good, bad, good, bad, good].map((file) => refusal(pair, file, 'p.xlsx')));
    expect(told.map((text) => text.split(':')[0])).toEqual(['nothing is refused', 'unpacks_too_large', 'nothing is refused', 'unpacks_too_large', 'nothing is refused']);

  });
});
