/** The leases of one dwelling, one after the other, by what has become of it. */
import type { Day } from './calendar.ts';
import { dayNumber, firstOfMonthFrom, plusMonths } from './calendar.ts';
import { POINTS, SOCIAL, TEMPORARY, household, occupants, whole } from './contracts.ts';
import type { Household } from './contracts.ts';
import type { Contract } from './lease-drafts.ts';
import type { Persons } from './persons.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';

export interface Makers {
  readonly plan: Plan;
  readonly persons: Persons;
  readonly random: Random;
}

export const FIRST_START: Day = dayNumber('1995-01-01');
/** Term of a social lease in months (assumed) and months in which leases without a term count as new. */
const SOCIAL_MONTHS = 36;
const NEW_MONTHS = 20;
/** Share of the leases without a term that began in the last 20 months. */
const NEW_SHARE = 0.03;

/** First day of a lease that runs on the anchor day. */
export function startDay({ plan, random }: Makers, earliest: Day = FIRST_START): Day {
  const recent = plusMonths(plan.anchor, -NEW_MONTHS);
  if (random.chance(NEW_SHARE) || earliest >= recent) return random.int(Math.max(recent, earliest) + 1, plan.anchor);
  const day = earliest + Math.floor((recent - earliest) * random.real() ** 0.9);
  return random.chance(0.45) ? Math.min(firstOfMonthFrom(day), recent) : day;
}

/** An indefinite lease; now and then the lease of somebody else before it. */
export function lasting(makers: Makers, contract: Pick<Contract, 'from' | 'term' | 'basis'>): Contract[] {
  const { random, persons } = makers;
  const { from } = contract;
  const current: Contract = { ...contract, to: null, parties: household(persons, random).parties, forATime: false };
  return random.chance(0.06) ? [...former(makers, from), current] : [current];
}

/** A lease that ended some months before the day, or none where there was no time for one. */
export function former({ random, persons }: Makers, before: Day): Contract[] {
  const to = firstOfMonthFrom(before - random.int(60, 500));
  if (to - FIRST_START < 800) return [];
  const from = random.int(FIRST_START, to - 700);
  return [{ from, to, term: whole('indefinite'), basis: POINTS, parties: household(persons, random).parties, forATime: false }];
}

/** A social lease of a household that ends on the day, and those it followed; between two of them a time without a title, sometimes. */
export function socialTerms(makers: Makers, home: Household, to: Day, gapAlways = false): Contract[] {
  const { random } = makers;
  const contracts: Contract[] = [];
  let end = to;
  for (let renewals = 0; renewals < 4; renewals += 1) {
    const from = plusMonths(end, -SOCIAL_MONTHS);
    contracts.unshift({ from, to: end, term: whole('social'), basis: SOCIAL, parties: home.parties, forATime: true });
    if (!random.chance(0.5) && !(gapAlways && renewals === 0)) break;
    end = from;
    if (random.chance(0.04) || (gapAlways && renewals === 0)) {
      end = from - random.int(70, 150);
      const late = random.int(10, 25);
      contracts.unshift({ from: end, to: from, term: whole('without_title'), basis: POINTS, parties: occupants(home.parties), forATime: false, late });
    }
  }
  return contracts;
}

/** A social lease that runs on the anchor day; its end lies up to three years ahead. */
export function social(makers: Makers, turn: number): Contract[] {
  const { plan, random, persons } = makers;
  const home = household(persons, random);
  // Every 400th is signed anew already, beginning after the anchor day.
  if (turn % 400 === 1) {
    const to = plan.anchor + random.int(5, 45);
    const next: Contract = { from: to, to: plusMonths(to, SOCIAL_MONTHS), term: whole('social'), basis: SOCIAL, parties: home.parties, forATime: true };
    return [...socialTerms(makers, home, to), next];
  }
  const from = random.int(plusMonths(plan.anchor, -SOCIAL_MONTHS) + 1, plan.anchor);
  const signed = random.chance(0.6) ? Math.min(firstOfMonthFrom(from), plan.anchor) : from;
  return socialTerms(makers, home, Math.max(plusMonths(signed, SOCIAL_MONTHS), plan.anchor + 1), turn === 0);
}

/** Temporary rooms: one to six months, one household after another, in some the last one stayed a while without a title. */
export function temporary(makers: Makers, turn: number): Contract[] {
  const { plan, random, persons } = makers;
  const months = (turn % 6) + 1;
  const length = plusMonths(plan.anchor, months) - plan.anchor;
  const from = plan.anchor - random.int(0, length - 4);
  const { parties } = household(persons, random);
  const current: Contract = { from, to: plusMonths(from, months), term: whole('temporary_room'), basis: TEMPORARY, parties, forATime: true };
  if (random.chance(0.3) && turn !== 0) return [current];
  const earlierTo = from - random.int(75, 300);
  const earlier: Contract = { ...current, from: plusMonths(earlierTo, -3), to: earlierTo, parties: household(persons, random).parties };
  if (turn % 5 !== 0) return [earlier, current];
  const stayed: Contract = {
    from: earlierTo, to: earlierTo + 60, term: whole('without_title'), basis: POINTS, parties: occupants(earlier.parties), forATime: false, late: 12,
  };
  return [earlier, stayed, current];
}

/** Occupied without a title: after a social lease, after one that was terminated, or after nobody's lease. RATE-8 */
export function untitled(makers: Makers, turn: number): Contract[] {
  const { plan, random, persons } = makers;
  const home = household(persons, random);
  const from = firstOfMonthFrom(plan.anchor - random.int(40, 2200));
  const stayed = turn % 5 === 2 || turn % 5 === 4;
  const basis = turn % 5 === 2 ? SOCIAL : POINTS;
  const contract: Contract = {
    from, to: null, term: whole('without_title', stayed), basis, parties: occupants(home.parties), forATime: false, late: random.int(2, 20),
  };
  if (turn % 5 === 3) return [contract];
  if (turn % 5 < 3) return [...socialTerms(makers, home, from), contract];
  const title: Contract = { from: random.int(FIRST_START, from - 900), to: from, term: whole('indefinite'), basis: POINTS, parties: home.parties, forATime: false };
  return [title, contract];
}
