/** A step as a row of `run_drafts`, in the text format of `COPY`. */
import type { CopyRows } from '../../platform/database/copy-rows.ts';
import { copyEscaped } from '../../platform/database/copy-rows.ts';
import { copyStatement, differingLines, lineAmounts } from '../../platform/statement/lines.ts';
import type { Statement } from '../../platform/statement/types.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import { fixed2 } from '../../platform/money.ts';
import { slotText } from '../../stock/facts.ts';
import type { AssembledLease } from '../assemble.ts';
import type { Step } from '../rules/recalculate.ts';

export const DRAFT_COLUMNS = [
  'run_id', 'lease_id', 'step', 'outcome', 'reason', 'effective_from', 'effective_to', 'old_amount', 'new_amount', 'difference', 'percent',
  'rate', 'area_m2', 'points', 'category', 'zone', 'basis', 'district', 'warnings', 'differing', 'missing', 'line_amounts', 'old_rent_id',
  'known_at', 'statement',
] as const;

type Cell = string | null;

/** A row of `run_drafts`: all cells but the last, which is the statement. */
export interface DraftRow {
  readonly cells: readonly Cell[];
  readonly statement: Statement | null;
}

export function draftRow(runId: string, knownAt: Instant, lease: AssembledLease, step: Step, index: number): DraftRow {
  const { rent, before, amountBefore } = step;
  const result = rent?.statement.result;
  const amounts = rent ? lineAmounts(rent.statement) : null;
  const facts = rent === null ? lease.facts.on(step.from ?? lease.lease.starts) : null;
  const cells = [
    runId,
    lease.lease.id,
    String(index),
    step.outcome,
    step.reason,
    step.from,
    step.to,
    amountBefore === null ? null : fixed2(amountBefore),
    result?.rent ?? null,
    rent && amountBefore ? fixed2(rent.amount.minus(amountBefore)) : null,
    step.percent === null ? null : fixed2(step.percent),
    result?.rate ?? null,
    result?.area ?? null,
    result?.points ?? null,
    result?.category ?? null,
    result?.zone ?? (facts && slotText(facts, 'zone')) ?? null,
    result?.basis ?? null,
    lease.dwelling.district,
    step.warnings.length === 0 ? null : step.warnings.join(' '),
    differing(before?.lineAmounts ?? null, amounts, step),
    step.missing.length === 0 ? null : step.missing.map(({ subject, what }) => `${subject}.${what}`).join(' '),
    amounts,
    before?.rentId ?? null,
    knownAt,
  ];
  return { cells, statement: rent?.statement ?? null };
}

/** Why it differs: the lines in which the new statement is another than that of the rent in force. */
function differing(before: string | null, after: string | null, step: Step): string | null {
  if (after === null || step.outcome === 'first' || step.outcome === 'unchanged') return null;
  return before === null ? 'imported' : differingLines(before, after).join(' ');
}

// Numbers, days and codes of ours need no look at their characters.
const OF_PEOPLE: ReadonlySet<string> = new Set(['category', 'zone', 'district', 'differing', 'missing', 'line_amounts']);
const ESCAPED = DRAFT_COLUMNS.map((column) => OF_PEOPLE.has(column));
/** The longest cell is written apart from the district's Polish letters: they would make a wide text of it. */
const APART = DRAFT_COLUMNS.indexOf('line_amounts');

/** Writes the row. */
export function copyDraft(into: CopyRows, { cells, statement }: DraftRow): void {
  let text = '';
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? null;
    if (index === APART) {
      into.raw(text);
      text = '';
    }
    text += cell === null ? '\\N\t' : `${ESCAPED[index] === true ? copyEscaped(cell) : cell}\t`;
  }
  into.raw(statement === null ? `${text}\\N\n` : text);
  if (statement === null) return;
  copyStatement(into, statement);
  into.raw('\n');
}
