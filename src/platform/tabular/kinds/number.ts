/** Columns of numbers. A comma is right, a dot is understood, thousands are never guessed. */
import { Dec, ZERO } from '../../money.ts';
import { column, type Column, type ColumnTexts, type SheetCell } from '../column.ts';
import { CellError, shown } from '../errors.ts';

const PLAIN = /^-?\d+(?:[.,]\d+)?$/u;
const GROUPED = /^(-?)(\d{1,3}(?:[ \u00a0\u202f']\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,](\d+))?$/u;
const EXPONENT = /^[-+]?\d+(?:[.,]\d+)?e[-+]?\d+$/iu;
const DASH = /^(?:[-–—−]+|brak|b\/d|n\/d|nd|null|n\/a)$/iu;
const UNIT = /\s*(?:zł|zl|pln|m2|m²|m|%|cm|szt\.?)(?:\s*\/\s*m[2²])?$/iu;
const MOST_DIGITS = 30;
/** A spreadsheet holds no more significant digits than these. */
const SPREADSHEET_DIGITS = 15;

export interface DecimalOptions extends ColumnTexts {
  /** Most digits after the comma. */
  readonly places: number;
  /** Least and greatest value allowed, as plain decimals (`-12.50`). */
  readonly min?: string;
  readonly max?: string;
}

/** A decimal number: `12,50` or `12.50`. Written with exactly `places` digits after the comma. */
export function decimal(name: string, options: DecimalOptions): Column<Dec> {
  const { places } = options;
  const min = options.min === undefined ? undefined : new Dec(options.min);
  const max = options.max === undefined ? undefined : new Dec(options.max);
  return column(name, {
    ...options,
    form: `liczba (cyfr po przecinku najwyżej ${places})${rangeForm(options.min, options.max)}`,
    width: 14,
    parse: (raw) => {
      const value = parseNumber(raw, options.example);
      if (value.decimalPlaces() > places) {
        throw new CellError('decimal_places', { text: shown(raw), places: String(places), example: options.example });
      }
      if (min?.gt(value) === true) throw tooSmall(raw, value.lt(0) && min.isZero(), options.min ?? '');
      if (max?.lt(value) === true) throw new CellError('above_max', { text: shown(raw), max: comma(options.max ?? '') });
      return value;
    },
    print: (value) => withPlaces(name, value, places).replace('.', ','),
    cell: (value) => numberCell(withPlaces(name, value, places), places),
  });
}

export interface IntegerOptions extends ColumnTexts {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number that fits a JavaScript number exactly. */
export function integer(name: string, options: IntegerOptions): Column<number> {
  const min = options.min ?? Number.MIN_SAFE_INTEGER;
  const max = options.max ?? Number.MAX_SAFE_INTEGER;
  return column(name, {
    ...options,
    form: `liczba całkowita${rangeForm(options.min?.toString(), options.max?.toString())}`,
    width: 10,
    parse: (raw) => {
      if (!/^-?\d+$/u.test(raw)) {
        // The number as a decimal explains the commoner mistakes better than "not a whole number".
        if (PLAIN.test(raw) || !/\d/u.test(raw)) throw new CellError('integer_form', { text: shown(raw), example: options.example });
        parseNumber(raw, options.example);
      }
      // What a number cannot hold exactly is beyond the safe integers, however it is rounded.
      const value = Number(raw);
      if (value < min) throw tooSmall(raw, value < 0 && min === 0, String(min));
      if (value > max) throw new CellError('above_max', { text: shown(raw), max: String(max) });
      return value === 0 ? 0 : value;
    },
    print: (value) => {
      if (!Number.isSafeInteger(value)) throw new RangeError(`${name}: not a whole number: ${String(value)}`);
      return String(value);
    },
    cell: (value) => numberCell(String(value), 0),
  });
}

function rangeForm(min: string | undefined, max: string | undefined): string {
  const parts = [min === undefined ? '' : ` od ${comma(min)}`, max === undefined ? '' : ` do ${comma(max)}`];
  return parts.join('') === '' ? '' : `,${parts.join('')}`;
}

/** @throws CellError naming the right form */
function parseNumber(raw: string, example: string): Dec {
  if (PLAIN.test(raw) && raw.length <= MOST_DIGITS) {
    const value = new Dec(raw.replace(',', '.'));
    return value.isZero() ? ZERO : value;
  }
  const text = shown(raw);
  if (DASH.test(raw)) throw new CellError('decimal_dash', { text });
  if (EXPONENT.test(raw)) throw new CellError('decimal_exponent', { text, example });
  const bare = raw.replace(UNIT, '');
  if (bare !== raw && PLAIN.test(bare)) throw new CellError('decimal_unit', { text, right: comma(bare) });
  const [, sign, whole, fraction] = GROUPED.exec(bare) ?? [];
  if (sign !== undefined && whole !== undefined) {
    const right = `${sign}${whole.replace(/\D/gu, '')}${fraction === undefined ? '' : `,${fraction}`}`;
    throw new CellError(whole.includes('.') ? 'decimal_dot_thousands' : 'decimal_thousands', { text, right });
  }
  throw new CellError('decimal_form', { text, example });
}

function tooSmall(raw: string, belowZero: boolean, min: string): CellError {
  return belowZero ? new CellError('negative', { text: shown(raw) }) : new CellError('below_min', { text: shown(raw), min: comma(min) });
}

function comma(number: string): string {
  return number.replace('.', ',');
}

function withPlaces(name: string, value: Dec, places: number): string {
  if (!value.isFinite() || value.decimalPlaces() > places) {
    throw new RangeError(`${name}: ${value.toString()} has more than ${places} decimal places`);
  }
  // Minus zero is zero: "-0,00" on paper would only raise questions.
  return (value.isZero() ? ZERO : value).toFixed(places);
}

/** As a number, unless a spreadsheet would lose digits of it: then as text, which the column reads just as well. */
function numberCell(fixed: string, places: number): SheetCell {
  const digits = fixed.replace(/\D/gu, '').replace(/^0+/u, '');
  return digits.length <= SPREADSHEET_DIGITS ? { number: Number(fixed), places } : comma(fixed);
}
