/** What is exported can be imported again: to the same state, byte for byte. */
import { readFile, readdir } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHEETS, exportAll, exportSheet, importAll, importFile } from '../../src/exchange/index.ts';
import type { Place } from './support.ts';
import { everything, inFolder, place, told } from './support.ts';

let city: Place;
let empty: Place;

beforeAll(async () => {
  city = await place(150);
  empty = await place();
});
afterAll(async () => {
  await city.close();
  await empty.close();
});

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  return Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const)));
}

describe('a city that is exported and imported', () => {
  it('comes back byte for byte from an empty database, and a second import changes nothing', async () => {
    await inFolder(async (first) => {
      const exported = await exportAll(city.ctx, first);
      expect(exported.map(({ sheet }) => sheet)).toEqual(SHEETS.map(({ sheet }) => sheet.name));
      const imported = await importAll(empty.ctx, first, { reason: 'przeniesienie danych' });
      expect(imported.map((report) => [report.sheet, told(report)])).toEqual(exported.map(({ sheet, rows }) => [sheet, rows === 0 ? 'rows 0' : `rows ${rows}, added ${rows}`]));
      await inFolder(async (second) => {
        await exportAll(empty.ctx, second);
        expect(await filesOf(second)).toEqual(await filesOf(first));
      });
      const before = await everything(empty);
      const again = await importAll(empty.ctx, first, { reason: 'jeszcze raz' });
      expect(again.map((report) => [report.sheet, told(report)])).toEqual(exported.map(({ sheet, rows }) => [sheet, rows === 0 ? 'rows 0' : `rows ${rows}, unchanged ${rows}`]));
      const after = await everything(empty);
      expect({ ...after, audit_events: '' }).toEqual({ ...before, audit_events: '' });
    });
  });

  it('changes nothing when its own export is imported into itself', async () => {
    await inFolder(async (folder) => {
      await exportAll(city.ctx, folder);
      const before = await everything(city);
      const reports = await importAll(city.ctx, folder, { reason: 'własny eksport' });
      expect(reports.every(({ rows, unchanged }) => rows === unchanged)).toBe(true);
      expect({ ...(await everything(city)), audit_events: '' }).toEqual({ ...before, audit_events: '' });
    });
  });
});
