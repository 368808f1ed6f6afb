/** What a batch of facts does to what is known: nothing is overwritten, nothing overlaps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlainDate } from '../../../src/platform/dates/plain.ts';
import { addDays } from '../../../src/platform/dates/plain.ts';
import { contains, overlaps } from '../../../src/platform/dates/ranges.ts';
import type { FactEntry, KnownFact, WritePlan } from '../../../src/platform/facts/plan.ts';
import { keyText, planEnd, planWrite } from '../../../src/platform/facts/plan.ts';
import { groupBy } from '../../../src/platform/collections.ts';
import { day } from '../../support/law.ts';

const SPAN = 24;
const ORIGIN = day('2026-01-01');
const at = (offset: number): PlainDate => addDays(ORIGIN, offset);
const EVERY_DAY = Array.from({ length: 2 * SPAN }, (_, offset) => at(offset));

const entry: fc.Arbitrary<FactEntry> = fc
  .record({ key: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2', '3'), from: fc.integer({ min: 0, max: SPAN }), length: fc.option(fc.integer({ min: 1, max: SPAN }), { freq: 2 }) })
  .map(({ key, value, from, length }) => ({ key: { slot: key }, value: { value }, from: at(from), to: length === null ? null : at(from + length) }));

/** The rows after the plan. */
function applied(rows: readonly KnownFact[], { close, insert }: WritePlan): KnownFact[] {
  const closed = new Set(close);
  return [...rows.filter((row) => !closed.has(row)), ...insert];
}

const byKey = (rows: readonly KnownFact[]): Map<string, KnownFact[]> => groupBy(rows, ({ key }) => keyText(key));

function written(rows: readonly KnownFact[], entries: readonly FactEntry[]): KnownFact[] {
  return applied(rows, planWrite(entries, byKey(rows)));
}

function answer(rows: readonly KnownFact[], key: FactEntry['key'], on: PlainDate): string | null {
  return rows.find((row) => keyText(row.key) === keyText(key) && contains(row.range, on))?.value['value'] ?? null;
}

const history = fc.array(entry, { maxLength: 8 }).map((entries) => entries.reduce<KnownFact[]>((rows, each) => written(rows, [each]), []));

describe('after any sequence of writes', () => {
  test('the rows of a key never overlap and are never empty', () => {
    fc.assert(fc.property(history, (rows) => {
      rows.forEach((row, index) => {
        expect(row.range.to === null || row.range.from < row.range.to).toBe(true);
        for (const other of rows.slice(index + 1)) if (keyText(other.key) === keyText(row.key)) expect(overlaps(row.range, other.range)).toBe(false);
      });
    }));
  });

  test('each day answers with the last assertion that covers it; a correction takes the place of the whole fact that began there', () => {
    fc.assert(fc.property(history, entry, (rows, next) => {
      const after = written(rows, [next]);
      const corrected = rows.find((row) => keyText(row.key) === keyText(next.key) && row.range.from === next.from);
      const starts = rows.filter((row) => keyText(row.key) === keyText(next.key) && row.range.from > next.from).map((row) => row.range.from).sort();
      const range = { from: next.from, to: next.to ?? (corrected ? corrected.range.to : (starts[0] ?? null)) };
      for (const on of EVERY_DAY) {
        const replaced = corrected !== undefined && contains(corrected.range, on);
        const expected = contains(range, on) ? (next.value['value'] ?? null) : replaced ? null : answer(rows, next.key, on);
        expect(answer(after, next.key, on)).toBe(expected);
      }
    }));
  });

  test('facts of another key are untouched', () => {
    fc.assert(fc.property(history, entry, (rows, next) => {
      const others = (list: readonly KnownFact[]): KnownFact[] => list.filter((row) => keyText(row.key) !== keyText(next.key));
      expect(others(written(rows, [next]))).toEqual(others(rows));
    }));
  });

  test('the same assertion once more does nothing', () => {
    fc.assert(fc.property(history, entry, (rows, next) => {
      const after = written(rows, [next]);
      const again = planWrite([next], byKey(after));
      expect(again).toEqual({ close: [], insert: [], counts: { added: 0, changed: 0, corrected: 0, unchanged: 1 } });
    }));
  });

  test('what is closed was known, what is inserted is new', () => {
    fc.assert(fc.property(history, fc.array(entry, { maxLength: 3 }), (rows, entries) => {
      const plan = planWrite(entries, byKey(rows));
      expect(plan.close.every((row) => rows.includes(row))).toBe(true);
      expect(plan.insert.some((row) => rows.includes(row))).toBe(false);
      const { added, changed, corrected, unchanged } = plan.counts;
      expect(added + changed + corrected + unchanged).toBe(entries.length);
    }));
  });
});

describe('a batch', () => {
  test('gives the same in whatever order its entries come, where their starts differ', () => {
    const entries = fc.uniqueArray(entry, { maxLength: 5, selector: ({ key, from }) => `${keyText(key)} ${from}` });
    fc.assert(fc.property(history, entries.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), (rows, [list, other]) => {
      const days = (entriesOf: readonly FactEntry[]): (string | null)[] => {
        const after = written(rows, entriesOf);
        return ['a', 'b'].flatMap((slot) => EVERY_DAY.map((on) => answer(after, { slot }, on)));
      };
      expect(days(other)).toEqual(days(list));
    }));
  });
});

describe('the end of a fact', () => {
  test('leaves the days before it and nothing of that fact from it on', () => {
    fc.assert(fc.property(history.filter((rows) => rows.length > 0), fc.nat(), (rows, pick) => {
      const row = rows[pick % rows.length] as KnownFact;
      const on = EVERY_DAY.find((each) => contains(row.range, each)) ?? row.range.from;
      const end = addDays(on, contains(row.range, addDays(on, 1)) ? 1 : 0);
      const after = applied(rows, planEnd([{ key: row.key, on: end }], byKey(rows)));
      for (const each of EVERY_DAY) {
        const gone = contains(row.range, each) && each >= end;
        expect(answer(after, row.key, each)).toBe(gone ? null : answer(rows, row.key, each));
      }
    }));
  });

  test('of nothing is refused', () => {
    expect(() => planEnd([{ key: { slot: 'a' }, on: at(0) }], new Map())).toThrow(expect.objectContaining({ code: 'fact_not_found' }));
  });
});
