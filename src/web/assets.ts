/** What pages load besides themselves: one style sheet, htmx and a little script of our own. Packed once, named by what is in them, kept for ever. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Router } from 'express';
import { otherMethods } from '../platform/http/router.ts';
import { traceOf } from '../platform/http/trace.ts';

export interface Asset {
  /** `/assets/style.3f2a….css` */
  readonly address: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: { readonly br: Buffer; readonly gzip: Buffer };
}

export interface Assets {
  readonly style: Asset;
  readonly htmx: Asset;
  readonly script: Asset;
  readonly icon: Asset;
}

/** Compiled, the program lies one folder deeper, and what is no program stays where it was written. */
function sourceFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const root = path.resolve(here, '../..');
  return path.basename(root) === 'dist' ? path.resolve(root, '../src/web') : here;
}

/** In the order in which they are laid over one another. */
const SHEETS = ['tokens', 'base', 'shell', 'fields', 'tables', 'parts', 'statement', 'charts', 'print'];

function asset(name: string, extension: string, type: string, text: string): Asset {
  const plain = Buffer.from(text);
  const print = createHash('sha256').update(plain).digest('hex').slice(0, 12);
  return { address: `/assets/${name}.${print}.${extension}`, type, plain, packed: { br: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }) } };
}

/** Reads and packs them; some tens of milliseconds, once. */
export function readAssets(): Assets {
  const folder = sourceFolder();
  const own = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  return {
    style: asset('style', 'css', 'text/css; charset=utf-8', SHEETS.map((name) => own(`style/${name}.css`)).join('\n')),
    htmx: asset('htmx', 'js', 'text/javascript; charset=utf-8', readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'), 'utf8')),
    script: asset('kamienica', 'js', 'text/javascript; charset=utf-8', own('style/kamienica.js')),
    icon: asset('kamienica', 'svg', 'image/svg+xml', own('style/kamienica.svg')),
  };
}

let read: Assets | null = null;

/** The assets of this process. */
export function assets(): Assets {
  read ??= readAssets();
  return read;
}

/** Serves them; nobody needs to ask twice for what is named by its content. */
export function assetsRouter(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const one of Object.values(assets()) as Asset[]) {
    const place = router.route(one.address);
    place.get((req, res) => {
      traceOf(req).template = '/assets/:file';
      const coding = req.acceptsEncodings(['br', 'gzip', 'identity']);
      const body = coding === 'br' || coding === 'gzip' ? one.packed[coding] : one.plain;
      if (coding === 'br' || coding === 'gzip') res.set('Content-Encoding', coding);
      res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding', 'Content-Type': one.type }).end(body);
    });
    place.all(otherMethods(['GET']));
  }
  router.get('/favicon.ico', (req, res) => {
    traceOf(req).template = '/favicon.ico';
    res.redirect(308, assets().icon.address);
  });
  return router;
}
