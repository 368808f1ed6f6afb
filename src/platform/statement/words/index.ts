/** The catalogue: words by version of the statement and by language. */
import type { Statement } from '../types.ts';
import type { Language, Words } from './codes.ts';
import { EN_V1 } from './v1.en.ts';
import { PL_V1 } from './v1.pl.ts';

const CATALOGUE: Readonly<Record<Statement['version'], Readonly<Record<Language, Words>>>> = { 1: { pl: PL_V1, en: EN_V1 } };

export function wordsOf(version: Statement['version'], language: Language): Words {
  return CATALOGUE[version][language];
}
