/** Making, storing and checking the lines of a statement. */
import type { Dec } from '../money.ts';
import { HUNDRED, ZERO, dec, plain } from '../money.ts';
import type { Line, Quantity, Statement, Unit } from './types.ts';

/** `12.50 m2`. */
export function quantity(value: Dec, unit: Unit): Quantity {
  return `${plain(value)} ${unit}`;
}

/** The number of a quantity. */
export function valueOf(text: Quantity): Dec {
  return dec(text.slice(0, text.indexOf(' ')));
}

/** The unit of a quantity. */
export function unitOf(text: Quantity): Unit {
  return text.slice(text.indexOf(' ') + 1) as Unit;
}

// A line that thousands of statements share is written once.
const written = new WeakMap<Line, string>();

/** Marks a line as shared: its JSON is kept. */
export function shared(line: Line): Line {
  written.set(line, writeLine(line));
  return line;
}

/** The statement as it is stored. */
export function writeStatement(statement: Statement): string {
  const { lines } = statement;
  let text = `{"version":${statement.version},"result":${JSON.stringify(statement.result)},"lines":[`;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    if (index > 0) text += ',';
    text += written.get(line) ?? writeLine(line);
  }
  return `${text}]}`;
}

const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** `JSON.stringify(line)`, several times faster: a city has hundreds of thousands of lines. */
function writeLine(line: Line): string {
  let text = `{"id":${quoted(line.id)}`;
  if (line.parent !== undefined) text += `,"parent":${quoted(line.parent)}`;
  text += `,"rule":"${line.rule}","code":"${line.code}"`;
  if (line.args !== undefined) text += `,"args":${writeArgs(line.args)}`;
  if (line.quantity !== undefined) text += `,"quantity":"${line.quantity}"`;
  if (line.rate !== undefined) text += `,"rate":"${line.rate}"`;
  if (line.amount !== undefined) text += `,"amount":"${line.amount}"`;
  if (line.law !== undefined) text += `,"law":${quoted(line.law)}`;
  return `${text}}`;
}

function writeArgs(args: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name in args) text += `${text === '' ? '{' : ','}"${name}":${quoted(args[name] ?? '')}`;
  return text === '' ? '{}' : `${text}}`;
}

/** Leaf lines that carry an amount, `item.22=1 pkt`, one a row: two statements differ where these differ. */
export function lineAmounts(statement: Statement): string {
  let text = '';
  for (const line of statement.lines) {
    if (line.amount !== undefined) text += `${text === '' ? '' : '\n'}${line.id}=${line.amount}`;
  }
  return text;
}

/** Ids of the lines in which two statements differ, by their `lineAmounts`; sums and results left out. */
export function differingLines(before: string, after: string): string[] {
  const old = new Map(before.split('\n').map((entry) => split(entry)));
  const now = new Map(after.split('\n').map((entry) => split(entry)));
  const ids: string[] = [];
  for (const [id, amount] of now) if (old.get(id) !== amount) ids.push(id);
  for (const id of old.keys()) if (!now.has(id)) ids.push(id);
  return ids.filter((id) => id !== '');
}

function split(entry: string): [string, string] {
  const at = entry.indexOf('=');
  return [entry.slice(0, at), entry.slice(at + 1)];
}

/** What does not add up in a statement; empty when all does. */
export function faults(statement: Statement): string[] {
  const found: string[] = [];
  const byId = new Map(statement.lines.map((line) => [line.id, line]));
  if (byId.size !== statement.lines.length) found.push('two lines have one id');
  for (const line of statement.lines) {
    if (line.parent !== undefined && !byId.has(line.parent)) found.push(`${line.id}: no parent ${line.parent}`);
    if (line.quantity !== undefined && line.rate !== undefined && line.amount !== undefined) {
      const rate = unitOf(line.rate) === '%' ? valueOf(line.rate).div(HUNDRED) : valueOf(line.rate);
      if (!valueOf(line.quantity).times(rate).eq(valueOf(line.amount))) found.push(`${line.id}: quantity × rate is not the amount`);
    }
    const children = statement.lines.filter((child) => child.parent === line.id && child.amount !== undefined);
    if (line.amount === undefined || children.length === 0) continue;
    const unit = unitOf(line.amount);
    const sum = children
      .filter((child) => child.amount !== undefined && unitOf(child.amount) === unit)
      .reduce((total, child) => total.plus(child.amount === undefined ? ZERO : valueOf(child.amount)), ZERO);
    if (!sum.eq(valueOf(line.amount))) found.push(`${line.id}: its lines sum to ${plain(sum)}, not ${line.amount}`);
  }
  return found;
}
