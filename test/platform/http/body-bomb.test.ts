import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bench, problemIn } from './support.ts';

const MIB = 1024 * 1024;
const huge = Buffer.alloc(200 * MIB, ' ');

describe('a packed body', () => {
  it.each([
    ['gzip', gzipSync(huge)],
    ['deflate', deflateSync(huge)],
    ['br', brotliCompressSync(huge, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } })],
  ])('that unpacks to hundreds of megabytes (%s) is refused when it passes the limit, and never held whole', async (encoding, body) => {
    expect(body.length).toBeLessThan(MIB);
    const { clerk } = bench();
    const before = process.memoryUsage.rss();
    const began = performance.now();
    const answer = await clerk.post('/api/v1/runs').set('Content-Type', 'application/json').set('Content-Encoding', encoding).serialize((given: Buffer) => given as unknown as string).send(body);
    problemIn(answer, 413, 'body_too_large');
    expect(performance.now() - began).toBeLessThan(2_000);
    expect((process.memoryUsage.rss() - before) / MIB).toBeLessThan(60);
  });

  it('twice packed is refused unread', async () => {
    const { clerk } = bench();
    const twice = gzipSync(gzipSync(Buffer.from('{"tariff":"KRK"}')));
    problemIn(await clerk.post('/api/v1/runs').set('Content-Type', 'application/json').set('Content-Encoding', 'gzip, gzip').serialize((given: Buffer) => given as unknown as string).send(twice), 415, 'body_packed');
    problemIn(await clerk.post('/api/v1/runs').set('Content-Type', 'application/json').set('Content-Encoding', 'gzip').serialize((given: Buffer) => given as unknown as string).send(randomBytes(100)), 400, 'body_unreadable');
  });
});
