/** What changed in and around buildings after their first survey. */
import type { Changes } from './changes.ts';
import type { BuildingDraft, DwellingDraft, StaircaseDraft } from './drafts.ts';
import { amend } from './drafts.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import { correctionDay, futureChange, pastChange } from './when.ts';

interface City {
  readonly plan: Plan;
  readonly buildings: readonly BuildingDraft[];
  readonly changes: Changes;
  readonly random: Random;
}

/** At least one building of every kind of change, more in a bigger city. */
export function changeBuildings(plan: Plan, buildings: readonly BuildingDraft[], changes: Changes, random: Random): void {
  const city: City = { plan, buildings: random.shuffled(buildings), changes, random };
  moveStops(city);
  correctZones(city);
  modernise(city);
  installLifts(city);
  sellFirstDwelling(city);
  measureTrafficAgain(city);
}

function some({ plan, buildings }: City, count: number, fits: (building: BuildingDraft) => boolean): BuildingDraft[] {
  return buildings.filter(fits).slice(0, plan.scaled(count));
}

/** A stop is moved, a tramway is built. */
function moveStops(city: City): void {
  const { plan, changes, random } = city;
  for (const building of some(city, 24, ({ amendments }) => amendments === null)) {
    const { from, recorded } = pastChange(plan, random);
    const change = changes.add(recorded, 'assert', 'Zmiana położenia przystanku po przebudowie ulicy');
    amend(building, 'stop_distance', String(random.int(150, 700)), { from, to: null }, change);
  }
  for (const building of some(city, 10, ({ amendments, measures }) => amendments === null && measures.tramway_distance === undefined)) {
    const { from, recorded } = pastChange(plan, random);
    const change = changes.add(recorded, 'assert', 'Otwarcie nowej linii tramwajowej');
    amend(building, 'tramway_distance', String(random.int(15, 90)), { from, to: null }, change);
  }
}

/** A zone was entered wrongly at the survey: corrected from the same day. */
function correctZones(city: City): void {
  const { plan, changes, random } = city;
  for (const building of some(city, 8, ({ amendments, options }) => amendments === null && options.zone === 'A')) {
    building.options.zone = 'B';
    const change = changes.add(correctionDay(plan, random), 'correct', 'Sprostowanie strefy: budynek leży wewnątrz granic strefy A (zał. nr 3)');
    amend(building, 'zone', 'A', building.surveyed, change);
  }
}

/** A building is connected to the city's heating: its stoves and gas heaters go. Item 66 */
function modernise(city: City): void {
  const { plan, changes, random } = city;
  const fits = ({ style, amendments, options }: BuildingDraft): boolean =>
    style === 'tenement' && amendments === null && options.modernised_heating === undefined;
  some(city, 26, fits).forEach((building, index) => {
    const { from, recorded } = index === 1 ? futureChange(plan, random) : pastChange(plan, random);
    const change = changes.add(recorded, 'assert', 'Podłączenie budynku do miejskiej sieci ciepłowniczej');
    amend(building, 'modernised_heating', 'yes', { from, to: null }, change);
    for (const dwelling of building.dwellings) connect(dwelling, { from, to: null }, change);
  });
}

function connect(dwelling: DwellingDraft, days: { readonly from: number; readonly to: null }, change: ReturnType<Changes['add']>): void {
  if (dwelling.options.heating !== 'central') amend(dwelling, 'heating', 'central', days, change);
  if (dwelling.options.hot_water !== 'central') amend(dwelling, 'hot_water', 'central', days, change);
  if (dwelling.options.unheated_room === 'missing') amend(dwelling, 'unheated_room', null, days, change);
}

/** Lifts are built into blocks; one will be ready after the anchor day. */
function installLifts(city: City): void {
  const { plan, changes, random } = city;
  const blocks = city.buildings.filter(({ style, storeys }) => (style === 'huta' || style === 'estate') && storeys <= 5);
  const staircases: StaircaseDraft[] = blocks.flatMap((building) => building.staircases.slice(0, 1));
  staircases.slice(0, plan.scaled(12, 2)).forEach((staircase, index) => {
    const { from, recorded } = index === 0 ? futureChange(plan, random) : pastChange(plan, random);
    const reason = index === 0 ? 'Odbiór windy wyznaczony na dzień oddania do użytku' : 'Oddanie windy do użytku';
    amend(staircase, 'lift', 'yes', { from, to: null }, changes.add(recorded, 'assert', reason));
  });
}

/** The first dwelling is sold: the building becomes a community with a manager of its own. */
function sellFirstDwelling(city: City): void {
  const { plan, changes, random } = city;
  for (const building of some(city, 14, ({ details, style }) => details.ownership === 'municipal' && style !== 'school')) {
    const { from, recorded } = pastChange(plan, random);
    const { street, number } = building.details;
    const change = changes.add(recorded, 'assert', 'Powstanie wspólnoty mieszkaniowej po sprzedaży pierwszego lokalu');
    const value = { ...building.details, ownership: 'community' as const, manager: `Wspólnota Mieszkaniowa ${street} ${number}` };
    building.detailsAmendment = { from, to: null, value, change };
  }
}

/** The distance from an artery was measured again: the first finding was wrong. */
function measureTrafficAgain(city: City): void {
  const { plan, changes, random } = city;
  for (const building of some(city, 12, ({ traffic }) => traffic.length > 0)) {
    const [first] = building.traffic;
    if (first === undefined) continue;
    const change = changes.add(correctionDay(plan, random), 'correct', 'Ponowny pomiar odległości od jezdni na wniosek najemcy');
    const value = Math.max(2.5, Math.round((first.distance + random.int(-900, 1200) / 100) * 100) / 100);
    building.traffic[0] = { ...first, amendment: { ...building.surveyed, value, change } };
  }
}
