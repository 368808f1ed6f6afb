/** Conditions of items, three-valued: a fact that is not known makes neither true nor false. VAL-14, VAL-15 */
import type { Condition, Limits, Slot } from '../platform/law/types.ts';
import type { Dec } from '../platform/money.ts';
import { dec } from '../platform/money.ts';

export type Options = Readonly<Record<string, string>>;
export type Measures = Readonly<Record<string, Dec>>;

/** True, false, or null where the fact is not known. */
type Verdict = boolean | null;

export interface Test {
  readonly slot: string;
  readonly holds: (options: Options, measures: Measures) => Verdict;
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
    holds(options) {
      const value = options[slot];
      return value === undefined ? silent : allowed.includes(value);
    },
  };
}

function measureTest(slot: string, limits: Limits, definition: Slot | null): Test {
  const silent: Verdict = definition?.unrecorded === 'none' ? false : null;
  const within = compileLimits(limits);
  return {
    slot,
    holds(_, measures) {
      const value = measures[slot];
      return value === undefined ? silent : within(value);
    },
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
export function verdict(tests: readonly Test[], options: Options, measures: Measures, unknown: string[]): Verdict {
  let open: string[] | null = null;
  for (const test of tests) {
    const result = test.holds(options, measures);
    if (result === false) return false;
    if (result === null) (open ??= []).push(test.slot);
  }
  if (open === null) return true;
  unknown.push(...open);
  return null;
}
