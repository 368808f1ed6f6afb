/** How what people type becomes what a command's schema reads: each kind of field knows both directions. */
import { addDays, isPlainDate } from '../../platform/dates/plain.ts';

export interface FieldKind {
  /** The text as the schema wants it; `undefined` = nothing was given. What cannot be read is handed on as it stands: the schema says what is wrong with it. */
  read(texts: readonly string[]): unknown;
  /** A value of the program as the field shows it. */
  write(value: string): string;
}

/** Kinds by name of the field; a dot leads inwards: `scope.kind`. */
export type FieldKinds = Readonly<Record<string, FieldKind>>;

const one = (read: (text: string) => unknown): FieldKind['read'] => ([text = '']) => (text.trim() === '' ? undefined : read(text.trim()));
const same = (value: string): string => value;

/** A line or an area of text. */
export const text: FieldKind = { read: one((given) => given.replaceAll('\r\n', '\n')), write: same };

/** One of a few words; nothing chosen is nothing given. */
export const choice: FieldKind = { read: one((given) => given), write: same };

/** Several of a few words. */
export const choices: FieldKind = { read: (texts) => texts.filter((given) => given !== ''), write: same };

/** Ticked or not. */
export const flag: FieldKind = { read: ([given]) => given !== undefined && given !== '' && given !== 'false', write: same };

/** Several words in one area, one a line or with commas between them. */
export const words: FieldKind = {
  read: one((given) => given.split(/[\s,;]+/).filter((word) => word !== '')),
  write: same,
};

const POLISH_DAY = /^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})$/;

/** A day: `31.01.2026` as people write it, or `2026-01-31`. */
export const day: FieldKind = {
  read: one((given) => {
    const [, d, m, y] = POLISH_DAY.exec(given) ?? [];
    if (d === undefined || m === undefined || y === undefined) return given;
    return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  }),
  write: (value) => (isPlainDate(value) ? `${value.slice(8)}.${value.slice(5, 7)}.${value.slice(0, 4)}` : value),
};

/** The last day of something, where the program counts the first day after it. */
export const lastDay: FieldKind = {
  read: (texts) => {
    const given = day.read(texts);
    return typeof given === 'string' && isPlainDate(given) ? addDays(given, 1) : given;
  },
  write: (value) => day.write(isPlainDate(value) ? addDays(value, -1) : value),
};

/** A number with a comma or a point; spaces between thousands are for the eye alone. */
export const decimal: FieldKind = {
  read: one((given) => {
    const plain = given.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
    return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? plain : given;
  }),
  write: (value) => value.replace('.', ','),
};

/** A whole number. */
export const whole: FieldKind = { read: one((given) => (/^-?\d{1,15}$/.test(given) ? Number(given) : given)), write: same };

/** `true` and `false` as an address carries them. */
export const yesNo: FieldKind = choice;
