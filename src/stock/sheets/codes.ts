/** From codes in files to ids, a batch at a time. Other slices' sheets use it too. */
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import { joinKey } from '../../platform/exchange/facts-sheet.ts';

export interface KnownDwelling {
  readonly id: string;
  readonly buildingId: string;
  /** Code of its building. */
  readonly building: string;
}

interface Coded {
  readonly id: string;
  readonly code: string;
}

export async function buildingsByCode(trx: Transaction, codes: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<Coded>(trx, 'select id, code from buildings where code = any(?::text[])', [distinct(codes)]);
  return new Map(found.map(({ id, code }) => [code, id]));
}

export async function dwellingsByCode(trx: Transaction, codes: readonly string[]): Promise<Map<string, KnownDwelling>> {
  const found = await rows<KnownDwelling & { code: string }>(
    trx,
    `select d.id, d.code, d.building_id as "buildingId", b.code as building from dwellings d join buildings b on b.id = d.building_id where d.code = any(?::text[])`,
    [distinct(codes)],
  );
  return new Map(found.map(({ code, ...dwelling }) => [code, dwelling]));
}

export async function auxiliaryRoomsByCode(trx: Transaction, codes: readonly string[]): Promise<Map<string, { id: string; building: string }>> {
  const found = await rows<Coded & { building: string }>(
    trx,
    'select a.id, a.code, b.code as building from auxiliary_rooms a join buildings b on b.id = a.building_id where a.code = any(?::text[])',
    [distinct(codes)],
  );
  return new Map(found.map(({ id, code, building }) => [code, { id, building }]));
}

/** Staircases of the buildings, by `staircaseKey`. */
export async function staircasesOf(trx: Transaction, buildings: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<Coded & { building: string }>(
    trx,
    'select s.id, s.code, b.code as building from staircases s join buildings b on b.id = s.building_id where b.code = any(?::text[])',
    [distinct(buildings)],
  );
  return new Map(found.map(({ id, code, building }) => [staircaseKey(building, code), id]));
}

export function staircaseKey(building: string, staircase: string): string {
  return joinKey(building, staircase);
}

/** A room of a dwelling with the days on which it is known to be common. */
export interface KnownRoom {
  readonly dwellingId: string;
  readonly room: string;
  readonly use: 'own' | 'common';
  readonly from: string;
  readonly to: string | null;
}

/** Every part of every room of the dwellings, whenever it was there. */
export async function roomsOf(trx: Transaction, dwellingIds: readonly string[]): Promise<KnownRoom[]> {
  return rows<KnownRoom>(
    trx,
    `select dwelling_id as "dwellingId", room, use, lower(valid)::text as "from", upper(valid)::text as "to"
     from room_parts where dwelling_id = any(?::bigint[]) and upper_inf(recorded)`,
    [distinct(dwellingIds)],
  );
}

export function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
