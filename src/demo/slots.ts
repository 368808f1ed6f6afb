/** The slots of seeds/law/slots.yaml that the city fills, with their options. */

type YesNo = 'yes' | 'no';
type Cause = 'independent' | 'tenant';

export interface BuildingOptions {
  zone: 'S' | 'A' | 'B' | 'C';
  building_form: 'compact' | 'free_standing' | 'one_or_two_family' | 'other';
  school_grounds: YesNo;
  modernised_heating: YesNo;
}
/** m */
export interface BuildingMeasures {
  railway_distance: number;
  tramway_distance: number;
  stop_distance: number;
}
export interface StaircaseOptions {
  lift: YesNo;
  winding_stairs: YesNo;
  heated_staircase: YesNo;
}
export interface StaircaseMeasures {
  staircase_dwellings: number;
}
export interface DwellingOptions {
  entrance: 'staircase' | 'gallery' | 'ground' | 'school_corridor';
  vestibule: YesNo;
  attic: YesNo;
  largest_room_side: 'front' | 'yard';
  adjoins_lift_shaft: YesNo;
  adjoins_refuse_chute: YesNo;
  adjoins_gateway: YesNo;
  adjoins_hydrophore: YesNo;
  adjoins_transformer: YesNo;
  adjoins_school: YesNo;
  hall: 'own' | 'shared' | 'none';
  bathroom: 'own' | 'shared_inside' | 'shared_corridor' | 'own_corridor' | 'none';
  kitchen_access: 'own' | 'shared' | 'none';
  kitchen_kind: 'daylight' | 'dark' | 'recess';
  wc: 'own' | 'shared_inside' | 'own_corridor' | 'shared_corridor' | 'outside' | 'none';
  cellar: YesNo;
  attic_or_drying: YesNo;
  hot_water: 'central' | 'local' | 'none';
  cold_water: 'inside' | 'corridor' | 'outside';
  gas: 'piped' | 'none' | 'electric_adapted';
  heating: 'central' | 'electric' | 'gas' | 'mixed' | 'stove' | 'none';
  unheated_room: 'no' | 'missing' | 'removed_by_tenant';
  windows: 'single' | 'double' | 'triple';
  sunny: YesNo;
  mould: 'no' | Cause;
  damp: 'no' | Cause;
  shaded: 'no' | Cause;
  underlit_cause: Cause;
}
export interface DwellingMeasures {
  /** Ground = 0. */
  storey: number;
  /** cm above the ground */
  floor_level: number;
  /** m; 1000 = nothing opposite */
  neighbour_distance: number;
  /** m² */
  balcony_area: number;
  /** cm */
  height: number;
  /** Area of windows to area of floor. */
  window_to_floor: number;
}

export const BUILDING_OPTIONS = ['zone', 'building_form', 'school_grounds', 'modernised_heating'] as const;
export const BUILDING_MEASURES = ['railway_distance', 'tramway_distance', 'stop_distance'] as const;
export const STAIRCASE_OPTIONS = ['lift', 'winding_stairs', 'heated_staircase'] as const;
export const STAIRCASE_MEASURES = ['staircase_dwellings'] as const;
export const DWELLING_OPTIONS = [
  'entrance', 'vestibule', 'attic', 'largest_room_side',
  'adjoins_lift_shaft', 'adjoins_refuse_chute', 'adjoins_gateway', 'adjoins_hydrophore', 'adjoins_transformer', 'adjoins_school',
  'hall', 'bathroom', 'kitchen_access', 'kitchen_kind', 'wc', 'cellar', 'attic_or_drying',
  'hot_water', 'cold_water', 'gas', 'heating', 'unheated_room', 'windows', 'sunny', 'mould', 'damp', 'shaded', 'underlit_cause',
] as const satisfies readonly (keyof DwellingOptions)[];
export const DWELLING_MEASURES = [
  'storey', 'floor_level', 'neighbour_distance', 'balcony_area', 'height', 'window_to_floor',
] as const satisfies readonly (keyof DwellingMeasures)[];
