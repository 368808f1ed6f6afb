/** Which encoding a text file is written in, decided on all of its bytes. */
import { isUtf8 } from 'node:buffer';
import { FileError } from './errors.ts';
import { chunksOf, megabytes, type TableInput } from './source.ts';

export type Encoding = 'utf-8' | 'windows-1250' | 'iso-8859-2' | 'utf-16le' | 'utf-16be';

// ą ś ź Ą Ś Ź are the Polish letters on which the two eight-bit encodings differ.
const CP1250_LETTERS = [0xb9, 0x9c, 0x9f, 0xa5, 0x8c, 0x8f];
const ISO_LETTERS = [0xb1, 0xb6, 0xbc, 0xa1, 0xa6, 0xac];
// ó ą Ą ć Ć ę Ę ł Ł ń Ń ś Ś ź Ź ż Ż in UTF-8: as eight-bit text these pairs are nonsense (Ăł, Ä…).
const UTF8_POLISH = new Set([
  ...[0xc3b3, 0xc393, 0xc485, 0xc484, 0xc487, 0xc486, 0xc499, 0xc498, 0xc582, 0xc581, 0xc584, 0xc583],
  ...[0xc59b, 0xc59a, 0xc5ba, 0xc5b9, 0xc5bc, 0xc5bb],
]);
const LINE_FEED = 0x0a;

/**
 * Reads the whole file once. Text that is UTF-8 throughout is UTF-8; anything else is CP1250, or ISO-8859-2 when its letters say
 * so; UTF-16 is known by its byte order mark.
 * @throws FileError `empty`, `too_large`, `binary`, or `encoding_mixed` when both kinds of letters stand in one file
 */
export async function detectEncoding(input: TableInput, fileName: string, limit: number): Promise<Encoding> {
  const seen = new Uint32Array(256);
  let size = 0;
  let utf16: Encoding | undefined;
  let utf8Letters = false;
  let carry: Buffer = Buffer.alloc(0);
  let lines = 1;
  let previous = 0;
  let badLine: number | undefined;
  for await (const chunk of chunksOf(input)) {
    if (size < 2) utf16 = utf16Mark(size === 0 ? chunk : Buffer.concat([carry, chunk]));
    size += chunk.length;
    if (size > limit) throw new FileError('too_large', { limit: megabytes(limit) });
    if (utf16 !== undefined) continue;
    for (const byte of chunk) {
      seen[byte] = (seen[byte] ?? 0) + 1;
      if (byte >= 0x80 && previous >= 0xc3 && UTF8_POLISH.has(previous * 256 + byte)) utf8Letters = true;
      previous = byte;
    }
    if (badLine !== undefined) continue;
    const joined = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const whole = joined.subarray(0, wholeCharacters(joined));
    carry = joined.subarray(whole.length);
    if (!isUtf8(whole)) badLine = lines + linesBeforeBad(whole);
    lines = (seen[LINE_FEED] ?? 0) + 1;
  }
  if (badLine === undefined && carry.length > 0) badLine = lines;
  if (utf16 !== undefined) return utf16;
  if (size === 0) throw new FileError('empty');
  if ((seen[0] ?? 0) > 0) throw new FileError('binary', { file: fileName });
  if (badLine === undefined) return 'utf-8';
  if (utf8Letters) throw new FileError('encoding_mixed', { line: String(badLine) });
  return count(seen, ISO_LETTERS) > count(seen, CP1250_LETTERS) ? 'iso-8859-2' : 'windows-1250';
}

function count(seen: Uint32Array, bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum + (seen[byte] ?? 0), 0);
}

function utf16Mark(head: Buffer): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

/** How many bytes belong to characters that are complete, as far as UTF-8 is concerned. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function linesBeforeBad(bytes: Buffer): number {
  let line = 0;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    line += 1;
    start = end + 1;
  }
}
