/** Arguments as people before a page read them. */
import type { Language } from '../language.ts';
import { isPlainDate } from '../dates/plain.ts';

const DECIMAL = /^-?\d+\.\d{1,10}$/;

/** A day as it is typed, `31.01.2026`; a decimal with the language's mark; anything else as it stands. */
export function shownArgument(value: string, language: Language): string {
  if (isPlainDate(value)) return `${value.slice(8)}.${value.slice(5, 7)}.${value.slice(0, 4)}`;
  return language === 'pl' && DECIMAL.test(value) ? value.replace('.', ',') : value;
}
