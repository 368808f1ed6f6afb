/** What a statement is in words: plain data for pages, letters and the interface. */
import type { Certainty, Strength } from '../law/types.ts';
import type { ShownQuantity } from './numbers.ts';
import type { Statement } from './types.ts';
import type { Language } from './words/codes.ts';

/** A fact a line rests on, in words. */
export interface Observed {
  readonly name: string;
  readonly value: string;
}

/** Where the value of a line stands. */
export interface ShownReference {
  readonly code: string;
  readonly title: string;
  readonly place: string | null;
  readonly address: string | null;
  /** Number of the item, where the value is one of annex 5. */
  readonly item: string | null;
}

/** One line in words. */
export interface RenderedLine {
  readonly id: string;
  readonly parent: string | null;
  /** 0 for a line without parent. */
  readonly depth: number;
  readonly text: string;
  readonly observed: readonly Observed[];
  readonly rule: string;
  readonly quantity: ShownQuantity | null;
  readonly rate: ShownQuantity | null;
  readonly amount: ShownQuantity | null;
  readonly reference: ShownReference | null;
  readonly certainty: Certainty | null;
  readonly strength: Strength | null;
  readonly note: string | null;
}

/** A value in the statement that no act prints, and the lines that use it. */
export interface UncertainValue {
  readonly key: string;
  readonly name: string;
  /** Null: the book does not hold the value, so nothing is known of its certainty. */
  readonly certainty: Exclude<Certainty, 'printed'> | null;
  readonly strength: Strength | null;
  readonly reference: ShownReference;
  readonly note: string | null;
  readonly lines: readonly string[];
}

export interface RenderedStatement {
  readonly language: Language;
  readonly version: Statement['version'];
  /** Every line after its parent, siblings in the order of the statement. */
  readonly lines: readonly RenderedLine[];
  /** What the statement rests on that is assumed, reported or reconstructed. */
  readonly uncertain: readonly UncertainValue[];
}
