/** Files in and out: an upload is spooled to a temporary file, a download is streamed. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { HttpProblem } from './problem.ts';

/** Media types an upload may have; what the file really is, its reader finds out. */
export const UPLOAD_TYPES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream'] as const;

/** A file that was sent; it is deleted when the handler is done. */
export interface Upload {
  readonly path: string;
}

/** A file to send. */
export interface Download {
  readonly fileName: string;
  readonly type: string;
  write(sink: Writable): Promise<void>;
}

/** Spools the body to a file, hands it to the work, and removes it whatever happens. @throws HttpProblem 400, 413, 415 */
export async function withUpload<T>(req: Request, limit: number, work: (upload: Upload) => Promise<T>): Promise<T> {
  if (req.is([...UPLOAD_TYPES]) === false || req.get('content-type') === undefined) {
    throw new HttpProblem(415, 'upload_type', { types: UPLOAD_TYPES.join(', ') }, { headers: { Connection: 'close' } });
  }
  if (Number(req.get('content-length') ?? 0) > limit) throw tooLarge();
  const folder = await mkdtemp(path.join(tmpdir(), 'kamienica-upload-'));
  const file = path.join(folder, 'file');
  try {
    let size = 0;
    const counting = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length;
        done(size > limit ? tooLarge() : null, chunk);
      },
    });
    await pipeline(req, counting, createWriteStream(file, { mode: 0o600 }));
    if (size === 0) throw new HttpProblem(400, 'body_missing');
    return await work({ path: file });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, 'body_too_large', {}, { headers: { Connection: 'close' } });
}

/** Streams the file. An error before its first byte is a problem document, after it the connection is cut. */
export async function sendDownload(res: Response, download: Download): Promise<void> {
  res.set('Content-Type', download.type);
  res.attachment(download.fileName);
  try {
    await download.write(res);
  } catch (error) {
    // Nothing was sent yet: what follows is a problem document, not the file.
    if (!res.headersSent) res.removeHeader('Content-Disposition');
    throw error;
  }
  if (res.writableFinished || res.destroyed) return;
  // The end of a packed answer takes no callback.
  await new Promise<void>((resolve) => {
    res.once('finish', resolve).once('close', resolve);
    res.end();
  });
}
