/** Commands sent with the cookie alone come from our own pages only. */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { DomainError } from '../errors.ts';

export const CSRF_HEADER = 'X-CSRF-Token';

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a command that another site may have made the browser send: the browser says where it comes from, and the session's own secret must
 * come along, which other sites cannot read. `given` is what a form sent in place of the header.
 * @throws DomainError `cross_site`, `csrf_missing`
 */
export function refuseForgery(req: Request, { csrf, ownOrigins, given = null }: { csrf: string; ownOrigins: readonly string[]; given?: string | null }): void {
  if (HARMLESS.has(req.method)) return;
  const [site, origin] = [req.get('sec-fetch-site'), req.get('origin')];
  if ((site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && !ownOrigins.includes(origin))) throw new DomainError('forbidden', 'cross_site');
  const told = Buffer.from(req.get(CSRF_HEADER) ?? given ?? '');
  const wanted = Buffer.from(csrf);
  if (told.length !== wanted.length || !timingSafeEqual(told, wanted)) throw new DomainError('forbidden', 'csrf_missing', { header: CSRF_HEADER });
}
