/** A change: who made it, when, of what kind and why. Every row with two times names the change that brought it. */
import type { Queryable } from './database/connect.ts';
import { row } from './database/connect.ts';
import type { Instant } from './dates/instants.ts';

/** Notes a change and gives its id. */
export async function noteChange(trx: Queryable, change: { at: Instant; actor: string; kind: string; reason: string }): Promise<string> {
  const { id } = await row<{ id: string }>(
    trx,
    'insert into changes (recorded_at, actor, kind, reason) values (?, ?, ?, ?) returning id',
    [change.at, change.actor, change.kind, change.reason],
  );
  return id;
}

/** Why the change was made, in the words of whoever made it. */
export async function reasonOf(trx: Queryable, change: string): Promise<string> {
  const { reason } = await row<{ reason: string }>(trx, 'select reason from changes where id = ?', [change]);
  return reason;
}
