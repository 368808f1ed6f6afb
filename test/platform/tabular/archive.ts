/** Archives as an attacker would make them: packed, and with sizes as the directory is told. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** Size as the directory tells it; the true one by default. */
  readonly declared?: number;
}

/** A zip archive, every part deflated. */
export function archive(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, declared = content.length } of parts) {
    const packed = deflateRawSync(content, { level: 9 });
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared, 18);
    fields.writeUInt16LE(path.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), fields, tail, path]));
    bodies.push(body);
    at += body.length;
  }
  return ended(bodies, entries);
}

/** Any number of entries that all point at the same packed bytes: each of them unpacks to all of it. */
export function overlapping(names: readonly string[], content: Buffer): Buffer {
  const one = archive([{ name: names[0] ?? '', content }]);
  const directory = one.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  const fixed = one.subarray(directory, directory + 46);
  const entries = names.map((name) => {
    const entry = Buffer.concat([fixed, Buffer.from(name)]);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    return entry;
  });
  return ended([one.subarray(0, directory)], entries);
}

function ended(bodies: readonly Buffer[], entries: readonly Buffer[]): Buffer {
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(bodies.reduce((sum, { length }) => sum + length, 0), 16);
  return Buffer.concat([...bodies, list, end]);
}
