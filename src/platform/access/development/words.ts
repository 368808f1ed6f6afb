/** What the pages of the development provider say. */
import type { Language } from '../../language.ts';
import { spoken } from '../../language.ts';
import { ARGUMENTS as EN } from '../../problem-texts/en/arguments.ts';
import { ARGUMENTS as PL } from '../../problem-texts/pl/arguments.ts';

interface Words {
  readonly signIn: string;
  readonly pretended: string;
  readonly only: (districts: string) => string;
  readonly signOut: string;
  readonly alsoHere: string;
  readonly yes: string;
  readonly roles: typeof EN.able;
}

const WORDS: Readonly<Record<Language, Words>> = {
  pl: {
    signIn: 'Logowanie próbne',
    pretended: 'To nie jest prawdziwe logowanie: wybierz, kim chcesz być. Osoby są zmyślone.',
    only: (districts) => `tylko ${districts}`,
    signOut: 'Wylogowanie',
    alsoHere: 'Czy wylogować także u dostawcy próbnego?',
    yes: 'Tak, wyloguj',
    roles: PL.able,
  },
  en: {
    signIn: 'Trial sign-in',
    pretended: 'This is no real sign-in: choose whom you want to be. The people are invented.',
    only: (districts) => `only ${districts}`,
    signOut: 'Sign out',
    alsoHere: 'Sign out of the trial provider as well?',
    yes: 'Yes, sign out',
    roles: EN.able,
  },
};

/** The words of whoever asks. */
export function words(): Words {
  return WORDS[spoken().language];
}
