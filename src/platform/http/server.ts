/** Limits of the server itself, below Express. */
import type { Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { HttpProblem, PROBLEM_TYPE } from './problem.ts';

/**
 * Sets time limits and answers what is no HTTP with a problem document. Headers must arrive within 10 s, a request within 30 s;
 * an idle connection is kept 65 s, longer than the 60 s of usual proxies, so that they are the ones to close it.
 */
export function tuneServer(server: Server): Server {
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket));
  return server;
}

const REFUSALS: Readonly<Record<string, readonly [status: number, code: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_timeout'],
};

function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  // An answer already under way must not get another one appended.
  const underWay: unknown = Reflect.get(socket, '_httpMessage');
  if (error.code === 'ECONNRESET' || !socket.writable || (typeof underWay === 'object' && underWay !== null)) {
    socket.destroy();
    return;
  }
  const [status, code] = REFUSALS[error.code ?? ''] ?? [400, 'request_unreadable'];
  const body = JSON.stringify(new HttpProblem(status, code).problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
