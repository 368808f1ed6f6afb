/** What changed in dwellings after the first survey, what was corrected, and what is known to change after the anchor day. */
import type { Changes } from './changes.ts';
import type { BuildingDraft, DwellingDraft } from './drafts.ts';
import { amend } from './drafts.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import { correctionDay, futureChange, pastChange, pastSpell } from './when.ts';

interface Tools {
  readonly plan: Plan;
  readonly changes: Changes;
  readonly random: Random;
}

interface Kind {
  /** At the default size. */
  readonly count: number;
  readonly fits: (dwelling: DwellingDraft) => boolean;
  readonly happen: (dwelling: DwellingDraft, tools: Tools) => void;
}

const alone = (dwelling: DwellingDraft): boolean => dwelling.privateRooms === 0;

const KINDS: readonly Kind[] = [
  { count: 60, fits: (d) => alone(d) && d.options.bathroom === 'none' && d.options.kitchen_access === 'own', happen: buildBathroom },
  { count: 110, fits: (d) => alone(d) && d.options.heating === 'stove', happen: change('heating', 'electric', 'Likwidacja pieców, ogrzewanie elektryczne') },
  { count: 60, fits: (d) => alone(d) && d.options.heating === 'mixed', happen: change('heating', 'gas', 'Montaż kotła gazowego') },
  { count: 180, fits: (d) => d.options.windows === 'single', happen: change('windows', 'double', 'Wymiana stolarki okiennej') },
  { count: 50, fits: (d) => d.options.gas === 'piped', happen: change('gas', 'electric_adapted', 'Odłączenie gazu, instalacja przystosowana') },
  { count: 25, fits: (d) => d.options.gas === 'piped', happen: futureGasCut },
  { count: 15, fits: (d) => d.options.windows === 'double', happen: futureWindows },
  { count: 110, fits: (d) => d.options.mould === undefined, happen: spell('mould', 'Zagrzybienie stwierdzone w protokole') },
  { count: 140, fits: (d) => d.options.damp === undefined, happen: spell('damp', 'Zalanie i zawilgocenie stwierdzone w protokole') },
  { count: 80, fits: (d) => d.options.mould === undefined, happen: change('mould', 'independent', 'Zagrzybienie stwierdzone w protokole') },
  { count: 25, fits: (d) => d.options.mould === undefined, happen: change('mould', 'tenant', 'Zagrzybienie wskutek zasłonięcia wentylacji przez najemcę') },
  { count: 70, fits: (d) => d.measures.height !== undefined, happen: correctHeight },
  { count: 60, fits: (d) => d.options.sunny === undefined, happen: correct('sunny', 'yes', 'Sprostowanie stron świata w karcie lokalu') },
  { count: 50, fits: (d) => d.options.kitchen_kind === 'daylight', happen: correct('kitchen_kind', 'dark', 'Sprostowanie: kuchnia bez okna') },
  { count: 40, fits: (d) => d.options.cellar === 'no', happen: correct('cellar', 'yes', 'Sprostowanie: do lokalu przynależy piwnica') },
  { count: 60, fits: alone, happen: rebuild('measured') },
  { count: 25, fits: alone, happen: rebuild('divided') },
];

/** At most one change a dwelling, each kind at least once. */
export function changeDwellings(plan: Plan, buildings: readonly BuildingDraft[], changes: Changes, random: Random): void {
  const dwellings = random.shuffled(buildings.flatMap((building) => building.dwellings));
  const taken = new Set(dwellings.filter(({ amendments }) => amendments !== null));
  const tools: Tools = { plan, changes, random };
  for (const { count, fits, happen } of KINDS) {
    let left = plan.scaled(count);
    for (const dwelling of dwellings) {
      if (left === 0) break;
      if (taken.has(dwelling) || !fits(dwelling)) continue;
      happen(dwelling, tools);
      taken.add(dwelling);
      left -= 1;
    }
  }
}

type Slot = keyof DwellingDraft['options'];

function change(slot: Slot, value: string, reason: string): Kind['happen'] {
  return (dwelling, { plan, changes, random }) => {
    const { from, recorded } = pastChange(plan, random);
    amend(dwelling, slot, value, { from, to: null }, changes.add(recorded, 'assert', reason));
  };
}

/** Found on a day, gone on another: the end is recorded later. */
function spell(slot: Slot, reason: string): Kind['happen'] {
  return (dwelling, { plan, changes, random }) => {
    const { days, recorded, ended, endRecorded } = pastSpell(plan, random);
    amend(dwelling, slot, 'independent', days, changes.add(recorded, 'assert', reason));
    amend(dwelling, slot, null, { from: ended, to: null }, changes.add(endRecorded, 'end', 'Usunięcie usterki potwierdzone w protokole'));
  };
}

/** It was never so: from the first day on, known later. */
function correct(slot: Slot, value: string, reason: string): Kind['happen'] {
  return (dwelling, { plan, changes, random }) =>
    amend(dwelling, slot, value, dwelling.building.surveyed, changes.add(correctionDay(plan, random), 'correct', reason));
}

function correctHeight(dwelling: DwellingDraft, { plan, changes, random }: Tools): void {
  const height = dwelling.measures.height ?? 260;
  const value = String(height + random.pick([-12, -6, -3, 4, 8, 15]));
  amend(dwelling, 'height', value, dwelling.building.surveyed, changes.add(correctionDay(plan, random), 'correct', 'Ponowny pomiar wysokości lokalu'));
}

function futureGasCut(dwelling: DwellingDraft, { plan, changes, random }: Tools): void {
  const { from, recorded } = futureChange(plan, random);
  amend(dwelling, 'gas', 'none', { from, to: null }, changes.add(recorded, 'assert', 'Zapowiedziane odcięcie gazu w pionie'));
}

function futureWindows(dwelling: DwellingDraft, { plan, changes, random }: Tools): void {
  const { from, recorded } = futureChange(plan, random);
  amend(dwelling, 'windows', 'triple', { from, to: null }, changes.add(recorded, 'assert', 'Zlecona wymiana okien na trzyszybowe'));
}

/** A bathroom with a w.c. is built into the kitchen. */
function buildBathroom(dwelling: DwellingDraft, { plan, changes, random }: Tools): void {
  const { from, recorded } = pastChange(plan, random);
  const days = { from, to: null };
  const change = changes.add(recorded, 'assert', 'Wydzielenie łazienki z kuchni');
  amend(dwelling, 'bathroom', 'own', days, change);
  if (dwelling.options.wc !== 'own') amend(dwelling, 'wc', 'own', days, change);
  if (dwelling.options.cold_water !== 'inside') amend(dwelling, 'cold_water', 'inside', days, change);
  dwelling.rebuilt = { how: 'bathroom', days, change };
}

/** Another area of the largest room: measured again (a correction), or a part was walled off (a change). */
function rebuild(how: 'measured' | 'divided'): Kind['happen'] {
  return (dwelling, { plan, changes, random }) => {
    if (how === 'measured') {
      const change = changes.add(correctionDay(plan, random), 'correct', 'Ponowny obmiar lokalu');
      dwelling.rebuilt = { how, days: dwelling.building.surveyed, change };
      return;
    }
    const { from, recorded } = pastChange(plan, random);
    dwelling.rebuilt = { how, days: { from, to: null }, change: changes.add(recorded, 'assert', 'Wydzielenie garderoby z pokoju') };
  };
}
