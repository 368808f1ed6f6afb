/** A run end to end (read facts, compute, write drafts with their statements) beside `COPY` of the same finished rows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Instance } from '../../src/platform/instance.ts';
import { withCity } from './city.ts';

const SIZES: readonly { leases: number; pairs: number }[] = [
  { leases: 15_000, pairs: 5 },
  { leases: 150_000, pairs: 5 },
];

/** The pairs run in a process of their own with the same settings, so that its memory is that of the work. */
async function pairs(instance: Instance, count: number): Promise<object> {
  const script = fileURLToPath(new URL('./recalculation-pairs.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, instance.url, instance.ownerUrl, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`the pairs failed with ${code}`);
  return JSON.parse(text) as object;
}

export async function recalculationBench(print: (result: object) => void): Promise<void> {
  for (const { leases, pairs: count } of SIZES) {
    await withCity(leases, async (instance) => print(await pairs(instance, count)));
  }
}
