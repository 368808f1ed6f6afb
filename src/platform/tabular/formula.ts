/**
 * Text that a spreadsheet would take for a formula. In a CSV it gets an apostrophe in front and loses it again when read, so that
 * our own files come back unchanged; plain negative numbers stay numbers. Cells of a workbook are typed and need none of this.
 */
const RISKY = /^('*)\s*[=+\-@＝＋－＠]/u;
const PLAIN_NUMBER = /^-\d+(?:[.,]\d+)?$/u;

/** The cell as it may be written to a CSV. */
export function guard(cell: string): string {
  return RISKY.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

/** The cell without the apostrophe that `guard` put before it. */
export function unguard(cell: string): string {
  return cell.startsWith("'") && RISKY.test(cell) ? cell.slice(1) : cell;
}
