/** Columns whose cells are one of a few words. */
import { column, type Column, type ColumnTexts } from '../column.ts';
import { CellError, shown } from '../errors.ts';
import { fold, nearest } from '../nearest.ts';

// Besides the words asked for, what a spreadsheet in Polish or English makes of its own logical cells.
const ANSWERS: ReadonlyMap<string, boolean> = new Map([
  ['tak', true],
  ['t', true],
  ['prawda', true],
  ['true', true],
  ['nie', false],
  ['n', false],
  ['fałsz', false],
  ['false', false],
]);

/** `tak` or `nie`. */
export function yesNo(name: string, texts: ColumnTexts): Column<boolean> {
  return column(name, {
    ...texts,
    form: 'tak albo nie',
    words: ['tak', 'nie'],
    width: 8,
    parse: (raw) => {
      const answer = ANSWERS.get(raw) ?? ANSWERS.get(fold(raw));
      if (answer === undefined) throw new CellError('yes_no', { text: shown(raw) });
      return answer;
    },
    print: (value) => (value ? 'tak' : 'nie'),
  });
}

export interface OptionOptions<Code extends string> extends ColumnTexts {
  /** Word in the file → code in the program; of several words for one code the first is written. */
  readonly words: Readonly<Record<string, Code>>;
}

/** One of the given words; letter case and double blanks are forgiven. */
export function option<const Code extends string>(name: string, options: OptionOptions<Code>): Column<Code> {
  const words = Object.keys(options.words);
  const codes = new Map<string, Code>();
  const exact = new Map<string, Code>(Object.entries(options.words));
  const printed = new Map<Code, string>();
  for (const [word, value] of Object.entries(options.words)) {
    if (codes.has(fold(word))) throw new RangeError(`${name}: the word ${word} twice`);
    codes.set(fold(word), value);
    if (!printed.has(value)) printed.set(value, word);
  }
  return column(name, {
    help: options.help,
    example: options.example,
    form: `jedno z: ${words.join(', ')}`,
    words,
    width: Math.min(Math.max(...words.map((word) => word.length)) + 2, 40),
    parse: (raw) => {
      const value = exact.get(raw) ?? codes.get(fold(raw));
      if (value === undefined) {
        throw new CellError('not_an_option', { text: shown(raw), nearest: nearest(raw, words) ?? '', words: words.join(', ') });
      }
      return value;
    },
    print: (value) => {
      const word = printed.get(value);
      if (word === undefined) throw new RangeError(`${name}: no word for ${value}`);
      return word;
    },
  });
}
