/**
 * A run is one stream: chunks of dwellings are read by one snapshot, computed, and copied on a second connection. Whole or void.
 */
import { setImmediate as immediate } from 'node:timers/promises';
import type pg from 'pg';
import { CopyPieces } from '../../platform/database/copy-pieces.ts';
import { CopyRows } from '../../platform/database/copy-rows.ts';
import { clientQuery, preparedQuery } from '../../platform/database/query.ts';
import type { ArrayQuery } from '../../platform/database/query.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { AssembledLease, AssembledLeases, LeaseSet } from '../assemble.ts';
import { assemble, timelineOf } from '../assemble.ts';
import type { RunFrame } from '../rules/recalculate.ts';
import { recalculate } from '../rules/recalculate.ts';
import { DRAFT_COLUMNS, copyDraft, draftRow } from './draft-row.ts';
import type { KeptScope } from './scope.ts';
import { leasesOfScope } from './scope.ts';

/** Leases read at once: enough to keep all three processes busy, few enough for memory. */
const CHUNK = 500;
/** The first chunks are small: nothing can be computed before the first one is read. */
const FIRST_CHUNK = 60;

export interface DrawInputs {
  readonly runId: string;
  readonly frame: RunFrame;
  readonly lawChanges: readonly PlainDate[];
  /** First day of facts that matter: the oldest rent in force. */
  readonly windowFrom: PlainDate;
  readonly knownAt: Instant;
  readonly since: Instant;
}

/** The scope's leases that last beyond the day, in chunks of whole buildings. */
export async function chunksOf(reader: pg.Client, scope: KeptScope, knownAt: Instant, day: PlainDate): Promise<LeaseSet[]> {
  const chunks: LeaseSet[] = [];
  let open: { leases: string[]; dwellings: string[] } = { leases: [], dwellings: [] };
  let size = FIRST_CHUNK;
  // How many rows hold on a day is always guessed too low: a scope is looked up by hashing whole tables, whatever is guessed.
  await reader.query('set enable_nestloop = off');
  const buildings = await leasesOfScope(clientQuery(reader), scope, knownAt, day);
  await reader.query('reset enable_nestloop');
  for (const { leases, dwellings } of buildings) {
    open.leases.push(...leases);
    open.dwellings.push(...dwellings);
    if (open.leases.length < size) continue;
    chunks.push(open);
    open = { leases: [], dwellings: [] };
    size = Math.min(size * 2, CHUNK);
  }
  if (open.leases.length > 0) chunks.push(open);
  return chunks;
}

function readChunk(query: ArrayQuery, inputs: DrawInputs, chunk: LeaseSet): Promise<AssembledLeases> {
  return assemble(query, { ...chunk, window: { from: inputs.windowFrom, to: null }, knownAt: inputs.knownAt, since: inputs.since, day: inputs.frame.businessDate });
}

/** Chunks read ahead of the one that is computed: the reader never waits for the computation, nor it for the reader. */
const AHEAD = 1;

/** The chunks' leases in order, the next ones being read meanwhile. */
async function* assembledChunks(query: ArrayQuery, inputs: DrawInputs, chunks: readonly LeaseSet[]): AsyncGenerator<[chunk: LeaseSet, leases: AssembledLeases]> {
  const upcoming: Promise<AssembledLeases>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  for (let index = 0; index < chunks.length; index += 1) {
    for (const chunk of chunks.slice(index + upcoming.length, index + 1 + AHEAD)) {
      const read = last.then(() => readChunk(query, inputs, chunk));
      // Whoever waits for it hears of the error; it must not be missed when nobody does any more.
      read.catch(() => undefined);
      upcoming.push(read);
      last = read;
    }
    const [chunk, leases] = [chunks[index], upcoming.shift()];
    if (chunk && leases) yield [chunk, await leases];
  }
}

/** Reads, computes and copies all drafts; gives the number of leases. The caller holds the writer's transaction. */
export async function drawDrafts(reader: pg.Client, writer: pg.Client, inputs: DrawInputs, chunks: readonly LeaseSet[], progress: (done: number, total: number) => void): Promise<number> {
  const query = preparedQuery(reader);
  const total = chunks.reduce((sum, { leases }) => sum + leases.length, 0);
  const sink = new CopyPieces(writer, `copy run_drafts (${DRAFT_COLUMNS.join(', ')}) from stdin`);
  let leases = 0;
  let done = 0;
  try {
    for await (const [chunk, assembled] of assembledChunks(query, inputs, chunks)) {
      for (const rows of batches(inputs, assembled)) {
        await sink.write(rows);
        // The reader's next answer is taken and its next query sent while this chunk is computed.
        await immediate();
      }
      leases += assembled.length;
      done += chunk.leases.length;
      progress(done, total);
    }
    await sink.finish();
  } catch (error) {
    sink.destroy();
    throw error;
  }
  return leases;
}

/** Leases whose rows are handed over at once. */
const BATCH = 25;

/** The rows of the leases, a batch at a time. */
function* batches(inputs: DrawInputs, assembled: AssembledLeases): Generator<Buffer> {
  const rows = new CopyRows();
  const batch: AssembledLease[] = [];
  for (const lease of assembled) {
    if (batch.push(lease) < BATCH) continue;
    drawBatch(inputs, batch.splice(0), rows);
    yield rows.take();
  }
  drawBatch(inputs, batch, rows);
  if (rows.length > 0) yield rows.take();
}

/** Computes and writes the drafts of some leases, step by step for all of them: code that has just run runs faster. */
function drawBatch(inputs: DrawInputs, batch: readonly AssembledLease[], into: CopyRows): void {
  const { runId, frame, lawChanges, knownAt } = inputs;
  const steps = batch.map((lease) => recalculate(frame, timelineOf(lease, lawChanges)));
  const drafts = batch.flatMap((lease, place) => (steps[place] ?? []).map((step, index) => draftRow(runId, knownAt, lease, step, index)));
  for (const draft of drafts) copyDraft(into, draft);
}
