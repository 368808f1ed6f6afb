/** The effect of a scenario: both rents of every lease of one day, and what they come to. Pure. */
import type { Dec } from '../platform/money.ts';
import { HUNDRED, ZERO, dec, fixed2, halfUp } from '../platform/money.ts';
import type { Rent } from '../rents/rules/rent.ts';
import type { Missing } from '../stock/facts.ts';

/** One lease on both sides; zł a month. */
export interface LeaseEffect {
  readonly lease: string;
  readonly dwelling: string;
  readonly before: Dec;
  readonly after: Dec;
  readonly difference: Dec;
  /** Of the rent before, per cent to two places; null where that is nothing. */
  readonly percent: Dec | null;
  readonly basis: string;
  readonly zone: string | null;
  readonly categoryBefore: string | null;
  readonly categoryAfter: string | null;
}

/** A lease that one side or both cannot value. */
export interface LeaseException {
  readonly lease: string;
  readonly dwelling: string;
  /** The side that cannot. */
  readonly side: 'before' | 'after' | 'both';
  readonly missing: readonly Missing[];
  /** Zł a month on the other side; null where both cannot. */
  readonly rent: Dec | null;
}

/** Totals of a part of the city. */
export interface Part {
  readonly key: string;
  readonly leases: number;
  readonly before: Dec;
  readonly after: Dec;
}

/** Classes of change in per cent: from, and the one after it begins; the first and the last are open, nothing changed stands by itself. */
const CLASSES = ['-50', '-20', '-10', '-5', '0', '5', '10', '20', '50'] as const;

export interface SpreadClass {
  /** Above this per cent; null = anything below `to`. */
  readonly from: string | null;
  /** Up to this per cent; null = anything above `from`. Both 0: unchanged. */
  readonly to: string | null;
  readonly leases: number;
}

export interface Effect {
  readonly leases: readonly LeaseEffect[];
  readonly exceptions: readonly LeaseException[];
  /** Leases whose rent no tariff sets. */
  readonly exempt: number;
  readonly before: Dec;
  readonly after: Dec;
  readonly byZone: readonly Part[];
  readonly byCategory: readonly Part[];
  readonly byBasis: readonly Part[];
  readonly spread: readonly SpreadClass[];
}

/** What a side said of a lease. */
export type Side = Rent | { readonly missing: readonly Missing[] };

/** Which side cannot be valued, and why: where both cannot, what the law's own side lacks. */
export function exceptionOf(before: Side, after: Side): Pick<LeaseException, 'side' | 'missing' | 'rent'> {
  const rent = (side: Side): Dec | null => ('missing' in side ? null : side.amount);
  if ('missing' in before) return { side: 'missing' in after ? 'both' : 'before', missing: before.missing, rent: rent(after) };
  return { side: 'after', missing: 'missing' in after ? after.missing : [], rent: before.amount };
}

/** Gathers the leases of the city one by one. */
export class EffectTally {
  readonly #leases: LeaseEffect[] = [];
  readonly #exceptions: LeaseException[] = [];
  #exempt = 0;

  exempt(): void {
    this.#exempt += 1;
  }

  add(named: { readonly lease: string; readonly dwelling: string }, before: Side, after: Side): void {
    if ('missing' in before || 'missing' in after) {
      this.#exceptions.push({ ...named, ...exceptionOf(before, after) });
      return;
    }
    const [old, now] = [before.statement.result, after.statement.result];
    const difference = after.amount.minus(before.amount);
    this.#leases.push({
      ...named, before: before.amount, after: after.amount, difference,
      percent: before.amount.isZero() ? null : halfUp(difference.times(HUNDRED).div(before.amount), 2),
      basis: old.basis, zone: old.zone ?? null, categoryBefore: old.category ?? null, categoryAfter: now.category ?? null,
    });
  }

  /** `categories` in the order of the tariff, which is not that of their names. */
  result(categories: readonly string[] = []): Effect {
    const leases = this.#leases;
    const sum = (of: (effect: LeaseEffect) => Dec): Dec => leases.reduce((total, effect) => total.plus(of(effect)), ZERO);
    return {
      leases, exceptions: this.#exceptions, exempt: this.#exempt, before: sum(({ before }) => before), after: sum(({ after }) => after),
      byZone: parts(leases, ({ zone }) => zone), byCategory: inOrder(parts(leases, ({ categoryBefore }) => categoryBefore), categories), byBasis: parts(leases, ({ basis }) => basis), spread: spreadOf(leases),
    };
  }
}

/** Leases without the feature stand under an empty key, last. */
function parts(leases: readonly LeaseEffect[], keyOf: (effect: LeaseEffect) => string | null): Part[] {
  const found = new Map<string, Part>();
  for (const effect of leases) {
    const key = keyOf(effect) ?? '';
    const part = found.get(key) ?? { key, leases: 0, before: ZERO, after: ZERO };
    found.set(key, { key, leases: part.leases + 1, before: part.before.plus(effect.before), after: part.after.plus(effect.after) });
  }
  return [...found.values()].sort((a, b) => (a.key === '' ? 1 : b.key === '' ? -1 : a.key < b.key ? -1 : 1));
}

function inOrder(of: readonly Part[], order: readonly string[]): Part[] {
  const place = ({ key }: Part): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...of].sort((a, b) => place(a) - place(b));
}

function spreadOf(leases: readonly LeaseEffect[]): SpreadClass[] {
  const edges = CLASSES.map((edge) => ({ edge, value: dec(edge) }));
  const counts = new Map<string, number>();
  for (const { difference, percent } of leases) {
    // From nothing to something is the greatest of all rises.
    const index = difference.isZero() ? null : percent === null ? edges.length : edges.filter(({ value }) => (difference.isNegative() ? percent.gte(value) : percent.gt(value) || value.isZero() || value.isNegative())).length;
    const key = index === null ? 'same' : String(index);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const middle = CLASSES.indexOf('0');
  const classes = Array.from({ length: edges.length + 1 }, (_, index): SpreadClass => ({ from: edges[index - 1]?.edge ?? null, to: edges[index]?.edge ?? null, leases: counts.get(String(index)) ?? 0 }));
  classes.splice(middle + 1, 0, { from: '0', to: '0', leases: counts.get('same') ?? 0 });
  return classes;
}

/** Zł a month as text. */
export function income(amount: Dec): string {
  return fixed2(amount);
}
