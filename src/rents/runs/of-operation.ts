/** The run that an operation draws. */
import type { Reader } from '../../platform/access/scope.ts';
import { scopeOf } from '../../platform/access/scope.ts';
import { rows } from '../../platform/database/connect.ts';
import { runBindings, runsFor } from './visible.ts';

/** Number of the run, or null where there is none that the reader may see. */
export async function runOfOperation(reader: Reader, operation: string): Promise<string | null> {
  const scope = scopeOf(reader);
  const [found] = await rows<{ run: string }>(reader.db, `select r.id as run from ${runsFor(scope)} where r.operation_id = :operation`, { ...runBindings(scope, reader), operation });
  return found?.run ?? null;
}
