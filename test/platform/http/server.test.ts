import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tuneServer } from '../../../src/platform/http/index.ts';
import { bench } from './support.ts';

let server: Server;
beforeAll(async () => {
  server = tuneServer(bench().app.listen(0, '127.0.0.1'));
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends bytes and gives what comes back until the connection closes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const answer: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => answer.push(chunk));
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(answer).toString();
}

const code = (answer: string): string => /"code":"(\w+)"/.exec(answer)?.[1] ?? answer;

describe('the server', () => {
  it('answers what is no HTTP, or too much of it, with a problem document', async () => {
    const garbage = await raw('\u0016\u0003\u0001 hello\r\n\r\n');
    expect(garbage).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json; charset=utf-8\r\n/);
    expect(code(garbage)).toBe('request_unreadable');
    const large = await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(40_000)}\r\n\r\n`);
    expect([large.slice(0, 12), code(large)]).toEqual(['HTTP/1.1 431', 'headers_too_large']);
    expect(code(await raw('GET /api/v1/leases HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'))).toBe('request_unreadable');
  });

  it('answers odd but legal addresses and methods', async () => {
    const close = 'Host: x\r\nConnection: close\r\n\r\n';
    expect(code(await raw(`OPTIONS * HTTP/1.1\r\n${close}`))).toBe('route_unknown');
    expect(code(await raw(`GET http://elsewhere.example/api/v1/none HTTP/1.1\r\n${close}`))).toBe('route_unknown');
    expect(code(await raw(`GET //evil.example/%2e%2e HTTP/1.1\r\n${close}`))).toBe('route_unknown');
    expect(code(await raw(`TRACE /api/v1/leases HTTP/1.1\r\n${close}`))).toBe('method_unknown');
    expect(code(await raw(`PROPFIND /api/v1/leases HTTP/1.1\r\n${close}`))).toBe('method_unknown');
  });

  it('limits how long a request may take to arrive', () => {
    expect([server.headersTimeout, server.requestTimeout, server.keepAliveTimeout]).toEqual([10_000, 30_000, 65_000]);
  });

  it('answers a body that never comes whole when its sender hangs up, and goes on', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nX-Kamienica-As: anna.referent\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"tariff"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect(code(await raw('GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))).toBe('route_unknown');
  });
});
