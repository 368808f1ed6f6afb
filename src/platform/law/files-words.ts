/** Words of what is wrong with a law file, for whoever has it read: they are made while it is read. */
import type { Language } from '../language.ts';
import { spoken } from '../language.ts';
import { LAW_FILE as EN } from './words/en.ts';
import type { LawFileCode } from './words/pl.ts';
import { LAW_FILE as PL } from './words/pl.ts';

export type { LawFileCode };

/** Everything there are words for. */
export const LAW_FILE_WORDS: Readonly<Record<Language, Readonly<Record<LawFileCode, string>>>> = { pl: PL, en: EN };

export function lawFileText(code: LawFileCode, args: Readonly<Record<string, string | number>> = {}): string {
  return LAW_FILE_WORDS[spoken().language][code].replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ''));
}

/** `cecha „12a”` */
export function named(what: LawFileCode, name: string): string {
  return lawFileText('named', { what: lawFileText(what), name });
}

/** `cecha nr 3` */
export function numbered(what: LawFileCode, number: number): string {
  return lawFileText('numbered', { what: lawFileText(what), number });
}
