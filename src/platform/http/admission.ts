/** Who asks, whether they ask too often, whether they may; what is refused goes into the audit trail where it matters. */
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { require } from '../access/roles.ts';
import { noteRefusal, notingRefusals } from '../audit/refusals.ts';
import type { Context } from '../context.ts';
import type { Instance } from '../instance.ts';
import type { Identify, Told } from './identify.ts';
import { limitPerson } from './rate-limits.ts';
import type { Attempted } from './refused.ts';
import { attemptOf } from './refused.ts';
import { loggedError, traceOf } from './trace.ts';

export interface AdmissionSettings {
  readonly instance: Pick<Instance, 'context'>;
  readonly identify: Identify;
}

/** Notes a refusal that is told without being thrown. */
type NoteRefused = (error: unknown) => Promise<void>;

/**
 * Works for whoever asks, if they may. Before anything is read: who may not learns nothing of what would have been wrong.
 * @throws HttpProblem 401, 429, DomainError `not_permitted`, and whatever the work throws
 */
export async function admitted<T>(req: Request, res: Response, wanted: Attempted, settings: AdmissionSettings, work: (ctx: Context, log: Logger, note: NoteRefused) => Promise<T>, told: Told = {}): Promise<T> {
  const { requestId, log } = traceOf(req);
  const actor = await settings.identify(req, told);
  await limitPerson(req, res, actor);
  const ctx = settings.instance.context(actor, requestId);
  const unnoted = (error: unknown): void => log.error({ error: loggedError(error) }, 'a refusal was not noted');
  return notingRefusals(ctx, () => attemptOf(wanted, req.params), unnoted, () => {
    require(actor, wanted.permission);
    return work(ctx, log, (error) => noteRefusal(ctx, attemptOf(wanted, req.params), unnoted, error));
  });
}
