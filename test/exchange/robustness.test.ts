/** Imports that are killed, that meet one another, that get the wrong file, and who may start them. */
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportSheet, importAll, importFile, startImport } from '../../src/exchange/index.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { findOperation } from '../../src/platform/operations.ts';
import type { Place } from './support.ts';
import { everything, importLines, place, told } from './support.ts';

let here: Place;

beforeAll(async () => {
  here = await place();
  await importAll(here.ctx, path.resolve('seeds/samples'), { reason: 'dane przykładowe' });
});
afterAll(() => here.close());

const BUILDINGS = 'kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do';
const building = (code: string, from = '2019-01-01'): string => `${code};ul. Długa;1;31-070;I;gmina;ZBK;${from};`;
const csv = (...lines: string[]): Buffer => Buffer.from(`${[BUILDINGS, ...lines].join('\n')}\n`);

/** Waits for a backend that another one holds up. */
async function heldUp(): Promise<number> {
  for (;;) {
    const [found] = await rows<{ pid: number }>(here.ctx.db, `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`);
    if (found) return found.pid;
    await sleep(10);
  }
}

describe('an import whose connection dies', () => {
  it('leaves nothing of the file, and its operation says that it failed', async () => {
    const before = await everything(here);
    // The last of several batches waits for a building that somebody else is just entering: by then the others are written.
    const blocker = await here.database.owner.transaction();
    await blocker('buildings').insert({ code: 'K4999' });
    const source = csv(...Array.from({ length: 5000 }, (_, index) => building(`K${index}`)));
    const { operationId, finished } = await startImport(here.ctx, { sheet: 'budynki', source, fileName: 'budynki.csv', reason: 'przerwany', dryRun: false });
    const pid = await heldUp();
    await here.ctx.db.raw('select pg_terminate_backend(?)', [pid]);
    await expect(finished).rejects.toThrow();
    await blocker.rollback();
    expect(await everything(here)).toEqual(before);
    expect(await findOperation(here.ctx.db, operationId)).toMatchObject({ state: 'failed', problem: { status: 503 } });
  });
});

describe('two imports at once', () => {
  it('of the same file: one writes, the other finds nothing new', async () => {
    const source = csv(...Array.from({ length: 1500 }, (_, index) => building(`P${index}`)));
    const input = { sheet: 'budynki', source, fileName: 'budynki.csv', reason: 'naraz', dryRun: false };
    const reports = await Promise.all([importFile(here.ctx, input), importFile(here.ctx, input)]);
    expect(reports.map(told).sort()).toEqual(['rows 1500, added 1500', 'rows 1500, unchanged 1500']);
  });

  it('of different files about the same things: the later one corrects what the earlier one wrote', async () => {
    const other = (code: string): string => building(code).replace('ZBK', 'Wspólnota');
    const reports = await Promise.all([
      importFile(here.ctx, { sheet: 'budynki', source: csv(building('Q1'), building('Q2')), fileName: 'a.csv', reason: 'naraz', dryRun: false }),
      importFile(here.ctx, { sheet: 'budynki', source: csv(other('Q1'), other('Q3')), fileName: 'b.csv', reason: 'naraz', dryRun: false }),
    ]);
    expect(reports.map(told).sort()).toEqual(['rows 2, added 1, corrected 1', 'rows 2, added 2']);
  });

  it('waits for a fact that a clerk is just writing, and judges by what was written', async () => {
    const clerk = await here.database.owner.transaction();
    await clerk.raw(`update building_details set recorded = tstzrange(lower(recorded), now()) where upper_inf(recorded) and building_id = (select id from buildings where code = 'Q3')`);
    const importing = importLines(here, 'budynki', [BUILDINGS, building('Q3').replace('Długa', 'Szeroka')]);
    await heldUp();
    await clerk.commit();
    expect(told(await importing)).toBe('rows 1, added 1');
  });
});

describe('a fact that somebody recorded after the import began', () => {
  it('is not touched, and the row says so', async () => {
    await here.database.owner.raw(`update building_details set recorded = tstzrange(now() + interval '1 hour', null) where upper_inf(recorded) and building_id = (select id from buildings where code = 'Q1')`);
    const report = await importLines(here, 'budynki', [BUILDINGS, building('Q1').replace('Długa', 'Nowa'), building('Q9')]);
    expect(told(report)).toBe('rows 2, added 1, rejected 1');
    expect(report.rejects[0]).toMatch(/^2;;W czasie importu ktoś inny zapisał tu nowszą wartość\./u);
  });
});

describe('the kind of a file', () => {
  const input = { sheet: null, reason: 'rozpoznanie', dryRun: true };

  it('is known by its first row, whatever its name', async () => {
    expect(await importFile(here.ctx, { ...input, source: csv(building('X1')), fileName: 'lokale.csv' })).toMatchObject({ sheet: 'budynki', added: 1 });
    const parties = Buffer.from('numer_umowy;kod_osoby;rola;od\nZBK/2020/00012;O-000124;najemca;2022-09-01\n');
    expect(await importFile(here.ctx, { ...input, source: () => chunks(parties), fileName: 'dane od wspólnoty' })).toMatchObject({ sheet: 'strony', corrected: 1 });
  });

  it('is known by its name where the first row has mistakes, which are then named', async () => {
    const source = Buffer.from(`${BUILDINGS.replace('ulica', 'ulicca')}\n${building('X1')}\n`);
    const refused = importFile(here.ctx, { ...input, source, fileName: 'C:\\dane\\02-Budynki_2026.csv' });
    await expect(refused).rejects.toMatchObject({ code: 'import_file', args: { file: '02-Budynki_2026.csv', reason: 'header_unknown', nearest: expect.stringContaining('„ulicca” → „ulica”') as string } });
  });

  it('is asked for where neither tells', async () => {
    await expect(importFile(here.ctx, { ...input, source: Buffer.from('a;b\n1;2\n'), fileName: 'dane.csv' })).rejects.toMatchObject({ code: 'import_not_recognised' });
    await expect(importFile(here.ctx, { ...input, sheet: 'budyneczki', source: csv(), fileName: 'dane.csv' })).rejects.toMatchObject({ code: 'import_sheet_unknown' });
  });
});

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes.subarray(0, 10));
  yield bytes.subarray(10);
}

describe('a file that cannot be read to its end', () => {
  it('leaves nothing, though rows were read before', async () => {
    const before = await everything(here);
    const refused = importFile(here.ctx, { sheet: 'budynki', source: csv(building('Z1'), '"Z2;nigdy nie zamknięty'), fileName: 'budynki.csv', reason: 'zepsuty', dryRun: false });
    await expect(refused).rejects.toMatchObject({ code: 'import_file' });
    expect(await everything(here)).toEqual(before);
  });
});

describe('a workbook', () => {
  it('of an export is imported without a change', async () => {
    const sink = new PassThrough();
    const [content] = await Promise.all([buffer(sink), exportSheet(here.ctx, 'umowy', 'xlsx', sink)]);
    const report = await importFile(here.ctx, { sheet: null, source: content, fileName: 'umowy.xlsx', reason: 'skoroszyt', dryRun: false });
    expect(report).toMatchObject({ sheet: 'umowy', rows: 4, unchanged: 4 });
  });
});

describe('who imports', () => {
  it('must be allowed to, and say why', async () => {
    const input = { sheet: 'budynki', source: csv(building('Y1')), fileName: 'budynki.csv', reason: 'powód', dryRun: false };
    await expect(importFile({ ...here.ctx, actor: personOf('edyta.audytor') }, input)).rejects.toMatchObject({ code: 'not_permitted' });
    await expect(importFile(here.ctx, { ...input, reason: ' ' })).rejects.toMatchObject({ code: 'reason_missing' });
  });

  it('finds the report in the operation', async () => {
    const { operationId, finished } = await startImport(here.ctx, { sheet: null, source: csv(building('Y1')), fileName: 'budynki.csv', reason: 'powód', dryRun: false });
    await finished;
    const { message } = await row<{ message: string }>(here.database.owner, 'select message from operations where id = ?', [operationId]);
    expect(message).toBe('import pliku „budynki.csv”');
    expect(await findOperation(here.ctx.db, operationId)).toMatchObject({ kind: 'import', state: 'done', result: { sheet: 'budynki', added: 1 } });
  });
});
