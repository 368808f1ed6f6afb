/** Polish words of runs for the terminal: those of the pages. */
export { STATES } from '../../platform/problem-texts.ts';
import { formatCount, textTable } from '../../platform/terminal.ts';
import { PL } from '../../web/texts/pl/index.ts';
import type { RunSummary, Totals } from './store.ts';

const { outcomes, reasons, warningNames } = PL.run;

export const OUTCOMES: Readonly<Record<string, string>> = outcomes;
export const REASONS: Readonly<Record<string, string>> = reasons;
/** What a person should look at, by the rule that says so. */
export const WARNINGS: Readonly<Record<string, string>> = warningNames;

const ORDER = Object.keys(OUTCOMES);

/** `1 234,56`. */
export function formatAmount(text: string | null): string {
  if (text === null) return '—';
  const [whole = '', fraction = '00'] = text.replace('-', '').split('.');
  return `${text.startsWith('-') ? '−' : ''}${formatCount(whole)},${fraction.padEnd(2, '0')}`;
}

function cells({ leases, before, after, difference }: Totals): string[] {
  return [formatCount(leases), formatAmount(before), formatAmount(after), formatAmount(difference)];
}

const HEAD = ['>umów', '>dotąd zł', '>po zmianie zł', '>różnica zł'];

/** The summary of a run as tables of text. */
export function summaryText(summary: RunSummary): string {
  const inOrder = [...summary.outcomes].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const outcomes = inOrder.map((entry) => [
    OUTCOMES[entry.outcome] ?? entry.outcome,
    entry.reason === null ? '' : (REASONS[entry.reason] ?? entry.reason),
    ...cells(entry),
  ]);
  const zones = summary.zones.map((entry) => [entry.zone ?? '—', ...cells(entry)]);
  const categories = summary.categories.map((entry) => [entry.category ?? '(poza kategorią)', ...cells(entry)]);
  const parts = [textTable(['wynik', 'powód', ...HEAD], outcomes), textTable(['strefa', ...HEAD], zones), textTable(['kategoria', ...HEAD], categories)];
  if (summary.months.length > 0) parts.push(textTable(['pierwszy miesiąc', '>umów'], summary.months.map(({ month, leases }) => [month, formatCount(leases)])));
  if (summary.warnings.length > 0) parts.push(textTable(['ostrzeżenie', 'dlaczego', '>umów'], summary.warnings.map(({ warning, leases }) => [warning, WARNINGS[warning] ?? '', formatCount(leases)])));
  return parts.join('\n\n');
}
