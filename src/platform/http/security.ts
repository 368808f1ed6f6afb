/** Headers that protect whoever looks at an answer in a browser. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Everything from here, nothing inline; nobody frames us. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** `formTargets` = origins, besides our own, to which a form of ours may lead: the providers, at sign-out. */
export function securityHeaders(formTargets: readonly string[] = []): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...POLICY, 'form-action': [...POLICY['form-action'], ...formTargets] } },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}
