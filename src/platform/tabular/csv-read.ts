/** Rows of a CSV file as a stream: encoding, separator and line ends are recognised, lines are counted as an editor does. */
import { parse, CsvError, type Parser } from 'csv-parse';
import iconv from 'iconv-lite';
import { detectEncoding, type Encoding } from './encoding.ts';
import { FileError } from './errors.ts';
import { unguard } from './formula.ts';
import { knownNames } from './header.ts';
import type { Sheet } from './sheet.ts';
import { chunksOf, headOf, type TableInput, type TableLimits } from './source.ts';

/** Cells of one row and the line on which it starts. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const HEAD = 64 * 1024;
const SEPARATORS = [';', ',', '\t'] as const;
const HTML = /^\s*<(?:!doctype|html|\?xml|table|meta)/iu;

interface Shape {
  readonly separator: string;
  readonly lineEnds: string[];
  /** Excel's own hint `sep=;` on a line before the header. */
  readonly hinted: boolean;
}

/** @throws FileError when the file cannot be read as text */
export async function* readCsv<T>(sheet: Sheet<T>, input: TableInput, fileName: string, limits: TableLimits): AsyncGenerator<RawRow> {
  const encoding = await detectEncoding(input, fileName, limits.csvBytes);
  const shape = shapeOf(sheet, iconv.decode(await headOf(input, HEAD), encoding));
  const batch: string[][] = [];
  const parser = parserOf(shape, limits, batch);
  let line = 1;
  try {
    for await (const bytes of decoded(input, encoding)) {
      await push(parser, bytes, () => line + linesOf(batch));
      for (const cells of batch) {
        if (!(shape.hinted && line === 1)) yield { line, cells: cells.map(unguard) };
        line += linesOf([cells]);
      }
      batch.length = 0;
    }
    await push(parser, null, () => line);
    for (const cells of batch) {
      yield { line, cells: cells.map(unguard) };
      line += linesOf([cells]);
    }
  } finally {
    parser.destroy();
  }
}

function parserOf(shape: Shape, limits: TableLimits, batch: string[][]): Parser {
  const parser = parse({
    delimiter: shape.separator,
    record_delimiter: shape.lineEnds,
    relax_column_count: true,
    max_record_size: limits.csvRecord,
    // Kept aside instead of handed on: what was read before an error is then known, and with it the error's line.
    on_record: (record) => {
      batch.push(record);
      return null;
    },
  });
  parser.on('error', () => undefined);
  parser.resume();
  return parser;
}

/** Gives the parser some bytes, or the end (null), and waits until it has taken them. */
async function push(parser: Parser, bytes: Buffer | null, recordStart: () => number): Promise<void> {
  const failure = await new Promise<Error | null | undefined>((resolve) => {
    if (bytes !== null) {
      parser.write(bytes, resolve);
      return;
    }
    parser.once('error', resolve);
    parser.once('end', () => {
      resolve(null);
    });
    parser.end();
  });
  if (failure == null) return;
  if (!(failure instanceof CsvError)) throw failure;
  const misplaced = failure.code === 'CSV_INVALID_CLOSING_QUOTE' || failure.code === 'INVALID_OPENING_QUOTE';
  const at: unknown = misplaced ? failure['lines'] : undefined;
  throw new FileError(misplaced ? 'quote_misplaced' : 'quote_unclosed', { line: String(typeof at === 'number' ? at : recordStart()) });
}

/** Every record ends one line, and every line break within quotes another. */
function linesOf(records: readonly (readonly string[])[]): number {
  let lines = records.length;
  for (const cells of records) {
    for (const cell of cells) {
      for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines += 1;
    }
  }
  return lines;
}

/** The bytes as UTF-8 without a byte order mark, as the parser wants them. */
async function* decoded(input: TableInput, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* withoutMark(chunksOf(input));
    return;
  }
  const decoder = iconv.getDecoder(encoding);
  let half = '';
  for await (const chunk of chunksOf(input)) {
    const text = half + decoder.write(chunk);
    // A pair of surrogates cut in two must wait for its other half.
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    yield Buffer.from(half === '' ? text : text.slice(0, -1));
  }
  yield Buffer.from(half + (decoder.end() ?? ''));
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    yield head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
    head = null;
  }
  if (head !== null) yield head;
}

/** The separator whose pieces of the first line are most names of the sheet; then the one that stands there most often. */
function shapeOf<T>(sheet: Sheet<T>, head: string): Shape {
  const text = head.replace(/^\ufeff/u, '');
  if (text.trim() === '') throw new FileError('empty');
  if (HTML.test(text)) throw new FileError('html');
  const lineEnds = text.includes('\n') || !text.includes('\r') ? ['\r\n', '\n'] : ['\r'];
  const hint = /^sep=([;,\t])\r?\n/iu.exec(text);
  if (hint?.[1] !== undefined) return { separator: hint[1], lineEnds, hinted: true };
  const first = text.split(/[\r\n]+/u).find((line) => line.trim() !== '') ?? '';
  if (first.length >= HEAD / 4) throw new FileError('header_too_long');
  const scored = SEPARATORS.map((separator) => {
    const pieces = first.split(separator).map((piece) => piece.trim().replace(/^"(.*)"$/u, '$1'));
    return { separator, score: knownNames(sheet, pieces) * HEAD + pieces.length };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return { separator: best.separator, lineEnds, hinted: false };
}
