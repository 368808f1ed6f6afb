/** Where a city's rows come from as COPY's text: from this thread, or from one of its own that makes the city beside other work. */
import { Worker } from 'node:worker_threads';
import type { CityOptions } from './plan.ts';
import type { City, TableName } from './rows.ts';
import { TABLES } from './tables.ts';

/** The rows of a table as lines of COPY's text format, and their number. */
export interface TableText {
  readonly rows: number;
  readonly texts: readonly Uint8Array[];
}

/** A city to be copied. */
export interface CitySource {
  /** Its changes are numbered after `offset`, the last that is there: loading the law is a change too. */
  table(name: TableName, offset: number): Promise<TableText>;
}

/** A city that was made in this thread. */
export function sourceOf(city: City): CitySource {
  return { table: (name, offset) => Promise.resolve(tableText(city, name, offset)) };
}

export function tableText(city: City, name: TableName, offset: number): TableText {
  const shifted = new Set<string>(['change_id', 'closed_change_id', ...(name === 'changes' ? ['id'] : [])]);
  const shift = (column: string, value: unknown): unknown => (typeof value === 'number' && shifted.has(column) ? value + offset : value);
  return { rows: city[name].length, texts: [...pieces(city[name], TABLES[name], shift)] };
}

/** Some hundred kilobytes at a time. */
function* pieces(rows: readonly object[], columns: readonly string[], shift: (column: string, value: unknown) => unknown): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  for (const row of rows) {
    const values = row as Readonly<Record<string, unknown>>;
    columns.forEach((column, index) => {
      const value = cell(shift(column, values[column]));
      text += index === 0 ? value : `\t${value}`;
    });
    text += '\n';
    if (text.length > 200_000) {
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') yield encoder.encode(text);
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function cell(value: unknown): string {
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (mark) => ESCAPES[mark] ?? mark) : value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value === null) return '\\N';
  throw new TypeError(`no way to copy a ${typeof value}`);
}

/** What the thread is asked for. */
export interface TableQuestion {
  readonly name: TableName;
  readonly offset: number;
}

/** A city in the making, in a thread of its own. */
export interface CityInTheMaking extends CitySource {
  end(): Promise<void>;
}

/** The same file as it is run here: compiled, or as source through tsx, which a thread on Node 20 does not take over from its parent. */
function threadOf(options: CityOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./source-thread.js', import.meta.url), { workerData: options });
  const [tsx, file] = [import.meta.resolve('tsx/esm/api'), new URL('./source-thread.ts', import.meta.url).href];
  const boot = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(boot, { eval: true, workerData: options });
}

/** Starts making a city; the first answers wait for it. What making it throws, the answers throw. */
export function beginCity(options: CityOptions): CityInTheMaking {
  const worker = threadOf(options);
  const asked: { resolve: (text: TableText) => void; reject: (error: Error) => void }[] = [];
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of asked.splice(0)) reject(failure);
  };
  // Answers come in the order of the questions.
  worker.on('message', (text: TableText) => asked.shift()?.resolve(text));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that makes the city has ended')));
  return {
    table: (name, offset) =>
      new Promise((resolve, reject) => {
        if (failure !== null) {
          reject(failure);
          return;
        }
        asked.push({ resolve, reject });
        worker.postMessage({ name, offset } satisfies TableQuestion);
      }),
    async end() {
      await worker.terminate();
    },
  };
}
