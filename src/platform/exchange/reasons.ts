/** Why a row of a file is refused, or what it is warned of: what is wrong and what to do. */
import type { Language } from '../language.ts';
import { spoken } from '../language.ts';
import { problemText } from '../problem-texts.ts';
import { CELL_CODES, cellText, type CellCode, type Saying } from '../tabular/index.ts';
import { REASONS as EN } from './reasons/en.ts';
import type { RowCode } from './reasons/pl.ts';
import { REASONS as PL } from './reasons/pl.ts';

type Args = Readonly<Record<string, string>>;

const REASONS: Readonly<Record<Language, Readonly<Record<RowCode, Saying>>>> = { pl: PL, en: EN };

/** What is said as it is said everywhere else. */
const AS_EVERYWHERE = [
  'person_erased', 'code_like_pesel', 'pesel_form', 'pesel_date', 'pesel_checksum', 'pesel_future', 'pesel_or_reason', 'pesel_and_reason', 'document_with_pesel',
  'born_future', 'born_early', 'born_otherwise',
] as const;

type SharedCode = (typeof AS_EVERYWHERE)[number];

export type ReasonCode = RowCode | SharedCode | CellCode;

/** Whether there are words for the code. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(PL, code) || isShared(code);
}

/** What is wrong with a row, at one of its columns ('' = the row as a whole). */
export interface Reason {
  readonly column: string;
  readonly code: ReasonCode;
  readonly args: Args;
}

export function reason(column: string, code: ReasonCode, args: Args = {}): Reason {
  return { column, code, args };
}

/** What is wrong and what to do. */
export function reasonText({ code, args }: Pick<Reason, 'code' | 'args'>): string {
  if (isCellCode(code)) return cellText(code, args);
  return isShared(code) ? problemText(code, args) : REASONS[spoken().language][code]((name) => args[name] ?? '');
}

function isShared(code: string): code is SharedCode {
  return (AS_EVERYWHERE as readonly string[]).includes(code);
}

function isCellCode(code: ReasonCode): code is CellCode {
  return (CELL_CODES as readonly string[]).includes(code);
}
