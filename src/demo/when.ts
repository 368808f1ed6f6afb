/** Days on which something changes, and days on which a clerk records it: always workdays before the anchor day. */
import type { Day, Days } from './calendar.ts';
import { firstOfMonthFrom, workdayFrom, workdayUpTo } from './calendar.ts';
import type { Plan } from './plan.ts';
import { CHANGES_FROM } from './plan.ts';
import type { Random } from './random.ts';

/** The last day on which anything is recorded. */
export function lastDesk(plan: Plan): Day {
  return workdayUpTo(plan.anchor - 1);
}

/** A change that has happened: from a day in the past, recorded within two months of it, sometimes in advance. */
export function pastChange(plan: Plan, random: Random, latest: Day = plan.anchor): { readonly from: Day; readonly recorded: Day } {
  const from = random.int(CHANGES_FROM + 60, latest - 90);
  return { from: random.chance(0.6) ? firstOfMonthFrom(from) : from, recorded: workdayFrom(from + random.int(-20, 60)) };
}

/** A change that is known already and begins after the anchor day. */
export function futureChange(plan: Plan, random: Random): { readonly from: Day; readonly recorded: Day } {
  return { from: firstOfMonthFrom(plan.anchor + random.int(15, 120)), recorded: workdayUpTo(plan.anchor - random.int(3, 40)) };
}

/** A finding and its end, both in the past; the second is recorded after the first. */
export function pastSpell(plan: Plan, random: Random): { readonly days: Days; readonly recorded: Day; readonly ended: Day; readonly endRecorded: Day } {
  const { from, recorded } = pastChange(plan, random, plan.anchor - 500);
  const ended = firstOfMonthFrom(Math.max(from, recorded) + random.int(60, 420));
  return { days: { from, to: null }, recorded, ended, endRecorded: workdayFrom(Math.min(ended + random.int(-10, 25), plan.anchor - 8)) };
}

/** A correction: recorded some day after the survey, with effect from where the mistake began. */
export function correctionDay(plan: Plan, random: Random): Day {
  return workdayFrom(random.int(CHANGES_FROM, plan.anchor - 10));
}
