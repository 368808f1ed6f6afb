/** Columns of words: free text, codes, lists of texts. */
import { column, type Column, type ColumnTexts } from '../column.ts';
import { CellError, shown } from '../errors.ts';

const LONGEST = 10_000;
// Control characters, lone surrogates and what Unicode calls no character at all; line breaks are told apart below.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\ufeff\ufffd]/u;
const SPREADSHEET_EXPONENT = /^\d(?:[.,]\d+)?E\+\d+$/iu;

export interface TextOptions extends ColumnTexts {
  /** Most characters allowed; 200 unless told. */
  readonly maxLength?: number;
  /** Whether the text may have several lines. */
  readonly multiline?: boolean;
}

/** Free text: trimmed, composed letters, no control characters, one line unless told. */
export function text(name: string, options: TextOptions): Column<string> {
  const maxLength = Math.min(options.maxLength ?? 200, LONGEST);
  return column(name, {
    ...options,
    form: `tekst (znaków najwyżej ${maxLength})`,
    width: Math.min(Math.max(12, Math.ceil(maxLength / 4)), 50),
    parse: (raw) => cleanText(raw, maxLength, options.multiline === true),
    print: (value) => value,
  });
}

function cleanText(raw: string, maxLength: number, multiline: boolean): string {
  const composed = raw.normalize('NFC');
  const clean = composed.includes('\r') ? composed.replace(/\r\n?/gu, '\n') : composed;
  const broken = clean.includes('\n');
  if (broken && !multiline) throw new CellError('line_break');
  if (UNPRINTABLE.test(broken ? clean.replace(/\n/gu, '') : clean)) throw new CellError('control_characters');
  if (clean.length > maxLength) throw new CellError('too_long', { length: String(clean.length), max: String(maxLength) });
  return clean;
}

export interface CodeOptions extends ColumnTexts {
  /** Most characters allowed; 40 unless told. */
  readonly maxLength?: number;
  /** What the code must look like; any characters but blanks unless told. */
  readonly pattern?: RegExp;
  /** The pattern in Polish words, for the message and the documentation. */
  readonly form?: string;
}

/** A business key: no blanks inside; a number that a spreadsheet cut short (`1,23E+17`) is refused. */
export function code(name: string, options: CodeOptions): Column<string> {
  const maxLength = options.maxLength ?? 40;
  const pattern = options.pattern ?? /^\S+$/u;
  const form = options.form ?? 'oznaczenie bez spacji';
  return column(name, {
    help: options.help,
    example: options.example,
    form,
    width: Math.min(Math.max(12, maxLength), 24),
    parse: (raw) => {
      const clean = cleanText(raw, maxLength, false);
      if (SPREADSHEET_EXPONENT.test(clean)) throw new CellError('code_exponent', { text: clean });
      if (!pattern.test(clean)) throw new CellError('code_form', { text: shown(clean), form });
      return clean;
    },
    print: (value) => value,
  });
}

/** Texts separated by `|`, none twice, none empty. */
export function list(name: string, options: TextOptions): Column<readonly string[]> {
  const maxLength = options.maxLength ?? 200;
  return column(name, {
    help: options.help,
    example: options.example,
    form: 'teksty oddzielone kreską „|”',
    width: 30,
    parse: (raw) => {
      const parts = raw.split('|').map((part) => part.trim());
      if (parts.includes('')) throw new CellError('list_gap');
      const clean = parts.map((part) => cleanText(part, maxLength, options.multiline === true));
      const repeated = clean.find((part, index) => clean.indexOf(part) !== index);
      if (repeated !== undefined) throw new CellError('list_repeated', { text: shown(repeated) });
      return clean;
    },
    print: (parts) => {
      const unfit = parts.find((part) => part.includes('|') || part.trim() === '');
      if (unfit !== undefined || parts.length === 0) throw new RangeError(`${name}: not a list of texts: ${JSON.stringify(parts)}`);
      return parts.join('|');
    },
  });
}
