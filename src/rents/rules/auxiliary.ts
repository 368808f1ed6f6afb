/** VAL-10: remuneration for an auxiliary room (a passage the city owns), in proportion to the premises of its users. P ann. 2 I.4. Pure. */
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { ZERO, fixed2, halfUp, plain } from '../../platform/money.ts';
import { quantity } from '../../platform/statement/lines.ts';
import type { Line, Statement } from '../../platform/statement/types.ts';
import type { AuxiliaryUser } from '../../stock/rules/shares.ts';
import { auxiliaryShares } from '../../stock/rules/shares.ts';

/** Result of the statement; decimals as text. */
export interface AuxiliaryResult {
  /** zł a month. */
  readonly remuneration: string;
  /** m². */
  readonly share: string;
  /** zł/m². */
  readonly rate: string;
}

export interface AuxiliaryRemuneration {
  readonly premises: string;
  /** zł a month, to the grosz. */
  readonly amount: Dec;
  readonly statement: Statement<AuxiliaryResult>;
}

/**
 * What every user owes for the room: remuneration, not rent. Its rate stands in no paragraph and is a parameter; the shares add up to
 * the room exactly.
 */
export function auxiliaryRemunerations(law: Law, room: { readonly code: string; readonly area: Dec }, users: readonly AuxiliaryUser[]): AuxiliaryRemuneration[] {
  if (users.length === 0) return [];
  const rate = law.number('auxiliary.rate');
  const shares = auxiliaryShares(law, room.area, users);
  const whole = users.reduce((sum, { area }) => sum.plus(area), ZERO);
  return users.map(({ premises, area }) => {
    const share = shares.get(premises) ?? ZERO;
    const exact = share.times(rate);
    const amount = halfUp(exact, law.integer('rent.rounding_places'));
    const lines: Line[] = [
      { id: 'remuneration', rule: 'VAL-10', code: 'remuneration', args: { room: room.code, premises }, amount: quantity(amount, 'zł') },
      {
        id: 'remuneration.product', parent: 'remuneration', rule: 'VAL-10', code: 'remuneration_product',
        quantity: quantity(share, 'm2'), rate: quantity(rate, 'zł/m2'), amount: quantity(exact, 'zł'), law: law.cite('auxiliary.rate'),
      },
    ];
    if (!amount.eq(exact)) {
      lines.push({ id: 'remuneration.rounding', parent: 'remuneration', rule: 'RATE-5', code: 'rounding', amount: quantity(amount.minus(exact), 'zł'), law: law.cite('rent.rounding_places') });
    }
    lines.push({
      id: 'share', rule: 'VAL-10', code: 'auxiliary_share', args: { own: plain(area), whole: plain(whole), room: plain(room.area) },
      amount: quantity(share, 'm2'), law: law.cite('area.share_places'),
    });
    return { premises, amount, statement: { version: 1, result: { remuneration: fixed2(amount), share: fixed2(share), rate: fixed2(rate) }, lines } };
  });
}
