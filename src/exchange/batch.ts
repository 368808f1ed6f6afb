/** One batch of a file: cells become rows, rows are judged by themselves, beside one another, and written. */
import type { ImportRow } from '../platform/exchange/types.ts';
import type { Reason } from '../platform/exchange/reasons.ts';
import { reason } from '../platform/exchange/reasons.ts';
import { SaidInFile } from './in-file.ts';
import type { AnyExchange } from './sheets.ts';
import type { StagedRow } from './staging.ts';
import { insertRefused } from './staging.ts';
import type { Work } from './write.ts';
import { writeRows } from './write.ts';

/** Imports rows of whole clusters. */
export async function importBatch(work: Work, staged: readonly StagedRow[]): Promise<void> {
  const { exchange, tally } = work;
  const said = new SaidInFile();
  const good: ImportRow<object>[] = [];
  for (const { line, cells } of staged) {
    const judged = judge(work, readAgain(exchange, cells));
    if ('reasons' in judged) {
      tally.refuse({ line, cells }, judged.reasons);
      continue;
    }
    const row: ImportRow<object> = { line, cells, value: judged.row };
    const verdict = said.judge(row, exchange.key(row.value), exchange.span(row.value), textOf(exchange, row.value));
    if (verdict === 'new') good.push(row);
    else if (verdict === 'duplicate') tally.duplicates += 1;
    else tally.refuse(row, verdict);
  }
  await writeRows(work, good);
  await insertRefused(work.trx, tally.takeRefused());
}

function judge({ exchange, setting }: Work, row: object): { readonly row: object } | { readonly reasons: readonly Reason[] } {
  const span = exchange.span(row);
  if (span?.until != null && span.until < span.from) return { reasons: [reason('do', 'days_reversed', { from: span.from, until: span.until })] };
  return exchange.check(row, setting);
}

/** The row as it was read from the file the first time: its cells are good. */
function readAgain({ sheet }: AnyExchange, cells: Readonly<Record<string, string>>): object {
  return Object.fromEntries(sheet.list.map(({ key, column }) => [key, column.read(cells[column.name] ?? '')]));
}

/** All that the row says, as one text; equal texts are duplicates. */
function textOf({ sheet }: AnyExchange, row: object): string {
  const values = row as Readonly<Record<string, unknown>>;
  return sheet.list.map(({ key, column }) => column.write(values[key])).join('\u001f');
}
