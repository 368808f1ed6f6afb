/** What a finding would do to the value of a dwelling and to the calculated rents of its leases, before anybody records it. Calculation never writes. */
import { leasesFor } from '../leases/sql.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import { rows } from '../platform/database/connect.ts';
import { oftenAsked } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addDays } from '../platform/dates/plain.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains } from '../platform/dates/ranges.ts';
import { fixed2 } from '../platform/money.ts';
import type { Statement } from '../platform/statement/types.ts';
import type { Missing } from '../stock/facts.ts';
import type { Proposed } from '../stock/preview.ts';
import type { AssembledLease } from './assemble.ts';
import { assemble } from './assemble.ts';
import type { DayBooks, ValueView } from './explain.ts';
import { calculateOn, dayBooks, dwellingOn, oneDay, valueView } from './explain.ts';
import type { NotValued, Rent } from './rules/rent.ts';

/** A calculated rent, or what is missing for it. */
export interface RentSide {
  /** zł a month; null where something is missing. */
  readonly amount: string | null;
  readonly statement: Statement | null;
  readonly missing: readonly Missing[];
}

export interface LeaseEffect {
  readonly lease: string;
  readonly before: RentSide;
  readonly after: RentSide;
}

export interface FactEffect {
  /** Today where the finding says anything of it, else the day nearest to today of which it does. */
  readonly day: PlainDate;
  readonly knownAt: Instant;
  readonly before: ValueView;
  readonly after: ValueView;
  /** Leases of the dwelling on the day; null where no tariff is known for it. */
  readonly leases: readonly LeaseEffect[] | null;
}

/** The effect on one dwelling of the reader's. @throws DomainError `dwelling_unknown`, LawMissing where the law says too little of the day */
export async function effectOn(ctx: Context, dwelling: string, { laid, range }: Proposed): Promise<FactEffect> {
  const day = nearest(range, ctx.clock.today());
  const books = await dayBooks(ctx, ctx.clock.now());
  const { knownAt } = books;
  const found = await dwellingOn(ctx, dwelling, day, knownAt);
  const law = books.law.at(day, knownAt);
  const asked = { day, knownAt };
  const leases = books.tariffs.on(day) === null ? null : await leasesOf(ctx, found.id, asked);
  return {
    day, knownAt,
    before: valueView(law, found, found.readFacts(), asked),
    after: valueView(law, found, found.readFacts(laid), asked),
    leases: leases?.map((lease) => ({
      lease: lease.lease.number, before: sideOf(books, lease, day), after: sideOf(books, { ...lease, facts: lease.dwelling.readFacts(laid) }, day),
    })) ?? null,
  };
}

function nearest(range: DayRange, today: PlainDate): PlainDate {
  if (contains(range, today)) return today;
  return range.to === null || today < range.from ? range.from : addDays(range.to, -1);
}

/** Leases of the dwelling that hold on the day, in the order of their numbers. */
async function leasesOf(ctx: Context, dwelling: string, { day, knownAt }: { readonly day: PlainDate; readonly knownAt: Instant }): Promise<AssembledLease[]> {
  const scope = scopeOf(ctx);
  const found = await rows<{ id: string }>(ctx.db, `select l.id from ${leasesFor(scope)} where l.dwelling_id = :dwelling`, { ...scopeBindings(scope), dwelling });
  if (found.length === 0) return [];
  const window = oneDay(day);
  const set = await assemble(oftenAsked(ctx.db), { leases: found.map(({ id }) => id), dwellings: [dwelling], window, knownAt, since: knownAt, day });
  return [...set].filter(({ lease }) => lease.on(day) !== null).sort((a, b) => (a.lease.number < b.lease.number ? -1 : 1));
}

function sideOf(books: DayBooks, lease: AssembledLease, day: PlainDate): RentSide {
  const { rent } = calculateOn(books, lease, day);
  return isValued(rent) ? { amount: fixed2(rent.amount), statement: rent.statement, missing: [] } : { amount: null, statement: null, missing: rent.missing };
}

function isValued(rent: Rent | NotValued): rent is Rent {
  return !('missing' in rent);
}

/** Ids of the lines in which two statements differ, whatever of them: amount, fact or place in the law. */
export function changedLines(before: Statement | null, after: Statement | null): ReadonlySet<string> {
  const textsOf = (statement: Statement | null): Map<string, string> => new Map(statement?.lines.map((line) => [line.id, JSON.stringify(line)]));
  const [old, now] = [textsOf(before), textsOf(after)];
  return new Set([...old.keys(), ...now.keys()].filter((id) => old.get(id) !== now.get(id)));
}
