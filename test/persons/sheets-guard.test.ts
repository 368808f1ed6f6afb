/** Who may load and take away files with PESELs, and what the trail says of it. */
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE } from '../../src/app.ts';
import { SHEETS, discardRejects, exportAll, exportSheet, importAll, importFile, readRejects, startImport, unsealRejects } from '../../src/exchange/index.ts';
import { personsSeen } from '../../src/leases/sql.ts';
import { searchPersons } from '../../src/persons/read.ts';
import { SYSTEM, personOf } from '../../src/platform/access/people.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { IDENTITY_HEADER } from '../../src/platform/http/index.ts';
import { asking, limited, refusalOf } from '../support/asking.ts';
import type { TestApp } from '../support/app.ts';
import { cityApp, finished, problemOf } from '../support/app.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

const as = (actor: Actor): Context => city.instance.context(actor);
const anna = (): Context => as(personOf('anna.referent'));

const BAD = '44051401358';
const FILE = Buffer.from(`kod_osoby;nazwa;pesel\nZ-1;Jan Nowak;${BAD}\n`);
const input = { sheet: 'osoby', source: FILE, fileName: 'osoby.csv', reason: 'test', dryRun: false };

async function exported(ctx: Context, sheet = 'osoby'): Promise<string[]> {
  const sink = new PassThrough();
  const [content] = await Promise.all([text(sink), exportSheet(ctx, sheet, 'csv', sink)]);
  return content.replace('\ufeff', '').trimEnd().split('\r\n').slice(1);
}

async function lastEvent(event: string): Promise<{ actor: string; targets: unknown; details: unknown } | undefined> {
  return (await rows<{ actor: string; targets: unknown; details: unknown }>(city.database.db, 'select actor, targets, details from audit_events where event = ? order by id desc limit 1', [event]))[0];
}

function sent(file: Buffer, code = 'anna.referent', query = 'sheet=osoby&'): Promise<Response> {
  const asked = request(city.app).post(`${BASE}/imports?${query}name=osoby.csv&reason=Rejestr`).set(IDENTITY_HEADER, code);
  return Promise.resolve(asked.set('Content-Type', 'text/csv').send(file));
}

describe('an export of persons', () => {
  it('is an event that tells who took how many rows, and no more', async () => {
    const lines = await exported(anna());
    const { persons } = await row<{ persons: number }>(city.database.db, 'select count(*)::int as persons from persons where erased_at is null');
    expect(lines).toHaveLength(persons);
    expect(await lastEvent('person.pesel_export')).toEqual({ actor: 'anna.referent', targets: { sheet: 'osoby' }, details: { rows: persons } });
  });

  it('is refused to who may not see PESELs, and names the permission', async () => {
    const before = await lastEvent('person.pesel_export');
    await expect(exported(as(SYSTEM))).rejects.toMatchObject({ code: 'not_permitted', args: { permission: 'pesel.read' } });
    expect(await exported(as(SYSTEM), 'strony')).not.toEqual([]);
    expect(await lastEvent('person.pesel_export')).toEqual(before);
    problemOf(await city.as('filip.windykacja').get('/exports/osoby'), 403, 'not_permitted');
    expect((await city.as('edyta.audytor').get('/exports/osoby')).status).toBe(200);
  });

  it('gives nothing where it cannot be noted', async () => {
    const sink = new PassThrough();
    const broken: Context = { ...anna(), actor: { ...personOf('anna.referent'), code: null as unknown as string } };
    await expect(exportSheet(broken, 'osoby', 'csv', sink)).rejects.toThrow(/null value/);
    expect(sink.readableLength).toBe(0);
  });

  it('has for somebody limited the persons whom they see, and the event counts those', async () => {
    const halina = as(limited('halina.stare', ['clerk'], 'I Stare Miasto'));
    const [all, mine] = [await exported(anna()), await exported(halina)];
    const { items, total } = await searchPersons(halina, { perPage: 200 }, personsSeen);
    expect(mine).toHaveLength(total);
    expect(mine.length).toBeLessThan(all.length);
    expect(items.every(({ person }) => mine.some((line) => line.startsWith(`${person};`)))).toBe(true);
    expect(await lastEvent('person.pesel_export')).toMatchObject({ actor: 'halina.stare', details: { rows: mine.length } });
  });
});

describe('an export of everything', () => {
  const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-exchange-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  it('leaves the persons out for who may not see PESELs, says so, and gives the rest', async () => {
    await inFolder(async (folder) => {
      const told = await exportAll(as(SYSTEM), folder);
      expect(told.filter(({ withheld }) => withheld !== null)).toEqual([{ sheet: 'osoby', rows: 0, file: null, withheld: 'pesel.read' }]);
      expect(told.map(({ sheet }) => sheet)).toEqual(SHEETS.map(({ sheet }) => sheet.name));
      expect((await readdir(folder)).sort()).toEqual(SHEETS.map(({ sheet }) => `${sheet.name}.csv`).filter((name) => name !== 'osoby.csv').sort());
    });
  });

  it('writes the persons into a file that nobody else can read, and notes it once', async () => {
    await inFolder(async (folder) => {
      const { before } = await row<{ before: number }>(city.database.db, `select count(*)::int as before from audit_events where event = 'person.pesel_export'`);
      await exportAll(anna(), folder);
      expect((await stat(path.join(folder, 'osoby.csv'))).mode & 0o077).toBe(0);
      const { after } = await row<{ after: number }>(city.database.db, `select count(*)::int as after from audit_events where event = 'person.pesel_export'`);
      expect(after).toBe(before + 1);
    });
  });
});

describe('an import of persons', () => {
  it('needs person.write besides, whether the kind is said or recognised', async () => {
    const system = as(SYSTEM);
    await expect(startImport(system, input)).rejects.toMatchObject({ code: 'not_permitted', args: { permission: 'person.write' } });
    await expect(importFile(system, { ...input, sheet: null })).rejects.toMatchObject({ code: 'not_permitted', args: { permission: 'person.write' } });
    expect(await importFile(anna(), { ...input, sheet: null })).toMatchObject({ sheet: 'osoby', rejected: 1 });
    const { before } = await row<{ before: number }>(city.database.db, 'select count(*)::int as before from operations');
    await expect(importAll(system, path.resolve('seeds/samples'), { reason: 'test' })).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await row(city.database.db, 'select count(*)::int as before from operations')).toEqual({ before });
  });

  it('keeps its rejects sealed on the disk, bound to their file, and opens them for whoever sits at the terminal', async () => {
    const { rejectsFile } = await importFile(anna(), input);
    const file = rejectsFile ?? '';
    const kept = await readFile(file, 'utf8');
    expect(kept).not.toMatch(/4405|Nowak|pesel/);
    expect(await text(readRejects(anna().secrets, file))).toContain(`Z-1;Jan Nowak;${BAD}`);
    const other = (await importFile(anna(), { ...input, source: Buffer.from('kod_osoby;nazwa;pesel\nZ-2;Inny;1\n') })).rejectsFile ?? '';
    await writeFile(other, kept);
    await expect(text(readRejects(anna().secrets, other))).rejects.toMatchObject({ code: 'secret_unreadable' });
    const open = await unsealRejects(anna().secrets, file);
    expect(open).toMatch(/osoby-odrzucone\.csv$/);
    expect(await readFile(open, 'utf8')).toContain(BAD);
    expect((await stat(open)).mode & 0o077).toBe(0);
    await expect(stat(file)).rejects.toThrow(/ENOENT/);
    for (const made of [open, other]) await discardRejects(made);
  });

  it('gives the rejects to who imported and to who may see PESELs; each look is an event', async () => {
    const location = (await sent(FILE)).get('location') ?? '';
    await finished(city.as('anna.referent'), location);
    const address = `/imports/${location.split('/').at(-1) ?? ''}/rejects`;
    for (const code of ['anna.referent', 'dawid.referent']) {
      const answer = await city.as(code).get(address);
      expect(answer.text).toContain(BAD);
      expect(answer.get('content-disposition')).toMatch(/=osoby-odrzucone\.csv$/);
      expect(await lastEvent('import.rejects_read')).toMatchObject({ actor: code, targets: { operation: location.split('/').at(-1) } });
    }
    const rejects = (actor: Actor): Promise<unknown> => asking(city, actor)('GET /imports/:operation/rejects', { params: { operation: location.split('/').at(-1) ?? '' } });
    expect(await refusalOf(rejects(SYSTEM))).toMatchObject({ code: 'not_permitted', text: expect.stringContaining('pesel.read') as string });
    problemOf(await city.as('hanna.podgorze').get(address), 404, 'rejects_none');
    problemOf(await city.as('edyta.audytor').get(address), 403, 'not_permitted');
    const { told } = await row<{ told: string }>(city.database.owner, `select string_agg(o::text, ' ') as told from operations o`);
    expect(told).not.toContain(BAD);
    const { file } = await row<{ file: string }>(city.database.owner, `select result ->> 'rejectsFile' as file from operations where id = ?`, [location.split('/').at(-1) ?? '']);
    await discardRejects(file);
    problemOf(await city.as('anna.referent').get(address), 404, 'rejects_gone');
  });
});
