/** Readings that name a variant of a rule: the law may only ask for variants that exist. */
import { kept } from '../../platform/kept.ts';
import type { Law } from '../../platform/law/book.ts';

const VARIANTS: readonly (readonly [key: string, variants: readonly string[]])[] = [
  ['lowering.combination', ['sum']],
  ['lowering.end_is_increase', ['yes']],
  ['tariff.social_max_of', ['lowest_category_rate']],
  ['tariff.ranges_set_by', ['order']],
  ['tariff.new_leases', ['at_once']],
  ['tariff.existing_leases', ['after_notice']],
  ['no_title.stayed_basis', ['as_if_leased']],
  ['notice.delivery_of', ['last_tenant']],
  ['increase.interval_between', ['effective_days']],
  ['increase.index_day', ['notice_day']],
  ['increase.tested_on', ['rate']],
];

/** @throws LawMissing naming the first reading that asks for what the rules cannot do */
export const requireReadings = kept((law: Law): void => {
  for (const [key, variants] of VARIANTS) law.choice(key, variants);
});
