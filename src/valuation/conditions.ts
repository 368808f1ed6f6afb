/** Conditions of items, three-valued: a fact that is not known makes neither true nor false. VAL-14, VAL-15 */
import type { Condition, Limits, Slot } from '../platform/law/types.ts';
import type { Dec } from '../platform/money.ts';
import { dec } from '../platform/money.ts';

/** What is recorded of a slot, or of a field of a finding: the code of an option, a measure, or nothing. */
export type Recorded = string | Dec | undefined;

/** True, false, or null where the fact is not known. */
type Verdict = boolean | null;

export interface Test {
  readonly slot: string;
  readonly holds: (value: Recorded) => Verdict;
}

/** A condition made ready; `slot` null = a field of a finding, always given. */
export function compileCondition(slot: string, condition: Condition, definition: Slot | null): Test {
  return isList(condition) ? optionTest(slot, condition, definition) : measureTest(slot, condition, definition);
}

function isList(condition: Condition): condition is readonly string[] {
  return Array.isArray(condition);
}

function optionTest(slot: string, allowed: readonly string[], definition: Slot | null): Test {
  const silent: Verdict = definition && definition.unrecorded !== 'unknown' ? allowed.includes(definition.unrecorded) : null;
  return {
    slot,
    holds: (value) => (typeof value === 'string' ? allowed.includes(value) : silent),
  };
}

function measureTest(slot: string, limits: Limits, definition: Slot | null): Test {
  const silent: Verdict = definition?.unrecorded === 'none' ? false : null;
  const within = compileLimits(limits);
  return {
    slot,
    holds: (value) => (typeof value === 'object' ? within(value) : silent),
  };
}

/** `to` and `from` include their number, `below` and `over` do not. VAL-14 */
export function compileLimits(limits: Limits): (value: Dec) => boolean {
  const from = limits.from === undefined ? null : dec(limits.from);
  const over = limits.over === undefined ? null : dec(limits.over);
  const to = limits.to === undefined ? null : dec(limits.to);
  const below = limits.below === undefined ? null : dec(limits.below);
  return (value) =>
    (from === null || value.gte(from)) && (over === null || value.gt(over)) && (to === null || value.lte(to)) && (below === null || value.lt(below));
}

/** Whether all conditions hold; one that fails settles it, else the unknown slots are named in `unknown`. */
export function verdict(tests: readonly Test[], valueOf: (slot: string) => Recorded, unknown: string[]): Verdict {
  let open: string[] | null = null;
  for (const test of tests) {
    const result = test.holds(valueOf(test.slot));
    if (result === false) return false;
    if (result === null) (open ??= []).push(test.slot);
  }
  if (open === null) return true;
  unknown.push(...open);
  return null;
}
