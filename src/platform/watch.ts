/** What the service shows of its database to whoever watches over it. */
import type { Database } from './database/connect.ts';
import { rows } from './database/connect.ts';
import { missingMigrations } from './database/migrate.ts';
import type { GaugeSource, Probe } from './http/index.ts';
import { PROBE_MS, probeOf } from './http/health.ts';
import { timely } from './http/timely.ts';

/** Ready when the database answers within a second and has the schema that this program needs. */
export function databaseProbe(db: Database): Probe {
  return probeOf(async () => {
    try {
      return (await missingMigrations(db)).length === 0 ? null : 'not_migrated';
    } catch (error) {
      // No such table: nobody ever migrated.
      if (error instanceof Error && 'code' in error && error.code === '42P01') return 'not_migrated';
      throw error;
    }
  });
}

/** Connections of the pool, and long work that runs, by its kind. */
export function databaseGauges(db: Database): readonly GaugeSource[] {
  return [
    { name: 'kamienica_pool_connections', help: 'Connections of the pool by state; waiting are requests for one.', label: 'state', read: () => Promise.resolve(poolUse(db)) },
    { name: 'kamienica_operations_running', help: 'Long operations that say they run.', label: 'kind', read: timely(() => runningOperations(db), PROBE_MS) },
  ];
}

function poolUse(db: Database): Record<string, number> {
  // knex leaves its pool untyped; these three are the documented counters of tarn, its pool.
  const { pool } = db.client as { pool?: { numUsed(): number; numFree(): number; numPendingAcquires(): number } };
  return pool === undefined ? {} : { used: pool.numUsed(), free: pool.numFree(), waiting: pool.numPendingAcquires() };
}

async function runningOperations(db: Database): Promise<Record<string, number>> {
  const found = await rows<{ kind: string; running: number }>(db, `select kind, count(*)::int as running from operations where state = 'running' group by kind`);
  return Object.fromEntries(found.map(({ kind, running }) => [kind, running]));
}
