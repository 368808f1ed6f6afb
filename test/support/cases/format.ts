/**
 * A file of golden cases: cases parted by a line `===`; each has `# title` lines, `key: value` lines in words, a line `---`, and the
 * expected text. A key may stand more than once.
 */

/** What a case is given. Every line must be taken: a word that nothing understands is an error, not a silent default. */
export class Input {
  readonly #lines: { readonly key: string; readonly value: string; taken: boolean }[];

  constructor(lines: readonly (readonly [string, string])[]) {
    this.#lines = lines.map(([key, value]) => ({ key, value, taken: false }));
  }

  /** All values of the key. */
  all(key: string): string[] {
    const found = this.#lines.filter((line) => line.key === key);
    for (const line of found) line.taken = true;
    return found.map(({ value }) => value);
  }

  one(key: string): string | undefined {
    const found = this.all(key);
    if (found.length > 1) throw new Error(`"${key}" stands ${found.length} times`);
    return found[0];
  }

  or(key: string, otherwise: string): string {
    return this.one(key) ?? otherwise;
  }

  /** Lines whose key is one of these names, in their order. */
  among(names: ReadonlySet<string>): [string, string][] {
    const found = this.#lines.filter(({ key }) => names.has(key));
    for (const line of found) line.taken = true;
    return found.map(({ key, value }) => [key, value]);
  }

  /** @throws Error naming the lines that nothing took */
  finish(): void {
    const left = this.#lines.filter(({ taken }) => !taken).map(({ key }) => key);
    if (left.length > 0) throw new Error(`not understood: ${left.join(', ')}`);
  }
}

export interface Case {
  readonly title: string;
  /** Title and input lines as they stand in the file. */
  readonly head: string;
  readonly lines: readonly (readonly [string, string])[];
  readonly expected: string;
}

const CASE_END = '\n===\n';
const INPUT_END = '\n---';

export function readCases(text: string): Case[] {
  return text.replace(/\n+$/, '').split(CASE_END).map(readCase);
}

function readCase(text: string): Case {
  const at = text.indexOf(INPUT_END);
  const head = (at < 0 ? text : text.slice(0, at)).trim();
  const expected = at < 0 ? '' : text.slice(at + INPUT_END.length).replace(/^\n/, '').replace(/\n+$/, '');
  const lines = head.split('\n');
  const title = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1).trim()).join(' ');
  if (title === '') throw new Error(`a case without a title: ${head}`);
  const given = lines.filter((line) => !line.startsWith('#') && line.trim() !== '').map((line): [string, string] => {
    const colon = line.indexOf(':');
    if (colon < 0) throw new Error(`not "key: value": ${line}`);
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { title, head, lines: given, expected };
}

export function writeCases(cases: readonly Case[]): string {
  return `${cases.map(({ head, expected }) => `${head}${INPUT_END}\n${expected}`).join(`\n${CASE_END.trim()}\n`)}\n`;
}
