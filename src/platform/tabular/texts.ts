/** Words of everything that can be wrong with a table file, for whoever asks. */
import type { Language } from '../language.ts';
import { spoken } from '../language.ts';
import { CELL as CELL_EN, FILE as FILE_EN } from './words/en.ts';
import type { CellCode, FileCode, Saying } from './words/pl.ts';
import { CELL as CELL_PL, FILE as FILE_PL } from './words/pl.ts';

export type { CellCode, FileCode, Saying } from './words/pl.ts';

/** Arguments of a text: ready to be shown, never values to compute with. */
export type Args = Readonly<Record<string, string>>;

const CELL: Readonly<Record<Language, Readonly<Record<CellCode, Saying>>>> = { pl: CELL_PL, en: CELL_EN };
const FILE: Readonly<Record<Language, Readonly<Record<FileCode, Saying>>>> = { pl: FILE_PL, en: FILE_EN };

/** All codes with a text, for documentation and tests. */
export const CELL_CODES = Object.keys(CELL_PL) as readonly CellCode[];
export const FILE_CODES = Object.keys(FILE_PL) as readonly FileCode[];

/** What is wrong with a cell and what to do. */
export function cellText(code: CellCode, args: Args): string {
  return CELL[spoken().language][code]((name) => args[name] ?? '');
}

/** What is wrong with a file and what to do. */
export function fileText(code: FileCode, args: Args): string {
  return FILE[spoken().language][code]((name) => args[name] ?? '');
}
