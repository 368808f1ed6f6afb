/** Which kind of file this is: what stands in its first row decides, its name where that is not enough. */
import { DomainError } from '../platform/errors.ts';
import { FileError, readTable, type TableInput } from '../platform/tabular/index.ts';
import { fold } from '../platform/tabular/nearest.ts';
import type { AnyExchange } from './sheets.ts';
import { SHEETS, fileProblem, sheetNames } from './sheets.ts';

const HEAD = 64 * 1024;
const LINE_FEED = 0x0a;
const ZIP = 'PK';

/** @throws DomainError `import_not_recognised` */
export async function recognise(source: TableInput, fileName: string): Promise<AnyExchange> {
  const named = namedLike(fileName);
  const head = await headOf(source);
  // A workbook can only be read whole, so its name is asked first.
  if (head.toString('latin1', 0, 2) === ZIP) {
    const found = named ?? (await byHeader(source, fileName, SHEETS))[0];
    if (found) return found;
  } else {
    const fitting = await byHeader(head, fileName, SHEETS);
    const [only] = fitting;
    if (only && (fitting.length === 1 || named === null || !fitting.includes(named))) return only;
    if (named) return named;
  }
  throw new DomainError('invalid', 'import_not_recognised', { file: fileName, known: sheetNames() });
}

/**
 * The kind of a file, given or recognised, once its reader takes its first row: what a file as a whole is refused for most often is found before
 * anything is done with it. @throws DomainError `import_file`, `import_other_kind`, `import_not_recognised`
 */
export async function checkedKind(given: AnyExchange | null, source: TableInput, fileName: string): Promise<AnyExchange> {
  const [anyKind] = SHEETS;
  // A file that no kind could read is refused for what it is, not for being of no kind.
  const refusal = await firstRow(given ?? anyKind, source, fileName);
  if (refusal !== null && !OF_KIND.has(refusal.code)) throw fileProblem(refusal, fileName);
  if (given === null) {
    const found = await recognise(source, fileName);
    const misnamed = await firstRow(found, source, fileName);
    if (misnamed !== null) throw fileProblem(misnamed, fileName);
    return found;
  }
  if (refusal === null) return given;
  const other = await otherKind(source);
  if (other !== null) throw new DomainError('invalid', 'import_other_kind', { file: fileName, sheet: given.sheet.name, other: other.sheet.name });
  throw fileProblem(refusal, fileName);
}

/** Flaws that a file has for one kind and may not have for another. */
const OF_KIND: ReadonlySet<string> = new Set(['header_none', 'header_unknown', 'header_duplicate', 'header_missing', 'sheet_not_found']);

/** Why the reader of the kind refuses the file at its beginning; null = it does not. */
async function firstRow(exchange: AnyExchange | undefined, source: TableInput, fileName: string): Promise<FileError | null> {
  if (exchange === undefined) return null;
  const reading = readTable(exchange.sheet, source, fileName);
  try {
    await reading.next();
    return null;
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  } finally {
    await reading.return(undefined);
  }
}

/** The one kind that the first row fits; of a workbook, which is read whole each time, it is not asked. */
async function otherKind(source: TableInput): Promise<AnyExchange | null> {
  const head = await headOf(source);
  if (head.toString('latin1', 0, 2) === ZIP) return null;
  const [only, ...more] = await byHeader(head, '', SHEETS);
  return more.length === 0 ? (only ?? null) : null;
}

/** `lokale.csv`, `03-lokale_2026.xlsx`, `Pomocnicze użytkownicy.csv`: the longest kind whose name begins the file's. */
export function namedLike(fileName: string): AnyExchange | null {
  const base = plain(fileName.replace(/^.*[/\\]/u, '').replace(/\.[^.]*$/u, '')).replace(/^\d+_/u, '');
  const found = SHEETS.filter(({ sheet }) => base === plain(sheet.name) || base.startsWith(`${plain(sheet.name)}_`));
  return found.sort((a, b) => b.sheet.name.length - a.sheet.name.length)[0] ?? null;
}

function plain(name: string): string {
  return fold(name).replace(/ł/gu, 'l').normalize('NFD').replace(/\p{M}/gu, '').replace(/[\s.-]+/gu, '_');
}

/** Kinds that could read a file with these first rows. */
async function byHeader(source: TableInput, fileName: string, candidates: readonly AnyExchange[]): Promise<AnyExchange[]> {
  const fitting: AnyExchange[] = [];
  for (const candidate of candidates) {
    if ((await firstRow(candidate, source, fileName)) === null) fitting.push(candidate);
  }
  return fitting;
}

/** The first lines, whole ones where there are several. */
async function headOf(source: TableInput): Promise<Buffer> {
  if (Buffer.isBuffer(source)) return cut(source);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of source()) {
    parts.push(Buffer.from(chunk));
    size += chunk.length;
    if (size >= HEAD) break;
  }
  return cut(Buffer.concat(parts));
}

function cut(bytes: Buffer): Buffer {
  if (bytes.length <= HEAD) return bytes;
  const end = bytes.lastIndexOf(LINE_FEED, HEAD);
  return bytes.subarray(0, end > 0 ? end + 1 : HEAD);
}
