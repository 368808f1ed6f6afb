/** The query string: decoded strictly, each parameter once. */
import { problemText } from '../problem-texts.ts';
import type { FieldError } from './problem.ts';
import { HttpProblem } from './problem.ts';

export interface RawQuery {
  readonly values: Readonly<Record<string, string>>;
  /** Repeated parameters. */
  readonly errors: readonly FieldError[];
}

/** @throws HttpProblem `url_encoding` */
export function readQuery(url: string): RawQuery {
  const at = url.indexOf('?');
  // Without a prototype, so that `__proto__` is a name like any other.
  const values = Object.create(null) as Record<string, string>;
  const errors: FieldError[] = [];
  for (const part of at === -1 ? [] : url.slice(at + 1).split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decoded(equals === -1 ? part : part.slice(0, equals));
    if (Object.hasOwn(values, name)) errors.push({ field: name, message: problemText('parameter_repeated') });
    else values[name] = equals === -1 ? '' : decoded(part.slice(equals + 1));
  }
  return { values, errors };
}

/** Strictly: what is not UTF-8 is refused, not replaced. @throws HttpProblem `url_encoding` */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new HttpProblem(400, 'url_encoding');
  }
}
