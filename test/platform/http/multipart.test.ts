/** Forms with a file, sent by senders who mean no good: every one is answered, none is believed. */
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMultipart, openForm } from '../../../src/platform/http/multipart.ts';
import { problemOf } from '../../../src/platform/http/problem.ts';

const FILE_LIMIT = 1024 * 1024;
const B = 'grenze';
const FORM = `multipart/form-data; boundary=${B}`;

interface Told {
  readonly fields: Record<string, string>;
  readonly file: { readonly field: string; readonly name: string; readonly text: string; readonly size: number } | null;
  readonly refused: string | null;
}

/** What the server made of the last form. */
let told: Promise<Told>;
let server: Server;
/** Reads the fields alone, as for somebody who may not. */
let fieldsOnly = false;

async function taken(req: IncomingMessage): Promise<Told> {
  let fields: Record<string, string> = {};
  try {
    const form = await openForm(req, FILE_LIMIT);
    fields = Object.fromEntries(form.entries);
    try {
      if (form.file === null || fieldsOnly) return { fields, file: null, refused: null };
      const parts: Uint8Array[] = [];
      // As whoever asks in between whether the sender may.
      await new Promise((resolve) => setTimeout(resolve, 5));
      for await (const part of form.file.bytes) parts.push(part);
      const bytes = Buffer.concat(parts);
      return { fields, file: { field: form.file.field, name: form.file.name, text: bytes.subarray(0, 200).toString(), size: bytes.length }, refused: null };
    } finally {
      form.release();
    }
  } catch (error) {
    const { status, code } = problemOf(error);
    return { fields, file: null, refused: `${status} ${code}` };
  }
}

beforeAll(async () => {
  server = createServer((req, res) => {
    told = taken(req);
    void told.then(() => res.end('ok'));
  });
  server.requestTimeout = 5_000;
  await new Promise<void>((resolve) => void server.listen(0, resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const field = (name: string, value: string): string => `--${B}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (text: string, name = 'lokale.csv', at = 'file'): string => `--${B}\r\nContent-Disposition: form-data; name="${at}"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`;
const END = `--${B}--\r\n`;

async function send(body: string | Buffer, type: string = FORM): Promise<Told> {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://localhost:${port}/`, { method: 'POST', headers: { 'content-type': type }, body: typeof body === 'string' ? body : new Uint8Array(body) });
  await answer.text();
  return told;
}

describe('a form with a file', () => {
  it('gives its fields and its file, with Polish letters in its name', async () => {
    const given = await send(field('_csrf', 'słowo') + field('sheet', 'lokale') + file('a;b\r\n1;2', 'Lokale żółte.csv') + END);
    expect(given).toEqual({ fields: { _csrf: 'słowo', sheet: 'lokale' }, file: { field: 'file', name: 'Lokale żółte.csv', text: 'a;b\r\n1;2', size: 8 }, refused: null });
  });

  it('has no file where none was chosen', async () => {
    expect(await send(field('_csrf', 'x') + file('', '') + END)).toEqual({ fields: { _csrf: 'x' }, file: null, refused: null });
    expect(await send(field('_csrf', 'x') + END)).toEqual({ fields: { _csrf: 'x' }, file: null, refused: null });
    expect((await send(field('_csrf', 'x') + file('', 'pusty.csv') + END)).file).toMatchObject({ name: 'pusty.csv', size: 0 });
  });

  it('names its file without folders and control characters, however it is sent', async () => {
    for (const [sent, name] of [['../../etc/passwd', 'passwd'], ['C:\\\\Users\\\\x\\\\lokale.csv', 'lokale.csv'], ['a\u0007b.csv', 'ab.csv'], [`${'x'.repeat(500)}.csv`, 'x'.repeat(200)]] as const) {
      expect((await send(file('a', sent) + END)).file?.name).toBe(name);
    }
  });

  it('is as long as the file may be, and not a byte longer', async () => {
    expect((await send(file('x'.repeat(FILE_LIMIT)) + END)).file?.size).toBe(FILE_LIMIT);
    expect((await send(file('x'.repeat(FILE_LIMIT + 1)) + END)).refused).toBe('413 body_too_large');
  });

  it('is refused without a boundary, or with parts that are none', async () => {
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary']) expect({ type, refused: (await send(field('a', 'b') + END, type)).refused }).toEqual({ type, refused: '400 form_broken' });
    for (const body of ['', 'nic', `--${B}`, `--${B}\r\n`, field('a', 'b')]) expect({ body, refused: (await send(body)).refused }).toEqual({ body, refused: '400 form_broken' });
  });

  it('is refused when a field has no end, or there are too many', async () => {
    expect((await send(`--${B}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${'x'.repeat(3 * 1024 * 1024)}`)).refused).toBe('413 body_too_large');
    expect((await send(field('reason', 'x'.repeat(70_000)) + END)).refused).toBe('413 body_too_large');
    expect((await send(Array.from({ length: 50 }, (_, index) => field(`f${index}`, 'x')).join('') + END)).refused).toBe('400 form_broken');
    expect((await send(`--${B}\r\nX: ${'x'.repeat(400_000)}\r\n\r\n`)).refused).not.toBeNull();
  });

  it('brings the file before the word of the session in vain: what stands behind the file is not read', async () => {
    const given = await send(file('a;b') + field('_csrf', 'x') + END);
    expect(given).toEqual({ fields: {}, file: null, refused: '400 form_broken' });
  });

  it('brings one file, not two', async () => {
    expect((await send(field('_csrf', 'x') + file('a') + file('b', 'drugi.csv') + END)).refused).toBe('400 form_broken');
    expect((await send(file('', '') + file('b', 'drugi.csv') + END)).refused).toBe('400 form_broken');
  });

  it('reads nothing of the file for whoever may not, and still answers', async () => {
    fieldsOnly = true;
    const given = await send(Buffer.concat([Buffer.from(field('_csrf', 'x') + file('')).subarray(0, -2), Buffer.alloc(FILE_LIMIT * 4)]));
    fieldsOnly = false;
    expect(given).toEqual({ fields: { _csrf: 'x' }, file: null, refused: null });
  });

  it('ends in an error wherever it is cut, and in none but at its end', { timeout: 60_000 }, async () => {
    const whole = field('_csrf', 'x') + file('a;b\r\n1;2\r\n') + END;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (at) => {
        const { refused } = await send(whole.slice(0, at));
        // The two hyphens end it; the line break behind them may be missing.
        expect({ at, refused }).toEqual({ at, refused: at >= whole.length - 2 ? null : '400 form_broken' });
      }),
      { numRuns: 150 },
    );
  });

  it('ends in an error when the line breaks in the middle of the file', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, 'localhost');
    const before = told;
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${FORM}\r\nContent-Length: 1000000\r\n\r\n${field('_csrf', 'x')}${file('a;b').slice(0, -2)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    expect(told).not.toBe(before);
    expect((await told).refused).toBe('400 form_broken');
  });

  it('is answered whatever bytes it is made of', { timeout: 60_000 }, async () => {
    const piece = fc.oneof(fc.constantFrom(`--${B}`, `--${B}--`, '\r\n', '\r\n\r\n', 'Content-Disposition: form-data; name="file"; filename="x"', 'Content-Disposition: form-data; name="a"', 'Content-Disposition:', '\0', '--', '"'), fc.string({ maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const { refused } = await send(pieces.join(''));
        expect([null, '400 form_broken', '413 body_too_large']).toContain(refused);
      }),
      { numRuns: 200 },
    );
  });

  it('is told by its media type', () => {
    const of = (type: string | undefined): boolean => isMultipart({ headers: type === undefined ? {} : { 'content-type': type } });
    expect([FORM, 'Multipart/Form-Data; boundary=x', 'multipart/form-data', 'multipart/mixed', 'multipart/form-database', 'text/csv', undefined].map(of)).toEqual([true, true, true, false, false, false, false]);
  });
});
