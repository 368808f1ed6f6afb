/** One PESEL, one person: which rows of a batch cannot have the number they ask for. Pure. */
import { groupBy } from '../../platform/collections.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Plan } from './plan.ts';

/** Who has a PESEL in the database. */
export interface Holder {
  readonly id: string;
  readonly code: string;
  /** Whether whoever imports sees the person. */
  readonly seen: boolean;
}

export interface Sorted {
  readonly accepted: readonly Plan[];
  readonly refused: ReadonlyMap<number, Reason>;
  /** Ids of persons whose number goes to somebody else within the batch: it is taken from them first. */
  readonly released: readonly string[];
}

/**
 * Refuses whoever asks for the number of somebody else, unless a row of the same batch takes it from them: two persons whose numbers were
 * mixed up are put right by one file. `holders` by number.
 */
export function sortByPesel(plans: readonly Plan[], holders: ReadonlyMap<string, Holder>): Sorted {
  const refused = new Map<number, Reason>();
  for (const [pesel, same] of groupBy(plans, ({ after }) => after.pesel)) {
    const [first, ...others] = pesel === null ? [] : [...same].sort((a, b) => a.line - b.line);
    if (first === undefined) continue;
    for (const { line } of others) refused.set(line, reason('pesel', 'pesel_said', { line: String(first.line), person: first.code }));
  }
  const byId = new Map(plans.flatMap((plan) => (plan.id === null ? [] : [[plan.id, plan] as const])));
  const holderOf = ({ id, after }: Plan): Holder | null => {
    const holder = after.pesel === null ? undefined : holders.get(after.pesel);
    return holder === undefined || holder.id === id ? null : holder;
  };
  const givesUp = ({ id }: Holder, pesel: string | null): boolean => {
    const plan = byId.get(id);
    return plan !== undefined && !refused.has(plan.line) && plan.after.pesel !== pesel;
  };
  // Who is refused keeps the number, so that whoever waited for it is refused too.
  for (let before = -1; before !== refused.size;) {
    before = refused.size;
    for (const plan of plans) {
      const holder = holderOf(plan);
      if (refused.has(plan.line) || holder === null || givesUp(holder, plan.after.pesel)) continue;
      refused.set(plan.line, reason('pesel', 'pesel_held', { person: holder.seen ? holder.code : '' }));
    }
  }
  const accepted = plans.filter(({ line }) => !refused.has(line));
  return { accepted, refused, released: accepted.flatMap((plan) => holderOf(plan)?.id ?? []) };
}
