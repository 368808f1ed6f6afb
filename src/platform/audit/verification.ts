/** The trail looked at on demand, in the background: what was found is an event, and the operation keeps it for whoever asks. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { row } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import type { OperationView } from '../operations.ts';
import { beginOperation, latestOperations, reapOperations, runOperation } from '../operations.ts';
import { describeError } from '../problems.ts';
import { audit } from './events.ts';
import { requireTrail } from './scope.ts';
import type { AuditCheck } from './verify.ts';
import { verifyAudit } from './verify.ts';

const KIND = 'audit_verification';

/** Faults that are named; the rest are counted. */
export const NAMED_FAULTS = 20;

export const verificationInput = z.strictObject({ head: z.string().trim().max(200).optional() });

/** A slip of the pen must not look like a broken trail. @throws DomainError `audit_head_form` */
export function notedHead(text: string): string {
  const head = text.trim().toLowerCase();
  const args = { head: text.trim().slice(0, 80) };
  if (!/^[0-9a-f]{64}$/.test(head)) throw new DomainError('invalid', 'audit_head_form', args, [{ field: 'head', code: 'audit_head_form', args }]);
  return head;
}

const verification = z.object({
  /** Nothing was found wrong, and the noted head, where one was given, is a link. */
  sound: z.boolean(),
  sealed: z.number(),
  waiting: z.number(),
  /** Hash of the last link, hexadecimal; empty for an empty chain. */
  head: z.string(),
  headKnown: z.boolean().nullable(),
  /** How many faults there are; the first of them are named. */
  faultCount: z.number(),
  faults: z.array(z.object({ fault: z.enum(['missing', 'altered', 'seal_missing', 'checkpoint', 'contradicted']), id: z.string(), to: z.string().optional() })),
});

/** What a look at the chain found. */
export type Verification = z.output<typeof verification>;

/** Notes what the check found (`audit.verify`), for whoever asks later when the trail was last looked at. */
export async function noteVerification(ctx: Context, { sealed, waiting, head, headKnown, place, faults, faultCount }: AuditCheck): Promise<Verification> {
  const broken = faultCount + (headKnown === false ? 1 : 0);
  const named = faults.slice(0, NAMED_FAULTS);
  const words = named.map(({ fault, id, to }) => [fault, id, ...(to === undefined ? [] : [to])].join(' '));
  const details = { sound: broken === 0, sealed, waiting, faults: broken, head, place, named: words };
  await ctx.db.transaction((trx) => audit(trx, ctx, { event: 'audit.verify', targets: { trail: 'audit' }, details }));
  return { sound: broken === 0, sealed, waiting, head, headKnown, faultCount, faults: [...named] };
}

/** Begins to look at the chain. `head` is a hash noted earlier. @throws DomainError `audit_needs_whole_city`, `audit_head_form` */
export async function startVerification(ctx: Context, input: z.input<typeof verificationInput>): Promise<{ readonly operation: string; readonly finished: Promise<Verification> }> {
  requireTrail(ctx);
  const given = verificationInput.parse(input).head;
  const head = given === undefined || given === '' ? null : notedHead(given);
  const begun = await beginOperation(ctx, KIND, 'Sprawdzenie dziennika zdarzeń');
  const finished = runOperation(ctx, begun, async (operation) => {
    const { links } = await row<{ links: number }>(ctx.db, 'select count(*)::int as links from audit_seals');
    return noteVerification(ctx, await verifyAudit(ctx.db, head, (done) => operation.progress(done, Math.max(done, links))));
  }, describeError);
  // Whoever asked may not wait; the operation keeps what went wrong.
  finished.catch(() => undefined);
  return { operation: begun.id, finished };
}

export interface LatestVerification {
  readonly operation: OperationView;
  /** Null until it is done. */
  readonly found: Verification | null;
}

/** The last look that was begun here, whoever began it; null before the first. @throws DomainError `audit_needs_whole_city` */
export async function latestVerification(ctx: Context): Promise<LatestVerification | null> {
  requireTrail(ctx);
  // One whose process died says so.
  await reapOperations(ctx);
  const [operation] = await latestOperations(ctx.db, KIND, { actor: null, limit: 1 });
  if (operation === undefined) return null;
  return { operation, found: operation.state === 'done' ? verification.parse(operation.result) : null };
}
