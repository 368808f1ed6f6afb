/**
 * Unpacking of workbooks within limits. A small file may unpack to gigabytes, and what its directory says of sizes may be a lie:
 * sizes are checked first as declared, then while unpacking. The parser is given a fresh archive made of what was unpacked here,
 * so that it sees nothing that was not checked.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { FileError } from './errors.ts';
import { megabytes, type TableLimits } from './source.ts';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its local header stands. */
  readonly at: number;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED_FLAG = 1;

/**
 * The files of a workbook that `wanted` names, unpacked.
 * @throws FileError `unpacks_too_large`, `too_many_parts`, `encrypted`; RangeError when it is no whole archive
 */
export function unpack(bytes: Buffer, wanted: (name: string) => boolean, limits: TableLimits): Map<string, Buffer> {
  const entries = directory(bytes, limits.entries).filter(({ name }) => wanted(name));
  const declared = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const most = Math.min(limits.unpackedBytes, Math.max(limits.ratioFloor, bytes.length * limits.ratio));
  const refusal = new FileError('unpacks_too_large', { limit: megabytes(most) });
  if (declared > most) throw refusal;
  const files = new Map<string, Buffer>();
  let left = most;
  for (const entry of entries) {
    const content = contentOf(bytes, entry, left, refusal);
    left -= content.length;
    files.set(entry.name, content);
  }
  return files;
}

/** Names of all files in the archive. @throws FileError `too_many_parts`; RangeError when it is no whole archive */
export function namesIn(bytes: Buffer, limits: TableLimits): string[] {
  return directory(bytes, limits.entries).map(({ name }) => name);
}

function directory(bytes: Buffer, most: number): Entry[] {
  // The end record stands in the last 64 kB, before a comment of that length at most.
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 22 - 0xffff && bytes.readUInt32LE(end) !== END) end -= 1;
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new RangeError('no end of a zip archive');
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  const count = bytes.readUInt16LE(end + 10);
  if (count > most) throw new FileError('too_many_parts', { limit: String(most) });
  for (let left = count; left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== DIRECTORY) throw new RangeError('no entry of a zip directory');
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED_FLAG) !== 0) throw new FileError('encrypted');
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  // Entries that share their packed bytes let a small file hold any number of large ones.
  if (entries.reduce((sum, { packed }) => sum + packed, 0) > bytes.length) throw new RangeError('zip entries overlap');
  return entries;
}

function contentOf(bytes: Buffer, entry: Entry, left: number, refusal: FileError): Buffer {
  if (bytes.readUInt32LE(entry.at) !== LOCAL) throw new RangeError('no local header of a zip entry');
  const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) throw new RangeError('a zip entry is cut short');
  if (entry.method !== 0 && entry.method !== 8) throw new RangeError(`zip method ${entry.method}`);
  if (entry.method === 0) {
    if (packed.length > left) throw refusal;
    return packed;
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw refusal;
    throw new RangeError('a zip entry cannot be unpacked', { cause: error });
  }
}

/** A plain archive of these files, nothing packed. */
export function pack(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    parts.push(word(LOCAL), fields, path, content);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    entries.push(word(DIRECTORY), Buffer.from([20, 0]), fields, tail, path);
    at += 30 + path.length + content.length;
  }
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, word(END), end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
