/** Every error as a problem document; what the protocol itself refuses is said here, the rest in `platform/problems`. */
import type { Response } from 'express';
import { spoken } from '../language.ts';
import type { Problem } from '../problems.ts';
import { describeError, problem } from '../problems.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** At most so many wrong places are named: an answer must not outgrow what was sent. */
const MOST_ERRORS = 100;
const LONGEST_MESSAGE = 500;
const LONGEST_FIELD = 200;

export type FieldError = NonNullable<Problem['errors']>[number];

/** A refusal by the protocol, before any command ran. */
export class HttpProblem extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, args: Readonly<Record<string, string>> = {}, extra: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {}) {
    super(`${status} ${code}`);
    this.name = 'HttpProblem';
    this.problem = problem(status, code, args, extra.errors);
    this.headers = extra.headers ?? {};
  }
}

/** The problem of any error, short enough to be sent. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpProblem) return shortened(error.problem);
  // The router could not decode a part of the path.
  if (error instanceof URIError && 'status' in error) return new HttpProblem(400, 'url_encoding').problem;
  return shortened(describeError(error));
}

function shortened(told: Problem): Problem {
  if (told.errors === undefined) return told;
  const errors = told.errors.slice(0, MOST_ERRORS).map(({ field, message }) => ({ field: cut(field, LONGEST_FIELD), message: cut(message, LONGEST_MESSAGE) }));
  return { ...told, errors };
}

/** The text, cut with an ellipsis when it is longer than `most` characters. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Sends the error with the number of the request: as its problem document, or as whatever `write` makes of it. Gives the problem. */
export function sendProblem(res: Response, error: unknown, requestId: string, write: (told: Problem) => void = (told) => sendDocument(res, told, requestId)): Problem {
  const told = problemOf(error);
  if (error instanceof HttpProblem) res.set(error.headers);
  if (told.status === 503) res.set('Retry-After', '5');
  write(told);
  return told;
}

function sendDocument(res: Response, told: Problem, requestId: string): void {
  res.vary('Accept-Language').set('Content-Language', spoken().language);
  res.status(told.status).type(PROBLEM_TYPE).send(JSON.stringify({ ...told, requestId }));
}
