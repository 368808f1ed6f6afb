/** Migrations, forward only, stored without a file extension so that `.ts` and `.js` agree. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import type { Database } from './connect.ts';
import { rows } from './connect.ts';

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../migrations');
const NAME = /^(\d{4}_[a-z0-9_]+)\.(ts|js)$/;

const source: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve([...new Set(readdirSync(FOLDER).flatMap((file) => NAME.exec(file)?.[1] ?? []))].sort()),
  getMigrationName: (name) => name,
  getMigration: async (name) => {
    const file = readdirSync(FOLDER).find((candidate) => NAME.exec(candidate)?.[1] === name);
    const module = (await import(pathToFileURL(path.join(FOLDER, file ?? name)).href)) as { up: (knex: Knex) => Promise<void> };
    return { up: module.up, down: () => Promise.reject(new Error('migrations go forward only')) };
  },
};

/** Brings the schema up to date with the owner's connection; gives the names of what was applied. One process at a time. */
export async function migrate(owner: Database): Promise<string[]> {
  // Whoever was killed while migrating left its lock behind.
  await owner.migrate.forceFreeMigrationsLock({ migrationSource: source });
  const [, applied] = (await owner.migrate.latest({ migrationSource: source })) as [number, string[]];
  // So that the application can tell whether the schema is the one it needs.
  await owner.raw('grant select on knex_migrations to public');
  return applied;
}

/** Names of migrations that the database lacks; any connection may ask. */
export async function missingMigrations(db: Database): Promise<string[]> {
  const done = new Set((await rows<{ name: string }>(db, 'select name from knex_migrations')).map(({ name }) => name));
  return (await source.getMigrations([])).filter((name) => !done.has(name));
}

/** Whether every migration has been applied. */
export async function isMigrated(owner: Database): Promise<boolean> {
  const [, pending] = (await owner.migrate.list({ migrationSource: source })) as [unknown[], unknown[]];
  return pending.length === 0;
}
