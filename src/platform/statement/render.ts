/**
 * A statement in words: a tree of lines for pages and letters, and aligned text for the terminal and the golden cases. Words come from
 * the catalogue of the statement's version; what the law says of each value comes from the law as it was known.
 */
import type { Instant } from '../dates/instants.ts';
import type { PlainDate } from '../dates/plain.ts';
import type { LawBook } from '../law/book.ts';
import type { Certainty } from '../law/types.ts';
import type { ShownQuantity } from './numbers.ts';
import { shownQuantity, shownText } from './numbers.ts';
import { observed } from './observed.ts';
import type { RenderedLine, RenderedStatement, ShownReference, UncertainValue } from './rendered.ts';
import type { Source, TariffLookup } from './sources.ts';
import { Sources } from './sources.ts';
import type { Line, Statement } from './types.ts';
import type { Language, Saying, Words } from './words/codes.ts';
import { isLineCode } from './words/codes.ts';
import { wordsOf } from './words/index.ts';

export { statementText } from './text.ts';
export type { TariffLookup, TariffSource } from './sources.ts';
export type { Observed, RenderedLine, RenderedStatement, ShownReference, UncertainValue } from './rendered.ts';
export type { ShownQuantity } from './numbers.ts';
export type { Language } from './words/codes.ts';

export interface RenderOptions {
  readonly tariffs?: TariffLookup;
  /** When the law was read for the statement; without it the law as known last. */
  readonly knownAt?: Instant;
}

/** The statement in words; `day` is the day whose law it was made with. */
export function renderStatement(statement: Statement, book: LawBook, day: PlainDate, language: Language, options: RenderOptions = {}): RenderedStatement {
  const words = wordsOf(statement.version, language);
  const sources = new Sources(book, day, options.knownAt ?? null, options.tariffs ?? null);
  const uncertain = new Map<string, UncertainValue & { lines: string[] }>();
  const lines = inOrder(statement.lines).map(({ line, depth }) => {
    const source = line.law === undefined ? null : sources.of(line.law, line.args?.['category']);
    if (source !== null && source.certainty !== 'printed') note(uncertain, source, source.certainty, line, words);
    return render(line, depth, source, sources, words, language);
  });
  return { language, version: statement.version, lines, uncertain: [...uncertain.values()] };
}

function inOrder(lines: readonly Line[]): { line: Line; depth: number }[] {
  const ids = new Set(lines.map(({ id }) => id));
  const children = new Map<string | null, Line[]>();
  for (const line of lines) {
    // A line whose parent is missing is shown at the outermost level rather than lost.
    const parent = line.parent !== undefined && ids.has(line.parent) ? line.parent : null;
    const list = children.get(parent);
    if (list) list.push(line);
    else children.set(parent, [line]);
  }
  const walk = (parent: string | null, depth: number): { line: Line; depth: number }[] =>
    (children.get(parent) ?? []).flatMap((line) => [{ line, depth }, ...walk(line.id, depth + 1)]);
  return walk(null, 0);
}

function note(uncertain: Map<string, UncertainValue & { lines: string[] }>, source: Source, certainty: Exclude<Certainty, 'printed'> | null, line: Line, words: Words): void {
  const key = `${source.key}@${source.reference.code}`;
  const known = uncertain.get(key);
  if (known) {
    known.lines.push(line.id);
    return;
  }
  uncertain.set(key, {
    key: source.key, name: source.name, certainty, strength: source.strength, note: source.note,
    reference: shownReference(source, words), lines: [line.id],
  });
}

function render(line: Line, depth: number, source: Source | null, sources: Sources, words: Words, language: Language): RenderedLine {
  const shown = (value: Line['amount']): ShownQuantity | null => (value === undefined ? null : shownQuantity(value, language));
  return {
    id: line.id,
    parent: line.parent ?? null,
    depth,
    text: isLineCode(line.code) ? words.lines[line.code](saying(line, sources, language)) : line.code,
    observed: observed(line, sources, words, language),
    rule: line.rule,
    quantity: shown(line.quantity),
    rate: shown(line.rate),
    amount: shown(line.amount),
    reference: source === null ? null : shownReference(source, words),
    certainty: source?.certainty ?? null,
    strength: source?.strength ?? null,
    note: source?.note ?? null,
  };
}

function saying(line: Line, sources: Sources, language: Language): Saying {
  const arg = (name: string): string => line.args?.[name] ?? '';
  return {
    arg,
    item: (item) => sources.name(`item.${item}`),
    group: (group) => sources.name(`group.${group}`),
    decimal: (name) => shownText(arg(name), 2, language),
    number: (name) => shownText(arg(name), 0, language),
  };
}

/** The reference; of an item with its number, for the reference names the act as a whole. */
function shownReference({ key, reference }: Source, words: Words): ShownReference {
  const item = key.startsWith('item.') ? key.slice('item.'.length) : null;
  const place = [reference.place, item === null ? null : `${words.itemMark} ${item}`].filter((part) => part !== null && part !== undefined).join(', ');
  return { code: reference.code, title: reference.title, place: place === '' ? null : place, address: reference.address ?? null, item };
}
