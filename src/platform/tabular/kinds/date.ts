/** Columns of days and times of day. */
import { isPlainDate, type PlainDate } from '../../dates/plain.ts';
import { column, type Column, type ColumnTexts, type SheetCell } from '../column.ts';
import { CellError, shown } from '../errors.ts';

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/u;
const POLISH = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u;
const SERIAL = /^\d{4,5}(?:\.\d+)?$/u;
const TIME = /^(\d{1,2}):(\d{2})(?::00)?$/u;

export interface DateOptions extends ColumnTexts {
  /** First and last day allowed; 1800-01-01 and 2999-12-31 unless told. */
  readonly min?: PlainDate;
  readonly max?: PlainDate;
}

/** A calendar day: `2026-01-31`, `31.01.2026`, or a date cell of a spreadsheet. */
export function date(name: string, options: DateOptions): Column<PlainDate> {
  return column(name, {
    ...options,
    form: 'data, np. 2026-01-31 albo 31.01.2026',
    width: 12,
    parse: (raw) => parseDay(raw, options.min ?? '1800-01-01', options.max ?? '2999-12-31'),
    print: (day) => day,
    // Spreadsheets count a 29 February 1900 that never was: earlier days are written as text.
    cell: (day): SheetCell => (day < '1900-03-01' ? day : { day }),
  });
}

function parseDay(raw: string, min: string, max: string): PlainDate {
  const iso = ISO.exec(raw);
  const polish = POLISH.exec(raw);
  const [year, month, day] = iso === null ? (polish?.slice(1).reverse() ?? []) : iso.slice(1);
  if (year === undefined || month === undefined || day === undefined) {
    throw new CellError(SERIAL.test(raw) ? 'date_number' : 'date_form', { text: shown(raw) });
  }
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isPlainDate(written) && year >= '1800' && year <= '2999') throw new CellError('date_impossible', { text: shown(raw) });
  if (!isPlainDate(written) || written < min || written > max) {
    throw new CellError('date_range', { text: shown(raw), from: min.slice(0, 4), to: max.slice(0, 4) });
  }
  return written;
}

/** A time of day `08:00`. */
export function time(name: string, options: ColumnTexts): Column<string> {
  return column(name, {
    ...options,
    form: 'godzina, np. 08:00',
    width: 8,
    parse: (raw) => {
      const [, hour, minute] = TIME.exec(raw) ?? [];
      if (hour === undefined || minute === undefined) throw new CellError('time_form', { text: shown(raw) });
      if (Number(hour) > 23 || Number(minute) > 59) throw new CellError('time_impossible', { text: shown(raw) });
      return `${hour.padStart(2, '0')}:${minute}`;
    },
    print: (value) => value,
  });
}
