/** The pages of the development provider. Everything on them is our own text. */
import { html } from '../pages.ts';
import { PEOPLE } from '../people.ts';
import { ROLE_NAMES } from '../roles.ts';
import { STAFF_CLIENT } from './clients.ts';

/** Whom one may be, a button each. */
export function choosePage(client: string, tenant: { readonly code: string; readonly name: string }): string {
  const staff = PEOPLE.map(({ code, name, roles, districts }) => ({
    code, name, what: `${roles.map((role) => ROLE_NAMES[role]).join(', ')}${districts === null ? '' : ` — tylko ${districts.join(', ')}`}`,
  }));
  const people = client === STAFF_CLIENT ? staff : [{ ...tenant, what: 'najemca' }];
  const buttons = people.map(({ code, name, what }) => `<li><button name="person" value="${code}">${name}</button> ${what}</li>`);
  return html('Logowanie próbne', `<p>To nie jest prawdziwe logowanie: wybierz, kim chcesz być. Osoby są zmyślone.</p>\n<form method="post"><ul>\n${buttons.join('\n')}\n</ul></form>`);
}

/** Shown at sign-out; `form` is the library's own, with its hidden fields. */
export function signOutPage(form: string): string {
  return html('Wylogowanie', `<p>Czy wylogować także u dostawcy próbnego?</p>\n${form}\n<p><button form="op.logoutForm" name="logout" value="yes">Tak, wyloguj</button></p>`);
}
