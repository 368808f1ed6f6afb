/** A step as a row of `run_drafts`, in the text format of `COPY`. */
import { differingLines, lineAmounts, writeStatement } from '../../platform/statement/lines.ts';
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

/** The row's cells. */
export function draftCells(runId: string, knownAt: Instant, lease: AssembledLease, step: Step, index: number): Cell[] {
  const { rent, before, amountBefore } = step;
  const result = rent?.statement.result;
  const amounts = rent ? lineAmounts(rent.statement) : null;
  const facts = rent === null ? lease.dwelling.facts.on(step.from ?? lease.lease.starts) : null;
  return [
    runId,
    lease.lease.id,
    String(index),
    step.outcome,
    step.reason,
    step.from,
    step.to,
    amountBefore === null ? null : fixed2(amountBefore),
    rent ? fixed2(rent.amount) : null,
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
    rent ? writeStatement(rent.statement) : null,
  ];
}

/** Why it differs: the lines in which the new statement is another than that of the rent in force. */
function differing(before: string | null, after: string | null, step: Step): string | null {
  if (after === null || step.outcome === 'first' || step.outcome === 'unchanged') return null;
  return before === null ? 'imported' : differingLines(before, after).join(' ');
}

const SPECIAL = /[\\\n\r\t]/;
const ALL_SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const LONG = 200;

/** For long cells (statements) a search for each character is many times faster than one for all. */
function needsEscape(cell: string): boolean {
  return cell.length > LONG ? cell.includes('\\') || cell.includes('\n') || cell.includes('\t') || cell.includes('\r') : SPECIAL.test(cell);
}

function escaped(character: string): string {
  return ESCAPES[character] ?? character;
}

/** Cells as a line of `COPY … (format text)`. */
export function copyLine(cells: readonly Cell[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? null;
    if (index > 0) line += '\t';
    line += cell === null ? '\\N' : needsEscape(cell) ? cell.replace(ALL_SPECIAL, escaped) : cell;
  }
  return `${line}\n`;
}
