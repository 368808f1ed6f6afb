/** All leases of the city: what each dwelling's role asks for, and the rare cases among them. */
import { dayNumber, plusMonths } from './calendar.ts';
import type { Changes } from './changes.ts';
import { former, lasting, social, startDay, temporary, untitled } from './chains.ts';
import type { Makers } from './chains.ts';
import { POINTS, SOCIAL, basisOf, household, ofRooms, whole } from './contracts.ts';
import type { BuildingDraft, DwellingDraft } from './drafts.ts';
import type { LeaseDraft } from './lease-drafts.ts';
import { Desk } from './lease-drafts.ts';
import type { Persons } from './persons.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Basis, LeaseTerm } from './rows.ts';
import { markRareLeases } from './rare-leases.ts';

/** Enters the leases of all dwellings; `rooms` gives the codes of the rooms of a shared dwelling. */
export function makeLeases(
  plan: Plan,
  buildings: readonly BuildingDraft[],
  rooms: ReadonlyMap<DwellingDraft, readonly string[]>,
  persons: Persons,
  changes: Changes,
  random: Random,
): LeaseDraft[] {
  const makers: Makers = { plan, persons, random };
  const desk = new Desk(plan, changes, random);
  const turns = new Map<string, number>();
  const turn = (key: string): number => {
    const number = turns.get(key) ?? 0;
    turns.set(key, number + 1);
    return number;
  };
  for (const building of buildings) {
    for (const dwelling of building.dwellings) letDwelling(dwelling, rooms.get(dwelling) ?? [], makers, desk, turn);
  }
  markRareLeases(plan, desk, persons, changes, random);
  return desk.leases;
}

type Turn = (key: string) => number;

function letDwelling(dwelling: DwellingDraft, rooms: readonly string[], makers: Makers, desk: Desk, turn: Turn): void {
  const { plan, random } = makers;
  switch (dwelling.role) {
    case 'points': letByBasis(dwelling, makers, desk, turn); break;
    case 'social': desk.enter(dwelling, social(makers, turn('social'))); break;
    case 'temporary': desk.enter(dwelling, temporary(makers, turn('temporary'))); break;
    case 'untitled': desk.enter(dwelling, untitled(makers, turn('untitled'))); break;
    case 'vacant': desk.enter(dwelling, random.chance(0.6) ? former(makers, plan.anchor) : []); break;
    case 'upcoming': letSoon(dwelling, makers, desk); break;
    case 'shared': letRooms(dwelling, rooms, makers, desk, turn('shared')); break;
  }
}

/** Bases under which nothing was let before the given year. */
const SINCE: Readonly<Partial<Record<Basis, string>>> = { tender: '2012-01-01', offers_before: '2004-01-01', individual: '2008-01-01' };

function letByBasis(dwelling: DwellingDraft, makers: Makers, desk: Desk, turn: Turn): void {
  const { random } = makers;
  const { basis } = dwelling;
  const number = turn(basis);
  if (basis !== 'points') {
    const since = SINCE[basis];
    const from = startDay(makers, since === undefined ? undefined : dayNumber(since));
    const term = whole(basis === 'artists_studio' ? 'studio' : 'indefinite');
    desk.enter(dwelling, lasting(makers, { from, term, basis: basisOf(basis, from, number, random) }));
    return;
  }
  if (number % 70 === 3) {
    letForATime(dwelling, makers, desk);
    return;
  }
  desk.enter(dwelling, lasting(makers, { from: startDay(makers), term: whole(number % 60 === 5 ? 'replacement' : 'indefinite'), basis: POINTS }));
}

/** For five or ten years, because the tenant asked for it. UOPL art. 5(2) */
function letForATime(dwelling: DwellingDraft, { plan, persons, random }: Makers, desk: Desk): void {
  const months = random.chance(0.5) ? 60 : 120;
  const from = random.int(plusMonths(plan.anchor, -months) + 5, plusMonths(plan.anchor, -21));
  const { parties } = household(persons, random);
  desk.enter(dwelling, [{ from, to: plusMonths(from, months), term: whole('fixed'), basis: POINTS, parties, forATime: true }]);
}

/** Vacant today; signed already, beginning after the anchor day. */
function letSoon(dwelling: DwellingDraft, makers: Makers, desk: Desk): void {
  const { plan, persons, random } = makers;
  const from = plan.anchor + random.int(1, 60);
  const next = { from, to: null, term: whole('indefinite'), basis: POINTS, parties: household(persons, random).parties, forATime: false };
  desk.enter(dwelling, [...(random.chance(0.6) ? former(makers, plan.anchor) : []), next]);
}

/** Each tenant has a lease to a room, one of them to two where there are four; one of three may stand empty. VAL-10 */
function letRooms(dwelling: DwellingDraft, rooms: readonly string[], makers: Makers, desk: Desk, turn: number): void {
  const { plan, persons, random } = makers;
  const empty = rooms.length === 3 && turn % 4 !== 3 ? 1 : 0;
  const parts = rooms.slice(0, rooms.length - empty).map((room) => [room]);
  if (parts.length === 4 && turn % 2 === 0) parts.splice(0, 2, rooms.slice(0, 2));
  parts.forEach((part, index) => {
    const { parties } = household(persons, random);
    if (dwelling.basis === 'social' && index === 0) {
      const from = random.int(plusMonths(plan.anchor, -35), plan.anchor - 1);
      const term: LeaseTerm = ofRooms('social');
      desk.enter(dwelling, [{ from, to: plusMonths(from, 36), term, basis: SOCIAL, parties, rooms: part, forATime: true }]);
      return;
    }
    const before = random.chance(0.2) ? former(makers, plan.anchor - 600) : [];
    const earlier = before.map((contract) => ({ ...contract, term: ofRooms('indefinite'), rooms: part }));
    const from = startDay(makers, earlier[0] === undefined ? undefined : (earlier[0].to ?? undefined));
    desk.enter(dwelling, [...earlier, { from, to: null, term: ofRooms('indefinite'), basis: POINTS, parties, rooms: part, forATime: false }]);
  });
}
