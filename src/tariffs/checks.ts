/** A tariff held against RATE-1 … RATE-4, each rule with its figures: what loading refuses or warns of, told one by one. Pure. */
import { daysBetween } from '../platform/dates/plain.ts';
import type { Flaw } from '../platform/errors.ts';
import type { Law } from '../platform/law/book.ts';
import type { Certainty } from '../platform/law/types.ts';
import { fixed2, plain } from '../platform/money.ts';
import type { Tariff } from './rules.ts';
import { councilWarnings, expectedHighestRate, highestRate, highestSocialRate, highestWarnings, lowestRate, rangeFlaws, shareFlaws } from './rules.ts';

export type CheckedRule = 'RATE-1' | 'RATE-2' | 'RATE-3' | 'RATE-4';

/** `broken` is refused, `warned` loaded with a warning, `unknown` cannot be judged: a figure is missing. */
export type Outcome = 'kept' | 'broken' | 'warned' | 'unknown';

export interface Check {
  readonly rule: CheckedRule;
  readonly outcome: Outcome;
  /** Figures of the rule, for its words: rates in zł/m², days. */
  readonly args: Readonly<Record<string, string>>;
  readonly flaws: readonly Flaw[];
  /** Values of the law that it was held against. */
  readonly law: readonly { readonly key: string; readonly reference: string; readonly certainty: Certainty }[];
}

/** @throws LawMissing where the law of the tariff's first day does not know a limit */
export function tariffChecks(tariff: Tariff, law: Law): Check[] {
  return [rangesCheck(tariff, law), sharesCheck(tariff, law), highestCheck(tariff, law), councilCheck(tariff, law)];
}

function cited(law: Law, ...keys: string[]): Check['law'] {
  return keys.map((key) => {
    const { reference, certainty } = law.parameter(key);
    return { key, reference, certainty };
  });
}

function rangesCheck(tariff: Tariff, law: Law): Check {
  const flaws = rangeFlaws(tariff);
  const lowest = lowestRate(tariff);
  const args = { categories: String(tariff.categories.length), lowest: lowest === null ? '' : fixed2(lowest), highest: fixed2(highestRate(tariff)) };
  return { rule: 'RATE-1', outcome: flaws.length > 0 ? 'broken' : 'kept', args, flaws, law: cited(law, 'tariff.ranges_set_by') };
}

function sharesCheck(tariff: Tariff, law: Law): Check {
  const flaws = shareFlaws(tariff, law);
  const lowest = lowestRate(tariff);
  const args = {
    share: law.number('tariff.social_max_share').toFixed(), lowest: lowest === null ? '' : fixed2(lowest), most: lowest === null ? '' : plain(highestSocialRate(lowest, law)),
    social: fixed2(tariff.socialRate), temporary: fixed2(tariff.temporaryRoomRate),
  };
  return { rule: 'RATE-2', outcome: flaws.length > 0 ? 'broken' : 'kept', args, flaws, law: cited(law, 'tariff.social_max_share', 'tariff.social_max_of') };
}

function highestCheck(tariff: Tariff, law: Law): Check {
  const flaws = highestWarnings(tariff, law);
  const { index } = tariff;
  const args = {
    share: law.number('tariff.highest_min_index_share').toFixed(), highest: fixed2(highestRate(tariff)),
    index: index === null ? '' : plain(index), expected: index === null ? '' : fixed2(expectedHighestRate(index, law)),
  };
  const outcome = index === null ? 'unknown' : flaws.length > 0 ? 'warned' : 'kept';
  return { rule: 'RATE-3', outcome, args, flaws, law: cited(law, 'tariff.highest_min_index_share', 'tariff.highest_min_index_months') };
}

function councilCheck(tariff: Tariff, law: Law): Check {
  const flaws = councilWarnings(tariff, law);
  const { signedOn, councilInformedOn } = tariff;
  const known = signedOn !== null && councilInformedOn !== null;
  const args = { least: String(law.integer('tariff.council_notice')), days: known ? String(daysBetween(councilInformedOn, signedOn)) : '' };
  return { rule: 'RATE-4', outcome: known ? (flaws.length > 0 ? 'warned' : 'kept') : 'unknown', args, flaws, law: cited(law, 'tariff.council_notice') };
}
