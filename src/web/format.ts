/** Values of the program as people read them, in the language of the page. */
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { isPlainDate } from '../platform/dates/plain.ts';
import { shownText } from '../platform/statement/numbers.ts';
import type { Language } from '../platform/statement/words/codes.ts';

const NO_BREAK = '\u00a0';

/** `1 234,50 zł` of `1234.5`. */
export function money(amount: string, language: Language): string {
  return `${shownText(amount, 2, language)}${NO_BREAK}zł`;
}

/** A decimal with all its places, and at least so many. */
export function number(value: string | number, language: Language, places = 0): string {
  return shownText(String(value), places, language);
}

/** With its sign, a plus too. */
export function signed(value: string, language: Language, places = 2): string {
  const shown = shownText(value, places, language);
  return /^[1-9]|^0[.,]0*[1-9]/.test(shown) ? `+${shown}` : shown.replace('-', '−');
}

/** `31.01.2026`, in English `31 Jan 2026`. */
export function day(date: PlainDate | string, language: Language): string {
  if (!isPlainDate(date)) return date;
  const [year = '', month = '', of = ''] = date.split('-');
  return language === 'pl' ? `${of}.${month}.${year}` : `${Number(of)}${NO_BREAK}${MONTHS[Number(month) - 1] ?? month}${NO_BREAK}${year}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const WARSAW = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', dateStyle: 'short', timeStyle: 'short' });

/** Day and time in Poland: `31.01.2026, 14:05`. */
export function moment(instant: Instant | string, language: Language): string {
  const [date = '', time = ''] = WARSAW.format(new Date(instant)).split(' ');
  return `${day(date, language)}, ${time}`;
}
