/** The sample files and the description of all files follow from the sheets. `npx vitest -u` writes them anew. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importGuide } from '../../src/exchange/guide.ts';
import { SHEETS, exportAll, importAll } from '../../src/exchange/index.ts';
import { readLawFolder } from '../../src/platform/law/files.ts';
import { sampleCsv } from '../../src/platform/tabular/index.ts';
import type { Place } from './support.ts';
import { inFolder, place, told } from './support.ts';

const SAMPLES = path.resolve('seeds/samples');

let empty: Place;

beforeAll(async () => {
  empty = await place();
});
afterAll(() => empty.close());

describe('the samples', () => {
  it.each(SHEETS.map((exchange) => [exchange.sheet.name, exchange] as const))('%s is what its sheet says', async (name, { sheet, samples }) => {
    await expect(sampleCsv(sheet, samples)).toMatchFileSnapshot(path.join(SAMPLES, `${name}.csv`));
  });

  it('are one file for each kind and no other', async () => {
    expect((await readdir(SAMPLES)).sort()).toEqual(SHEETS.map(({ sheet }) => `${sheet.name}.csv`).sort());
  });

  it('make a small city without a rejected row or a warning, and it is exported as it came', async () => {
    const reports = await importAll(empty.ctx, SAMPLES, { reason: 'dane przykładowe' });
    expect(reports.map((report) => [report.sheet, told(report)])).toEqual(
      SHEETS.map(({ sheet, samples }) => [sheet.name, `rows ${samples.length}, added ${samples.length}`]),
    );
    await inFolder(async (folder) => {
      const exported = await exportAll(empty.ctx, folder);
      expect(exported.map(({ rows }) => rows)).toEqual(SHEETS.map(({ samples }) => samples.length));
    });
  });
});

describe('the description of the files', () => {
  it('is up to date', async () => {
    await expect(importGuide(readLawFolder(path.resolve('seeds/law')).slots)).toMatchFileSnapshot(path.resolve('docs/import-files.md'));
  });
});
