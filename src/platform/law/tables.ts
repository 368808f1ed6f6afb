/** How each kind of law value lies in its table: key, value, wording. */
import type { Holiday, Item, ItemGroup, Parameter, Provenance, Slot, TrafficStreet, Zone } from './types.ts';

export type Cell = string | number | null;

/** A table of the law: rows of one key exclude one another in time; a changed wording is no changed value. */
export interface LawTable<T extends Provenance> {
  readonly table: string;
  readonly key: readonly string[];
  readonly value: readonly string[];
  readonly wording: readonly string[];
  /** Columns that hold JSON text. */
  readonly json: readonly string[];
  row(entry: T, position: number): Record<string, Cell>;
}

const json = (value: unknown): string => JSON.stringify(value);

export const SLOTS: LawTable<Slot> = {
  table: 'law_slots',
  key: ['slot'],
  value: ['subject', 'shape', 'options', 'unit', 'min', 'max', 'unrecorded'],
  wording: ['option_names', 'name', 'position'],
  json: ['options', 'option_names'],
  row: (slot, position) => ({
    slot: slot.slot, subject: slot.subject, shape: slot.shape, options: json(slot.options), unit: slot.unit, min: slot.min, max: slot.max,
    unrecorded: slot.unrecorded, option_names: json(slot.optionNames), name: slot.name, position,
  }),
};

export const GROUPS: LawTable<ItemGroup> = {
  table: 'law_groups',
  key: ['grp'],
  value: ['cardinality', 'over', 'choose'],
  wording: ['name', 'position'],
  json: [],
  row: (group) => ({
    grp: group.group, cardinality: group.cardinality, over: group.over, choose: group.choose, name: group.name, position: group.position,
  }),
};

export const ITEMS: LawTable<Item> = {
  table: 'law_items',
  key: ['item'],
  value: ['grp', 'value', 'unit', 'conditions'],
  wording: ['text', 'position'],
  json: ['conditions'],
  row: (item, position) => ({
    item: item.item, grp: item.group, value: item.value.toFixed(), unit: item.unit, conditions: json(item.when), text: item.text, position,
  }),
};

export const ZONES: LawTable<Zone> = {
  table: 'law_zones',
  key: ['zone'],
  value: ['precedence', 'boundary'],
  wording: ['name'],
  json: [],
  row: ({ zone, name, precedence, boundary }) => ({ zone, name, precedence, boundary }),
};

export const TRAFFIC: LawTable<TrafficStreet> = {
  table: 'law_traffic',
  key: ['band', 'street', 'segment'],
  value: [],
  wording: [],
  json: [],
  row: ({ band, street, segment }) => ({ band, street, segment }),
};

export const PARAMETERS: LawTable<Parameter> = {
  table: 'law_parameters',
  key: ['key'],
  value: ['value', 'unit'],
  wording: ['rule', 'name'],
  json: ['value'],
  row: ({ key, value, unit, rule, name }) => ({ key, value: json(value), unit, rule, name }),
};

export const HOLIDAYS: LawTable<Holiday> = {
  table: 'law_holidays',
  key: ['name'],
  value: ['fixed', 'easter', 'weekday'],
  wording: [],
  json: [],
  row: ({ name, fixed, easter, weekday }) => ({ name, fixed, easter, weekday }),
};
