/** Reads a JSON body: its format and size are checked before it is read, its encoding before it is parsed. */
import { isUtf8 } from 'node:buffer';
import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { HttpProblem } from './problem.ts';

/** Largest body unless a route says otherwise, bytes. */
export const BODY_LIMIT = 1024 * 1024;

/** A body was announced, be it of no known length. */
export function hasBody(req: Request): boolean {
  const length = req.get('content-length');
  return req.get('transfer-encoding') !== undefined || (length !== undefined && length !== '0');
}

/** @throws HttpProblem `body_unexpected` */
export function refuseBody(req: Request): void {
  if (hasBody(req)) throw new HttpProblem(400, 'body_unexpected', {}, { headers: { Connection: 'close' } });
}

/** Refuses what is not UTF-8 (RFC 8259 §8.1), instead of replacing its bytes unseen. */
export function verifyText(_req: unknown, _res: unknown, bytes: Buffer, encoding: string): void {
  if (encoding.toLowerCase() !== 'utf-8') throw Object.assign(new Error('not declared as UTF-8'), { type: 'charset.unsupported' });
  if (!isUtf8(bytes)) throw Object.assign(new Error('not UTF-8'), { type: 'body.encoding' });
}

/** Gives a reader of JSON bodies up to `limit` bytes; `undefined` when there is no body. @throws HttpProblem 400, 413, 415 */
export function bodyReader(limit: number): (req: Request, res: Response) => Promise<unknown> {
  const parser: RequestHandler = express.json({ limit, strict: false, verify: verifyText, type: () => true });
  return async (req, res) => {
    if (!hasBody(req)) return undefined;
    if (req.is('application/json') === false) throw new HttpProblem(415, 'body_type', {}, { headers: { Connection: 'close', Accept: 'application/json' } });
    if (Number(req.get('content-length')) > limit) throw new HttpProblem(413, 'body_too_large', {}, { headers: { Connection: 'close' } });
    await new Promise<void>((resolve, reject) => {
      parser(req, res, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(bodyRefusal(error));
      });
    });
    const body: unknown = req.body;
    return body;
  };
}

const REFUSALS: Readonly<Record<string, readonly [status: number, code: string]>> = {
  'entity.parse.failed': [400, 'body_not_json'],
  'body.encoding': [400, 'body_encoding'],
  'charset.unsupported': [415, 'body_encoding'],
  'encoding.unsupported': [415, 'body_packed'],
  'entity.too.large': [413, 'body_too_large'],
};

/** What the parser complained of, as a problem: never one of our own. */
export function bodyRefusal(error: unknown): HttpProblem {
  const type = error instanceof Error && 'type' in error ? String(error.type) : '';
  const [status, code] = REFUSALS[type] ?? [400, 'body_unreadable'];
  return new HttpProblem(status, code);
}
