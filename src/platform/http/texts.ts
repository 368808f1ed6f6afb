/** What no text of any input may hold, wherever it stands. */
import { problemText } from '../problem-texts.ts';
import type { FieldError } from './problem.ts';
import { HttpProblem } from './problem.ts';

/** Deepest nesting of a body, levels. */
export const DEEPEST = 32;

const MOST = 100;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** PostgreSQL keeps neither the character of code zero nor half a character. */
function refusedText(text: string): string | undefined {
  if (text.includes('\u0000')) return 'text_nul';
  return LONE_SURROGATE.test(text) ? 'text_broken' : undefined;
}

/** Wrong texts and names in a value read from JSON or an address, each with its place. @throws HttpProblem `body_too_deep` */
export function textErrors(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const path: (string | number)[] = [];
  const refuse = (code: string): void => {
    if (errors.length < MOST) errors.push({ field: path.join('.'), message: problemText(code) });
  };
  const visit = (at: unknown): void => {
    if (typeof at === 'string') {
      const code = refusedText(at);
      if (code !== undefined) refuse(code);
      return;
    }
    if (typeof at !== 'object' || at === null) return;
    if (path.length >= DEEPEST) throw new HttpProblem(400, 'body_too_deep', { levels: String(DEEPEST) });
    const entries: Iterable<[string | number, unknown]> = Array.isArray(at) ? at.entries() : Object.entries(at);
    for (const [key, inner] of entries) {
      path.push(key);
      const code = key === '__proto__' ? 'key_forbidden' : typeof key === 'string' ? refusedText(key) : undefined;
      if (code !== undefined) refuse(code);
      else visit(inner);
      path.pop();
    }
  };
  visit(value);
  return errors;
}
