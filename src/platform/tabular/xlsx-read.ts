/** Rows of a workbook's tab as text, as if they stood in a CSV file. */
import { readSheet } from 'read-excel-file/node';
import { Dec } from '../money.ts';
import type { RawRow } from './csv-read.ts';
import { FileError } from './errors.ts';
import { fold } from './nearest.ts';
import type { TableLimits } from './source.ts';
import { checkMarkup, checkTab, hasValues, tabsOf, type Tab } from './xlsx-scan.ts';
import { namesIn, pack, unpack } from './zip.ts';

export const ZIP_MARK = Buffer.from('PK\x03\x04', 'latin1');
export const OLE_MARK = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** A workbook with a password is an OLE file with a stream of this name; otherwise it is the spreadsheet of old. */
export function isEncrypted(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

/**
 * The tab named like the sheet, or else the only one that has values.
 * @throws FileError whatever is wrong with the file
 */
export async function* readXlsx(title: string, name: string, bytes: Buffer, fileName: string, limits: TableLimits): AsyncGenerator<RawRow> {
  const rows = await inTurn(() => guarded(fileName, async () => {
    const files = unpack(bytes, isWorkbookXml, limits);
    if (!files.has('xl/workbook.xml')) throw new FileError(otherKind(bytes, limits), { file: fileName });
    for (const content of files.values()) checkMarkup(content);
    const tab = chooseTab(tabsOf(files), title, name, files);
    checkTab(files.get(tab.path) ?? Buffer.alloc(0), limits.cells);
    return readSheet<RawNumber>(pack(files), tab.place, { trim: false, parseNumber: (raw) => new RawNumber(raw) });
  }));
  let characters = 0;
  for (const [index, row] of rows.entries()) {
    const cells = row.map(cellText);
    characters += cells.reduce((sum, cell) => sum + cell.length, 0);
    if (characters > limits.characters) throw new FileError('too_many_characters', { limit: String(limits.characters) });
    yield { line: index + 1, cells };
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One workbook is unpacked and parsed at a time: each may take hundreds of megabytes while that lasts. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.then(() => undefined, () => undefined);
  return mine;
}

/** Whatever the libraries throw at a crafted or damaged file is a damaged file to the person who sent it. */
async function guarded<T>(fileName: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw Object.assign(new FileError('xlsx_broken', { file: fileName }), { cause: error });
  }
}

function isWorkbookXml(name: string): boolean {
  return name.startsWith('xl/') && /\.xml(?:\.rels)?$/u.test(name) && !/^xl\/(?:drawings|charts|theme|media|pivot)/u.test(name);
}

function otherKind(bytes: Buffer, limits: TableLimits): 'xlsb' | 'ods' | 'not_xlsx' {
  const names = namesIn(bytes, limits);
  if (names.includes('xl/workbook.bin')) return 'xlsb';
  return names.includes('mimetype') && names.includes('content.xml') ? 'ods' : 'not_xlsx';
}

function chooseTab(tabs: readonly Tab[], title: string, name: string, files: ReadonlyMap<string, Buffer>): Tab {
  const named = tabs.find((tab) => [fold(title), fold(name)].includes(fold(tab.name)));
  if (named !== undefined) return named;
  const filled = tabs.filter((tab) => hasValues(files.get(tab.path) ?? Buffer.alloc(0)));
  const [only] = filled;
  if (only === undefined) throw new FileError('empty');
  if (filled.length > 1) throw new FileError('sheet_not_found', { title, sheets: filled.map((tab) => `„${tab.name}”`).join(', ') });
  return only;
}

/** A number as the file has it, told apart from text that looks like one. */
class RawNumber {
  readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'PRAWDA' : 'FAŁSZ';
  if (cell instanceof RawNumber) return numberText(cell.raw);
  return cell instanceof Date ? dateText(cell) : '';
}

/** As the spreadsheet shows it: 15 significant digits, so that 0.30000000000000004 is 0.3. Longer numbers are damaged already. */
function numberText(raw: string): string {
  const number = Number(raw);
  if (!Number.isFinite(number)) return raw;
  return Math.abs(number) >= 1e15 ? number.toExponential().toUpperCase() : new Dec(number.toPrecision(15)).toFixed();
}

const DAY = 86_400_000;
/** The spreadsheet's day 0, from which times without a day count. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
/** Day 60 is a 29 February 1900 that never was; before it the count is one day off. */
const DAY_SIXTY = DAY_ZERO + 60 * DAY;

function dateText(cell: Date): string {
  const seconds = Math.round(cell.getTime() / 1000) * 1000;
  const timeOnly = seconds >= DAY_ZERO && seconds < DAY_ZERO + DAY;
  if (Math.floor(seconds / DAY) * DAY === DAY_SIXTY) return '1900-02-29';
  const [day = '', clock = ''] = new Date(seconds < DAY_SIXTY ? seconds + DAY : seconds).toISOString().split('T');
  const time = clock.slice(0, 8).replace(/:00$/u, '');
  if (timeOnly) return time;
  return time === '00:00' ? day : `${day} ${time}`;
}
