/** Buildings, staircases and dwellings while the city is being made: what will be observed about them, and what changed. */
import type { Days } from './calendar.ts';
import type { Change } from './changes.ts';
import type { Amendment } from './history.ts';
import type { Basis, BuildingDetails, Installation, RoomPart } from './rows.ts';
import type { Artery, Street } from './seeds.ts';
import type {
  BuildingMeasures, BuildingOptions, DwellingMeasures, DwellingOptions, StaircaseMeasures, StaircaseOptions,
} from './slots.ts';

export type Style = 'tenement' | 'huta' | 'estate' | 'house' | 'school' | 'hotel';

/** Another option or measure of one slot, as known from the change on. */
export type SlotAmendment<O, M> = Amendment<string> & { readonly slot: keyof O | keyof M };

export interface Observed<O, M> {
  readonly options: Partial<O>;
  readonly measures: Partial<M>;
  amendments: SlotAmendment<O, M>[] | null;
}

export interface TrafficFinding {
  readonly artery: Artery;
  /** m, to two places */
  readonly distance: number;
  readonly amendment: Amendment<number> | null;
}

export interface BuildingDraft extends Observed<BuildingOptions, BuildingMeasures> {
  readonly id: number;
  readonly code: string;
  readonly style: Style;
  readonly street: Street;
  readonly details: BuildingDetails;
  detailsAmendment: Amendment<BuildingDetails> | null;
  readonly storeys: number;
  /** First day of what the first survey found, and how it was recorded. */
  readonly survey: Change;
  readonly surveyed: Days;
  readonly staircases: StaircaseDraft[];
  readonly dwellings: DwellingDraft[];
  readonly traffic: TrafficFinding[];
}

export interface StaircaseDraft extends Observed<StaircaseOptions, StaircaseMeasures> {
  readonly id: number;
  readonly building: BuildingDraft;
  readonly code: string;
  /** Behind the front house of a tenement. */
  readonly annexe: boolean;
}

/** What becomes of a dwelling on the anchor day. */
export type Role = 'points' | 'social' | 'shared' | 'temporary' | 'untitled' | 'vacant' | 'upcoming';

export interface BusinessDraft {
  readonly name: string;
  readonly opens: string;
  readonly closes: string;
  readonly amendment: Amendment<true> | null;
}

export interface RoomAmendment extends Amendment<RoomPart> {
  readonly room: string;
  readonly part: number;
}

export interface DwellingDraft extends Observed<DwellingOptions, DwellingMeasures> {
  readonly id: number;
  readonly code: string;
  readonly number: string;
  readonly building: BuildingDraft;
  readonly staircase: StaircaseDraft;
  role: Role;
  holder: string;
  basis: Basis;
  businesses: BusinessDraft[] | null;
  /** A later measuring or rebuilding: a bathroom was built in, or the largest room was measured again. */
  rebuilt: { readonly how: 'bathroom' | 'measured' | 'divided'; readonly days: Days; readonly change: Change } | null;
  /** Number of rooms that are let separately; 0 = let as a whole. */
  privateRooms: number;
}

export interface TechnicalDraft {
  readonly building: BuildingDraft;
  readonly staircase: StaircaseDraft | null;
  readonly dwelling: DwellingDraft | null;
  readonly installation: Installation;
  readonly decision: string | null;
  readonly days: Days;
  readonly change: Change;
  /** The improvement that ended it. VAL-6 */
  readonly improved: Amendment<true> | null;
}

/** Writes down a later change, correction or end of one slot. */
export function amend<O, M>(subject: Observed<O, M>, slot: keyof O | keyof M, value: string | null, days: Days, change: Change): void {
  (subject.amendments ??= []).push({ slot, value, from: days.from, to: days.to, change });
}
