import type { RUNS as PL } from '../pl/runs.ts';

export const RUNS: Readonly<Record<keyof typeof PL, string>> = {
  run_unknown: 'There is no recalculation with the number {run}.',
  run_not_draft: 'The recalculation {run} is not a draft (state: {state}), so it cannot be changed any more.',
  run_beyond_scope: 'The recalculation {run} also covers leases outside your districts ({districts}), and it is decided as a whole. Ask a supervisor who works for the whole city.',
  run_empty: 'The recalculation {run} has no change to approve.',
  run_inputs_changed: 'Since the recalculation, the data of {count} leases have changed: {leases}. Recalculate the changed ones and approve again.',
  run_tariff_changed: 'Since the recalculation, the law or the tariff has changed. Make a new recalculation.',
  lease_not_in_run: 'The lease {lease} is not in the recalculation {run}.',
  lease_left_out: 'The lease {lease} is already left out of the recalculation {run}.',
  lease_not_left_out: 'The lease {lease} is not left out of the recalculation {run}.',
  reason_missing: 'Give a reason.',
  decision_not_found: 'There is no such decision.',
  decision_not_draft: 'This draft can no longer be decided: {state}, decided by {by}.',
  decision_own: 'Whoever prepared the draft ({actor}) cannot approve or reject it. Ask somebody else.',
  decision_taken: 'Somebody else has just decided this draft.',
  rejects_none: 'Task {operation} has no rejected rows.',
  rejects_gone: 'The file of rejected rows of task {operation} is no longer on the server. Send that file on trial again.',
  operation_unknown: 'There is no task with the number {operation}.',
};
