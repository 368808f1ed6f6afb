/** Pages as documents, errors among them. */
import type { Request, Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import type { Problem } from '../platform/problems.ts';
import type { Shown } from './declared.ts';
import { Document } from './shell.tsx';
import { ErrorBody } from './error-body.tsx';
import type { View } from './view.ts';

export function sendDocument(res: Response, status: number, view: View, shown: Shown): void {
  res.status(status).set('Cache-Control', 'no-store').type('html').send(documentOf(view, shown));
}

/** A whole document; what stands in it is escaped. */
export function documentOf(view: View, shown: Shown): string {
  return `<!DOCTYPE html>${renderToString(<Document view={view} shown={shown} />)}`;
}

/** What went wrong, as a page. htmx puts it where the page's content stood. */
export function sendProblemPage(req: Request, res: Response, view: View, problem: Problem, requestId: string): void {
  if (req.get('hx-request') === 'true') res.set({ 'HX-Retarget': '#content', 'HX-Reselect': '#content', 'HX-Reswap': 'outerHTML' });
  const title = problem.status === 404 ? view.t.error.notFound : problem.title;
  sendDocument(res, problem.status, view, { title, body: <ErrorBody problem={problem} requestId={requestId} /> });
}
