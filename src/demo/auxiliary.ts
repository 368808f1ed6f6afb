/** Auxiliary rooms: passages of the city used by its tenants and by premises of other owners. VAL-10 */
import type { BuildingDraft } from './drafts.ts';
import { since } from './history.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { City } from './rows.ts';

/** Rooms at the default size. */
const ROOMS = 44;

/** Writes passages with one to three city dwellings and one or two private premises each. */
export function writeAuxiliaryRooms(plan: Plan, buildings: readonly BuildingDraft[], city: City, random: Random): void {
  const fitting = random.shuffled(buildings.filter(({ details, dwellings }) => details.ownership === 'community' && dwellings.length > 1));
  fitting.slice(0, plan.scaled(ROOMS, 2)).forEach((building, index) => {
    const id = index + 1;
    const times = since(building.surveyed, building.survey);
    city.auxiliary_rooms.push({ id, code: `${building.code}-PP1`, building_id: building.id });
    city.auxiliary_room_areas.push({ auxiliary_room_id: id, area_m2: metres(random.int(380, 1640)), ...times });
    const used = random.shuffled(building.dwellings).slice(0, random.int(1, 3));
    for (const dwelling of used) {
      city.auxiliary_room_users.push({ auxiliary_room_id: id, premises: `lokal nr ${dwelling.number}`, dwelling_id: dwelling.id, area_m2: null, ...times });
    }
    const last = Number(building.dwellings.at(-1)?.number ?? 0);
    for (let owner = 1; owner <= random.int(1, 2); owner += 1) {
      const premises = `lokal nr ${last + owner} (własność prywatna)`;
      city.auxiliary_room_users.push({ auxiliary_room_id: id, premises, dwelling_id: null, area_m2: metres(random.int(2400, 8200)), ...times });
    }
  });
}

function metres(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
