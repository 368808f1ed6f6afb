/** The PESEL number: eleven digits that tell a birth date and check themselves. Ustawa o ewidencji ludności art. 15–19 */
import type { PlainDate } from '../platform/dates/plain.ts';
import { isPlainDate } from '../platform/dates/plain.ts';

/** What is wrong with a number. */
export type PeselFlaw = 'pesel_form' | 'pesel_date' | 'pesel_checksum' | 'pesel_future';

const FORM = /^\d{11}$/;
const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
/** The century of birth, by the tens of the month. */
const CENTURIES: Readonly<Record<number, number>> = { 8: 18, 0: 19, 2: 20, 4: 21, 6: 22 };

/** The last digit, from the ten before it. */
export function checkDigit(ten: string): number {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(ten[place]), 0);
  return (10 - (sum % 10)) % 10;
}

/** The birth date that the digits tell, whether or not their check is right; null when there is no such day. */
export function bornByPesel(pesel: string): PlainDate | null {
  const month = Number(pesel.slice(2, 4));
  const tens = (month - (month % 20)) / 10;
  const century = CENTURIES[tens];
  if (century === undefined) return null;
  const day = `${century}${pesel.slice(0, 2)}-${String(month % 20).padStart(2, '0')}-${pesel.slice(4, 6)}`;
  return isPlainDate(day) ? day : null;
}

/** What is wrong with the number on that day, or null. */
export function peselFlaw(pesel: string, today: PlainDate): PeselFlaw | null {
  if (!FORM.test(pesel)) return 'pesel_form';
  const born = bornByPesel(pesel);
  if (born === null) return 'pesel_date';
  if (checkDigit(pesel) !== Number(pesel[10])) return 'pesel_checksum';
  return born > today ? 'pesel_future' : null;
}

/** The number of whoever was born on the day as the `serial`th (0–9999; odd for men). @throws RangeError outside the years that are told */
export function peselOf(born: PlainDate, serial: number): string {
  const century = Object.entries(CENTURIES).find(([, name]) => born.startsWith(String(name)));
  if (century === undefined || serial < 0 || serial > 9999) throw new RangeError(`no number for ${born}, ${serial}`);
  const month = Number(born.slice(5, 7)) + Number(century[0]) * 10;
  const ten = `${born.slice(2, 4)}${String(month).padStart(2, '0')}${born.slice(8)}${String(serial).padStart(4, '0')}`;
  return `${ten}${checkDigit(ten)}`;
}

/** Whether a text could be somebody's number, right or mistyped: it must not become a code, which stands in addresses and outlives the person's data. */
export function likePesel(text: string): boolean {
  return FORM.test(text);
}

/** What is shown to those who may not see it: its last four digits. */
export function maskedPesel(pesel: string): string {
  return `*******${pesel.slice(-4)}`;
}
