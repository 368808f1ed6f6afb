/** The pages of the development provider. */
import { pageOf } from '../pages.tsx';
import { PEOPLE } from '../people.ts';
import { ROLE_NAMES } from '../roles.ts';
import { STAFF_CLIENT } from './clients.ts';

/** Whom one may be, a button each. */
export function choosePage(client: string, tenant: { readonly code: string; readonly name: string }): string {
  const staff = PEOPLE.map(({ code, name, roles, districts }) => ({
    code, name, what: `${roles.map((role) => ROLE_NAMES[role]).join(', ')}${districts === null ? '' : ` — tylko ${districts.join(', ')}`}`,
  }));
  const people = client === STAFF_CLIENT ? staff : [{ ...tenant, what: 'najemca' }];
  return pageOf(
    'Logowanie próbne',
    <>
      <p>To nie jest prawdziwe logowanie: wybierz, kim chcesz być. Osoby są zmyślone.</p>
      <form method="post">
        <ul>
          {people.map(({ code, name, what }) => (
            <li key={code}>
              <button name="person" value={code}>{name}</button> {what}
            </li>
          ))}
        </ul>
      </form>
    </>,
  );
}

/** Shown at sign-out; `form` is the library's own HTML, with its hidden fields. */
export function signOutPage(form: string): string {
  return pageOf(
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
