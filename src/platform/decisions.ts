/**
 * Drafts and their approval: who prepared, who decided. The database forbids that one person does both (`decision_hands_two_parts`),
 * that two decide (`decision_hands_two_decide`), that nobody does (`decisions_decided_by_nobody`, `decisions_without_deciding_hand`) and
 * that what was decided becomes something else (`decisions_made_anew`).
 */
import type { Context } from './context.ts';
import type { Queryable } from './database/connect.ts';
import { row, rows } from './database/connect.ts';
import { DomainError } from './errors.ts';

export type DecisionState = 'drafting' | 'draft' | 'approved' | 'rejected' | 'void';

/** Opens a decision that the actor prepares. @throws DomainError `not_for_machines` */
export async function openDecision(trx: Queryable, ctx: Context, kind: string): Promise<string> {
  const { id } = await row<{ id: string }>(
    trx,
    `insert into decisions (kind, state, created_at) values (?, 'drafting', ?) returning id`,
    [kind, ctx.clock.now()],
  );
  await prepareDecision(trx, ctx, id);
  return id;
}

/** Notes that the actor had a hand in preparing. @throws DomainError `not_for_machines`; when the actor decided it already */
export async function prepareDecision(trx: Queryable, ctx: Context, id: string): Promise<void> {
  // Whoever runs a machine would have two pairs of eyes.
  if (ctx.actor.by === 'machine') throw new DomainError('forbidden', 'not_for_machines');
  await trx.raw(
    `insert into decision_hands (decision_id, actor, part, at) values (?, ?, 'prepared', ?) on conflict (decision_id, actor) do nothing`,
    [id, ctx.actor.code, ctx.clock.now()],
  );
}

/** Locks the decision for the transaction and gives its state. @throws DomainError `not_found` */
export async function lockDecision(trx: Queryable, id: string): Promise<DecisionState> {
  const [found] = await rows<{ state: DecisionState }>(trx, 'select state from decisions where id = ? for update', [id]);
  if (!found) throw new DomainError('not found', 'decision_not_found', { id });
  return found.state;
}

/**
 * Decides a draft; of two who decide at once the second waits and is then told.
 * @throws DomainError `decision_not_draft`, `decision_own` (four eyes)
 */
export async function decide(trx: Queryable, ctx: Context, id: string, state: 'approved' | 'rejected', reason: string | null): Promise<void> {
  const before = await lockDecision(trx, id);
  if (before !== 'draft') throw new DomainError('conflict', 'decision_not_draft', { state: before, by: (await decidedBy(trx, id)) ?? '' });
  const [hand] = await rows<{ part: string }>(trx, 'select part from decision_hands where decision_id = ? and actor = ?', [id, ctx.actor.code]);
  if (hand) throw new DomainError('forbidden', 'decision_own', { actor: ctx.actor.code });
  const at = ctx.clock.now();
  await trx('decision_hands').insert({ decision_id: id, actor: ctx.actor.code, part: 'decided', at });
  await trx('decisions').where({ id }).update({ state, state_reason: reason, decided_at: at, decided_by: ctx.actor.code });
}

async function decidedBy(trx: Queryable, id: string): Promise<string | null> {
  const [found] = await rows<{ actor: string }>(trx, `select actor from decision_hands where decision_id = ? and part = 'decided'`, [id]);
  return found?.actor ?? null;
}
