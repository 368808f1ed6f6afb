/** Problem documents (RFC 9457) in Polish, the same for page, interface, terminal and operation. */
import { ZodError, z } from 'zod';
import { DomainError, LawMissing } from './errors.ts';
import type { ErrorKind } from './errors.ts';
import { LawFileError } from './law/files-problems.ts';
import { problemText } from './problem-texts.ts';

// Whatever zod refuses, it says so in Polish.
z.config({ ...z.locales.pl(), customError: inWords });

const KINDS: Readonly<Record<string, string>> = { string: 'Podaj tekst.', number: 'Podaj liczbę.', int: 'Podaj liczbę całkowitą.', boolean: 'Podaj true albo false.', array: 'Podaj listę.', object: 'Podaj obiekt z polami.' };

/** What to do, where the library only says what it expected. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return KINDS[issue.expected];
  if (issue.code === 'invalid_format' && issue.format === 'datetime') return 'Podaj chwilę ze strefą, na przykład 2026-01-31T10:00:00+01:00.';
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined;
  const small = issue.code === 'too_small';
  const bound = String(small ? issue.minimum : issue.maximum);
  const most = small ? 'co najmniej' : 'najwyżej';
  if (issue.origin === 'string') return bound === '1' && small ? 'To pole nie może być puste.' : `Liczba znaków ma wynosić ${most} ${bound}.`;
  if (issue.origin === 'array') return `Liczba pozycji ma wynosić ${most} ${bound}.`;
  return issue.origin === 'number' || issue.origin === 'int' ? `Podaj liczbę ${most} ${bound}.` : undefined;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** Each wrong place with its reason. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly args?: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

const STATUS: Readonly<Record<ErrorKind, number>> = { invalid: 422, 'not found': 404, conflict: 409, forbidden: 403, 'too many': 429, busy: 503 };

const TITLES: Readonly<Record<number, string>> = {
  400: 'Niepoprawne żądanie',
  403: 'Brak uprawnienia',
  404: 'Nie znaleziono',
  405: 'Niedozwolona metoda',
  409: 'Stan się zmienił',
  413: 'Za duża treść',
  415: 'Nieobsługiwany format',
  422: 'Nieprawidłowe dane',
  429: 'Za dużo prób',
  500: 'Błąd',
  503: 'Chwilowo niedostępne',
};

/** Names of constraints whose violation a person can understand. */
const CONSTRAINTS: Readonly<Record<string, { status: number; code: string }>> = {
  decision_hands_two_parts: { status: 403, code: 'decision_own' },
  decision_hands_two_decide: { status: 409, code: 'decision_taken' },
  persons_pesel_twice: { status: 409, code: 'pesel_twice' },
  run_omissions_twice: { status: 409, code: 'lease_left_out' },
};

export function problem(status: number, code: string, args: Readonly<Record<string, string>> = {}, errors?: Problem['errors']): Problem {
  return {
    type: `https://kamienica.invalid/problemy/${code}`,
    title: TITLES[status] ?? 'Błąd',
    status,
    detail: problemText(code, args),
    code,
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
    ...(Object.keys(args).length === 0 ? {} : { args }),
  };
}

/** Any error as a problem; what nobody foresaw becomes `unexpected` and tells nothing of the inside. */
export function describeError(error: unknown): Problem {
  if (error instanceof DomainError) {
    const errors = error.flaws.map(({ field, code, args }) => ({ field, message: problemText(code, args) }));
    return problem(STATUS[error.kind], error.code, error.args, errors);
  }
  if (error instanceof LawMissing) return problem(422, 'law_missing', { key: error.key, day: error.day });
  if (error instanceof LawFileError) return problem(422, 'law_file', {}, error.problems.map(({ file, place, message }) => ({ field: [file, place].filter((part) => part !== '').join(' · '), message })));
  if (error instanceof ZodError) return problem(422, 'invalid_input', {}, zodErrors(error));
  if (isDatabaseError(error)) return databaseProblem(error);
  return problem(500, 'unexpected');
}

function zodErrors(error: ZodError): { field: string; message: string }[] {
  return error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
}

interface DatabaseError {
  readonly code: string;
  readonly constraint?: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function databaseProblem(error: DatabaseError): Problem {
  const known = error.constraint === undefined ? undefined : CONSTRAINTS[error.constraint];
  if (known) return problem(known.status, known.code);
  if (error.code === '23P01') return problem(409, 'overlap');
  // Serialization failures and deadlocks: somebody else was at the same rows.
  if (error.code === '40001' || error.code === '40P01') return problem(409, 'facts_changed_meanwhile');
  if (error.code.startsWith('08') || error.code === 'ECONNREFUSED' || error.code === '57P01' || error.code === '53300') return problem(503, 'unavailable');
  return problem(500, 'unexpected');
}
