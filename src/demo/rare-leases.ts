/** Rare cases among leases: longer notice, the manual lane, a tenant who died, a rate that was set anew, an end that is coming. */
import { firstOfMonthFrom, workdayUpTo } from './calendar.ts';
import type { Day } from './calendar.ts';
import type { Changes } from './changes.ts';
import type { LeaseDraft } from './lease-drafts.ts';
import type { Desk } from './lease-drafts.ts';
import type { Persons } from './persons.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';

const HOLD_REASONS = [
  'Toczy się postępowanie o ustalenie stosunku najmu',
  'Lokal w trakcie sprzedaży najemcy',
  'Ugoda sądowa: czynsz bez zmian do dnia wskazanego w ugodzie',
  'Spór o powierzchnię lokalu, oczekiwanie na obmiar',
  'Zamiana lokali w toku',
];

/** Marks leases that run on the anchor day, each with at most one rare case. */
export function markRareLeases(plan: Plan, desk: Desk, persons: Persons, changes: Changes, random: Random): void {
  const running = desk.leases.filter(({ days, ended }) => ended === null && days.from < plan.anchor - 400 && (days.to === null || days.to > plan.anchor));
  const titled = random.shuffled(running.filter(({ term }) => term.kind === 'indefinite' || term.kind === 'replacement'));
  const take = (count: number, least = 1): LeaseDraft[] => titled.splice(0, plan.scaled(count, least));
  take(75, 3).forEach((lease, index) => {
    lease.term = { ...lease.term, notice_months: 4 + (index % 3) };
  });
  take(58, 2).forEach((lease, index) => hold(lease, index, plan, changes, random));
  take(240, 4).forEach((lease) => succeed(lease, desk, persons, random));
  take(70, 2).forEach((lease) => join(lease, desk, persons, random));
  take(40).forEach((lease) => giveNotice(lease, plan, changes, random));
  raiseOwnRates(running, plan, desk);
  stayEvictions(running, desk);
}

/** Left out of runs since a day last year; every second knows its end. */
function hold(lease: LeaseDraft, index: number, plan: Plan, changes: Changes, random: Random): void {
  const from = firstOfMonthFrom(plan.anchor - random.int(30, 330)) - 31;
  const to = index % 2 === 1 ? firstOfMonthFrom(plan.anchor + random.int(60, 300)) : null;
  const change = changes.ofDay(workdayUpTo(from + random.int(0, 20)), 'lease', 'Wyłączenie z przeliczeń na wniosek referatu');
  lease.hold = { days: { from, to }, reason: HOLD_REASONS[index % HOLD_REASONS.length] ?? '', change };
}

/** The tenant died: somebody of the household took the lease over. */
function succeed(lease: LeaseDraft, desk: Desk, persons: Persons, random: Random): void {
  const event = desk.during(lease, 'Wstąpienie w stosunek najmu po śmierci najemcy');
  const [first] = lease.parties;
  if (event === null || first === undefined) return;
  const rest = lease.parties.slice(1);
  const heir = rest.length > 0 ? [] : [{ person: persons.someone(random.chance(0.6)).id, role: 'tenant' as const, joined: event, left: null }];
  lease.parties = [{ ...first, left: event }, ...rest, ...heir];
}

function join(lease: LeaseDraft, desk: Desk, persons: Persons, random: Random): void {
  const event = desk.during(lease, 'Aneks: dopisanie współnajemcy');
  if (event === null) return;
  lease.parties = [...lease.parties, { person: persons.someone(random.chance(0.5)).id, role: 'co_tenant', joined: event, left: null }];
}

/** The tenant gave notice: the end is known and lies after the anchor day. */
function giveNotice(lease: LeaseDraft, plan: Plan, changes: Changes, random: Random): void {
  const to: Day = firstOfMonthFrom(plan.anchor + random.int(5, 80));
  const change = changes.ofDay(workdayUpTo(plan.anchor - random.int(2, 25)), 'lease', 'Wypowiedzenie umów przez najemców');
  lease.termAmendment = { from: to, to: null, value: null, change };
  lease.basisAmendment = { from: to, to: null, value: null, change };
  lease.parties = lease.parties.map((party) => ({ ...party, left: { from: to, change } }));
}

/** Every third rate that was set for one lease was set anew since. */
function raiseOwnRates(running: readonly LeaseDraft[], plan: Plan, desk: Desk): void {
  const own = running.filter(({ basis, basisAmendment }) => basis.own_rate !== null && basisAmendment === null);
  own.forEach((lease, index) => {
    if (index % 3 !== 0 && own.length > plan.scaled(3)) return;
    const event = desk.during(lease, 'Nowa stawka ustalona dla lokalu');
    if (event === null) return;
    const own_rate = (Math.round(Number(lease.basis.own_rate) * 108) / 100).toFixed(2);
    lease.basisAmendment = { from: firstOfMonthFrom(event.from), to: null, value: { ...lease.basis, own_rate }, change: event.change };
  });
}

/** The court stayed the eviction some time after the title had ended: from then the rent is due as if the lease lasted. RATE-8 */
function stayEvictions(running: readonly LeaseDraft[], desk: Desk): void {
  running
    .filter(({ term }) => term.kind === 'without_title' && term.eviction_stayed)
    .forEach((lease, index) => {
      if (index % 2 === 1) return;
      const event = desk.during(lease, 'Wyrok: wstrzymanie eksmisji do czasu złożenia oferty');
      if (event === null) return;
      lease.termAmendment = { from: event.from, to: null, value: lease.term, change: event.change };
      lease.term = { ...lease.term, eviction_stayed: false };
    });
}
