/** RATE-5: rent C = Pw × S, monthly. P ann. 2 I.3. Pure. */
import type { LeaseTerms } from '../../leases/terms.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { fixed2, halfUp, plain } from '../../platform/money.ts';
import { lineOf, quantity } from '../../platform/statement/lines.ts';
import type { Line, Statement } from '../../platform/statement/types.ts';
import type { DwellingFacts, Missing } from '../../stock/facts.ts';
import { slotText } from '../../stock/facts.ts';
import { usableArea } from '../../stock/rules/area.ts';
import type { Tariff } from '../../tariffs/rules.ts';
import { effectiveBasis, leaseRate } from './rate.ts';
import { requireReadings } from './readings.ts';

/** Result of a rent's statement; decimals as text. */
export interface RentResult {
  /** zł a month. */
  readonly rent: string;
  /** zł/m². */
  readonly rate: string;
  /** m². */
  readonly area: string;
  readonly basis: string;
  readonly tariff: string;
  readonly points?: string;
  readonly category?: string;
  readonly zone?: string;
}

export interface RentInputs {
  readonly law: Law;
  readonly tariff: Tariff;
  readonly tariffBefore: Tariff | null;
  readonly lease: LeaseTerms;
  readonly facts: DwellingFacts;
}

export interface Rent {
  readonly amount: Dec;
  readonly rate: Dec;
  readonly area: Dec;
  readonly statement: Statement<RentResult>;
}

/** Not valued: everything that is missing is named. VAL-15 */
export interface NotValued {
  readonly missing: readonly Missing[];
}

/** The calculated rent with its whole statement, or all that is missing for it. */
export function calculatedRent(inputs: RentInputs): Rent | NotValued {
  requireReadings(inputs.law);
  const area = usableArea(inputs.law, inputs.facts.parts, { rooms: inputs.lease.rooms });
  const rate = leaseRate(inputs);
  if ('missing' in area || 'missing' in rate) {
    return { missing: [...('missing' in rate ? rate.missing : []), ...('missing' in area ? area.missing : [])] };
  }
  const exact = area.area.times(rate.rate);
  const amount = halfUp(exact, inputs.law.integer('rent.rounding_places'));
  const lines: Line[] = [
    lineOf({ id: 'rent', rule: 'RATE-5', code: 'rent', amount: quantity(amount, 'zł') }),
    lineOf({
      id: 'rent.product', parent: 'rent', rule: 'RATE-5', code: 'rent_product',
      quantity: quantity(area.area, 'm2'), rate: quantity(rate.rate, 'zł/m2'), amount: quantity(exact, 'zł'),
    }),
  ];
  if (!amount.eq(exact)) {
    lines.push(lineOf({ id: 'rent.rounding', parent: 'rent', rule: 'RATE-5', code: 'rounding', amount: quantity(amount.minus(exact), 'zł'), law: inputs.law.cite('rent.rounding_places') }));
  }
  lines.push(...rate.lines, ...area.lines);
  const zone = slotText(inputs.facts, 'zone');
  const result: RentResult = {
    rent: fixed2(amount),
    rate: fixed2(rate.rate),
    area: fixed2(area.area),
    basis: rate.basis,
    tariff: inputs.tariff.code,
    ...(rate.points === null ? {} : { points: plain(rate.points) }),
    ...(rate.category === null ? {} : { category: rate.category }),
    ...(zone === undefined ? {} : { zone }),
  };
  return { amount, rate: rate.rate, area: area.area, statement: { version: 1, result, lines } };
}

/** Why a rent is not set by the city's tariff at all, so that a run leaves it to a person. RATE-6 */
export function exemption(law: Law, lease: LeaseTerms): string | null {
  const basis = effectiveBasis(law, lease);
  if (basis === 'individual') return 'individual_basis';
  if (basis === 'artists_studio') return 'studio_rate';
  return null;
}

/** A rate set by an order or lease of its own, which the tariff does not move. */
export function isOwnOrder(rent: Rent): boolean {
  return rent.statement.lines.some(({ id }) => id === 'rate.own' || id === 'rate.before') && !rent.statement.lines.some(({ id }) => id === 'rate.floor');
}
