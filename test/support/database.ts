/** A database of its own for one test file, cloned from the template. */
import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/platform/database/connect.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { TEMPLATE, dropDatabase, withDatabase } from './cluster.ts';

export interface TestDatabase {
  readonly ownerUrl: string;
  /** The application's own role, which can neither alter facts nor audit; the owner's on a server without it. */
  readonly url: string;
  readonly owner: Database;
  readonly db: Database;
  drop(): Promise<void>;
}

function setting(name: string): string | undefined {
  return process.env[name];
}

/** Clones `template` (the empty migrated one by default). */
export async function cloneDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const ownerUrl = setting('KAMIENICA_TEST_OWNER_URL');
  if (ownerUrl === undefined) throw new Error('the test cluster did not start');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const maintenance = connect(ownerUrl, { max: 1 });
  await maintenance.raw(`create database ${name} template ${template} strategy file_copy`);
  await maintenance.destroy();
  const owner = connect(withDatabase(ownerUrl, name), { max: 2 });
  const url = withDatabase(setting('KAMIENICA_TEST_APP_URL') ?? ownerUrl, name);
  const db = connect(url, { max: 8 });
  return {
    ownerUrl: withDatabase(ownerUrl, name),
    url,
    owner,
    db,
    async drop() {
      await db.destroy();
      await owner.destroy();
      await dropDatabase(ownerUrl, name);
    },
  };
}
