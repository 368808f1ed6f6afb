/** Problem documents (RFC 9457), the same for page, interface, terminal and operation, in the words of whoever asks. */
import { ZodError } from 'zod';
import { DomainError, LawMissing } from './errors.ts';
import type { ErrorKind } from './errors.ts';
import { LawFileError } from './law/files-problems.ts';
import { isProblemCode, problemText, problemTitle } from './problem-texts.ts';
import './schema-words.ts';

export interface WrongPlace {
  readonly field: string;
  readonly message: string;
  /** Where the words come from the catalogue: what they say, for whoever words it anew. Not sent. */
  readonly code?: string;
  readonly args?: Readonly<Record<string, string>> | undefined;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** Each wrong place with its reason. */
  readonly errors?: readonly WrongPlace[];
  readonly args?: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

const STATUS: Readonly<Record<ErrorKind, number>> = { invalid: 422, 'not found': 404, conflict: 409, forbidden: 403, 'too many': 429, busy: 503 };

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
    title: problemTitle(status, code),
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
    const errors = error.flaws.map(({ field, code, args }) => ({ field, message: problemText(code, args), code, args }));
    return problem(STATUS[error.kind], error.code, error.args, errors);
  }
  if (error instanceof LawMissing) return problem(422, 'law_missing', { key: error.key, day: error.day });
  if (error instanceof LawFileError) return problem(422, 'law_file', {}, error.problems.map(({ file, place, message }) => ({ field: [file, place].filter((part) => part !== '').join(' · '), message })));
  if (error instanceof ZodError) return problem(422, 'invalid_input', {}, zodErrors(error));
  if (isDatabaseError(error)) return databaseProblem(error);
  return problem(500, 'unexpected');
}

/** A problem that an operation kept, in the words of whoever looks at it now; null where nothing went wrong. */
export function retold(problem: unknown): Problem | null {
  if (typeof problem !== 'object' || problem === null) return null;
  // What `describeError` made of the error.
  const kept = problem as Problem;
  const { status, code, args, errors } = kept;
  if (!isProblemCode(code)) return kept;
  const now = errors?.map((place) => (place.code === undefined ? place : { ...place, message: problemText(place.code, place.args) }));
  return { ...kept, title: problemTitle(status, code), detail: problemText(code, args), ...(now === undefined ? {} : { errors: now }) };
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
