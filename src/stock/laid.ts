/** Facts of one slot as they would be, laid over what is recorded: how a finding is judged before anybody writes it. Pure. */
import type { DayRange } from '../platform/dates/ranges.ts';
import type { BundledFact } from '../platform/facts/bundle.ts';
import type { Subject } from '../platform/law/types.ts';
import { internedDec } from '../platform/money.ts';
import { slotPlace } from './facts.ts';
import type { SlotFact, SubjectBundle } from './timeline.ts';

export interface LaidSlot {
  readonly subject: Subject;
  /** Id of the building, staircase or dwelling. */
  readonly id: string;
  readonly slot: string;
  readonly shape: 'option' | 'measure';
  /** Everything that would be known of the slot, in place of what is. */
  readonly facts: readonly { readonly value: string; readonly range: DayRange }[];
}

/** The bundle of the laid slot's own subject with the slot as it would be. */
export function laidOver(bundle: SubjectBundle, { slot, shape, facts }: LaidSlot): SubjectBundle {
  const place = slotPlace(slot);
  const laid = facts.map(({ value, range }): BundledFact<SlotFact> => ({
    value: { place, value: shape === 'option' ? value : internedDec(value) }, told: `${slot}\u001d${value}`, range, late: null, lateEnd: null,
  }));
  const list = shape === 'option' ? 'options' : 'measures';
  return { ...bundle, [list]: [...bundle[list].filter((fact) => fact.value.place !== place), ...laid] };
}
