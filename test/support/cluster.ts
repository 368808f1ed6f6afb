/** One throw-away PostgreSQL for the whole test run, with a migrated, empty template database cloned per test file. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeBaseline } from '../../src/demo/baseline.ts';
import { giveIdentities } from '../../src/demo/identities.ts';
import { copyCity, generateCity, sourceOf } from '../../src/demo/index.ts';
import { SYSTEM } from '../../src/platform/access/people.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { movableClock } from '../../src/platform/clock.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { discardEmbedded, startEmbedded } from '../../src/platform/database/embedded/index.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { atHour } from '../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { openInstance } from '../../src/platform/instance.ts';
import { readLawFolder } from '../../src/platform/law/files.ts';
import { lawFolder } from '../../src/start.ts';
import { KEYS } from './secrets.ts';
import { loadLaw } from '../../src/tariffs/commands.ts';

/** Migrated and empty. */
export const TEMPLATE = 'kamienica_template';
/** The small city. */
export const CITY = 'kamienica_city';
/** The day on which the small city stands. */
export const CITY_DAY = parsePlainDate('2026-11-21');

/** Starts the cluster (or uses TEST_DATABASE_URL) and hands its address to the test files. */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    await prepare(given);
    process.env['KAMIENICA_TEST_OWNER_URL'] = given;
    process.env['KAMIENICA_TEST_APP_URL'] = await applicationRole(given);
    return () => Promise.resolve();
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kamienica-test-'));
  // Readable for the unprivileged user that the server runs as, so that the data can lie here too.
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, database: 'kamienica', durable: false });
  await prepare(server.ownerUrl);
  process.env['KAMIENICA_TEST_OWNER_URL'] = server.ownerUrl;
  process.env['KAMIENICA_TEST_APP_URL'] = server.appUrl;
  return async () => {
    await server.stop();
    await discardEmbedded(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function prepare(url: string): Promise<void> {
  await dropDatabase(url, TEMPLATE);
  await maintain(url, `create database ${TEMPLATE}`);
  const template = connect(withDatabase(url, TEMPLATE), { max: 1 });
  await migrate(template);
  await template.destroy();
  await dropDatabase(url, CITY);
  await maintain(url, `create database ${CITY} template ${TEMPLATE}`);
  await makeCity(withDatabase(url, CITY));
}

/** The serving role beside the owner's, as the embedded server has it: it owns nothing. */
async function applicationRole(url: string): Promise<string> {
  const password = randomBytes(12).toString('hex');
  await maintain(url, 'drop role if exists kamienica_test_app', `create role kamienica_test_app login password '${password}'`);
  const address = new URL(url);
  address.username = 'kamienica_test_app';
  address.password = password;
  return address.toString();
}

async function maintain(url: string, ...statements: readonly string[]): Promise<void> {
  const maintenance = connect(url, { max: 1 });
  for (const statement of statements) await maintenance.raw(statement);
  await maintenance.destroy();
}

/** How long a session may take to end after it was told to, in ms. */
const ENDING = 5_000;

/**
 * Drops a database of the tests. @throws Error when a test left a session open in it, which is said with what the session is: nobody
 * but the server's own workers is sent away.
 */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const door = connect(url, { max: 1 });
  try {
    await noSessionLeft(door, name);
    // An autovacuum worker may be in it: a plain drop asks it to go and waits for a while.
    for (let turn = 1; ; turn += 1) {
      try {
        await door.raw(`drop database if exists ${name}`);
        return;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === IN_USE) || turn === DROPS) throw error;
      }
    }
  } finally {
    await door.destroy();
  }
}

const IN_USE = '55006';
const DROPS = 5;

async function noSessionLeft(door: Database, name: string): Promise<void> {
  const until = Date.now() + ENDING;
  for (;;) {
    const { rows } = await door.raw<{ rows: object[] }>(
      // The server's own workers are nobody's; of another role's session no more than its name may be seen.
      `select usename, application_name, state, left(query, 200) as query from pg_stat_activity where datname = ? and usesysid is not null`,
      [name],
    );
    if (rows.length === 0) return;
    if (Date.now() > until) throw new Error(`${name}: sessions were left open: ${JSON.stringify(rows)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The small city of most tests: law, 150 dwellings let, three approved runs. All of it was recorded before its day begins, whenever the tests run. */
async function makeCity(url: string): Promise<void> {
  const instance = await openInstance({ databaseUrl: url, databaseOwnerUrl: url, dataDir: '', keys: KEYS }, undefined, movableClock(atHour(CITY_DAY, 6)));
  await loadLaw(instance.context(SYSTEM), readLawFolder(lawFolder()));
  await copyCity(url, sourceOf(generateCity({ seed: 7, dwellings: 150, anchor: CITY_DAY })));
  await giveIdentities(instance.context(SYSTEM), { seed: 7, anchor: CITY_DAY });
  await makeBaseline(instance, CITY_DAY, 0, () => undefined);
  await instance.close();
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
