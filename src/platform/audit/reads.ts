/** Reads of sensitive data are events too. */
import type { Context } from '../context.ts';
import type { AuditEvent } from './events.ts';
import { audit } from './events.ts';

/**
 * Notes a read, in a short transaction of its own: for handlers of questions, which write nothing else. Call it before the answer is
 * given, with what was really found: what nobody saw was not read, and what cannot be noted is not shown.
 */
export async function auditRead(ctx: Context, event: string, targets: AuditEvent['targets'], details: AuditEvent['details'] = {}): Promise<void> {
  await ctx.db.transaction((trx) => audit(trx, ctx, { event, targets, details }));
}
