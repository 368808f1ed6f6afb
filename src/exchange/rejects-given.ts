/** The rejected rows of an import, for who may have them: as a file, and the first of them told. */
import { pipeline } from 'node:stream/promises';
import { require as requirePermission } from '../platform/access/roles.ts';
import { mayFollow } from '../platform/access/scope.ts';
import { auditRead } from '../platform/audit/reads.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { Download } from '../platform/http/index.ts';
import { findOperation } from '../platform/operations.ts';
import { areKept, areSealed, readRejects, rejectsName } from './rejects.ts';

/**
 * The file of rejected rows. With sensitive data it is for whoever sent the rows or may read such data, and given out as an event.
 * @throws DomainError `rejects_none`, `rejects_gone`, `not_permitted`
 */
export async function rejectsOf(ctx: Context, operationId: string): Promise<Download> {
  const operation = await findOperation(ctx.db, operationId);
  const result = operation?.kind === 'import' && mayFollow(ctx, operation) ? (operation.result as { rejectsFile?: string | null } | null) : null;
  const rejects = result?.rejectsFile ?? null;
  if (rejects === null) throw new DomainError('not found', 'rejects_none', { operation: operationId });
  if (!(await areKept(rejects))) throw new DomainError('not found', 'rejects_gone', { operation: operationId });
  if (areSealed(rejects)) {
    if (operation?.actor !== ctx.actor.code) requirePermission(ctx.actor, 'pesel.read');
    await auditRead(ctx, 'import.rejects_read', { operation: operationId });
  }
  return { fileName: rejectsName(rejects), type: 'text/csv; charset=utf-8', write: (sink) => pipeline(readRejects(ctx.secrets, rejects), sink, { end: false }) };
}
