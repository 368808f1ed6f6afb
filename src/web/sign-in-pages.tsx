/** The pages of sign-in, in the frame of all others. */
import type { IncomingMessage } from 'node:http';
import type { SignInPages } from '../platform/access/frame.ts';
import type { Clock } from '../platform/clock.ts';
import { at } from './address.ts';
import { Note } from './components/parts.tsx';
import { documentOf } from './send.tsx';
import { bareView } from './views.ts';

export function signInPages({ today }: Pick<Clock, 'today'>): SignInPages {
  const view = (req: IncomingMessage): ReturnType<typeof bareView> => bareView(req, today());
  return {
    framed: (req, title, body) => documentOf(view(req), { title, body }),
    chooser: (req, { staff, tenant }, to, kept) => {
      const { t } = view(req);
      const way = (kind: string): string => at(`/sign-in/${kind}`, {}, { to: to === '/' ? null : to });
      const body = (
        <>
          {kept ? <Note>{t.signIn.kept}</Note> : null}
          <p>{t.signIn.intro}</p>
          {staff || tenant ? null : <Note tone="bad">{t.signIn.none}</Note>}
          <p class="buttons">
            {staff ? <a class="button main" href={way('staff')}>{t.signIn.staff}</a> : null}
            {tenant ? <a class="button" href={way('tenant')}>{t.signIn.tenant}</a> : null}
          </p>
        </>
      );
      return documentOf(view(req), { title: t.signIn.heading, body });
    },
  };
}
