/** English words of everything that can be wrong with a table file. What is quoted from the form of the files stays Polish. */
import type { CellCode, FileCode, Saying } from './pl.ts';

export const CELL: Readonly<Record<CellCode, Saying>> = {
  missing: () => 'A value is missing and needed. Fill it in.',
  too_long: (a) => `The text has ${a('length')} characters, and at most ${a('max')} fit. Shorten it.`,
  control_characters: () => 'The text has unprintable characters. Remove them and type the text again.',
  line_break: () => 'The text is broken into lines. Write it in one line.',
  code_form: (a) => `“${a('text')}” does not have the form needed here: ${a('form')}. Correct it.`,
  code_exponent: (a) => `The spreadsheet has shortened the number to “${a('text')}”. Give the column the format “Text” and type the number in full.`,
  decimal_thousands: (a) => `The number “${a('text')}” has its thousands set apart. Write ${a('right')}.`,
  decimal_dot_thousands: (a) => `The amount “${a('text')}” has a point for thousands. Write ${a('right')}.`,
  decimal_exponent: (a) => `“${a('text')}” is written with an exponent. Write the number in full, e.g. ${a('example')}.`,
  decimal_dash: (a) => `“${a('text')}” is not a number. If it means zero, write 0. If there is no value, leave the field empty.`,
  decimal_unit: (a) => `The number “${a('text')}” has a unit beside it. Write the number alone: ${a('right')}.`,
  decimal_form: (a) => `“${a('text')}” is not a number. Write a number with a comma, e.g. ${a('example')}.`,
  decimal_places: (a) =>
    a('places') === '0'
      ? `The number “${a('text')}” is not whole. Write a number without decimals.`
      : `The number “${a('text')}” has too many decimals (at most ${a('places')}). Round or correct it, e.g. ${a('example')}.`,
  integer_form: (a) => `“${a('text')}” is not a whole number. Write digits only, e.g. ${a('example')}.`,
  negative: (a) => `The number “${a('text')}” is negative, and here it cannot be less than 0. Correct it.`,
  below_min: (a) => `The number “${a('text')}” is too small. The smallest allowed is ${a('min')}.`,
  above_max: (a) => `The number “${a('text')}” is too large. The largest allowed is ${a('max')}.`,
  date_form: (a) => `“${a('text')}” is not a date in a known form. Write it like this: 2026-01-31 or 31.01.2026.`,
  date_impossible: (a) => `There is no such day in the calendar: ${a('text')}. Check day and month.`,
  date_range: (a) => `The date ${a('text')} is outside the years allowed (${a('from')}–${a('to')}). Check the year.`,
  date_number: (a) => `“${a('text')}” is a date that the spreadsheet stored as a number. Give the cell the format of a date, or write it like this: 2026-01-31.`,
  time_form: (a) => `“${a('text')}” is not a time of day. Write hour and minutes, e.g. 08:00.`,
  time_impossible: (a) => `There is no such time: ${a('text')}. Write a time from 00:00 to 23:59.`,
  yes_no: (a) => `“${a('text')}” is no answer. Write “tak” (yes) or “nie” (no).`,
  not_an_option: (a) =>
    `“${a('text')}” is not one of the words allowed.${a('nearest') === '' ? '' : ` Do you mean “${a('nearest')}”?`} Write one of: ${a('words')}.`,
  list_gap: () => 'The list has an empty place between bars “|”. Remove the bar too many or fill in the missing entry.',
  list_repeated: (a) => `“${a('text')}” stands on the list twice. Leave it once.`,
  cell_without_column: (a) => `The value “${a('text')}” stands outside the columns (place ${a('position')} of the row). Move it under the right column or remove it.`,
  refused: (a) => a('reason'),
};

export const FILE: Readonly<Record<FileCode, Saying>> = {
  empty: () => 'The file is empty. Check that the right file was chosen.',
  too_large: (a) => `The file is too large (the largest allowed: ${a('limit')}). Split it into smaller ones or save it as CSV.`,
  pdf: () => 'This is a PDF file. What is needed is an XLSX sheet or a CSV file with these data.',
  xls: () => 'This is a sheet in the old XLS format. Open it and save it as “Excel workbook (.xlsx)” or CSV.',
  xlsb: () => 'This is a binary sheet (XLSB). Open it and save it as “Excel workbook (.xlsx)”.',
  ods: () => 'This is a sheet in ODS format. Open it and save it as XLSX or CSV.',
  html: () => 'This is an HTML page, though it may be named like a sheet. Open it in a spreadsheet and save it as XLSX or CSV.',
  encrypted: () => 'The sheet is protected by a password. Open it, remove the password, save it and send it again.',
  not_xlsx: (a) => `The file “${a('file')}” is named like a sheet but is none. Open it in a spreadsheet and save it as XLSX or CSV.`,
  xlsx_broken: (a) => `The sheet “${a('file')}” cannot be read; the file is damaged. Save it again and send it once more.`,
  unpacks_too_large: (a) => `The sheet is too large when unpacked (at most ${a('limit')}). Remove needless sheets and formatting, or save it as CSV.`,
  too_many_parts: (a) => `The sheet consists of too many parts (at most ${a('limit')}). Save the data alone in a new sheet or as CSV.`,
  too_many_characters: (a) => `The cells of the sheet hold too many characters together (at most ${a('limit')}). Split the sheet or save it as CSV.`,
  too_many_cells: (a) => `The sheet has too many cells (rows: ${a('rows')}, columns: ${a('columns')}; at most ${a('limit')} cells are allowed). Split it or save it as CSV.`,
  sheet_not_found: (a) => `The file holds several sheets (${a('sheets')}), and none is called “${a('title')}”. Give this name to the sheet with the data.`,
  formula_error: (a) => `The formula in cell ${a('cell')} gives the error ${a('error')}. Correct it or write the value.`,
  formula_without_value: (a) => `The formula in cell ${a('cell')} has no stored result. Open the file in a spreadsheet, save it and send it again.`,
  binary: (a) => `The file “${a('file')}” is neither text nor a sheet. XLSX or CSV is needed.`,
  encoding_mixed: (a) => `Line ${a('line')} holds characters encoded otherwise than the rest of the file. Open the file in a spreadsheet and save it as “CSV UTF-8”.`,
  quote_unclosed: (a) => `A quotation mark opened in line ${a('line')} is nowhere closed. Close or remove it.`,
  quote_misplaced: (a) =>
    `In line ${a('line')} a quotation mark stands inside a field. Put such a field in quotation marks and double the one inside: "Dom ""Pod Lipami""".`,
  header_none: (a) => `The first row of the file holds no names of columns. Write them there. Known columns: ${a('known')}.`,
  header_unknown: (a) =>
    `Unknown columns: ${a('columns')}.${a('nearest') === '' ? '' : ` Do you mean: ${a('nearest')}?`} Correct their names or remove them. Known columns: ${a('known')}.`,
  header_duplicate: (a) => `Repeated columns: ${a('columns')}. Leave each once. Known columns: ${a('known')}.`,
  header_missing: (a) => `Missing columns: ${a('columns')}. Add them. Known columns: ${a('known')}.`,
  header_too_long: () => 'The first row of the file does not look like names of columns: it is very long. Check that the right file was chosen.',
  cell_too_long: (a) => `The text in column ${a('column')} does not fit into a cell of a sheet (at most ${a('max')} characters). Save the data as CSV.`,
  too_many_rows: (a) => `There are more rows than a sheet holds (${a('limit')}). Save the data as CSV.`,
};
