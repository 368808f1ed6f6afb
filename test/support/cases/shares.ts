/** Computations of cases about shares: of a common area, of an auxiliary room. VAL-10 */
import { dec, fixed2, ZERO } from '../../../src/platform/money.ts';
import { auxiliaryShares, roomShares } from '../../../src/stock/rules/shares.ts';
import { lawOf, DAY } from './statements.ts';
import { Facts } from './facts.ts';
import type { Input } from './format.ts';

function table(shares: ReadonlyMap<string, { toFixed(places: number): string }>, sum: string): string {
  return [...[...shares].map(([name, share]) => `${name} ${share.toFixed(2)} m²`), `together ${sum} m²`].join('\n');
}

export function shares(input: Input): string {
  const law = lawOf(input, DAY);
  const { parts } = new Facts(input).on(DAY);
  const common = parts.filter(({ use }) => use === 'common').reduce((sum, { area }) => sum.plus(area), ZERO);
  const found = roomShares(law, parts, law.list('area.kinds_not_counted'), common, law.integer('area.share_places'));
  const whole = [...found.values()].reduce((sum, { share }) => sum.plus(share), ZERO);
  return table(new Map([...found].map(([room, { share }]) => [room, share])), fixed2(whole));
}

export function auxiliary(input: Input): string {
  const users = input.all('user').map((text) => {
    const [premises = '', area = ''] = text.split(' ');
    return { premises, area: dec(area) };
  });
  const found = auxiliaryShares(lawOf(input, DAY), dec(input.or('auxiliary room', '')), users);
  return table(found, fixed2([...found.values()].reduce((sum, share) => sum.plus(share), ZERO)));
}
