/**
 * Words of every problem: what is wrong and what to do. They stand in `problem-texts/`, by topic and language; Polish decides what there is,
 * English has the same by type. `{name}` stands for an argument. A new code needs a line in `pl/` and one in `en/`.
 */
import type { Language, Speech } from './language.ts';
import { spoken } from './language.ts';
import { ARGUMENTS as EN_ARGUMENTS } from './problem-texts/en/arguments.ts';
import { EN, EN_ON_PAGE, EN_TITLES } from './problem-texts/en/index.ts';
import { ARGUMENTS as PL_ARGUMENTS } from './problem-texts/pl/arguments.ts';
import type { ArgumentWords } from './problem-texts/pl/arguments.ts';
import type { ProblemCode, ProblemTexts, Titles } from './problem-texts/pl/index.ts';
import { PL, PL_ON_PAGE, PL_TITLES } from './problem-texts/pl/index.ts';
import { shownArgument } from './problem-texts/shown.ts';
import { FILE_CODES, fileText } from './tabular/texts.ts';

export type { ProblemCode };

type Args = Readonly<Record<string, string>>;

interface Catalogue {
  readonly texts: ProblemTexts;
  /** What is said otherwise to whoever sees a page and no interface. */
  readonly onPage: Partial<ProblemTexts>;
  readonly titles: Titles;
  readonly words: ArgumentWords;
}

/** Everything there are words for. */
export const PROBLEM_TEXTS: Readonly<Record<Language, Catalogue>> = {
  pl: { texts: PL, onPage: PL_ON_PAGE, titles: PL_TITLES, words: PL_ARGUMENTS },
  en: { texts: EN, onPage: EN_ON_PAGE, titles: EN_TITLES, words: EN_ARGUMENTS },
};

/** Polish names of states, for the terminal. */
export const STATES: Readonly<Record<string, string>> = PL_ARGUMENTS.state;

/** The text of a code with its arguments filled in, for whoever asks; an unknown code shows itself. */
export function problemText(code: string, args: Args = {}): string {
  const speech = spoken();
  const text = template(code, speech);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => told(name, args[name] ?? '', args, speech)).replace(/ \./g, '.');
}

/** The text of a code when it is needed: schemas are made once, and refuse in the words of each request. */
export function said(code: ProblemCode, args: Args = {}): { readonly error: () => string } {
  return { error: () => problemText(code, args) };
}

/** Whether there are words for the code. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PL, code);
}

/** What a problem is called: by its code where that has a name of its own, else by its status. */
export function problemTitle(status: number, code: string): string {
  const { titles } = PROBLEM_TEXTS[spoken().language];
  return nameOf(titles, code) ?? nameOf(titles, String(status)) ?? titles['500'];
}

function template(code: string, { language, onPage }: Speech): string {
  const { texts, onPage: otherwise } = PROBLEM_TEXTS[language];
  return (onPage ? nameOf(otherwise, code) : undefined) ?? nameOf(texts, code) ?? code;
}

function told(name: string, value: string, args: Args, speech: Speech): string {
  // Why a file as a whole can not be read is a code of the files, with its arguments beside it.
  const file = name === 'reason' ? FILE_CODES.find((code) => code === value) : undefined;
  if (file !== undefined) return fileText(file, args);
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = PROBLEM_TEXTS[speech.language].words;
  const known = nameOf(words, name);
  if (known !== undefined) return value.split(', ').map((one) => nameOf(known, one) ?? one).join(', ');
  return speech.onPage ? shownArgument(value, speech.language) : value;
}

function nameOf<T>(names: Readonly<Record<string, T>> | Partial<Readonly<Record<string, T>>>, key: string): T | undefined {
  return Object.hasOwn(names, key) ? names[key] : undefined;
}
