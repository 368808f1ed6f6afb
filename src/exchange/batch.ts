/** One batch of a file: cells become rows, rows are judged by themselves, beside one another, and written. */
import type { ImportRow } from '../platform/exchange/types.ts';
import type { Reason } from '../platform/exchange/reasons.ts';
import { reason } from '../platform/exchange/reasons.ts';
import type { Verdict } from './in-file.ts';
import { SaidInFile } from './in-file.ts';
import type { AnyExchange } from './sheets.ts';
import { foreignRows } from './scope.ts';
import type { StagedRow } from './staging.ts';
import { insertRefused } from './staging.ts';
import type { Work } from './write.ts';
import { writeRows } from './write.ts';

/** Rows about one thing get this many turns: a file that says the same nonsense a thousand times is not heard out. */
const ROUNDS = 5;

/** Imports rows of whole clusters. */
export async function importBatch(work: Work, staged: readonly StagedRow[]): Promise<void> {
  let waiting: ImportRow<object>[] = [];
  for (const { line, cells } of staged) {
    const judged = judge(work, readAgain(work.exchange, cells));
    if ('reasons' in judged) work.tally.refuse({ line, cells }, judged.reasons);
    else waiting.push({ line, cells, value: judged.row });
  }
  waiting = await ownRows(work, waiting);
  for (let round = 1; waiting.length > 0; round += 1) waiting = await writeRound(work, waiting, round === ROUNDS);
  await insertRefused(work.trx, work.cover, work.tally.takeRefused());
}

/** Refuses rows about what lies outside the scope of whoever imports; gives the others. */
async function ownRows({ trx, exchange, scope, tally }: Work, rows: ImportRow<object>[]): Promise<ImportRow<object>[]> {
  const foreign = await foreignRows(trx, scope, exchange.sheet.name, rows);
  return rows.filter((row) => {
    const why = foreign.get(row.line);
    if (why !== undefined) tally.refuse(row, [why]);
    return why === undefined;
  });
}

/** Writes what does not contradict an earlier row. Gives the rows whose turn comes because all earlier ones about the same thing were refused. */
async function writeRound(work: Work, rows: readonly ImportRow<object>[], last: boolean): Promise<ImportRow<object>[]> {
  const { exchange, tally } = work;
  const said = new SaidInFile();
  const good: { row: ImportRow<object>; key: string }[] = [];
  const others: { row: ImportRow<object>; key: string; verdict: Exclude<Verdict, 'new'> }[] = [];
  for (const row of rows) {
    const key = exchange.key(row.value);
    const verdict = said.judge(row, key, exchange.span(row.value), textOf(exchange, row.value));
    if (verdict === 'new') good.push({ row, key });
    else others.push({ row, key, verdict });
  }
  await writeRows(work, good.map(({ row }) => row));
  const refused = tally.refusedLines();
  const written = new Set(good.filter(({ row }) => !refused.has(row.line)).map(({ key }) => key));
  const again: ImportRow<object>[] = [];
  for (const { row, key, verdict } of others) {
    if (!last && !written.has(key)) again.push(row);
    else if (verdict === 'duplicate') tally.duplicates += 1;
    else tally.refuse(row, verdict);
  }
  return again;
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
