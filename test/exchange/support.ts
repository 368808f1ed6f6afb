/** A database of its own with the law of Kraków, imports from text, and looks at what is in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { giveIdentities } from '../../src/demo/identities.ts';
import { copyCity, generateCity, sourceOf } from '../../src/demo/index.ts';
import type { ImportInput, ImportReport } from '../../src/exchange/index.ts';
import { discardRejects, importFile, readRejects } from '../../src/exchange/index.ts';
import { SYSTEM, personOf } from '../../src/platform/access/people.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Context } from '../../src/platform/context.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { readLawFolder } from '../../src/platform/law/files.ts';
import { LawShelf } from '../../src/platform/law/store.ts';
import { loadLaw } from '../../src/tariffs/commands.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { SECRETS } from '../support/secrets.ts';

export interface Place {
  readonly database: TestDatabase;
  readonly ctx: Context;
  close(): Promise<void>;
}

const DEMO_DAY = parsePlainDate('2026-05-20');

/** With `dwellings` a demo city of about that size, else empty but for the law. */
export async function place(dwellings: number | null = null): Promise<Place> {
  const database = await cloneDatabase();
  if (dwellings !== null) await copyCity(database.ownerUrl, sourceOf(generateCity({ seed: 7, dwellings, anchor: DEMO_DAY })));
  const ctx: Context = { db: database.db, databaseUrl: database.url, clock: systemClock(), actor: personOf('anna.referent'), requestId: null, law: new LawShelf(), secrets: SECRETS };
  if (dwellings !== null) await giveIdentities(ctx, { seed: 7, anchor: DEMO_DAY });
  await loadLaw({ ...ctx, actor: SYSTEM }, readLawFolder(path.resolve('seeds/law')));
  return { database, ctx, close: () => database.drop() };
}

/** A report, and its rejected rows as lines of text. */
export interface Imported extends ImportReport {
  readonly rejects: readonly string[];
}

/** Imports rows given as lines, header first, cells parted by semicolons. */
export async function importLines({ ctx }: Place, sheet: string, lines: readonly string[], changes: Partial<ImportInput> = {}): Promise<Imported> {
  const source = Buffer.from(`${lines.join('\n')}\n`);
  const report = await importFile(ctx, { sheet, source, fileName: `${sheet}.csv`, reason: 'test importu', dryRun: false, ...changes });
  if (report.rejectsFile === null) return { ...report, rejects: [] };
  const rejects = await text(readRejects(ctx.secrets, report.rejectsFile));
  await discardRejects(report.rejectsFile);
  return { ...report, rejects: rejects.replace('\ufeff', '').trimEnd().split('\r\n').slice(1) };
}

/** The counts of a report in one line. */
export function told({ rows: all, added, changed, corrected, unchanged, duplicates, rejected, warnings }: ImportReport): string {
  const counts = { added, changed, corrected, unchanged, duplicates, rejected, warnings };
  return [`rows ${all}`, ...Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`)].join(', ');
}

const TABLES = [
  'changes', 'audit_events', 'buildings', 'staircases', 'dwellings', 'building_details', 'dwelling_details', 'building_options', 'building_measures',
  'staircase_options', 'staircase_measures', 'dwelling_options', 'dwelling_measures', 'room_parts', 'building_traffic', 'dwelling_businesses',
  'technical_findings', 'auxiliary_rooms', 'auxiliary_room_areas', 'auxiliary_room_users', 'persons', 'leases', 'lease_terms', 'lease_bases',
  'lease_rooms', 'lease_parties', 'lease_holds', 'rents', 'rent_periods',
] as const;

/** Every row of every table that an import may write, as one text; `changes` and audit apart where the import is to leave none. */
export async function everything({ database }: Place): Promise<Record<string, string>> {
  const found = await rows<Record<string, string>>(
    database.owner,
    `select ${TABLES.map((table) => `(select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, ',' order by t::text collate "C")), '') from ${table} t) as ${table}`).join(', ')}`,
  );
  return found[0] ?? {};
}

/** A folder that is taken away afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-exchange-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
