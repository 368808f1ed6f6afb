/** Findings about installations and dangers, businesses next door, and facts that are missing. */
import { dayText } from './calendar.ts';
import type { Change, Changes } from './changes.ts';
import type { BuildingDraft, DwellingDraft, TechnicalDraft } from './drafts.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Installation } from './rows.ts';
import type { DwellingMeasures, DwellingOptions } from './slots.ts';
import { futureChange, pastChange, pastSpell } from './when.ts';

interface Tools {
  readonly plan: Plan;
  readonly changes: Changes;
  readonly random: Random;
}

type Scope = 'building' | 'staircase' | 'dwelling';

/** At the default size: how many findings of each scope and installation. VAL-6 */
const FINDINGS: readonly (readonly [Scope, Installation, number])[] = [
  ['building', 'water_sewage', 26],
  ['building', 'electric', 34],
  ['building', 'gas', 14],
  ['building', 'heating', 9],
  ['building', 'danger', 4],
  ['staircase', 'electric', 22],
  ['staircase', 'water_sewage', 12],
  ['staircase', 'danger', 2],
  ['dwelling', 'gas', 24],
  ['dwelling', 'heating', 30],
  ['dwelling', 'danger', 8],
];

const REASONS: Readonly<Record<Installation, string>> = {
  water_sewage: 'Przegląd: instalacja wodno-kanalizacyjna do wymiany',
  electric: 'Przegląd: instalacja elektryczna do wymiany',
  gas: 'Przegląd: instalacja gazowa do wymiany',
  heating: 'Przegląd: instalacja grzewcza do wymiany',
  danger: 'Decyzja nadzoru budowlanego o zagrożeniu życia lub zdrowia',
};

/** Findings of every scope and installation; every third has ended, one begins after the anchor day. */
export function findTechnical(plan: Plan, buildings: readonly BuildingDraft[], changes: Changes, random: Random): TechnicalDraft[] {
  const tools = { plan, changes, random };
  const old = random.shuffled(buildings.filter(({ style }) => style !== 'house' && style !== 'school'));
  let next = 0;
  return FINDINGS.flatMap(([scope, installation, count]) =>
    Array.from({ length: plan.scaled(count) }, (_, index) => {
      const building = old[next % old.length];
      next += 1;
      if (building === undefined) throw new RangeError('no building for a finding');
      const staircase = scope === 'staircase' ? random.pick(building.staircases) : null;
      const dwelling = scope === 'dwelling' ? random.pick(building.dwellings) : null;
      return { building, staircase, dwelling, installation, ...lasting(scope === 'dwelling' ? index + 1 : index, installation, tools) };
    }),
  ).filter(once());
}

/** One finding of an installation for each scope. */
function once(): (finding: Omit<TechnicalDraft, 'days'>) => boolean {
  const known = new Set<string>();
  return ({ building, staircase, dwelling, installation }) => {
    const key = `${building.id}/${staircase?.id ?? 0}/${dwelling?.id ?? 0}/${installation}`;
    return !known.has(key) && known.add(key).size > 0;
  };
}

function lasting(index: number, installation: Installation, { plan, changes, random }: Tools): Pick<TechnicalDraft, 'days' | 'change' | 'improved' | 'decision'> {
  const danger = installation === 'danger';
  const decision = (day: number): string | null => (danger ? `PINB ${random.int(11, 480)}/${dayText(day).slice(0, 4)}` : null);
  const entered = (day: number): Change => changes.add(day, 'assert', REASONS[installation]);
  if (index % 3 === 2 || (danger && index % 3 === 1)) {
    const { days, recorded, ended, endRecorded } = pastSpell(plan, random);
    const end = changes.add(endRecorded, 'end', danger ? 'Zagrożenie usunięte, decyzja wykonana' : 'Wymiana instalacji zakończona');
    return { days, change: entered(recorded), decision: decision(days.from), improved: { from: ended, to: null, value: null, change: end } };
  }
  const { from, recorded } = installation === 'electric' && index === 3 ? futureChange(plan, random) : pastChange(plan, random);
  return { days: { from, to: null }, change: entered(recorded), decision: decision(from), improved: null };
}

/** Classes of annex 5 item 33: the day to 8–20, the day to 6–22, the night or all day long. */
const BUSINESSES: readonly (readonly [string, string, string])[] = [
  ['Sklep spożywczy', '08:00', '20:00'],
  ['Piekarnia', '06:00', '18:00'],
  ['Sklep monopolowy', '00:00', '24:00'],
  ['Restauracja', '12:00', '22:00'],
  ['Klub muzyczny', '18:00', '03:00'],
  ['Warsztat krawiecki', '09:00', '17:00'],
  ['Kwiaciarnia', '07:30', '20:30'],
  ['Bar', '16:00', '22:30'],
];

/** Shops and bars beside dwellings on the ground and the first floor; some closed since, some dwellings adjoin two. */
export function openBusinesses(plan: Plan, buildings: readonly BuildingDraft[], changes: Changes, random: Random): void {
  const dwellings = random.shuffled(
    buildings.filter(({ style }) => style === 'tenement' || style === 'huta').flatMap((building) => building.dwellings),
  );
  const beside = dwellings.filter(({ measures }) => measures.storey === 0 || measures.storey === 1);
  beside.slice(0, plan.scaled(520, 9)).forEach((dwelling, index) => {
    const [name, opens, closes] = BUSINESSES[index % BUSINESSES.length] ?? ['Sklep', '08:00', '20:00'];
    dwelling.businesses = [{ name, opens, closes, amendment: index % 7 === 6 ? closed(plan, changes, random) : null }];
    if (index % 9 === 8) dwelling.businesses.push({ name: 'Punkt usługowy', opens: '10:00', closes: '18:00', amendment: null });
  });
}

function closed(plan: Plan, changes: Changes, random: Random): { from: number; to: null; value: null; change: Change } {
  const { from, recorded } = pastChange(plan, random);
  return { from, to: null, value: null, change: changes.add(recorded, 'end', 'Lokal użytkowy zamknięty') };
}

/** Facts that are often missing, and without which a dwelling is not valued. VAL-15 */
const GAPS: readonly (keyof DwellingOptions | keyof DwellingMeasures)[] = [
  'height', 'attic_or_drying', 'heating', 'windows', 'cellar', 'hot_water', 'floor_level', 'gas', 'entrance', 'bathroom', 'kitchen_access',
];

/** Leaves out one or two needed facts in 1.5 % of the dwellings, none of those that are kept for a rare case. */
export function leaveGaps(plan: Plan, buildings: readonly BuildingDraft[], kept: ReadonlySet<DwellingDraft>, random: Random): void {
  const dwellings = random.shuffled(buildings.flatMap((building) => building.dwellings));
  const usual = (dwelling: DwellingDraft): boolean =>
    !kept.has(dwelling) && dwelling.amendments === null && dwelling.rebuilt === null && dwelling.basis === 'points' &&
    dwelling.role !== 'shared' && dwelling.role !== 'temporary';
  const chosen = dwellings.filter(usual).slice(0, Math.max(2, Math.round(plan.total * 0.015)));
  for (const dwelling of chosen) {
    const missing = new Set([random.pick(GAPS), ...(random.chance(0.3) ? [random.pick(GAPS)] : [])]);
    for (const slot of missing) dropFact(dwelling, slot);
  }
}

function dropFact({ options, measures }: DwellingDraft, slot: keyof DwellingOptions | keyof DwellingMeasures): void {
  Reflect.deleteProperty(options, slot);
  Reflect.deleteProperty(measures, slot);
}
