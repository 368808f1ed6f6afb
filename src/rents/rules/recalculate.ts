/** What a recalculation proposes for one lease: its steps, or the reason why there is none. RATE-6…8, 10, NOT-2…5. Pure. */
import type { PlainDate } from '../../platform/dates/plain.ts';
import { earlierOf, laterOf } from '../../platform/dates/plain.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import type { Missing } from '../../stock/facts.ts';
import type { Tariff } from '../../tariffs/rules.ts';
import type { LeaseTerms } from '../../leases/terms.ts';
import { exceedsReplacementShare, firstMonthAfterIncrease, isJump, monthAfterTold, percentOfChange } from './notice.ts';
import type { Months } from './months.ts';
import { monthsOf } from './months.ts';
import type { NotValued, Rent } from './rent.ts';
import { calculatedRent, exemption, isOwnOrder } from './rent.ts';
import type { ExceptionReason, Outcome, RunFrame, Step } from './step.ts';
import type { InForce, LeaseTimeline } from './timeline.ts';

export type { ExceptionReason, Outcome, RunFrame, Step } from './step.ts';

const NOTHING = { from: null, to: null, before: null, amountBefore: null, rent: null, percent: null, warnings: [], missing: [] } as const;

function exception(reason: ExceptionReason, more: Partial<Step> = {}): Step[] {
  return [{ ...NOTHING, amountBefore: more.before?.amount ?? null, ...more, outcome: 'exception', reason }];
}

/** Steps for the lease, in the order of their months. */
export function recalculate(frame: RunFrame, lease: LeaseTimeline): Step[] {
  const day = laterOf(frame.businessDate, lease.starts);
  const terms = lease.termsOn(day);
  const before = inForceOn(lease, day) ?? lease.inForce.at(-1) ?? null;
  const held = lease.heldOn(frame.businessDate);
  if (held !== null) return exception('held', { before });
  if (terms === null) return exception('lease_ends', { before });
  const exempt = exemption(frame.lawOn(day), terms);
  if (exempt !== null && before !== null) return exception(exempt as ExceptionReason, { before });
  return new Recalculation(frame, lease, terms).steps(before);
}

function inForceOn(lease: LeaseTimeline, day: PlainDate): InForce | null {
  return lease.inForce.find((rent) => rent.from <= day && (rent.to === null || day < rent.to)) ?? null;
}

/** First lawful month of an increase, and whether it is the last increase that puts it off. NOT-2, NOT-3 */
interface Target {
  readonly month: PlainDate;
  readonly delayed: boolean;
}

/** Days on which one rent in force holds, and what is due then, zł a month. */
interface Stretch {
  readonly rent: InForce;
  readonly amount: Dec;
  readonly from: PlainDate;
  /** The day on which a rent announced later begins; null = until further notice. */
  readonly to: PlainDate | null;
}

class Recalculation {
  readonly #frame: RunFrame;
  readonly #months: Months;
  readonly #lease: LeaseTimeline;
  readonly #terms: LeaseTerms;
  readonly #computed: { facts: unknown; terms: unknown; law: Law; tariff: Tariff; rent: Rent | NotValued }[] = [];

  constructor(frame: RunFrame, lease: LeaseTimeline, terms: LeaseTerms) {
    this.#frame = frame;
    this.#months = monthsOf(frame);
    this.#lease = lease;
    this.#terms = terms;
  }

  steps(before: InForce | null): Step[] {
    try {
      return before === null ? this.#first() : this.#change(before);
    } catch (error) {
      if (error instanceof Unanswerable) return exception(error.reason, { before, missing: error.missing });
      throw error;
    }
  }

  /** The tariff for the day: from its date on the one the run was asked for, even where another will follow it. */
  #tariff(day: PlainDate): Tariff {
    const { tariff } = this.#frame;
    const found = day >= tariff.from ? tariff : this.#frame.tariffOn(day);
    if (found === null) throw new Unanswerable('no_tariff', []);
    return found;
  }

  /**
   * The lowest rent a cause can lead to before the increase holds. Until then the old rates are in force: what lowers the rent lowers it
   * at those, even where the run's own tariff is higher. P ann. 2 I.2; NOT-5, reading
   */
  #lowest(day: PlainDate, before: InForce): Rent {
    const rent = this.#rent(day);
    if (!this.#lease.causes.some((cause) => cause.ofLaw !== true && this.#months.afterCause(cause.day) === day)) return rent;
    const old = this.#frame.tariffOn(before.from);
    if (old === null || old === this.#tariff(day)) return rent;
    const atOldRates = this.#rent(day, old);
    return atOldRates.amount.lt(rent.amount) ? atOldRates : rent;
  }

  /** Calculated rent on the day; computed once for days on which nothing differs. */
  #rent(day: PlainDate, tariff = this.#tariff(day)): Rent {
    const law = this.#frame.lawOn(day);
    const facts = this.#lease.factsOn(day);
    const terms = this.#lease.termsOn(day) ?? this.#terms;
    let entry = this.#computed.find((known) => known.facts === facts && known.terms === terms && known.law === law && known.tariff === tariff);
    if (!entry) {
      const rent = calculatedRent({ law, tariff, tariffBefore: this.#frame.tariffBefore, lease: terms, facts });
      entry = { facts, terms, law, tariff, rent };
      this.#computed.push(entry);
    }
    if ('missing' in entry.rent) {
      const contradictory = entry.rent.missing.some(({ what }) => what.startsWith('contradiction:'));
      throw new Unanswerable(contradictory ? 'contradiction' : 'not_valued', entry.rent.missing);
    }
    return entry.rent;
  }

  /** A lease without a rent yet takes the tariff in force at once. RATE-7, reading */
  #first(): Step[] {
    const { tariff, businessDate } = this.#frame;
    const { starts } = this.#lease;
    // Before a tariff that is yet to come, a running lease needs its rent by the tariff in force.
    if (starts < tariff.from && tariff.from > businessDate) {
      // What cannot be calculated at all is named first: that is what has to be mended.
      this.#rent(laterOf(starts, businessDate));
      return exception('no_rent_in_force');
    }
    const from = laterOf(starts, tariff.from);
    return [{ ...NOTHING, outcome: 'first', reason: null, from, rent: this.#rent(from), warnings: this.#warnings(from, this.#rent(from), null) }];
  }

  #change(before: InForce): Step[] {
    const target = this.#target(before);
    const steps: Step[] = [];
    let current = before;
    let amount = before.amount;
    for (const point of this.#points(before, target.month)) {
      const starting = this.#lease.inForce.find(({ from }) => from === point);
      if (steps.length === 0 || starting) {
        // Where a rent set by its own notice begins, the comparison begins anew.
        current = inForceOn(this.#lease, point) ?? current;
        amount = current.amount;
        this.#close(steps, point, starting !== undefined);
      }
      const rent = this.#lowest(point, current);
      if (rent.amount.lt(amount)) {
        this.#close(steps, point, true);
        steps.push(this.#step('decrease', point, current, rent, amount));
        amount = rent.amount;
      }
    }
    return this.#last(steps, current, amount, target);
  }

  #close(steps: Step[], day: PlainDate, when: boolean): void {
    const last = steps.at(-1);
    if (when && last && last.to === null) steps[steps.length - 1] = { ...last, to: day };
  }

  /**
   * From the target on: the rent in force there, then each one announced to begin later. Every one of them stands as it was announced until
   * its own day, and is compared anew from there.
   */
  #last(steps: Step[], before: InForce, amountBefore: Dec, target: Target): Step[] {
    const { ends } = this.#lease;
    const starting = inForceOn(this.#lease, target.month);
    const current = starting && starting.from > before.from ? starting : before;
    // A rent of its own that begins in the target month ends what was proposed before it.
    this.#close(steps, target.month, current !== before);
    let stretch: Stretch = { rent: current, amount: current === before ? amountBefore : current.amount, from: target.month, to: null };
    let settled: Step[] = [];
    for (const next of [...this.#lease.inForce.filter(({ from }) => from > target.month), null]) {
      if (ends !== null && ends <= stretch.from) break;
      stretch = { ...stretch, to: next === null ? null : next.from };
      settled = this.#compare(steps, stretch, stretch.rent === current ? target : null);
      if (next === null) break;
      this.#close(steps, next.from, true);
      stretch = { rent: next, amount: next.amount, from: next.from, to: null };
    }
    if (steps.length > 0) return steps;
    return settled.length > 0 ? settled : exception('lease_ends', { before: stretch.rent });
  }

  /** Adds the step that one stretch needs, or gives what stands where none of the lease does. `target` is null for a rent announced later. */
  #compare(steps: Step[], stretch: Stretch, target: Target | null): Step[] {
    const { rent: current, amount, from } = stretch;
    const rent = this.#rent(from);
    if (rent.amount.eq(amount)) return isOwnOrder(rent) ? exception('own_order', { before: current, rent }) : [this.#step('unchanged', null, current, rent)];
    if (rent.amount.lt(amount)) {
      this.#close(steps, from, true);
      steps.push(this.#step('decrease', from, current, rent, amount));
      return [];
    }
    const { month, delayed } = target ?? this.#nextIncrease(steps, current);
    const day = laterOf(month, from);
    const raised = this.#rent(day);
    if (!this.#mayRise(day, stretch) || !raised.amount.gt(amount)) return [];
    this.#close(steps, day, true);
    const step = this.#step('increase', day, current, raised, amount);
    steps.push(delayed ? { ...step, warnings: ['NOT-3', ...step.warnings] } : step);
    return [];
  }

  /** Whether the lease and the rents announced leave room for an increase on the day: one that was announced stays lawful. NOT-3 */
  #mayRise(day: PlainDate, { to }: Stretch): boolean {
    const { ends, inForce } = this.#lease;
    if ((ends !== null && ends <= day) || (to !== null && to <= day)) return false;
    if (this.#terms.kind === 'without_title') return true;
    const announced = inForce.find(({ from, lastIncrease }) => from > day && from === lastIncrease);
    return announced === undefined || firstMonthAfterIncrease(this.#frame.lawOn(this.#frame.delivered), day) <= announced.from;
  }

  /** First lawful month of an increase for this lease. NOT-2, NOT-3; without a title the month after it was told (RATE-8). */
  #target(before: InForce): Target {
    const { tariff, delivered } = this.#frame;
    if (this.#terms.kind === 'without_title') {
      return { month: laterOf(monthAfterTold(this.#frame.lawOn(delivered), delivered), this.#months.afterCause(tariff.from)), delayed: false };
    }
    const { noticeMonths } = this.#terms;
    let { month, delayedByLastIncrease: delayed } = this.#months.increase(noticeMonths, null);
    // The six months may lead to a rent that was announced meanwhile, with an increase of its own; the month only ever moves on.
    for (let running: InForce | null = null; ;) {
      const found = inForceOn(this.#lease, month) ?? before;
      if (found === running) return { month, delayed };
      running = found;
      const next = this.#months.increase(noticeMonths, this.#lastIncrease(running));
      if (next.month > month) ({ month, delayedByLastIncrease: delayed } = next);
    }
  }

  /** The last increase by the day the rent begins: a rent that was lowered in between does not shorten the six months. NOT-3 */
  #lastIncrease(rent: InForce): PlainDate | null {
    return latest(this.#lease.inForce.filter(({ from }) => from <= rent.from).map(({ lastIncrease }) => lastIncrease));
  }

  /** The same for a rent announced for after the target, and after what is proposed before it. NOT-2, NOT-3 */
  #nextIncrease(steps: readonly Step[], announced: InForce): Target {
    if (this.#terms.kind === 'without_title') return { month: announced.from, delayed: false };
    const proposed = steps.findLast(({ outcome }) => outcome === 'increase')?.from ?? null;
    const { month, delayedByLastIncrease } = this.#months.increase(this.#terms.noticeMonths, latest([proposed, this.#lastIncrease(announced)]));
    return { month, delayed: delayedByLastIncrease };
  }

  /** Months before the target at which the rent may have to fall. NOT-5 */
  #points(before: InForce, target: PlainDate): PlainDate[] {
    if (this.#terms.kind === 'without_title') return [];
    const earliest = this.#lease.inForce[0]?.from ?? before.from;
    const points = [laterOf(this.#months.afterCause(this.#frame.tariff.from), before.from)];
    for (const cause of this.#lease.causes) {
      // A change the rent in force already took into account is no cause; one that became known later is, applied back.
      if (cause.day > before.from || cause.late) include(points, laterOf(this.#months.afterCause(cause.day), earliest));
    }
    const first = points.reduce(earlierOf);
    for (const rent of this.#lease.inForce) if (rent.from > first) include(points, rent.from);
    const { ends } = this.#lease;
    // Before the first tariff that is known nothing can be computed.
    return points.filter((point) => point < target && (ends === null || point < ends) && (point >= this.#frame.tariff.from || this.#frame.tariffOn(point) !== null)).sort();
  }

  #step(outcome: Outcome, from: PlainDate | null, before: InForce, rent: Rent, amount = before.amount): Step {
    const percent = percentOfChange(amount, rent.amount);
    const warnings = outcome === 'increase' ? this.#warnings(from ?? this.#frame.businessDate, rent, amount) : [];
    return { outcome, reason: null, from, to: null, before, amountBefore: amount, rent, percent, warnings, missing: [] };
  }

  #warnings(from: PlainDate, rent: Rent, before: Dec | null): string[] {
    const warnings: string[] = [];
    const { tariff } = this.#frame;
    // By then another tariff is known to be in force: the rent would be out of date on its first day.
    if (tariff.to !== null && from >= tariff.to) warnings.push('RATE-7');
    // The index in force on the notice day; tested on the rate, not on the rounded rent. NOT-4, reading
    const noticeLaw = this.#frame.lawOn(this.#frame.delivered);
    if (before !== null && exceedsReplacementShare(noticeLaw, rent.rate)) warnings.push('NOT-4');
    if (before !== null && isJump(this.#frame.lawOn(from), before, rent.amount)) warnings.push('RATE-10');
    return warnings;
  }
}

function latest(days: readonly (PlainDate | null)[]): PlainDate | null {
  return days.reduce((last, day) => (last === null || day === null ? (last ?? day) : laterOf(last, day)), null);
}

function include(days: PlainDate[], day: PlainDate): void {
  if (!days.includes(day)) days.push(day);
}

class Unanswerable extends Error {
  readonly reason: ExceptionReason;
  readonly missing: readonly Missing[];

  constructor(reason: ExceptionReason, missing: readonly Missing[]) {
    super(reason);
    this.reason = reason;
    this.missing = missing;
  }
}
