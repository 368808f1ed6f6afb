/** Reading of our own files of rejected rows, for showing what is wrong. */
import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { unguard } from './formula.ts';

export interface ToldReject {
  /** Line of the file that was sent. */
  readonly line: string;
  readonly flaws: readonly { readonly column: string; readonly reason: string }[];
}

/** What is said of the first `most` rows. `csv` is what `rejectsCsv` wrote. */
export async function firstRejects(csv: AsyncIterable<string | Uint8Array>, most: number): Promise<ToldReject[]> {
  const source = Readable.from(csv);
  const parser = parse({ bom: true, delimiter: ';', relax_column_count: true, from: 2, to: most + 1 });
  source.on('error', (error) => parser.destroy(error));
  const told: ToldReject[] = [];
  try {
    for await (const [line = '', columns = '', reasons = ''] of source.pipe(parser) as AsyncIterable<string[]>) told.push({ line, flaws: flawsOf(unguard(columns).split('\n'), unguard(reasons).split('\n')) });
  } finally {
    source.destroy();
  }
  return told;
}

/** Several flaws of a row stand one below another within the two cells. */
function flawsOf(columns: readonly string[], reasons: readonly string[]): ToldReject['flaws'] {
  return reasons.map((reason, index) => ({ column: columns[index] ?? '', reason }));
}
