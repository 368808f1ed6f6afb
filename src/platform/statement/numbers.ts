/** Numbers as people read them: `1 234,56 zł` in Polish, `1,234.56 zł` in English. */
import type { Dec } from '../money.ts';
import { dec } from '../money.ts';
import { unitOf, valueOf } from './lines.ts';
import type { Quantity, Unit } from './types.ts';
import type { Language } from './words/codes.ts';

const NO_BREAK = '\u00a0';

const MARKS: Readonly<Record<Language, { readonly thousands: string; readonly decimal: string }>> = {
  pl: { thousands: NO_BREAK, decimal: ',' },
  en: { thousands: ',', decimal: '.' },
};

const UNITS: Readonly<Record<Unit, { readonly pl: string; readonly en: string; readonly places: number }>> = {
  zł: { pl: 'zł', en: 'zł', places: 2 },
  'zł/m2': { pl: 'zł/m²', en: 'zł/m²', places: 2 },
  m2: { pl: 'm²', en: 'm²', places: 2 },
  pkt: { pl: 'pkt', en: 'pts', places: 0 },
  '%': { pl: '%', en: '%', places: 0 },
  m: { pl: 'm', en: 'm', places: 0 },
  cm: { pl: 'cm', en: 'cm', places: 0 },
  '1': { pl: '', en: '', places: 0 },
};

export function decimalMark(language: Language): string {
  return MARKS[language].decimal;
}

/** A quantity ready to be shown; `text` holds number and unit with a space that does not break. */
export interface ShownQuantity {
  readonly number: string;
  readonly unit: string;
  readonly text: string;
}

/** With all its decimal places, and at least `places`. */
export function shownNumber(value: Dec, places: number, language: Language): string {
  const [whole = '', part] = value.toFixed(Math.max(places, value.decimalPlaces())).replace('-', '').split('.');
  const { thousands, decimal } = MARKS[language];
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, thousands);
  return `${value.isNegative() && !value.isZero() ? '-' : ''}${grouped}${part === undefined ? '' : `${decimal}${part}`}`;
}

/** A decimal as it stands in an argument; anything else is shown as it is. */
export function shownText(text: string, places: number, language: Language): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? shownNumber(dec(text), places, language) : text;
}

/** A number with a unit of the law's slots, `245 cm`; `1` counts things and has none. */
export function shownMeasure(text: string, unit: string | null, language: Language): string {
  const number = shownText(text, 0, language);
  if (unit === null || unit === '1') return number;
  return `${number}${NO_BREAK}${unit === 'm2' ? 'm²' : unit}`;
}

export function shownQuantity(quantity: Quantity, language: Language): ShownQuantity {
  const unit = UNITS[unitOf(quantity)];
  const number = shownNumber(valueOf(quantity), unit.places, language);
  const name = unit[language];
  return { number, unit: name, text: name === '' ? number : `${number}${NO_BREAK}${name}` };
}
