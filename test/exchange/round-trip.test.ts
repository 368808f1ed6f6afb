/** What is exported can be imported again: to the same state, byte for byte. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHEETS, exportAll, importAll } from '../../src/exchange/index.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { row } from '../../src/platform/database/connect.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { approveRun } from '../../src/rents/runs/decide.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import type { Place } from './support.ts';
import { everything, importLines, inFolder, place, told } from './support.ts';

let city: Place;
let empty: Place;

beforeAll(async () => {
  city = await place(150);
  const day = parsePlainDate('2026-05-20');
  const run = await startRun({ ...city.ctx, actor: personOf('anna.referent') }, { tariff: 'krk-2025', businessDate: day, delivered: day });
  await run.finished;
  await approveRun({ ...city.ctx, actor: personOf('barbara.kierownik') }, run.runId);
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
      expect(exported.every(({ rows }) => rows > 0)).toBe(true);
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

describe('a rent that a run approved', () => {
  const header = 'numer_umowy;kwota;od;do';

  it('is not replaced by a file, which says why; days before it may be filled', async () => {
    const { lease, first, run } = await row<{ lease: string; first: string; run: string }>(
      city.database.owner,
      `select l.number as lease, lower(p.valid)::text as first, r.run_id as run from rent_periods p join rents r on r.id = p.rent_id join leases l on l.id = p.lease_id
       where upper_inf(p.recorded) and l.number like 'ZBK/%' order by l.number limit 1`,
    );
    const before = addDays(parsePlainDate(first), -1);
    const words = `Od ${first} obowiązuje czynsz zatwierdzony w przeliczeniu ${run}. Import go nie zastępuje: zakończ wiersz przed tym dniem.`;
    const replaced = await importLines(city, 'czynsze', [header, `${lease};100,00;${first};`]);
    expect(replaced.rejects).toEqual([`2;od;${words};${lease};100,00;${first};`]);
    const reaching = await importLines(city, 'czynsze', [header, `${lease};90,00;2015-01-01;${addDays(parsePlainDate(first), 30)}`]);
    expect(reaching.rejects[0]).toContain(`2;od;${words}`);
    expect(told(await importLines(city, 'czynsze', [header, `${lease};80,00;2016-01-01;${before}`, `${lease};70,00;2010-01-01;`]))).toBe('rows 2, changed 2');
  });
});
