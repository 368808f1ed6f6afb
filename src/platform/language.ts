/**
 * In which language, and to whom, words are made. Codes and arguments are the truth; words come into being at the edge, in the language of
 * whoever asked. It is said once a request and holds for all that the request awaits: libraries word their refusals in the middle of it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './statement/words/codes.ts';

export type { Language };

export interface Speech {
  readonly language: Language;
  /** To a person before a page, who types `31.01.2026` and picks from lists, and not to whoever writes a program. */
  readonly onPage: boolean;
}

/** Where nobody said otherwise: the terminal, jobs, the log, and whatever is kept. */
export const PLAIN: Speech = { language: 'pl', onPage: false };

const speech = new AsyncLocalStorage<Speech>();

/** Does the work, all that it awaits included, with words made so. */
export function speaking<T>(how: Speech, work: () => T): T {
  return speech.run(how, work);
}

/** How words are to be made now. */
export function spoken(): Speech {
  return speech.getStore() ?? PLAIN;
}
