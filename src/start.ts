/** Starts the service: database, migrations, law, demo, then serving. Stops cleanly on SIGINT and SIGTERM. */
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { isOpen, requireSignIn } from './config.ts';
import { sweepKept } from './exchange/index.ts';
import { DEFAULT_DWELLINGS } from './demo/index.ts';
import type { DemoOptions } from './demo/prepare.ts';
import { prepareDemo, wantsDemo } from './demo/prepare.ts';
import { beginCity } from './demo/source.ts';
import { personDoors } from './doors.ts';
import { openAccess } from './platform/access/index.ts';
import { SYSTEM } from './platform/access/people.ts';
import { markReal, refuseOverReal } from './platform/access/real-use.ts';
import { renewSubjects } from './platform/access/subjects.ts';
import { guardWarnings, trailGuard } from './platform/audit/guard.ts';
import { startSealer } from './platform/audit/sealer.ts';
import { systemClock } from './platform/clock.ts';
import { checkDatabase } from './platform/database/check.ts';
import { connect, openClient } from './platform/database/connect.ts';
import { isFounded } from './platform/database/embedded/index.ts';
import { migrate } from './platform/database/migrate.ts';
import type { Gate } from './platform/http/index.ts';
import { gate, listen, tuneServer } from './platform/http/index.ts';
import type { Instance } from './platform/instance.ts';
import { openInstance } from './platform/instance.ts';
import { readLawFolder } from './platform/law/files.ts';
import { reapOperations } from './platform/operations.ts';
import { describeError } from './platform/problems.ts';
import { registerKeys } from './platform/secrets/index.ts';
import { formatCount } from './platform/terminal.ts';
import { voidInterruptedRuns } from './rents/runs/decide.ts';
import { viewRun } from './rents/runs/read.ts';
import { summaryText } from './rents/runs/words.ts';
import { loadLaw } from './tariffs/commands.ts';
import { signInPages } from './web/sign-in-pages.tsx';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the law of the first city lies. */
export function lawFolder(): string {
  // Compiled, the program lies one folder deeper.
  return path.resolve(path.basename(ROOT) === 'dist' ? path.dirname(ROOT) : ROOT, 'seeds/law');
}

export type Tell = (line: string) => void;

/** Two who start on one database at once would trip over each other's migrations and make two cities. */
const START_LOCK = 7_240_004;

async function alone<T>(instance: Instance, tell: Tell, work: () => Promise<T>): Promise<T> {
  const guard = await openClient(instance.ownerUrl, 'kamienica start');
  try {
    const { rows: tried } = await guard.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [START_LOCK]);
    if (tried[0]?.mine !== true) {
      tell('Tę bazę przygotowuje właśnie inny proces. Czekam, aż skończy…');
      await guard.query('select pg_advisory_lock($1)', [START_LOCK]);
    }
    return await work();
  } finally {
    await guard.end();
  }
}

/** Brings schema and law up to date, voids what was interrupted, and does what else belongs to it, while no other process does so. */
export function prepareInstance(instance: Instance, tell: Tell, more: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  return alone(instance, tell, async () => {
    await bringUpToDate(instance, tell);
    await more();
  });
}

async function bringUpToDate(instance: Instance, tell: Tell): Promise<void> {
  const owner = connect(instance.ownerUrl, { max: 1 });
  try {
    const applied = await migrate(owner);
    if (applied.length > 0) tell(`Założono lub uzupełniono tabele: ${applied.join(', ')}.`);
  } finally {
    await owner.destroy();
  }
  await registerKeys(instance);
  await renewSubjects(instance.context(SYSTEM));
  const { added } = await loadLaw(instance.context(SYSTEM), readLawFolder(lawFolder()));
  const total = Object.values(added).reduce((sum, count) => sum + count, 0);
  if (total > 0) tell(`Wczytano prawo: ${formatCount(total)} wartości i źródeł.`);
  await sweepKept();
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
  requireSignIn(config);
  const door = gate();
  const server = tuneServer(createServer(door.listener));
  // The port first: whoever starts a second time learns it at once, before the database is touched.
  const port = await listen(server, config);
  try {
    const instance = await startInstance(config, tell);
    const access = openAccess(instance, config.access, `http://localhost:${port}`, personDoors(instance), signInPages(instance.clock));
    door.open(createApp(instance, config, access));
    const endSealer = startSealer(instance, (error) => tell(`Nie zapieczętowano dziennika zdarzeń: ${describeError(error).detail}`));
    tell(`Kamienica działa: http://localhost:${port}/  ·  interfejs: http://localhost:${port}/api/docs`);
    if (config.access.development && isOpen(config)) tell('Uwaga: logowanie próbne odpowiada też innym komputerom (HOST); każdy może tu wejść jako zmyślona osoba.');
    tell('Spróbuj: npm run cli -- runs   ·   npm run cli -- rent --help   ·   npm run cli -- help   (zatrzymanie: Ctrl+C)');
    return { instance, server, port, stop: () => stop(door, server, instance, [endSealer, () => access.close()]) };
  } catch (error) {
    server.closeAllConnections();
    server.close();
    throw error;
  }
}

async function startInstance(config: Config, tell: Tell): Promise<Instance> {
  if (config.databaseUrl !== null) await checkDatabase(config.databaseUrl, config.databaseOwnerUrl ?? config.databaseUrl);
  const demo = demoOf(config);
  // On the first start the city is made while the database is founded.
  const begun = demo !== null && config.databaseUrl === null && !(await isFounded(config.dataDir)) ? beginCity(demo) : undefined;
  try {
    const instance = await openInstance(config, tell);
    try {
      if (config.access.development) await refuseOverReal(instance.db, 'development_over_real');
      await prepareInstance(instance, tell, async () => {
        if (!config.access.development) await mark(instance, tell);
        if (demo === null || !(await wantsDemo(instance))) return;
        const run = await prepareDemo(instance, demo, tell, begun);
        if (run !== null) await tellSummary(instance, run, tell);
      });
      // Whoever gives a database to try things out on knows that everything in it is his.
      if (config.databaseUrl !== null && (config.production || config.databaseUrl !== config.databaseOwnerUrl)) for (const line of guardWarnings(await trailGuard(instance.db))) tell(line);
      return instance;
    } catch (error) {
      await instance.close();
      throw error;
    }
  } finally {
    await begun?.end();
  }
}

/** Beside a real provider the work is real, and so is the database from now on. */
async function mark(instance: Instance, tell: Tell): Promise<void> {
  const owner = connect(instance.ownerUrl, { max: 1 });
  try {
    if (await markReal(owner, instance.clock)) tell('Baza jest odtąd oznaczona: służy prawdziwej pracy. Logowanie próbne i opcja --as nie będą nad nią działać.');
  } finally {
    await owner.destroy();
  }
}

/** The demo city that is asked for; by default one in the embedded database, none in another. */
function demoOf(config: Config): DemoOptions | null {
  const demo = config.demo ?? (config.databaseUrl === null ? 'yes' : 'no');
  return demo === 'no' ? null : { seed: 1, dwellings: config.demoSize ?? DEFAULT_DWELLINGS, anchor: systemClock().today() };
}

async function tellSummary(instance: Instance, run: string, tell: Tell): Promise<void> {
  const { summary, tariff } = await viewRun(instance.context(SYSTEM), run);
  if (summary !== null) tell(`\nPrzeliczenie ${run} według taryfy ${tariff} (projekt):\n\n${summaryText(summary)}\n`);
}

const GRACE_MS = 10_000;
/** For what was answered to reach whoever asked. */
const LAST_MS = 500;

async function stop(door: Gate, server: Server, instance: Instance, endings: readonly (() => Promise<void>)[]): Promise<void> {
  await door.drain(GRACE_MS);
  await new Promise<void>((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), LAST_MS);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
  for (const end of endings) await end();
  await instance.close();
}
