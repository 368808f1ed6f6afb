/**
 * A look at the raw parts of a workbook before they are parsed: which tabs there are, how large they are, and whether formulas
 * failed. The parser reads a failed formula as an empty cell, which would silently lose a value, and fills the whole rectangle
 * between the first and the last cell, which would let a tiny file take all memory.
 */
import { FileError } from './errors.ts';
import { unescapeXml } from './xml.ts';

export interface Tab {
  readonly name: string;
  /** Its number in the workbook, from 1. */
  readonly place: number;
  readonly path: string;
}

// Patterns run over files that someone may have crafted: no part of them may be tried at more than one place of the text.
const TAG_SHEET = /<(?:\w{1,20}:)?sheet\s([^<>]*)>/gu;
const TAG_RELATION = /<(?:\w{1,20}:)?Relationship\s([^<>]*)>/gu;
const TAG_ROW = /<(?:\w{1,20}:)?row\s([^<>]*)>/gu;
/** Cells with something in them; `<c r="A1" s="2"/>` is only a format. */
const CELL = /<(?:\w{1,20}:)?c(\s[^<>]*)?(?<!\/)>/gu;
const FORMULA_ALONE = /\s*<(?:\w{1,20}:)?f(?:\s[^<>]*)?(?:(?<=\/)>|>[^<]*<\/(?:\w{1,20}:)?f>)\s*<\/(?:\w{1,20}:)?c>/uy;
const VALUE = /<(?:\w{1,20}:)?v>([^<]*)</u;
const CELL_ADDRESS = /\sr="([A-Z]{1,3}\d{1,7})"/u;
const ADDRESS = /^([A-Z]{1,3})(\d{1,7})$/u;
const LARGEST_ROW = 1_048_576;

/** The tabs with values in the order of the workbook. @throws RangeError when the workbook does not say where they stand */
export function tabsOf(files: ReadonlyMap<string, Buffer>): Tab[] {
  const paths = new Map<string, string>();
  for (const [, attributes = ''] of textOf(files, 'xl/_rels/workbook.xml.rels').matchAll(TAG_RELATION)) {
    const target = attribute(attributes, 'Target');
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    if (attribute(attributes, 'Type').endsWith('/worksheet')) paths.set(attribute(attributes, 'Id'), path);
  }
  return [...textOf(files, 'xl/workbook.xml').matchAll(TAG_SHEET)]
    .map(([, attributes = ''], index) => ({
      name: unescapeXml(attribute(attributes, 'name')),
      place: index + 1,
      path: paths.get(attribute(attributes, 'id')) ?? '',
    }))
    .filter((tab) => tab.path !== '');
}

const LONGEST_TAG = 20_000;
/** A cell holds at most 32,767 characters, each perhaps written as an entity. */
const LONGEST_TEXT = 400_000;

/**
 * The parser takes a file in pieces and begins again at every piece of a tag or text that does not end: a few megabytes without
 * `>` would keep it busy for minutes.
 * @throws RangeError for markup no spreadsheet writes
 */
export function checkMarkup(bytes: Buffer): void {
  const xml = bytes.toString('latin1');
  // Entities of its own could multiply a text without end; no spreadsheet declares any.
  if (xml.includes('<!DOCTYPE')) throw new RangeError('a document type');
  let text = 0;
  for (let open = xml.indexOf('<'); open >= 0; open = xml.indexOf('<', text)) {
    const close = xml.indexOf('>', open);
    if (close < 0 || close - open > LONGEST_TAG || open - text > LONGEST_TEXT) throw new RangeError('markup without end');
    text = close + 1;
  }
  if (xml.length - text > LONGEST_TEXT) throw new RangeError('text without end');
}

/** Whether any cell has something in it. */
export function hasValues(xml: Buffer): boolean {
  return xml.toString('utf8').search(CELL) >= 0;
}

/** @throws FileError `formula_error`, `formula_without_value`, `too_many_cells`; RangeError for a row beyond any spreadsheet */
export function checkTab(bytes: Buffer, limit: number): void {
  const xml = bytes.toString('utf8');
  for (const [, attributes = ''] of xml.matchAll(TAG_ROW)) {
    if (Number(attribute(attributes, 'r')) > LARGEST_ROW) throw new RangeError('a row beyond any spreadsheet');
  }
  let rows = 0;
  let columns = 0;
  for (const match of xml.matchAll(CELL)) {
    const attributes = match[1] ?? '';
    const cell = CELL_ADDRESS.exec(attributes)?.[1] ?? '';
    const start = match.index + match[0].length;
    if (attributes.includes('t="e"')) {
      const error = unescapeXml(VALUE.exec(xml.slice(start, start + 10_000))?.[1] ?? '');
      throw new FileError('formula_error', { cell, error });
    }
    FORMULA_ALONE.lastIndex = start;
    if (FORMULA_ALONE.test(xml)) throw new FileError('formula_without_value', { cell });
    const [, letters = '', row = '0'] = ADDRESS.exec(cell) ?? [];
    rows = Math.max(rows, Number(row));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (rows * columns > limit) throw new FileError('too_many_cells', { rows: String(rows), columns: String(columns), limit: String(limit) });
}

function columnNumber(letters: string): number {
  let number = 0;
  for (let index = 0; index < letters.length; index += 1) number = number * 26 + letters.charCodeAt(index) - 64;
  return number;
}

const ATTRIBUTE = /([\w:]{1,40})="([^"]*)"/gu;

/** The attribute of this name, with or without a prefix before it (`id` of `r:id`). */
function attribute(attributes: string, name: string): string {
  for (const [, found = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    if (found === name || found.endsWith(`:${name}`)) return value;
  }
  return '';
}

function textOf(files: ReadonlyMap<string, Buffer>, path: string): string {
  const content = files.get(path);
  if (content === undefined) throw new RangeError(`the workbook has no ${path}`);
  return content.toString('utf8');
}
