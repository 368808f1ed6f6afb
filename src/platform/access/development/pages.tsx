/** The pages of the development provider. */
import type { IncomingMessage } from 'node:http';
import type { SignInPages } from '../frame.ts';
import { PEOPLE } from '../people.ts';
import { ROLE_NAMES } from '../roles.ts';
import { STAFF_CLIENT } from './clients.ts';

/** Whom one may be, a button each. */
export function choosePage(pages: SignInPages, req: IncomingMessage, client: string, tenant: { readonly code: string; readonly name: string }): string {
  const staff = PEOPLE.map(({ code, name, roles, districts }) => ({
    code, name, what: `${roles.map((role) => ROLE_NAMES[role]).join(', ')}${districts === null ? '' : ` — tylko ${districts.join(', ')}`}`,
  }));
  const people = client === STAFF_CLIENT ? staff : [{ ...tenant, what: 'najemca' }];
  return pages.framed(
    req,
    'Logowanie próbne',
    <>
      <p>To nie jest prawdziwe logowanie: wybierz, kim chcesz być. Osoby są zmyślone.</p>
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
  return pages.framed(
    req,
    'Wylogowanie',
    <>
      <p>Czy wylogować także u dostawcy próbnego?</p>
      <div dangerouslySetInnerHTML={{ __html: form }} />
      <p>
        <button form="op.logoutForm" name="logout" value="yes">Tak, wyloguj</button>
      </p>
    </>,
  );
}
