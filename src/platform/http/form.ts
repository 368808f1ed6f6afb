/** Reads a form that a browser sent, checked as a JSON body is: its format and size before it is read, its encoding before it is parsed. */
import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { bodyRefusal, verifyText } from './body.ts';
import { HttpProblem } from './problem.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Gives a reader of forms up to `limit` bytes; one without fields where nothing was sent. @throws HttpProblem 400, 413, 415 */
export function formReader(limit: number): (req: Request, res: Response) => Promise<URLSearchParams> {
  const parser: RequestHandler = express.text({ limit, verify: verifyText, type: () => true });
  return async (req, res) => {
    if (req.is(FORM_TYPE) === false) throw new HttpProblem(415, 'form_type', {}, { headers: { Connection: 'close' } });
    if (Number(req.get('content-length') ?? 0) > limit) throw new HttpProblem(413, 'body_too_large', {}, { headers: { Connection: 'close' } });
    await new Promise<void>((resolve, reject) => {
      parser(req, res, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(bodyRefusal(error));
      });
    });
    const body: unknown = req.body;
    return new URLSearchParams(typeof body === 'string' ? body : '');
  };
}
