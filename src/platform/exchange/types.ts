/** What a slice tells of one kind of file, so that it can be imported and exported. */
import type { Scope } from '../access/scope.ts';
import type { Permission } from '../access/roles.ts';
import type { Context } from '../context.ts';
import type { Transaction } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import type { PlainDate } from '../dates/plain.ts';
import type { WriteCounts } from '../facts/plan.ts';
import type { Stamp } from '../facts/stamp.ts';
import type { LawBook } from '../law/book.ts';
import type { Sheet } from '../tabular/index.ts';
import type { Reason } from './reasons.ts';

/** A row of a file whose cells could be read. */
export interface ImportRow<T> {
  readonly line: number;
  /** The cells as they stood. */
  readonly cells: Readonly<Record<string, string>>;
  readonly value: T;
}

/** First and last day; null = until further notice or the next known start. */
export interface Span {
  readonly from: PlainDate;
  readonly until: PlainDate | null;
}

/** What single rows are judged by. */
export interface Setting {
  readonly law: LawBook;
  readonly knownAt: Instant;
  /** Who imports or exports, when, and with what keys. */
  readonly by: Pick<Context, 'actor' | 'clock' | 'requestId' | 'secrets'>;
}

/** What files with sensitive data need besides `import` and `export`. Their rows are sealed wherever they wait, and an export is an event. */
export interface Guard {
  readonly toImport: Permission;
  readonly toExport: Permission;
  /** Name of the event. */
  readonly exported: string;
  /** How many rows `read` gives. */
  count(trx: Transaction, setting: Setting): Promise<number>;
}

/** The row in the words of the program, or what is wrong with it. */
export type Checked<T> = { readonly row: T } | { readonly reasons: readonly Reason[] };

/** What is said of a row: why it is refused, or what it is warned of. */
export interface Remark {
  readonly line: number;
  readonly reasons: readonly Reason[];
}

export interface Applied {
  readonly counts: WriteCounts;
  readonly refused: readonly Remark[];
  readonly warnings: readonly Remark[];
}

export interface Exchange<T extends object> {
  readonly sheet: Sheet<T>;
  /** A few rows for the documentation; those of all sheets together make a small city. */
  readonly samples: readonly T[];
  /** Only where the rows tell sensitive data. */
  readonly guard?: Guard;
  /** Days of the row; null where the sheet has none. */
  span(row: T): Span | null;
  /** Rows of one cluster may contradict one another: they are written together. */
  cluster(row: T): string;
  /** What the row is about, without its days. */
  key(row: T): string;
  /** Judges the row by itself and by the law. */
  check(row: T, setting: Setting): Checked<T>;
  /**
   * Writes the rows, set by set; refuses those that name what does not exist. What only the database can judge it lets the database
   * judge: an error of a constraint means that some rows contradict one another or what is known.
   */
  apply(trx: Transaction, stamp: Stamp, rows: readonly ImportRow<T>[], setting: Setting): Promise<Applied>;
  /** Clusters of the rows that may contradict one another or what is known; spares the search for them. */
  suspects?(trx: Transaction, rows: readonly T[]): Promise<ReadonlySet<string>>;
  /** Words for a constraint that one row alone violates, where the general ones say too little. */
  clash?(trx: Transaction, row: T, constraint: string): Promise<Reason | null>;
  /** The rows about what lies in the scope, as known now, in an order that is the same everywhere. */
  read(trx: Transaction, setting: Setting, scope: Scope): AsyncIterable<T>;
}
