/** A statement as aligned plain text: amounts in a column, aligned at their decimal mark, then the words, then rule, reference and certainty. */
import { decimalMark } from './numbers.ts';
import type { RenderedLine, RenderedStatement, UncertainValue } from './rendered.ts';
import type { Words } from './words/codes.ts';
import { wordsOf } from './words/index.ts';

const INDENT = '  ';
const NO_BREAK = /\u00a0/g;

/** One line of text each, children indented; at the end what rests on values no act prints. */
export function statementText(statement: RenderedStatement): string {
  const words = wordsOf(statement.version, statement.language);
  const numbers = statement.lines.map(({ amount }) => halves(amount?.number ?? '', decimalMark(statement.language)));
  const wholes = widest(numbers.map(([whole]) => whole));
  const parts = widest(numbers.map(([, part]) => part));
  const units = widest(statement.lines.map(({ amount }) => amount?.unit ?? ''));
  const lines = statement.lines.map((line, index) => {
    const [whole, part] = numbers[index] ?? ['', ''];
    const amount = `${whole.padStart(wholes)}${part.padEnd(parts)} ${(line.amount?.unit ?? '').padEnd(units)}`;
    return `${amount}${INDENT}${INDENT.repeat(line.depth)}${wording(line, words)}  [${marks(line, words)}]`;
  });
  return [...lines, ...footer(statement.uncertain, words)].join('\n').replace(NO_BREAK, ' ');
}

/** What stands before the decimal mark, and the mark with what follows it. */
function halves(number: string, mark: string): [string, string] {
  const at = number.indexOf(mark);
  return at < 0 ? [number, ''] : [number.slice(0, at), number.slice(at)];
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

function wording({ text, observed, quantity, rate }: RenderedLine, words: Words): string {
  const product = [quantity, rate].flatMap((factor) => (factor === null ? [] : [factor.text])).join(' × ');
  const facts = observed.map(({ name, value }) => `${name}: ${value}`).join('; ');
  return `${text}${product === '' ? '' : `: ${product}`}${facts === '' ? '' : ` – ${words.observed}: ${facts}`}`;
}

function marks({ rule, reference, certainty, strength }: RenderedLine, words: Words): string {
  const place = reference === null ? [] : [reference.item === null ? reference.code : `${reference.code} ${words.itemMark} ${reference.item}`];
  const sure = certainty === null || certainty === 'printed' ? [] : [certaintyWords(certainty, strength, words)];
  return [rule, ...place, ...sure].join(' · ');
}

function certaintyWords(certainty: Exclude<RenderedLine['certainty'], null>, strength: RenderedLine['strength'], words: Words): string {
  return `${words.certainties[certainty]}${strength === null ? '' : ` (${words.strengths[strength]})`}`;
}

function footer(uncertain: readonly UncertainValue[], words: Words): string[] {
  const byCertainty = new Map<string, string[]>();
  for (const { key, certainty, strength, reference } of uncertain) {
    const name = certainty === null ? words.unknown : certaintyWords(certainty, strength, words);
    const shown = reference.item === null ? key : `${words.itemMark} ${reference.item}`;
    byCertainty.set(name, [...(byCertainty.get(name) ?? []), shown]);
  }
  if (byCertainty.size === 0) return [];
  return [`${words.restsOn}:`, ...[...byCertainty].map(([name, keys]) => `${INDENT}${name}: ${keys.join(', ')}`)];
}
