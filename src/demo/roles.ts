/** What becomes of every dwelling on the anchor day: let, shared, a temporary room, occupied without title, vacant. */
import type { BuildingDraft, DwellingDraft, Role } from './drafts.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Basis } from './rows.ts';

/** Gives each dwelling its role; all that is not named stays let by points. */
export function dealRoles(plan: Plan, buildings: readonly BuildingDraft[], random: Random): void {
  const free = new Set(random.shuffled(buildings.flatMap((building) => building.dwellings)));
  const deal = (role: Role, count: number, fits: (dwelling: DwellingDraft) => boolean): void => {
    let left = count;
    for (const dwelling of free) {
      if (left === 0) return;
      if (!fits(dwelling)) continue;
      dwelling.role = role;
      free.delete(dwelling);
      left -= 1;
    }
    if (left > 0) throw new RangeError(`no dwelling left for ${role}`);
  };
  const usual = (dwelling: DwellingDraft): boolean => dwelling.building.style !== 'school';
  deal('temporary', plan.temporary, (dwelling) => dwelling.building.style === 'hotel');
  deal('shared', plan.shared, (dwelling) => dwelling.building.style === 'tenement');
  deal('untitled', plan.untitled, usual);
  deal('upcoming', plan.upcoming, usual);
  deal('vacant', plan.vacant - plan.upcoming, usual);
  deal('social', plan.social - plan.scaled(SHARED_SOCIAL), usual);
  for (const dwelling of free) dwelling.role = 'points';
  shareRooms(plan, buildings, random);
  dealBases(plan, [...free], random);
}

/** Shared dwellings at the default size of which one room is let under a social lease. */
const SHARED_SOCIAL = 8;

/** Shared dwellings have 2 to 4 rooms; the first ones have one of each, and a vacant room in some. */
function shareRooms(plan: Plan, buildings: readonly BuildingDraft[], random: Random): void {
  const shared = buildings.flatMap((building) => building.dwellings.filter((dwelling) => dwelling.role === 'shared'));
  shared.forEach((dwelling, index) => {
    dwelling.privateRooms = index < 3 ? index + 2 : random.int(2, 4);
    if (index < plan.scaled(SHARED_SOCIAL)) dwelling.basis = 'social';
  });
}

/** Leases by another basis than points, at the default size. RATE-6 */
const BASES: readonly (readonly [Basis, number, number])[] = [
  ['taken_over_standard', 210, 2],
  ['taken_over_own', 26, 2],
  ['tender', 60, 2],
  ['offers_before', 44, 2],
  ['artists_dwelling', 20, 1],
  ['artists_studio', 30, 1],
  ['individual', 24, 1],
];

function dealBases(plan: Plan, candidates: readonly DwellingDraft[], random: Random): void {
  const list = random.shuffled(candidates);
  let next = 0;
  for (const [basis, count, least] of BASES) {
    for (const dwelling of list.slice(next, (next += plan.scaled(count, least)))) dwelling.basis = basis;
  }
}
