/** A throw-away server with a city of the wanted size, its law and its baseline of rents. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeBaseline } from '../../src/demo/baseline.ts';
import { copyCity, generateCity, sourceOf } from '../../src/demo/index.ts';
import { SYSTEM } from '../../src/platform/access/people.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { discardEmbedded } from '../../src/platform/database/embedded/index.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import type { Instance } from '../../src/platform/instance.ts';
import { openInstance } from '../../src/platform/instance.ts';
import { readLawFolder } from '../../src/platform/law/files.ts';
import { lawFolder } from '../../src/start.ts';
import { loadLaw } from '../../src/tariffs/commands.ts';

export const ANCHOR = parsePlainDate('2026-11-21');

const say = (line: string): void => {
  process.stderr.write(`# ${line}\n`);
};

/** Makes the city, works on it, throws it away. */
export async function withCity(dwellings: number, work: (instance: Instance) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kamienica-bench-'));
  chmodSync(dataDir, 0o755);
  const instance = await openInstance({ databaseUrl: null, databaseOwnerUrl: null, dataDir, keys: null });
  try {
    const owner = connect(instance.ownerUrl, { max: 1 });
    await migrate(owner);
    await owner.destroy();
    await loadLaw(instance.context(SYSTEM), readLawFolder(lawFolder()));
    say(`city of ${dwellings} dwellings let`);
    await copyCity(instance.ownerUrl, sourceOf(generateCity({ seed: 1, dwellings, anchor: ANCHOR })));
    await makeBaseline(instance, ANCHOR, 0, say);
    await work(instance);
  } finally {
    await instance.close();
    await discardEmbedded(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Rounded for printing. */
export function round(value: number, places = 3): number {
  return Number(value.toFixed(places));
}
