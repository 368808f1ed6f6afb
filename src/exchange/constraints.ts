/** Errors of the database that mean "these rows contradict one another or what is known", and their words. */
import { DomainError } from '../platform/errors.ts';
import type { Reason } from '../platform/exchange/reasons.ts';
import { reason } from '../platform/exchange/reasons.ts';

interface DatabaseError extends Error {
  readonly code: string;
  readonly constraint?: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** The constraint that was violated, or the code of a value the database cannot hold; null for any other error. */
export function violated(error: unknown): string | null {
  if (!isDatabaseError(error) || !/^2[23]/u.test(error.code)) return null;
  return error.constraint ?? error.code;
}

/** Whether somebody else was at the same rows: the same again may succeed. */
export function isDisturbance(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'facts_changed_meanwhile';
  return isDatabaseError(error) && (error.code === '40001' || error.code === '40P01');
}

/** A fact is closed before it was recorded: somebody stamped it after this import. */
const RANGE_REVERSED = '22000';

/** Words for a constraint of which a sheet has none of its own. */
export function constraintReason(constraint: string): Reason {
  if (constraint === RANGE_REVERSED) return reason('', 'written_meanwhile');
  return constraint.endsWith('_overlap') ? reason('od', 'overlap') : reason('', 'impossible', { constraint });
}

/** Whether the connection died: what is then told is the failure of the rollback, which has no code. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof Error && /Connection terminated|connection error and is not queryable/u.test(error.message);
}
