/** What is wrong with a cell or with a whole table file: a code of the catalogue in `texts.ts` and its arguments. */
import type { Args, CellCode, FileCode } from './texts.ts';


/** One thing wrong in one row: the column's name as in the file ('' when the row as a whole is meant). */
export interface CellFlaw {
  readonly column: string;
  readonly code: CellCode;
  readonly args: Args;
}

/** A cell that cannot be taken as it is. Columns throw it; the reader collects it and goes on with the next cell. */
export class CellError extends Error {
  readonly code: CellCode;
  readonly args: Args;

  constructor(code: CellCode, args: Args = {}) {
    super(`${code} ${JSON.stringify(args)}`);
    this.name = 'CellError';
    this.code = code;
    this.args = args;
  }
}

/** A file that cannot be read as a whole. Nothing of it may be kept: rows may have been given out before it was found. */
export class FileError extends Error {
  readonly code: FileCode;
  readonly args: Args;

  constructor(code: FileCode, args: Args = {}) {
    super(`${code} ${JSON.stringify(args)}`);
    this.name = 'FileError';
    this.code = code;
    this.args = args;
  }
}

const SHOWN = 60;

/** The text as it may stand in a message: on one line and not endless. */
export function shown(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const letters = Array.from(line);
  return letters.length > SHOWN ? `${letters.slice(0, SHOWN).join('')}…` : line;
}
