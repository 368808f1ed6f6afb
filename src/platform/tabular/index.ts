/** Table files (CSV and XLSX): what slices may use. */
export { column, optional, type Column, type ColumnTexts, type Kind, type SheetCell } from './column.ts';
export { code, list, text, type CodeOptions, type TextOptions } from './kinds/text.ts';
export { decimal, integer, type DecimalOptions, type IntegerOptions } from './kinds/number.ts';
export { date, time, type DateOptions } from './kinds/date.ts';
export { option, yesNo, type OptionOptions } from './kinds/choice.ts';
export { describeSheet, sheet, type ColumnDescription, type RowOf, type Sheet, type SheetDescription } from './sheet.ts';
export { CellError, FileError, type CellFlaw } from './errors.ts';
export { CELL_CODES, cellText, FILE_CODES, fileText, type CellCode, type FileCode, type Saying } from './texts.ts';
export { fileInput, LIMITS, megabytes, type TableInput, type TableLimits } from './source.ts';
export { readTable, type BadRow, type GoodRow, type RowResult } from './read.ts';
export { sampleCsv, writeCsv, type Rows } from './csv-write.ts';
export { part, writeXlsx, type XlsxPart } from './xlsx-write.ts';
export { rejectsCsv, type RejectedRow, type RejectFlaw } from './rejects.ts';
export { firstRejects, type ToldReject } from './rejects-read.ts';
