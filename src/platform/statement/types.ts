/**
 * A statement explains one result line by line: what the interface returns, the page shows, the letter prints and the test compares.
 * It holds ids and codes only; words, references and certainties render from it by the catalogue of its version.
 */

export type Unit = 'zł' | 'zł/m2' | 'm2' | 'pkt' | '%' | 'm' | 'cm' | '1';

/** A decimal with its unit, `16.96 zł/m2`: what people and machines both read. */
export type Quantity = `${string} ${Unit}`;

/**
 * One line. `amount` of a line with children is the sum of their amounts of the same unit; a line with both `quantity` and `rate`
 * has `amount` = quantity × rate exactly (a percentage rate counts as hundredths). Roundings, caps and floors are lines of their own.
 */
export interface Line {
  readonly id: string;
  readonly parent?: string | undefined;
  /** Rule of the digest: `VAL-9`. */
  readonly rule: string;
  /** Key of the catalogue that words the line. */
  readonly code: string;
  readonly args?: Readonly<Record<string, string>> | undefined;
  readonly quantity?: Quantity | undefined;
  readonly rate?: Quantity | undefined;
  readonly amount?: Quantity | undefined;
  /** The law value used, `key@reference`; with the statement's day and known-at it names one row for ever. */
  readonly law?: string | undefined;
}

export interface Statement<Result extends object = object> {
  readonly version: 1;
  readonly result: Result;
  readonly lines: readonly Line[];
}
