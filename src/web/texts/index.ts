/** The one catalogue of what pages say. Polish decides what there is; English has the same, the compiler sees to it. */
import type { Language } from '../../platform/statement/words/codes.ts';
import { EN } from './en/index.ts';
import type { Texts } from './pl/index.ts';
import { PL } from './pl/index.ts';

export type { Texts };

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { pl: 'Polski', en: 'English' };

const CATALOGUE: Readonly<Record<Language, Texts>> = { pl: PL, en: EN };

export function textsIn(language: Language): Texts {
  return CATALOGUE[language];
}
