/** Golden cases decide. `UPDATE_CASES=1` writes what the rules now give, so that a changed rule is a difference people can read. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Input, readCases, writeCases } from './cases/format.ts';

export { Input } from './cases/format.ts';

/** Gives the text of a case from what it is given. */
export type Compute = (input: Input) => string;

const ROOT = 'test/cases';
const UPDATING = process.env['UPDATE_CASES'] === '1';

/** One test a case of every file of the slice; `compute:` chooses among the computations. */
export function goldenCases(slice: string, computations: Readonly<Record<string, Compute>>): void {
  const folder = path.join(ROOT, slice);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt')).sort()) {
    const file = path.join(folder, name);
    const cases = readCases(readFileSync(file, 'utf8'));
    describe(name.replace('.txt', '').replaceAll('-', ' '), () => {
      const computed = cases.map((entry) => ({ ...entry, actual: () => compute(entry.lines, computations) }));
      if (UPDATING) writeFileSync(file, writeCases(computed.map((entry) => ({ ...entry, expected: entry.actual() }))));
      test.each(computed)('$title', ({ actual, expected }) => {
        if (!UPDATING) expect(actual()).toBe(expected);
      });
    });
  }
}

function compute(lines: readonly (readonly [string, string])[], computations: Readonly<Record<string, Compute>>): string {
  const input = new Input(lines);
  const name = input.one('compute') ?? '';
  const found = computations[name];
  if (!found) throw new Error(`no computation "${name}"; there are ${Object.keys(computations).join(', ')}`);
  const text = found(input);
  input.finish();
  return text;
}
