/** Who asks: people by every way there is to say who one is, and some who only pretend. */
import { PEOPLE } from '../../src/platform/access/people.ts';
import type { Actor } from '../../src/platform/context.ts';
import type { SignInApp } from '../support/sign-in-app.ts';

export interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whom the program should take them for; null = nobody. */
  readonly actor: Actor | null;
  /** A cookie without the word of its session: may ask, but send no command. */
  readonly asksOnly?: true;
}

export async function callersOf(app: SignInApp): Promise<Caller[]> {
  const byHeader = PEOPLE.map((actor): Caller => ({ name: `${actor.code} by header`, headers: { 'X-Kamienica-As': actor.code }, actor }));
  const strangers = ['nikt', 'system', '__proto__', "' or 1=1 --", ''].map((code): Caller => ({ name: `"${code}" by header`, headers: { 'X-Kamienica-As': code }, actor: null }));
  const forged = ['Bearer kam_invented', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', 'Basic YTpi', 'Bearer'].map((authorization): Caller => ({ name: authorization, headers: { Authorization: authorization }, actor: null }));
  const sessions = await Promise.all(PEOPLE.slice(0, 4).map((actor) => bySession(app, 'staff', actor)));
  const tenant: Actor = { code: 'najemca.pokazowy', name: 'Najemca', roles: ['tenant'], districts: null, person: null };
  const cookie = sessions[0]?.headers['Cookie'] ?? '';
  return [
    ...byHeader, ...strangers, ...forged, ...sessions, await bySession(app, 'tenant', tenant),
    { name: 'a cookie alone', headers: { Cookie: cookie }, actor: PEOPLE[0] ?? null, asksOnly: true },
    { name: 'a forged cookie', headers: { Cookie: `${cookie.slice(0, -6)}AAAAAA` }, actor: null },
    { name: 'a cookie from another site', headers: { Cookie: cookie, Origin: 'https://evil.example' }, actor: PEOPLE[0] ?? null, asksOnly: true },
  ];
}

async function bySession(app: SignInApp, kind: 'staff' | 'tenant', actor: Actor): Promise<Caller> {
  const browser = app.browser();
  await app.signIn(browser, kind, actor.code);
  const csrf = await app.csrf(browser);
  return { name: `${actor.code} by session`, headers: { Cookie: `kamienica=${browser.cookies.get('kamienica') ?? ''}`, 'X-CSRF-Token': csrf }, actor };
}
