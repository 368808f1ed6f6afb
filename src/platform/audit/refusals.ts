/**
 * Attempts that were refused and matter: without the permission, by four eyes, after somebody faster. Written after the command was
 * rolled back, one a request, and no more than so many a minute for one person: nobody floods the trail.
 */
import type { Context } from '../context.ts';
import { dayOf } from '../dates/instants.ts';
import type { Instant } from '../dates/instants.ts';
import type { Database } from '../database/connect.ts';
import { describeError } from '../problems.ts';
import type { AuditEvent } from './events.ts';
import { audit } from './events.ts';

/** Refusals of one person kept a minute; the rest are counted, and the number stands in the next that is kept. */
export const REFUSALS_A_MINUTE = 20;

/** What was attempted: `POST /runs/:run/approval` or a command of the terminal, and the things it named. */
export interface Attempt {
  readonly route: string;
  readonly permission: string;
  readonly targets: AuditEvent['targets'];
}

const EVENTS: Readonly<Record<string, string>> = { decision_own: 'decision.own_refused', decision_not_draft: 'decision.lost', decision_taken: 'decision.lost' };

/** The event of a refusal; null for an error that is none of these. */
function eventOf(error: unknown): { event: string; code: string } | null {
  const { status, code } = describeError(error);
  const event = EVENTS[code] ?? (status === 403 ? 'access.refused' : null);
  return event === null ? null : { event, code };
}

/** Notes the refusal if it is one that matters; any other error is none of its business. */
async function auditRefusal(ctx: Context, { route, permission, targets }: Attempt, error: unknown): Promise<void> {
  const refused = eventOf(error);
  if (refused === null) return;
  const unrecorded = budgetOf(ctx.db).take(ctx.actor.code, ctx.clock.now());
  if (unrecorded === null) return;
  const details = { code: refused.code, permission, ...(unrecorded === 0 ? {} : { unrecorded }) };
  await ctx.db.transaction((trx) => audit(trx, ctx, { event: refused.event, targets: { route, ...targets }, details }));
}

/** Notes a refusal that was told without being thrown: a form that is shown again. What could not be noted is told to `unnoted`. */
export async function noteRefusal(ctx: Context, attempt: Attempt, unnoted: (error: unknown) => void, error: unknown): Promise<void> {
  await auditRefusal(ctx, attempt, error).catch(unnoted);
}

/** Works, and notes a refusal of it, which is thrown on all the same, even when it could not be noted: that is told to `unnoted`. */
export async function notingRefusals<T>(ctx: Context, attempt: () => Attempt, unnoted: (error: unknown) => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await noteRefusal(ctx, attempt(), unnoted, error);
    throw error;
  }
}

interface Window {
  minute: string;
  kept: number;
  unrecorded: number;
}

/** People who were refused lately, by code. */
class Budget {
  readonly #windows = new Map<string, Window>();

  /** How many were left out since the last one kept; null when this one is left out too. */
  take(actor: string, now: Instant): number | null {
    const minute = now.slice(0, 16);
    const window = this.#windows.get(actor) ?? { minute, kept: 0, unrecorded: 0 };
    this.#windows.set(actor, window);
    if (window.minute !== minute) Object.assign(window, { minute, kept: 0 });
    if (window.kept >= REFUSALS_A_MINUTE) {
      window.unrecorded += 1;
      return null;
    }
    const { unrecorded } = window;
    Object.assign(window, { kept: window.kept + 1, unrecorded: 0 });
    this.#forget(now);
    return unrecorded;
  }

  /** Who has nothing left to tell and was not refused today. */
  #forget(now: Instant): void {
    if (this.#windows.size <= MOST_WINDOWS) return;
    const today = dayOf(now);
    for (const [actor, { minute, unrecorded }] of this.#windows) if (unrecorded === 0 && !minute.startsWith(today)) this.#windows.delete(actor);
  }
}

const MOST_WINDOWS = 1_000;

const budgets = new WeakMap<Database, Budget>();

function budgetOf(db: Database): Budget {
  const budget = budgets.get(db) ?? new Budget();
  budgets.set(db, budget);
  return budget;
}
