/** RATE-5, RATE-6, RATE-8, VAL-6: the rate S of a lease, zł/m² a month. Pure. */
import type { Basis, LeaseTerms } from '../../leases/terms.ts';
import { BASES } from '../../leases/terms.ts';
import { kept } from '../../platform/kept.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { HUNDRED, ZERO, halfUp, internedDec, plain } from '../../platform/money.ts';
import { lineOf, quantity, shared } from '../../platform/statement/lines.ts';
import type { Line } from '../../platform/statement/types.ts';
import type { DwellingFacts, Missing } from '../../stock/facts.ts';
import type { Tariff } from '../../tariffs/rules.ts';
import { categoryOf, highestRate } from '../../tariffs/rules.ts';
import { lowerings, valuePoints } from '../../valuation/rules.ts';

export interface Rate {
  /** zł/m² a month, after lowerings and rounding. */
  readonly rate: Dec;
  readonly basis: Basis;
  readonly points: Dec | null;
  readonly category: string | null;
  readonly lines: readonly Line[];
}

export interface RateInputs {
  readonly law: Law;
  readonly tariff: Tariff;
  /** The tariff in force on the day before the programme entered into force, for RATE-6 §5.2. */
  readonly tariffBefore: Tariff | null;
  readonly lease: LeaseTerms;
  readonly facts: DwellingFacts;
}

/** The basis in effect: without a title, the rate obtainable by letting, unless the eviction was stayed. UOPL art. 18(1), (3); RATE-8 */
export function effectiveBasis(law: Law, lease: LeaseTerms): Basis | null {
  if (lease.kind === 'without_title' && !lease.evictionStayed) return law.choice('no_title.basis', BASES);
  return lease.basis;
}

/** The rate, or everything that is missing for it. */
export function leaseRate(inputs: RateInputs): Rate | { readonly missing: readonly Missing[] } {
  const { law, lease } = inputs;
  const basis = effectiveBasis(law, lease);
  if (basis === null) return { missing: [{ subject: 'lease', what: 'basis' }] };
  if (law.list('rate.category_bases').includes(basis)) return categoryRate(inputs, basis);
  const fixed = fixedRate(inputs, basis);
  if ('missing' in fixed) return fixed;
  const noTitle = noTitleLine(inputs, basis);
  return { rate: fixed.rate, basis, points: null, category: null, lines: [rateLine(fixed.rate), ...fixed.lines, ...noTitle] };
}

function rateLine(rate: Dec): Line {
  return lineOf({ id: 'rate', rule: 'RATE-5', code: 'rate', amount: quantity(rate, 'zł/m2') });
}

function noTitleLine({ law, lease }: RateInputs, basis: Basis): Line[] {
  if (lease.kind !== 'without_title') return [];
  const code = lease.evictionStayed ? 'no_title_stayed' : 'no_title';
  return [{ id: 'basis.no_title', rule: 'RATE-8', code, args: { basis }, law: law.cite(lease.evictionStayed ? 'no_title.stayed_basis' : 'no_title.basis') }];
}

/** Points → category → rate of the order → lowering for the technical state → rounding. P ann. 1 §1, ann. 2 I.1–2 */
function categoryRate(inputs: RateInputs, basis: Basis): Rate | { readonly missing: readonly Missing[] } {
  const { law, tariff, facts } = inputs;
  const points = valuePoints(law, facts);
  if ('missing' in points) return points;
  const found = facts.technical.length === 0 ? sharedRate(law, tariff, basis, points.points) : rateOf(law, tariff, basis, points.points, facts);
  if (found === null) return { missing: [{ subject: 'law', what: 'category' }] };
  return { rate: found.rate, basis, points: points.points, category: found.category, lines: points.lines.concat(found.lines, noTitleLine(inputs, basis)) };
}

interface CategoryRate {
  readonly rate: Dec;
  readonly category: string;
  readonly lines: readonly Line[];
}

function rateOf(law: Law, tariff: Tariff, basis: Basis, points: Dec, facts: DwellingFacts | null): CategoryRate | null {
  const category = categoryOf(tariff, points);
  if (category === null) return null;
  const base: Line = {
    id: 'rate.category', parent: 'rate', rule: 'RATE-1', code: 'category_rate',
    args: { category: category.category, points: points.toFixed(), tariff: tariff.code, basis },
    amount: quantity(category.rate, 'zł/m2'), law: `tariff.${tariff.code}@${tariff.reference}`,
  };
  const lowered = facts === null ? NOT_LOWERED : lowering(law, basis, category.rate, facts);
  const exact = category.rate.plus(lowered.amount);
  const rate = internedDec(halfUp(exact, law.integer('rate.rounding_places')).toFixed());
  const lines: Line[] = [rateLine(rate), base, ...lowered.lines];
  if (!rate.eq(exact)) {
    lines.push({ id: 'rate.rounding', parent: 'rate', rule: 'RATE-5', code: 'rounding', amount: quantity(rate.minus(exact), 'zł/m2'), law: law.cite('rate.rounding_places') });
  }
  return { rate, category: category.category, lines };
}

const NOT_LOWERED = { amount: ZERO, lines: [] as readonly Line[] };

// A tariff has a handful of rates: without a lowering they follow from the points alone.
const ratesOf = kept<Law, (tariff: Tariff) => Map<string, CategoryRate>>(() => kept<Tariff, Map<string, CategoryRate>>(() => new Map()));
const MOST_RATES = 2_000;

function sharedRate(law: Law, tariff: Tariff, basis: Basis, points: Dec): CategoryRate | null {
  const rates = ratesOf(law)(tariff);
  const key = `${basis} ${plain(points)}`;
  const known = rates.get(key);
  if (known) return known;
  const found = rateOf(law, tariff, basis, points, null);
  if (found === null) return null;
  if (rates.size >= MOST_RATES) rates.clear();
  const rate = { ...found, lines: found.lines.map(shared) };
  rates.set(key, rate);
  return rate;
}

/** Percentages add up, to a most; the cap is a line of its own. P ann. 2 I.2, ann. 5 part IV; VAL-6, readings */
function lowering(law: Law, basis: Basis, base: Dec, facts: DwellingFacts): { amount: Dec; lines: readonly Line[] } {
  if (!law.list('lowering.bases').includes(basis)) return NOT_LOWERED;
  const found = lowerings(law, facts);
  let percent = ZERO;
  const lines: Line[] = found.map((entry) => {
    percent = percent.plus(entry.percent);
    return loweringLine(`rate.lowering.${entry.item}`, 'lowering', { item: entry.item }, base, entry.percent.neg(), entry.cite);
  });
  const most = law.number('lowering.max');
  if (percent.gt(most)) {
    lines.push(loweringLine('rate.lowering.cap', 'lowering_cap', { percent: percent.toFixed(), most: most.toFixed() }, base, percent.minus(most), law.cite('lowering.max')));
    percent = most;
  }
  return { amount: base.times(percent).div(HUNDRED).neg(), lines };
}

function loweringLine(id: string, code: string, args: Record<string, string>, base: Dec, percent: Dec, law: string): Line {
  return lineOf({
    id, parent: 'rate', rule: 'VAL-6', code, args,
    quantity: quantity(base, 'zł/m2'), rate: quantity(percent, '%'), amount: quantity(base.times(percent).div(HUNDRED), 'zł/m2'), law,
  });
}

/** Rates that do not follow the category of the dwelling. P ann. 1 §§4.2, 5; ch. III */
function fixedRate(inputs: RateInputs, basis: Basis): { rate: Dec; lines: Line[] } | { readonly missing: readonly Missing[] } {
  const { tariff, lease } = inputs;
  const document = lease.document ?? '';
  switch (basis) {
    case 'social':
      return socialRate(tariff);
    case 'temporary_room':
      return temporaryRoomRate(tariff);
    case 'offers_before':
      return offersBefore(inputs, document);
    default:
      break;
  }
  if (lease.ownRate === null) return { missing: [{ subject: 'lease', what: 'own_rate' }] };
  const own: Line = { id: 'rate.own', parent: 'rate', rule: 'RATE-6', code: `own_rate_${basis}`, args: { document }, amount: quantity(lease.ownRate, 'zł/m2') };
  // "not lower than the highest rate" follows the tariff in force: a floor is a line. P ann. 1 §§4.2, 5.1; reading
  const floor = highestRate(tariff);
  if (!inputs.law.list('rate.at_least_highest_bases').includes(basis) || lease.ownRate.gte(floor)) return { rate: lease.ownRate, lines: [own] };
  const raised: Line = {
    id: 'rate.floor', parent: 'rate', rule: 'RATE-6', code: 'highest_rate_floor', args: { tariff: tariff.code, highest: floor.toFixed(2) },
    amount: quantity(floor.minus(lease.ownRate), 'zł/m2'), law: inputs.law.cite('rate.at_least_highest_bases'),
  };
  return { rate: floor, lines: [own, raised] };
}

function single(rate: Dec, line: Omit<Line, 'parent' | 'amount'>): { rate: Dec; lines: Line[] } {
  return { rate, lines: [lineOf({ ...line, parent: 'rate', amount: quantity(rate, 'zł/m2') })] };
}

const socialRate = kept((tariff: Tariff) => sharedSingle(tariff, tariff.socialRate, { id: 'rate.social', rule: 'RATE-2', code: 'social_rate' }));
const temporaryRoomRate = kept((tariff: Tariff) => sharedSingle(tariff, tariff.temporaryRoomRate, { id: 'rate.temporary_room', rule: 'RATE-2', code: 'temporary_room_rate' }));

/** A rate that the order sets for all leases of a kind. RATE-2 */
function sharedSingle(tariff: Tariff, rate: Dec, line: Pick<Line, 'id' | 'rule' | 'code'>): { rate: Dec; lines: Line[] } {
  const { lines } = single(rate, { ...line, args: { tariff: tariff.code }, law: `tariff.${tariff.code}@${tariff.reference}` });
  return { rate, lines: lines.map(shared) };
}

/** The highest rate of the order in force until the programme's entry into force, unless a higher one was set. P ann. 1 §5.2 */
function offersBefore(inputs: RateInputs, document: string): { rate: Dec; lines: Line[] } | { readonly missing: readonly Missing[] } {
  const { lease, tariffBefore } = inputs;
  if (tariffBefore === null) return { missing: [{ subject: 'law', what: 'tariff_before' }] };
  const highest = highestRate(tariffBefore);
  if (lease.ownRate !== null && lease.ownRate.gt(highest)) {
    return single(lease.ownRate, { id: 'rate.own', rule: 'RATE-6', code: 'own_rate_offers_before', args: { document } });
  }
  const law = `tariff.${tariffBefore.code}@${tariffBefore.reference}`;
  return single(highest, { id: 'rate.before', rule: 'RATE-6', code: 'highest_rate_before', args: { tariff: tariffBefore.code, document }, law });
}
