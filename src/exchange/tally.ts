/** What came of the rows of a file, while it is imported. */
import { addCounts, NO_COUNTS } from '../platform/exchange/facts-sheet.ts';
import type { Reason } from '../platform/exchange/reasons.ts';
import { reasonText } from '../platform/exchange/reasons.ts';
import type { Applied, ImportRow } from '../platform/exchange/types.ts';
import type { WriteCounts } from '../platform/facts/plan.ts';
import type { RefusedRow } from './staging.ts';

export interface Warning {
  readonly line: number;
  readonly text: string;
  /** What it says, for whoever words it anew; older reports have the words alone. */
  readonly reasons?: readonly Pick<Reason, 'code' | 'args'>[];
}

/** Warnings told in full; the rest are counted. */
const TOLD = 20;

export class Tally {
  counts: WriteCounts = NO_COUNTS;
  duplicates = 0;
  refused = 0;
  warnings = 0;
  readonly told: Warning[] = [];
  #pending: RefusedRow[] = [];

  refuse({ line, cells }: Pick<RefusedRow, 'line' | 'cells'>, flaws: readonly Reason[]): void {
    this.refused += 1;
    this.#pending.push({ line, cells, flaws });
  }

  /** Takes over what came of rows that were written. */
  absorb(rows: readonly ImportRow<object>[], { counts, refused, warnings }: Applied): void {
    this.counts = addCounts(this.counts, counts);
    const byLine = new Map(rows.map((row) => [row.line, row]));
    for (const { line, reasons } of refused) this.refuse(byLine.get(line) ?? { line, cells: {} }, reasons);
    for (const { line, reasons } of warnings) {
      this.warnings += 1;
      if (this.told.length < TOLD) this.told.push({ line, text: reasons.map(reasonText).join(' '), reasons: reasons.map(({ code, args }) => ({ code, args })) });
    }
  }

  /** Lines of the refused rows that were not taken yet. */
  refusedLines(): ReadonlySet<number> {
    return new Set(this.#pending.map(({ line }) => line));
  }

  /** Refused rows since the last time. */
  takeRefused(): RefusedRow[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }
}
