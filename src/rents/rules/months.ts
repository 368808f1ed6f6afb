/** From which months a run may change rents, where that depends on the run alone. NOT-2, NOT-3, NOT-5 */
import type { PlainDate } from '../../platform/dates/plain.ts';
import { kept } from '../../platform/kept.ts';
import type { IncreaseMonth } from './notice.ts';
import { decreaseMonth, increaseMonth } from './notice.ts';
import type { RunFrame } from './step.ts';

/** Months that follow from the run and a day alone: computed once for all its leases. */
export class Months {
  readonly #frame: RunFrame;
  readonly #afterCause = new Map<PlainDate, PlainDate>();
  readonly #increase = new Map<string, IncreaseMonth>();

  constructor(frame: RunFrame) {
    this.#frame = frame;
  }

  /** By the rule of the day on which the run looks: causes may lie before the law's first day. NOT-5 */
  afterCause(cause: PlainDate): PlainDate {
    let month = this.#afterCause.get(cause);
    if (month === undefined) this.#afterCause.set(cause, (month = decreaseMonth(this.#frame.lawOn(this.#frame.businessDate), cause)));
    return month;
  }

  /** First lawful month of an increase. NOT-2, NOT-3 */
  increase(noticeMonths: number | null, lastIncrease: PlainDate | null): IncreaseMonth {
    const key = `${noticeMonths ?? ''} ${lastIncrease ?? ''}`;
    let month = this.#increase.get(key);
    if (month === undefined) {
      const { delivered, tariff } = this.#frame;
      this.#increase.set(key, (month = increaseMonth(this.#frame.lawOn(delivered), { delivered, noticeMonths, lastIncrease, tariffFrom: tariff.from })));
    }
    return month;
  }
}

/** The months of a run. */
export const monthsOf = kept((frame: RunFrame) => new Months(frame));
