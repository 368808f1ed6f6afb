/** Making, storing and checking the lines of a statement. */
import type { CopyRows } from '../database/copy-rows.ts';
import { copyEscaped } from '../database/copy-rows.ts';
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

// Bytes of their own: a pooled buffer would keep its neighbours alive.
const ENCODER = new TextEncoder();

/** What is kept of a line that statements share. */
interface Written {
  /** Its JSON after a comma, as a cell of COPY has it; kept when it is written for the second time, for many are written once. */
  copied: Uint8Array | null;
  once: boolean;
  /** Its JSON, once somebody asked for it. */
  json: string | null;
  /** `item.22=1`, or empty for a line without an amount. */
  readonly amount: string;
}

/** Lines of one shape, whatever they leave out: a city has hundreds of thousands, and all code that handles them is faster for it. */
class StatementLine implements Line {
  readonly id: string;
  readonly parent: string | undefined;
  readonly rule: string;
  readonly code: string;
  readonly args: Readonly<Record<string, string>> | undefined;
  readonly quantity: Quantity | undefined;
  readonly rate: Quantity | undefined;
  readonly amount: Quantity | undefined;
  readonly law: string | undefined;
  readonly #written: Written | null;

  constructor(line: Line, written: Written | null) {
    this.id = line.id;
    this.parent = line.parent;
    this.rule = line.rule;
    this.code = line.code;
    this.args = line.args;
    this.quantity = line.quantity;
    this.rate = line.rate;
    this.amount = line.amount;
    this.law = line.law;
    this.#written = written;
  }

  static #of(line: Line): Written | null {
    return line instanceof StatementLine ? line.#written : null;
  }

  /** What is kept of a shared line, or null. */
  static readonly writtenOf = (line: Line): Written | null => StatementLine.#of(line);
}

/** A line of one statement. */
export function lineOf(line: Line): Line {
  return new StatementLine(line, null);
}

/** A line that statements share, perhaps thousands of them: what is written of it is kept. */
export function shared(line: Line): Line {
  return new StatementLine(line, { copied: null, once: false, json: null, amount: writeAmount(line) });
}

const { writtenOf } = StatementLine;

/** The statement as it is stored. */
export function writeStatement(statement: Statement): string {
  const { lines } = statement;
  let text = writeHead(statement);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    if (index > 0) text += ',';
    const known = writtenOf(line);
    text += known === null ? writeLine(line) : (known.json ??= writeLine(line));
  }
  return `${text}]}`;
}

/** The statement as a cell of COPY's text format. */
export function copyStatement(into: CopyRows, statement: Statement): void {
  const { lines } = statement;
  let text = copyOfJson(writeHead(statement));
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    const known = index === 0 ? null : writtenOf(line);
    if (known === null) {
      text += copyOfJson(index === 0 ? writeLine(line) : `,${writeLine(line)}`);
    } else if (known.once) {
      if (text !== '') into.raw(text);
      text = '';
      into.bytes((known.copied ??= ENCODER.encode(copyOfJson(`,${writeLine(line)}`))));
    } else {
      text += copyOfJson(`,${writeLine(line)}`);
      known.once = true;
    }
  }
  into.raw(`${text}]}`);
}

/** JSON in a cell of COPY: it holds no control characters. */
function copyOfJson(json: string): string {
  return json.includes('\\') ? copyEscaped(json) : json;
}

function writeHead({ version, result }: Statement): string {
  return `{"version":${version},"result":${writeResult(result)},"lines":[`;
}

function writeResult(result: object): string {
  let text = '';
  const values = result as Readonly<Record<string, unknown>>;
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) text += `${text === '' ? '{' : ','}"${name}":${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`;
  }
  return text === '' ? '{}' : `${text}}`;
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

function writeAmount({ id, amount }: Line): string {
  return amount === undefined ? '' : `${id}=${amount.slice(0, amount.indexOf(' '))}`;
}

/** Lines that carry an amount, `item.22=1;…`, without the unit that follows from the line: two statements differ where these differ. */
export function lineAmounts(statement: Statement): string {
  let text = '';
  for (const line of statement.lines) {
    const amount = writtenOf(line)?.amount ?? writeAmount(line);
    if (amount !== '') text += text === '' ? amount : `;${amount}`;
  }
  return text;
}

/** Ids of the lines in which two statements differ, by their `lineAmounts`. */
export function differingLines(before: string, after: string): string[] {
  return before === after ? [] : (inStep(before, after) ?? inAnyOrder(before.split(';'), after.split(';')));
}

const PARTED = 59;

/** Most pairs have the same lines in the same order; null where they have not. Character by character: nothing is cut out that is equal. */
function inStep(before: string, after: string): string[] | null {
  const ids: string[] = [];
  let old = 0;
  let now = 0;
  let entry = 0;
  while (now <= after.length) {
    if (old > before.length) return null;
    const character = now < after.length ? after.charCodeAt(now) : PARTED;
    if (character === (old < before.length ? before.charCodeAt(old) : PARTED)) {
      old += 1;
      now += 1;
      if (character === PARTED) entry = now;
      continue;
    }
    const name = after.indexOf('=', entry);
    // Another line, not another amount of the same one.
    if (name < 0 || name >= now) return null;
    ids.push(after.slice(entry, name));
    old = endOf(before, old) + 1;
    now = entry = endOf(after, now) + 1;
    // Mostly the rent and its rate come first, and all that follows is the same.
    if (before.slice(old) === after.slice(now)) return old > before.length === now > after.length ? ids : null;
  }
  return old > before.length ? ids : null;
}

function endOf(text: string, from: number): number {
  const end = text.indexOf(';', from);
  return end < 0 ? text.length : end;
}

function inAnyOrder(old: readonly string[], now: readonly string[]): string[] {
  const before = new Map(old.map(split));
  const after = new Map(now.map(split));
  const changed = [...after].filter(([id, amount]) => before.get(id) !== amount).map(([id]) => id);
  const gone = [...before.keys()].filter((id) => !after.has(id));
  return [...changed, ...gone].filter((id) => id !== '');
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
