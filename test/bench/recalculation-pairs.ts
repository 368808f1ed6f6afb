/** A B A B …: run, then `COPY` of the rows it wrote, into the same table; medians and the ratio pair by pair. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { DEMO_TARIFF } from '../../src/demo/baseline.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { connect, openClient } from '../../src/platform/database/connect.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import { openInstance } from '../../src/platform/instance.ts';
import { startRun } from '../../src/rents/runs/commands.ts';
import { DRAFT_COLUMNS } from '../../src/rents/runs/draft-row.ts';
import { KEYS } from '../support/secrets.ts';
import { ANCHOR, median, round } from './city.ts';

const [, , url = '', ownerUrl = '', count = '5'] = process.argv;
const instance = await openInstance({ databaseUrl: url, databaseOwnerUrl: ownerUrl, dataDir: '', keys: KEYS });
const ctx = instance.context(personOf('anna.referent'));
const owner = connect(ownerUrl, { max: 1 });
const folder = mkdtempSync(path.join(tmpdir(), 'kamienica-bench-rows-'));
const file = path.join(folder, 'rows.tsv');

async function run(): Promise<{ seconds: number; runId: string; leases: number }> {
  const started = performance.now();
  const begun = await startRun(ctx, { tariff: DEMO_TARIFF, businessDate: ANCHOR, delivered: addDays(ANCHOR, 20), scope: { kind: 'all' } });
  const { leases } = await begun.finished;
  return { seconds: (performance.now() - started) / 1000, runId: begun.runId, leases };
}

/** Writes the run's rows to a file as they are, once. */
async function dump(runId: string): Promise<void> {
  const client = await openClient(url, 'bench dump');
  const rows = client.query(copyTo(`copy (select ${DRAFT_COLUMNS.join(', ')} from run_drafts where run_id = ${runId}) to stdout`));
  await pipeline(rows, createWriteStream(file));
  await client.end();
}

async function copy(): Promise<number> {
  const client = await openClient(url, 'bench copy');
  const started = performance.now();
  await client.query('begin');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), client.query(copyFrom(`copy run_drafts (${DRAFT_COLUMNS.join(', ')}) from stdin`)));
  await client.query('commit');
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  return seconds;
}

/** Both begin with the table as it was. */
async function clear(runId: string): Promise<void> {
  await owner.raw('delete from run_drafts where run_id = ?', [runId]);
  await owner.raw('vacuum run_drafts');
  await owner.raw('checkpoint').catch(() => undefined);
}

const warm = await run();
await dump(warm.runId);
await clear(warm.runId);
const pairs: { run: number; copy: number }[] = [];
for (let index = 0; index < Number(count); index += 1) {
  const drawn = await run();
  await clear(drawn.runId);
  const copied = await copy();
  await clear(warm.runId);
  pairs.push({ run: drawn.seconds, copy: copied });
  process.stderr.write(`# pair ${index + 1}: run ${round(drawn.seconds)} s, copy ${round(copied)} s\n`);
}
const result = {
  leases: warm.leases,
  seconds: round(median(pairs.map((pair) => pair.run))),
  copySeconds: round(median(pairs.map((pair) => pair.copy))),
  ratio: round(median(pairs.map((pair) => pair.run / pair.copy)), 2),
  peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(JSON.stringify(result));
rmSync(folder, { recursive: true, force: true });
await owner.destroy();
await instance.close();
