/** A sheet whose every row is one fact of a table with two times. */
import { groupBy } from '../collections.ts';
import type { Transaction } from '../database/connect.ts';
import type { FactCell, FactEntry, WriteCounts } from '../facts/plan.ts';
import type { FactTable } from '../facts/write.ts';
import { writeFacts } from '../facts/write.ts';
import { endOf } from './columns.ts';
import type { Reason } from './reasons.ts';
import type { Applied, Checked, Exchange, ImportRow, Remark, Setting, Span } from './types.ts';

/** Where a row goes, or why it goes nowhere. */
export type Placed =
  | { readonly table: FactTable; readonly key: Record<string, FactCell>; readonly value: Record<string, FactCell>; readonly warnings?: readonly Reason[] }
  | { readonly reasons: readonly Reason[] };

export interface FactSheet<T extends Span> extends Pick<Exchange<T>, 'sheet' | 'samples' | 'cluster' | 'read'> {
  /** What the row is about beside its cluster. */
  readonly about?: (row: T) => readonly (string | null)[];
  readonly check?: (row: T, setting: Setting) => Checked<T>;
  /** Looks up, for a whole batch, what its rows name; then tells of each row where it goes. */
  readonly place: (trx: Transaction, rows: readonly T[], setting: Setting) => Promise<(row: T) => Placed>;
}

export const NO_COUNTS: WriteCounts = { added: 0, changed: 0, corrected: 0, unchanged: 0 };

export function addCounts(a: WriteCounts, b: WriteCounts): WriteCounts {
  return { added: a.added + b.added, changed: a.changed + b.changed, corrected: a.corrected + b.corrected, unchanged: a.unchanged + b.unchanged };
}

/** Parts of a key as one text. */
export function joinKey(...parts: readonly (string | null)[]): string {
  return parts.map((part) => part ?? '').join('\u001f');
}

export function factSheet<T extends Span>({ about, check, place, ...rest }: FactSheet<T>): Exchange<T> {
  return {
    ...rest,
    span: (row) => row,
    key: (row) => joinKey(rest.cluster(row), ...(about?.(row) ?? [])),
    check: check ?? ((row) => ({ row })),
    async apply(trx, stamp, given, setting): Promise<Applied> {
      const placeOf = await place(trx, given.map(({ value }) => value), setting);
      const sorted = sortOut(given, placeOf);
      let counts = NO_COUNTS;
      for (const [table, entries] of groupBy(sorted.entries, (entry) => entry.table)) counts = addCounts(counts, await writeFacts(trx, stamp, table, entries));
      return { counts, refused: sorted.refused, warnings: sorted.warnings };
    },
  };
}

function sortOut<T extends Span>(
  rows: readonly ImportRow<T>[],
  placeOf: (row: T) => Placed,
): { entries: (FactEntry & { table: FactTable })[]; refused: Remark[]; warnings: Remark[] } {
  const entries: (FactEntry & { table: FactTable })[] = [];
  const refused: Remark[] = [];
  const warnings: Remark[] = [];
  for (const { line, value: row } of rows) {
    const placed = placeOf(row);
    if ('reasons' in placed) {
      refused.push({ line, reasons: placed.reasons });
      continue;
    }
    const { table, key, value } = placed;
    if (placed.warnings !== undefined && placed.warnings.length > 0) warnings.push({ line, reasons: placed.warnings });
    entries.push({ table, key, value, from: row.from, to: endOf(row), reopen: true });
  }
  return { entries, refused, warnings };
}
