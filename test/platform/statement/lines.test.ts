/** Writing statements, and what differs between two of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyRows, copyEscaped } from '../../../src/platform/database/copy-rows.ts';
import { copyStatement, differingLines, lineAmounts, lineOf, shared, writeStatement } from '../../../src/platform/statement/lines.ts';
import type { Line, Statement } from '../../../src/platform/statement/types.ts';

const word = fc.string({ unit: 'grapheme', maxLength: 8 });
const line: fc.Arbitrary<Line> = fc.record(
  { id: word, rule: fc.constant('VAL-1'), code: fc.constant('item'), args: fc.record({ room: word }), amount: fc.constantFrom('1 pkt' as const, '16.96 zł/m2' as const), law: word },
  { requiredKeys: ['id', 'rule', 'code'] },
);
const made = fc.tuple(line, fc.constantFrom('plain', 'alike', 'shared')).map(([given, how]) => (how === 'shared' ? shared(given) : how === 'alike' ? lineOf(given) : given));
const statement: fc.Arbitrary<Statement> = fc.record({ version: fc.constant(1 as const), result: fc.record({ rent: word }), lines: fc.array(made, { minLength: 1, maxLength: 6 }) });

describe('a statement', () => {
  it('is stored as the JSON of what it says, whether its lines are shared or not', () => {
    fc.assert(fc.property(statement, (given) => {
      expect(JSON.parse(writeStatement(given))).toEqual(JSON.parse(JSON.stringify(given)));
    }));
  });

  it('goes into a cell of COPY as the same text, escaped', () => {
    fc.assert(fc.property(statement, (given) => {
      const rows = new CopyRows();
      copyStatement(rows, given);
      expect(rows.take().toString()).toBe(Buffer.from(copyEscaped(writeStatement(given))).toString());
    }));
  });
});

describe('the lines in which two statements differ', () => {
  it.each([
    ['a=1 pkt;b=2 pkt', 'a=1 pkt;b=2 pkt', []],
    ['a=1 pkt;b=2 pkt', 'a=1 pkt;b=3 pkt', ['b']],
    ['a=1 pkt;b=2 pkt', 'a=12 pkt;b=2 pkt', ['a']],
    ['a=1;b=2', 'a=12;b=2', ['a']],
    ['a=1;b=12', 'a=1;b=1', ['b']],
    ['a=1 pkt', 'a=1 pkt;b=2 pkt', ['b']],
    ['a=1 pkt;b=2 pkt', 'a=1 pkt', ['b']],
    ['b=2 pkt;a=1 pkt', 'a=1 pkt;b=2 pkt', []],
    ['item.1=1 pkt', 'item.12=1 pkt', ['item.12', 'item.1']],
    ['', 'a=1 pkt', ['a']],
    ['a=1 pkt', '', ['a']],
  ])('from %j to %j are %j', (before, after, ids) => {
    expect(differingLines(before, after)).toEqual(ids);
  });

  const entry = fc.tuple(fc.constantFrom('a', 'ab', 'b', 'item.1', 'item.12'), fc.constantFrom('1', '12', '-1')).map(([id, amount]) => `${id}=${amount}`);
  const told = fc.uniqueArray(entry, { maxLength: 5, selector: (text) => text.slice(0, text.indexOf('=')) });

  it('are those whose amounts differ, and those that only one of them has', () => {
    fc.assert(fc.property(told, told, (before, after) => {
      const ids = [...before, ...after].map((text) => text.slice(0, text.indexOf('=')));
      const differ = ids.filter((id) => before.find((text) => text.startsWith(`${id}=`)) !== after.find((text) => text.startsWith(`${id}=`)));
      expect(differingLines(before.join(';'), after.join(';')).sort()).toEqual([...new Set(differ)].sort());
    }), { numRuns: 1_000 });
  });

  it('are none for a statement and itself', () => {
    fc.assert(fc.property(statement, (given) => {
      expect(differingLines(lineAmounts(given), lineAmounts(given))).toEqual([]);
    }));
  });
});
