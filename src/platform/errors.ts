/** What commands throw when a person must be told something. The wording stands in the catalogue of problems. */

/** One thing that is wrong with what was given, at a named place. */
export interface Flaw {
  /** Path of the field, column or row: `lease`, `rows.3.area_m2`. */
  readonly field: string;
  readonly code: string;
  readonly args?: Readonly<Record<string, string>>;
}

export type ErrorKind = 'invalid' | 'not found' | 'conflict' | 'forbidden' | 'too many' | 'busy';

/** A refusal with a code of the catalogue; knex rolls the transaction back. */
export class DomainError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly args: Readonly<Record<string, string>>;
  readonly flaws: readonly Flaw[];

  constructor(kind: ErrorKind, code: string, args: Readonly<Record<string, string>> = {}, flaws: readonly Flaw[] = []) {
    super(`${code} ${JSON.stringify(args)}${flaws.length > 0 ? ` ${JSON.stringify(flaws)}` : ''}`);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.args = args;
    this.flaws = flaws;
  }
}

/** A value of the law that is missing for the day: it stops a run before its first draft and names itself. */
export class LawMissing extends Error {
  readonly key: string;
  readonly day: string;

  constructor(key: string, day: string) {
    super(`the law has no ${key} for ${day}`);
    this.name = 'LawMissing';
    this.key = key;
    this.day = day;
  }
}
