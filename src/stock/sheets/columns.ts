/** Columns that several sheets of the stock have, and the subject of what was observed. */
import type { Transaction } from '../../platform/database/connect.ts';
import { designation } from '../../platform/exchange/columns.ts';
import { joinKey } from '../../platform/exchange/facts-sheet.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Subject } from '../../platform/law/types.ts';
import { code, option, optional, type Column } from '../../platform/tabular/index.ts';
import { buildingsByCode, dwellingsByCode, staircaseKey, staircasesOf } from './codes.ts';

export const buildingCode = (): Column<string> => code('kod_budynku', { help: 'Kod budynku w zasobie.', example: 'B00001' });
export const dwellingCode = (): Column<string> => code('kod_lokalu', { help: 'Kod lokalu w zasobie.', example: 'B00001-005' });
export const staircaseCode = (help: string): Column<string> => designation('klatka', help, '1');

/** Whom a row is about. */
export interface Named {
  readonly subject: Subject;
  readonly code: string;
  readonly staircase: string | null;
}

export const SUBJECT_WORDS = { budynek: 'building', klatka: 'staircase', lokal: 'dwelling' } as const;

export function subjectColumns(): { subject: Column<Subject>; code: Column<string>; staircase: Column<string | null> } {
  return {
    subject: option('przedmiot', { help: 'Czego dotyczy wpis.', example: 'lokal', words: SUBJECT_WORDS }),
    code: code('kod', { help: 'Kod lokalu, a dla budynku i klatki kod budynku.', example: 'B00001-005' }),
    staircase: optional(staircaseCode('Oznaczenie klatki, tylko gdy przedmiotem jest klatka.')),
  };
}

/** Whether the staircase is named where it has to be, and only there. */
export function staircaseReasons({ subject, staircase }: Named): Reason[] {
  if (subject === 'staircase' && staircase === null) return [reason('klatka', 'staircase_missing')];
  return subject !== 'staircase' && staircase !== null ? [reason('klatka', 'staircase_needless')] : [];
}

export function subjectKey({ subject, code, staircase }: Named): string {
  return joinKey(subject, code, staircase);
}

/** Ids of a subject; the building's own is always told. */
export interface SubjectIds {
  readonly id: string;
  readonly buildingId: string;
}

/** Looks up the subjects of a batch. */
export async function subjectsOf(trx: Transaction, rows: readonly Named[]): Promise<(row: Named) => SubjectIds | { readonly reasons: readonly Reason[] }> {
  const codes = (subject: Subject): string[] => rows.filter((row) => row.subject === subject).map((row) => row.code);
  const buildings = await buildingsByCode(trx, [...codes('building'), ...codes('staircase')]);
  const staircases = await staircasesOf(trx, codes('staircase'));
  const dwellings = await dwellingsByCode(trx, codes('dwelling'));
  return ({ subject, code, staircase }) => {
    if (subject === 'dwelling') return dwellings.get(code) ?? { reasons: [reason('kod', 'dwelling_unknown', { dwelling: code })] };
    const buildingId = buildings.get(code);
    if (buildingId === undefined) return { reasons: [reason('kod', 'building_unknown', { building: code })] };
    if (subject === 'building') return { id: buildingId, buildingId };
    const id = staircases.get(staircaseKey(code, staircase ?? ''));
    return id === undefined ? { reasons: [reason('klatka', 'staircase_unknown', { building: code, staircase: staircase ?? '' })] } : { id, buildingId };
  };
}
