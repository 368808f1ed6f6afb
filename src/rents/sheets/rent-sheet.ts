/** The columns of `czynsze`. */
import type { PlainDate } from '../../platform/dates/plain.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { day, spanColumns } from '../../platform/exchange/columns.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { FactCell } from '../../platform/facts/plan.ts';
import { dec, fixed2, grosz } from '../../platform/money.ts';
import { code, decimal, optional, sheet, type RowOf } from '../../platform/tabular/index.ts';

const { from, until } = spanColumns();

export const rentSheet = sheet({
  name: 'czynsze',
  title: 'Czynsze',
  columns: {
    lease: code('numer_umowy', { help: 'Numer umowy.', example: 'ZBK/2020/00012' }),
    amount: decimal('kwota', { help: 'Czynsz miesięczny w zł.', example: '331,20', places: 2, min: '0', max: '100000' }),
    rate: optional(decimal('stawka', { help: 'Stawka, z której powstał, zł/m².', example: '18,00', places: 2, min: '0', max: '1000' })),
    area: optional(decimal('powierzchnia', { help: 'Powierzchnia, z której powstał, m².', example: '18,40', places: 2, min: '0', max: '10000' })),
    from,
    until,
    lastIncrease: optional(day('ostatnia_podwyżka', 'Dzień, w którym zaczęła obowiązywać ostatnia podwyżka; następna najwcześniej po 6 miesiącach.', '2024-01-01')),
  },
});

export type RentRow = RowOf<typeof rentSheet>;

const sample = (lease: string, amount: string, rate: string, area: string, first: string, last: PlainDate | null = null): RentRow => ({
  lease, amount: dec(amount), rate: dec(rate), area: dec(area), from: parsePlainDate(first), until: last, lastIncrease: null,
});

export const RENT_SAMPLES: readonly RentRow[] = [
  sample('ZBK/2020/00012', '282.15', '11.00', '25.65', '2020-03-01', parsePlainDate('2023-12-31')),
  { ...sample('ZBK/2020/00012', '307.80', '12.00', '25.65', '2024-01-01'), lastIncrease: parsePlainDate('2024-01-01') },
  sample('ZBK/2022/00007', '499.02', '22.10', '22.58', '2022-06-01'),
];

/** What the row says, as cells of a piece of the lease's rents. */
export function cellsOf({ amount, rate, area, lastIncrease }: RentRow): Record<string, FactCell> {
  return { amount: fixed2(amount), rate: rate === null ? null : fixed2(rate), area_m2: area === null ? null : fixed2(area), last_increase_on: lastIncrease };
}

/** A rent that is not its rate times its area may have its reasons: it is pointed out. RATE-5 */
export function productWarnings({ amount, rate, area }: RentRow): Reason[] {
  if (rate === null || area === null) return [];
  const product = grosz(rate.times(area));
  if (product.eq(amount)) return [];
  return [reason('kwota', 'rent_product', { amount: polish(fixed2(amount)), product: polish(fixed2(product)) })];
}

function polish(number: string): string {
  return number.replace('.', ',');
}
