/** Where the bytes of a table file come from, and how much of them is allowed. */
import { createReadStream } from 'node:fs';
import { FileError } from './errors.ts';

/**
 * A file in memory, or a function that opens it from the start: a CSV is read twice, once to learn its encoding (a byte that is
 * not UTF-8 may come after megabytes) and once for its rows, so that it need not be held in memory.
 */
export type TableInput = Buffer | (() => AsyncIterable<Uint8Array>);

/** A file on disk. */
export function fileInput(path: string): TableInput {
  return () => createReadStream(path, { highWaterMark: 256 * 1024 });
}

const MIB = 1024 * 1024;

export interface TableLimits {
  /** Bytes of a CSV file. */
  readonly csvBytes: number;
  /** Characters of one record of a CSV: more is taken for a quote never closed. */
  readonly csvRecord: number;
  /** Bytes of a workbook, packed and unpacked. */
  readonly xlsxBytes: number;
  readonly unpackedBytes: number;
  /** Characters of all cells together: one long text may stand in a workbook once and be shown by every cell. */
  readonly characters: number;
  /** Files in a workbook's archive. Hundreds of tabs and pictures stay below. */
  readonly entries: number;
  /** Unpacked ÷ packed, minded above `ratioFloor` bytes unpacked. Sheets pack about 10 to 40 times. */
  readonly ratio: number;
  readonly ratioFloor: number;
  /** Rows × columns of the rectangle that holds values: the reader fills it. */
  readonly cells: number;
}

export const LIMITS: TableLimits = {
  csvBytes: 1024 * MIB,
  csvRecord: MIB,
  xlsxBytes: 50 * MIB,
  unpackedBytes: 50 * MIB,
  characters: 50 * MIB,
  entries: 5_000,
  ratio: 100,
  ratioFloor: 10 * MIB,
  cells: 800_000,
};

/** The limit as a person reads it. */
export function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / MIB))} MB`;
}

const CHUNK = 256 * 1024;

/** The bytes in chunks, from the start. */
export async function* chunksOf(input: TableInput): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(input)) {
    for (let at = 0; at < input.length; at += CHUNK) yield input.subarray(at, at + CHUNK);
    return;
  }
  for await (const chunk of input()) {
    if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

/** The first bytes, up to `length`. */
export async function headOf(input: TableInput, length: number): Promise<Buffer> {
  const head: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(input)) {
    head.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(head).subarray(0, length);
}

/** @throws FileError `too_large` */
export async function wholeOf(input: TableInput, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(input)) {
    size += chunk.length;
    if (size > limit) throw new FileError('too_large', { limit: megabytes(limit) });
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
