/** What a building is by its style and address: owner, manager, postcode, height. */
import type { Style } from './drafts.ts';
import type { Random } from './random.ts';
import type { BuildingDetails } from './rows.ts';
import type { Street } from './seeds.ts';

/** P ch. I: of 14,604 dwellings 3,074 stand in the city's own buildings, 133 in possession without title, 11,337 outside its management. */
export function makeDetails(style: Style, street: Street, number: string, random: Random): BuildingDetails {
  const ownership = style === 'school' || style === 'hotel'
    ? 'municipal'
    : random.weighted([['community', 0.77], ['municipal', 0.213], ['unclear', 0.011], ['state', 0.006]] as const);
  return {
    street: street.street,
    number,
    postcode: `${street.postcode}${String(random.int(1, 99)).padStart(2, '0')}`,
    district: street.district,
    ownership,
    manager: managerOf(style, ownership, `${street.street} ${number}`),
  };
}

function managerOf(style: Style, ownership: BuildingDetails['ownership'], address: string): string {
  if (style === 'school') return 'Placówka oświatowa';
  return ownership === 'community' ? `Wspólnota Mieszkaniowa ${address}` : 'Zarząd Budynków Komunalnych';
}

/** The first of the estates is high, so that every city has a lift. */
export function storeysOf(style: Style, random: Random, first: boolean): number {
  switch (style) {
    case 'tenement': return random.int(3, 5);
    case 'huta': return random.int(3, 5);
    case 'estate': return !first && random.chance(0.55) ? 5 : 11;
    case 'house': return 2;
    case 'school': return 2;
    case 'hotel': return random.int(4, 6);
  }
}
