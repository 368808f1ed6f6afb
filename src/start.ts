/** Starts the service: database, migrations, law, demo, then serving. Stops cleanly on SIGINT and SIGTERM. */
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { DEFAULT_DWELLINGS } from './demo/index.ts';
import { prepareDemo, wantsDemo } from './demo/prepare.ts';
import { SYSTEM } from './platform/actors.ts';
import { checkDatabase } from './platform/database/check.ts';
import { connect, row } from './platform/database/connect.ts';
import { migrate } from './platform/database/migrate.ts';
import { tuneServer } from './platform/http/index.ts';
import type { Instance } from './platform/instance.ts';
import { openInstance } from './platform/instance.ts';
import { readLawFolder } from './platform/law/files.ts';
import { reapOperations } from './platform/operations.ts';
import { formatCount } from './platform/terminal.ts';
import { voidInterruptedRuns } from './rents/runs/decide.ts';
import type { RunSummary } from './rents/runs/store.ts';
import { summaryText } from './rents/runs/words.ts';
import { loadLaw } from './tariffs/commands.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the law of the first city lies. */
export function lawFolder(): string {
  // Compiled, the program lies one folder deeper.
  return path.resolve(path.basename(ROOT) === 'dist' ? path.dirname(ROOT) : ROOT, 'seeds/law');
}

export type Tell = (line: string) => void;

/** Brings schema and law up to date, and voids what was interrupted. */
export async function prepareInstance(instance: Instance, tell: Tell): Promise<void> {
  const owner = connect(instance.ownerUrl, { max: 1 });
  try {
    const applied = await migrate(owner);
    if (applied.length > 0) tell(`Założono lub uzupełniono tabele: ${applied.join(', ')}.`);
  } finally {
    await owner.destroy();
  }
  const { added } = await loadLaw(instance.context(SYSTEM), readLawFolder(lawFolder()));
  const total = Object.values(added).reduce((sum, count) => sum + count, 0);
  if (total > 0) tell(`Wczytano prawo: ${formatCount(total)} wartości i źródeł.`);
  const dead = await reapOperations(instance);
  const runs = await voidInterruptedRuns(instance);
  if (dead.length > 0) tell(`Przerwane wcześniej zadania (${dead.length}) oznaczono jako nieważne${runs > 0 ? `, w tym przeliczenia: ${runs}` : ''}.`);
}

export interface Started {
  readonly instance: Instance;
  readonly server: Server;
  readonly port: number;
  stop(): Promise<void>;
}

/** The whole start; resolves when the service listens and the demo is there. */
export async function start(config: Config, tell: Tell): Promise<Started> {
  // Whoever starts a second time learns it at once, before the database is touched.
  if (config.port !== 0) await portIsFree(config.port);
  if (config.databaseUrl !== null) await checkDatabase(config.databaseUrl, config.databaseOwnerUrl ?? config.databaseUrl);
  const instance = await openInstance(config, tell);
  try {
    await prepareInstance(instance, tell);
    const demo = config.demo ?? (config.databaseUrl === null ? 'yes' : 'no');
    if (demo === 'yes' && (await wantsDemo(instance))) {
      const run = await prepareDemo(instance, { seed: 1, dwellings: config.demoSize ?? DEFAULT_DWELLINGS, anchor: instance.clock.today() }, tell);
      if (run !== null) await tellSummary(instance, run, tell);
    }
    const server = tuneServer(createServer(createApp(instance, config)));
    const port = await listen(server, config.port);
    tell(`Kamienica działa: http://localhost:${port}/  ·  interfejs: http://localhost:${port}/api/docs`);
    tell('Spróbuj: npm run cli -- runs   ·   npm run cli -- rent --help   ·   npm run cli -- help   (zatrzymanie: Ctrl+C)');
    return { instance, server, port, stop: () => stop(server, instance) };
  } catch (error) {
    await instance.close();
    throw error;
  }
}

async function tellSummary(instance: Instance, run: string, tell: Tell): Promise<void> {
  const { summary, tariff } = await row<{ summary: RunSummary; tariff: string }>(instance.db, 'select summary, tariff from runs where id = ?', [run]);
  tell(`\nPrzeliczenie ${run} według taryfy ${tariff} (projekt):\n\n${summaryText(summary)}\n`);
}

async function portIsFree(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

const GRACE_MS = 10_000;

async function stop(server: Server, instance: Instance): Promise<void> {
  await new Promise<void>((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
  await instance.close();
}
