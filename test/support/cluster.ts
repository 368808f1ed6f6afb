/** One throw-away PostgreSQL for the whole test run, with a migrated, empty template database cloned per test file. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../src/platform/database/connect.ts';
import { discardEmbedded, startEmbedded } from '../../src/platform/database/embedded/index.ts';
import { migrate } from '../../src/platform/database/migrate.ts';

export const TEMPLATE = 'kamienica_template';

/** Starts the cluster (or uses TEST_DATABASE_URL) and hands its address to the test files. */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    await prepare(given);
    process.env['KAMIENICA_TEST_OWNER_URL'] = given;
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
  const maintenance = connect(url, { max: 1 });
  await maintenance.raw(`drop database if exists ${TEMPLATE} with (force)`);
  await maintenance.raw(`create database ${TEMPLATE}`);
  await maintenance.destroy();
  const template = connect(withDatabase(url, TEMPLATE), { max: 1 });
  await migrate(template);
  await template.destroy();
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
