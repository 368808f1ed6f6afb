/** The pages of the development provider. */
import type { IncomingMessage } from 'node:http';
import type { SignInPages } from '../frame.ts';
import { PEOPLE } from '../people.ts';
import { STAFF_CLIENT } from './clients.ts';
import { words } from './words.ts';

/** Whom one may be, a button each. */
export function choosePage(pages: SignInPages, req: IncomingMessage, client: string, tenant: { readonly code: string; readonly name: string }): string {
  const t = words();
  const staff = PEOPLE.map(({ code, name, roles, districts }) => ({
    code, name, what: `${roles.map((role) => t.roles[role]).join(', ')}${districts === null ? '' : ` — ${t.only(districts.join(', '))}`}`,
  }));
  const people = client === STAFF_CLIENT ? staff : [{ ...tenant, what: t.roles.tenant }];
  return pages.framed(
    req,
    t.signIn,
    <>
      <p>{t.pretended}</p>
      <form method="post">
        <ul class="people">
          {people.map(({ code, name, what }) => (
            <li key={code}>
              <button name="person" value={code}>{name}</button> <span class="soft">{what}</span>
            </li>
          ))}
        </ul>
      </form>
    </>,
  );
}

/** Shown at sign-out; `form` is the library's own HTML, with its hidden fields. */
export function signOutPage(pages: SignInPages, req: IncomingMessage, form: string): string {
  const t = words();
  return pages.framed(
    req,
    t.signOut,
    <>
      <p>{t.alsoHere}</p>
      <div dangerouslySetInnerHTML={{ __html: form }} />
      <p>
        <button form="op.logoutForm" name="logout" value="yes">{t.yes}</button>
      </p>
    </>,
  );
}
