/** What a run computes with: law and tariffs as known at its instant, and the days on which the law itself changes a result. */
import type { Instant } from '../../platform/dates/instants.ts';
import { contains } from '../../platform/dates/ranges.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { addDays, parsePlainDate } from '../../platform/dates/plain.ts';
import { kept } from '../../platform/kept.ts';
import type { Law, LawBook } from '../../platform/law/book.ts';
import type { TariffBook } from '../../tariffs/read.ts';
import type { Tariff } from '../../tariffs/rules.ts';
import type { RunFrame } from '../rules/recalculate.ts';

/** Parameters that a rent depends on begin with one of these. */
const OF_A_RENT = ['area.', 'auxiliary.', 'business.', 'lowering.', 'no_title.', 'rate.', 'rent.'];

export interface FrameInputs {
  readonly law: LawBook;
  readonly tariffs: TariffBook;
  readonly tariff: Tariff;
  readonly businessDate: PlainDate;
  readonly delivered: PlainDate;
  readonly knownAt: Instant;
}

/** The frame; laws of equal days are one object. */
export function runFrame(inputs: FrameInputs): RunFrame {
  const { law, tariffs, tariff, businessDate, delivered, knownAt } = inputs;
  const byDay = new Map<PlainDate, Law>();
  const lawOn = (day: PlainDate): Law => {
    let found = byDay.get(day);
    if (!found) byDay.set(day, (found = law.at(day, knownAt)));
    return found;
  };
  return {
    tariff,
    lawOn,
    tariffOn: (day) => tariffs.on(day),
    tariffBefore: tariffBeforeProgramme(lawOn(businessDate), tariffs),
    businessDate,
    delivered,
  };
}

/** The tariff in force on the day before the programme. RATE-6; P ann. 1 §5.2 */
export function tariffBeforeProgramme(law: Law, tariffs: TariffBook): Tariff | null {
  const day = dayBeforeProgramme(law);
  return day === null ? null : tariffs.on(day);
}

const dayBeforeProgramme = kept((law: Law): PlainDate | null => {
  const entry = law.parameters.get('programme.in_force');
  return typeof entry?.value === 'string' ? addDays(parsePlainDate(entry.value), -1) : null;
});

/** What of the law a rent depends on, as a text. */
const signature = kept((law: Law): string => {
  const items = law.items.map(({ item, group, value, when }) => [item, group, value.toFixed(), when]);
  const groups = law.groups.map(({ group, cardinality, over, choose }) => [group, cardinality, over, choose]);
  const slots = [...law.slots.values()].map(({ slot, unrecorded }) => [slot, unrecorded]);
  const parameters = [...law.parameters.values()].filter(({ key }) => OF_A_RENT.some((prefix) => key.startsWith(prefix))).map(({ key, value }) => [key, value]);
  return JSON.stringify([items, groups, slots, parameters].map((list) => list.map((entry) => JSON.stringify(entry)).sort()));
});

/** Days after `from` on which another tariff begins, or the law gives another value to what a rent depends on. */
export function lawChanges(inputs: FrameInputs, from: PlainDate): PlainDate[] {
  const window = { from, to: null };
  const changes = inputs.tariffs.all.map((tariff) => tariff.from).filter((day) => day > from && contains(window, day) && day <= inputs.tariff.from);
  let before = signature(inputs.law.at(from, inputs.knownAt));
  for (const day of inputs.law.changesIn(window)) {
    const now = signature(inputs.law.at(day, inputs.knownAt));
    if (now !== before) changes.push(day);
    before = now;
  }
  return changes;
}
