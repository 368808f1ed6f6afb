/** Writes what was observed as rows: details, options, measures, traffic, businesses, technical findings. */
import type { Days } from './calendar.ts';
import type { Change } from './changes.ts';
import type { BuildingDraft, DwellingDraft, Observed, StaircaseDraft, TechnicalDraft } from './drafts.ts';
import { history, since } from './history.ts';
import type { City, Times } from './rows.ts';
import {
  BUILDING_MEASURES, BUILDING_OPTIONS, DWELLING_MEASURES, DWELLING_OPTIONS, STAIRCASE_MEASURES, STAIRCASE_OPTIONS,
} from './slots.ts';

type Write = (slot: string, value: string, times: Times) => void;

/** One row for each slot that was filled, more where it was amended. */
function writeSlots<O, M>(
  subject: Observed<O, M>,
  values: Readonly<Partial<Record<string, unknown>>>,
  slots: readonly string[],
  found: Days & { readonly change: Change },
  write: Write,
): void {
  const times = since(found, found.change);
  for (const slot of slots) {
    const value = values[slot];
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
    const amendments = subject.amendments?.filter((amendment) => amendment.slot === slot) ?? [];
    if (amendments.length === 0) {
      if (text !== null) write(slot, text, times);
      continue;
    }
    history({ from: found.from, to: found.to, change: found.change, value: text }, amendments, (known, knownTimes) => write(slot, known, knownTimes));
  }
}

export function writeBuilding(building: BuildingDraft, city: City): void {
  const { id, survey, surveyed, details, detailsAmendment, options, measures } = building;
  const found = { ...surveyed, change: survey };
  city.buildings.push({ id, code: building.code });
  history({ ...found, value: details }, detailsAmendment === null ? [] : [detailsAmendment], (value, times) => {
    city.building_details.push({ building_id: id, ...value, ...times });
  });
  writeSlots(building, options, BUILDING_OPTIONS, found, (slot, option, times) => {
    const evidence = slot === 'zone' ? 'Załącznik nr 3: granice stref' : null;
    city.building_options.push({ building_id: id, slot, option, evidence, ...times });
  });
  writeSlots(building, measures, BUILDING_MEASURES, found, (slot, value, times) => {
    city.building_measures.push({ building_id: id, slot, value, evidence: null, ...times });
  });
  writeTraffic(building, city);
  for (const staircase of building.staircases) writeStaircase(staircase, found, city);
}

function writeTraffic({ id, traffic, surveyed, survey }: BuildingDraft, city: City): void {
  for (const { artery, distance, amendment } of traffic) {
    history({ ...surveyed, change: survey, value: distance }, amendment === null ? [] : [amendment], (value, times) => {
      const { street, segment, band } = artery;
      city.building_traffic.push({ building_id: id, street, segment, band, distance_m: value.toFixed(2), evidence: 'Pomiar na mapie zasadniczej', ...times });
    });
  }
}

function writeStaircase(staircase: StaircaseDraft, found: Days & { readonly change: Change }, city: City): void {
  const { id, building, code, options, measures } = staircase;
  city.staircases.push({ id, building_id: building.id, code });
  writeSlots(staircase, options, STAIRCASE_OPTIONS, found, (slot, option, times) => {
    city.staircase_options.push({ staircase_id: id, slot, option, evidence: null, ...times });
  });
  writeSlots(staircase, measures, STAIRCASE_MEASURES, found, (slot, value, times) => {
    city.staircase_measures.push({ staircase_id: id, slot, value, evidence: null, ...times });
  });
}

/** Options and measures of dwellings are most of the rows: named columns instead of a spread make them smaller and three times faster. */
export function writeDwelling(dwelling: DwellingDraft, city: City): void {
  const { id, code, building, staircase, number, holder, options, measures, businesses, privateRooms } = dwelling;
  const found = { ...building.surveyed, change: building.survey };
  const times = since(found, found.change);
  city.dwellings.push({ id, code, building_id: building.id });
  city.dwelling_details.push({ dwelling_id: id, staircase_id: staircase.id, number, shared: privateRooms > 0, holder, ...times });
  writeSlots(dwelling, options, DWELLING_OPTIONS, found, (slot, option, slotTimes) => {
    const { valid, recorded, change_id, closed_change_id } = slotTimes;
    city.dwelling_options.push({ dwelling_id: id, slot, option, evidence: null, valid, recorded, change_id, closed_change_id });
  });
  writeSlots(dwelling, measures, DWELLING_MEASURES, found, (slot, value, slotTimes) => {
    const { valid, recorded, change_id, closed_change_id } = slotTimes;
    city.dwelling_measures.push({ dwelling_id: id, slot, value, evidence: null, valid, recorded, change_id, closed_change_id });
  });
  for (const { name, opens, closes, amendment } of businesses ?? []) {
    history({ ...found, value: true as const }, amendment === null ? [] : [amendment], (_, knownTimes) => {
      city.dwelling_businesses.push({ dwelling_id: id, name, opens, closes, evidence: null, ...knownTimes });
    });
  }
}

export function writeTechnical({ building, staircase, dwelling, installation, decision, days, change, improved }: TechnicalDraft, city: City): void {
  history({ ...days, change, value: true as const }, improved === null ? [] : [improved], (_, times) => {
    const evidence = decision === null ? 'Protokół okresowej kontroli' : null;
    city.technical_findings.push({
      building_id: building.id, staircase_id: staircase?.id ?? null, dwelling_id: dwelling?.id ?? null, installation, decision, evidence, ...times,
    });
  });
}
