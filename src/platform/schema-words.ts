/** Whatever a schema refuses, it says in the language of whoever asked, and what to do. */
import { z } from 'zod';
import type { Language } from './language.ts';
import { spoken } from './language.ts';
import type { ProblemCode } from './problem-texts.ts';
import { problemText } from './problem-texts.ts';

/** What the library itself says, where nothing better is known. */
const LIBRARY: Readonly<Record<Language, z.core.$ZodErrorMap>> = { pl: z.locales.pl().localeError, en: z.locales.en().localeError };

z.config({ customError: inWords, localeError: (issue) => LIBRARY[spoken().language](issue) });

const WANTED: Readonly<Record<string, ProblemCode>> = { string: 'want_text', number: 'want_number', int: 'want_whole', boolean: 'want_yes_no', array: 'want_list', object: 'want_object' };

const FORMATS: Readonly<Record<string, ProblemCode>> = { datetime: 'want_moment', date: 'want_day', url: 'want_web_address' };

/** What to do, where the library only says what it expected. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const said = saying(issue);
  return said === undefined ? undefined : problemText(said.code, said.args);
}

interface Saying {
  readonly code: ProblemCode;
  readonly args?: Readonly<Record<string, string>>;
}

function saying(issue: z.core.$ZodRawIssue): Saying | undefined {
  if (issue.code === 'invalid_type') {
    const code = Object.hasOwn(WANTED, issue.expected) ? WANTED[issue.expected] : undefined;
    return code === undefined ? undefined : { code };
  }
  if (issue.code === 'invalid_value') return { code: 'choice_unknown', args: { known: issue.values.map(String).join(', ') } };
  if (issue.code === 'invalid_format') {
    const code = Object.hasOwn(FORMATS, issue.format) ? FORMATS[issue.format] : undefined;
    // The pattern itself says something to whoever writes a program, and nothing to anybody else.
    return code !== undefined ? { code } : spoken().onPage ? { code: 'form_wrong' } : undefined;
  }
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined;
  const small = issue.code === 'too_small';
  const args = { bound: String(small ? issue.minimum : issue.maximum) };
  if (issue.origin === 'string') return small && args.bound === '1' ? { code: 'text_empty' } : { code: small ? 'text_least' : 'text_most', args };
  if (issue.origin === 'array') return { code: small ? 'items_least' : 'items_most', args };
  return issue.origin === 'number' || issue.origin === 'int' ? { code: small ? 'number_least' : 'number_most', args } : undefined;
}
