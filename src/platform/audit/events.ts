/** One event a command, in its transaction. What seals them stands in seal.ts; search comes with access control. */
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';

/** Ids and codes only: no names, no personal data. */
export interface AuditEvent {
  readonly event: string;
  readonly targets: Readonly<Record<string, string | number>>;
  readonly details?: Readonly<Record<string, unknown>>;
}

export async function audit(trx: Queryable, ctx: Context, event: AuditEvent): Promise<void> {
  await trx('audit_events').insert({
    at: ctx.clock.now(),
    actor: ctx.actor.code,
    event: event.event,
    request_id: ctx.requestId,
    targets: JSON.stringify(event.targets),
    details: JSON.stringify(event.details ?? {}),
  });
}
