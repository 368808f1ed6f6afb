/** The file of rejected rows: what the sender gets back, corrects, and sends again. */
import { chunked, csvLine, type Rows } from './csv-write.ts';
import type { CellFlaw } from './errors.ts';
import { REJECT_COLUMNS, type Sheet } from './sheet.ts';
import { cellText } from './texts.ts';

/** A flaw of a row: the reader's own, or one that a command found later, with its own code. */
export interface RejectFlaw {
  readonly column: string;
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
}

export interface RejectedRow<F extends RejectFlaw = CellFlaw> {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly flaws: readonly F[];
}

/**
 * The original cells as they were, behind `wiersz` (line of the original file), `kolumna` and `powód`. A rejected row is one row
 * here too, so that the corrected file can be read again without doubles; several flaws stand one below another within the two
 * cells. The sheet's columns are those that the file had, as its first row shows.
 * @param text wording of flaws that are not the reader's own
 */
export function rejectsCsv<T>(sheet: Sheet<T>, rows: Rows<RejectedRow>): AsyncGenerator<string>;
export function rejectsCsv<T, F extends RejectFlaw>(sheet: Sheet<T>, rows: Rows<RejectedRow<F>>, text: (flaw: F) => string): AsyncGenerator<string>;
export async function* rejectsCsv<T>(
  sheet: Sheet<T>,
  rows: Rows<RejectedRow>,
  text: (flaw: CellFlaw) => string = (flaw) => cellText(flaw.code, flaw.args),
): AsyncGenerator<string> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const first = await iterator.next();
  const all = sheet.list.map(({ column }) => column.name);
  const names = first.done === true ? all : all.filter((name) => name in first.value.cells);
  const every = (async function* (): AsyncGenerator<RejectedRow> {
    for (let step = first; step.done !== true; step = await iterator.next()) yield step.value;
  })();
  yield* chunked(csvLine([...REJECT_COLUMNS, ...names]), every, (row) =>
    csvLine([
      String(row.line),
      row.flaws.map((flaw) => flaw.column).join('\n'),
      row.flaws.map(text).join('\n'),
      ...names.map((name) => row.cells[name] ?? ''),
    ]),
  );
}
