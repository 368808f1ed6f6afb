/** A city as rows of the tables it is copied into: values as the database reads them, `numeric` as decimal strings. */
import type { Instant } from '../platform/dates/instants.ts';

/** The columns of a row with two times. */
export interface Times {
  readonly valid: string;
  readonly recorded: string;
  change_id: number;
  closed_change_id: number | null;
}

export interface ChangeRow {
  id: number;
  readonly recorded_at: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly reason: string;
}

export interface BuildingRow { readonly id: number; readonly code: string }
export interface StaircaseRow { readonly id: number; readonly building_id: number; readonly code: string }
export interface DwellingRow { readonly id: number; readonly code: string; readonly building_id: number }

export interface BuildingDetails {
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly district: string;
  readonly ownership: 'municipal' | 'community' | 'state' | 'unclear';
  readonly manager: string;
}
export interface BuildingDetailsRow extends BuildingDetails, Times { readonly building_id: number }

export interface DwellingDetails {
  readonly staircase_id: number | null;
  readonly number: string;
  readonly shared: boolean;
  readonly holder: string;
}
export interface DwellingDetailsRow extends DwellingDetails, Times { readonly dwelling_id: number }

export interface OptionRow extends Times { readonly slot: string; readonly option: string; readonly evidence: string | null }
export interface MeasureRow extends Times { readonly slot: string; readonly value: string; readonly evidence: string | null }
export type OfBuilding<T> = T & { readonly building_id: number };
export type OfStaircase<T> = T & { readonly staircase_id: number };
export type OfDwelling<T> = T & { readonly dwelling_id: number };

export type Band = 'from_220' | 'from_140' | 'under_140';
export interface RoomPart {
  readonly kind: string;
  readonly use: 'own' | 'common';
  readonly band: Band;
  readonly area_m2: string;
}
export interface RoomPartRow extends RoomPart, Times { readonly dwelling_id: number; readonly room: string; readonly part: number }

export interface TrafficRow extends Times {
  readonly building_id: number;
  readonly street: string;
  readonly segment: string;
  readonly band: string;
  readonly distance_m: string;
  readonly evidence: string | null;
}

export interface BusinessRow extends Times {
  readonly dwelling_id: number;
  readonly name: string;
  readonly opens: string;
  readonly closes: string;
  readonly evidence: string | null;
}

export type Installation = 'water_sewage' | 'electric' | 'gas' | 'heating' | 'danger';
export interface TechnicalRow extends Times {
  readonly building_id: number;
  readonly staircase_id: number | null;
  readonly dwelling_id: number | null;
  readonly installation: Installation;
  readonly decision: string | null;
  readonly evidence: string | null;
}

export interface AuxiliaryRoomRow { readonly id: number; readonly code: string; readonly building_id: number }
export interface AuxiliaryAreaRow extends Times { readonly auxiliary_room_id: number; readonly area_m2: string }
export interface AuxiliaryUserRow extends Times {
  readonly auxiliary_room_id: number;
  readonly premises: string;
  readonly dwelling_id: number | null;
  readonly area_m2: string | null;
}

export interface PersonRow { readonly id: number; readonly code: string; readonly name: string }
export interface LeaseRow { readonly id: number; readonly number: string; readonly dwelling_id: number }

export type LeaseKind = 'indefinite' | 'fixed' | 'social' | 'temporary_room' | 'replacement' | 'studio' | 'without_title';
export interface LeaseTerm {
  readonly kind: LeaseKind;
  readonly covers: 'whole' | 'rooms';
  readonly notice_months: number | null;
  readonly eviction_stayed: boolean;
}
export interface LeaseTermRow extends LeaseTerm, Times { readonly lease_id: number; readonly dwelling_id: number }

export type Basis =
  | 'points' | 'social' | 'temporary_room' | 'taken_over_standard' | 'taken_over_own'
  | 'tender' | 'offers_before' | 'artists_dwelling' | 'artists_studio' | 'individual';
export interface LeaseBasis {
  readonly basis: Basis;
  readonly document: string | null;
  /** zł/m² */
  readonly own_rate: string | null;
}
export interface LeaseBasisRow extends LeaseBasis, Times { readonly lease_id: number }
export interface LeaseRoomRow extends Times { readonly lease_id: number; readonly dwelling_id: number; readonly room: string }
export type PartyRole = 'tenant' | 'co_tenant' | 'occupant';
export interface LeasePartyRow extends Times { readonly lease_id: number; readonly person_id: number; readonly role: PartyRole }
export interface LeaseHoldRow extends Times { readonly lease_id: number; readonly reason: string }

/** All rows, table by table, in the order in which they can be written. */
export interface City {
  readonly changes: ChangeRow[];
  readonly buildings: BuildingRow[];
  readonly staircases: StaircaseRow[];
  readonly dwellings: DwellingRow[];
  readonly building_details: BuildingDetailsRow[];
  readonly dwelling_details: DwellingDetailsRow[];
  readonly building_options: OfBuilding<OptionRow>[];
  readonly building_measures: OfBuilding<MeasureRow>[];
  readonly staircase_options: OfStaircase<OptionRow>[];
  readonly staircase_measures: OfStaircase<MeasureRow>[];
  readonly dwelling_options: OfDwelling<OptionRow>[];
  readonly dwelling_measures: OfDwelling<MeasureRow>[];
  readonly room_parts: RoomPartRow[];
  readonly building_traffic: TrafficRow[];
  readonly dwelling_businesses: BusinessRow[];
  readonly technical_findings: TechnicalRow[];
  readonly auxiliary_rooms: AuxiliaryRoomRow[];
  readonly auxiliary_room_areas: AuxiliaryAreaRow[];
  readonly auxiliary_room_users: AuxiliaryUserRow[];
  readonly persons: PersonRow[];
  readonly leases: LeaseRow[];
  readonly lease_terms: LeaseTermRow[];
  readonly lease_bases: LeaseBasisRow[];
  readonly lease_rooms: LeaseRoomRow[];
  readonly lease_parties: LeasePartyRow[];
  readonly lease_holds: LeaseHoldRow[];
}

export type TableName = keyof City;
