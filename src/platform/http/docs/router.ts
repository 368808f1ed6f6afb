/** The description, for programs and for people; it needs no identity, for it tells no data. */
import { Router } from 'express';
import type { Request } from 'express';
import type { OpenApiDocument } from '../openapi/model.ts';
import { otherMethods } from '../router.ts';
import { traceOf } from '../trace.ts';
import { docsPage } from './page.tsx';
import { STYLE } from './style.ts';

/** To be mounted at `/api`: `/openapi.json`, `/docs`, `/docs.css`. */
export function docsRouter(document: OpenApiDocument): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const json = JSON.stringify(document);
  const serve = (path: string, type: string, text: (req: Request) => string, cache?: string): void => {
    const place = router.route(path);
    place.get((req, res) => {
      traceOf(req).template = `/api${path}`;
      if (cache !== undefined) res.set('Cache-Control', cache);
      res.type(type).send(text(req));
    });
    place.all(otherMethods(['GET']));
  };
  serve('/openapi.json', 'application/json', () => json);
  serve('/docs', 'text/html', (req) => docsPage({ document, origin: originOf(req) }));
  serve('/docs.css', 'text/css', () => STYLE, 'public, max-age=300');
  return router;
}

/** Where this page was asked for, so that its examples can be copied and run. */
function originOf(req: Request): string {
  const host = req.get('host') ?? '';
  return /^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ? `${req.protocol}://${host}` : 'http://localhost:3000';
}
