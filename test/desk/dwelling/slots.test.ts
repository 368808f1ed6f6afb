import { describe, expect, it } from 'vitest';
import { fateOf, holding, lastRecorded, subjectCode } from '../../../src/desk/dwelling/slots.ts';
import { parseInstant } from '../../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import type { FactRow } from '../../../src/stock/lists.ts';

const day = parsePlainDate;
const T1 = '2026-01-01T10:00:00.000000Z';
const T2 = '2026-02-01T10:00:00.000000Z';

function fact(value: string, from: string, to: string | null, knownFrom: string, knownTo: string | null): FactRow {
  return { subject: 'dwelling', slot: 'mould', value, from: day(from), to: to === null ? null : day(to), evidence: null, knownFrom, knownTo, actor: 'a', reason: 'r', closedBy: knownTo === null ? null : 'b', closedReason: null };
}

describe('what became of a finding', () => {
  const old = fact('yes', '2025-01-01', null, T1, T2);

  it('is nothing while it counts', () => {
    const only = fact('yes', '2025-01-01', null, T1, null);
    expect(fateOf(only, [only])).toBeNull();
  });

  it('is that it was shortened where it is said for fewer days since', () => {
    expect(fateOf(old, [old, fact('yes', '2025-01-01', '2026-03-01', T2, null), fact('no', '2026-03-01', null, T2, null)])).toBe('shortened');
  });

  it('is that it was corrected where those days say something else, or the same by other evidence', () => {
    expect(fateOf(old, [old, fact('no', '2025-01-01', null, T2, null)])).toBe('corrected');
    expect(fateOf(old, [old, fact('yes', '2025-01-01', null, T2, null)])).toBe('corrected');
  });

  it('is that it was ended where nothing took its place', () => {
    expect(fateOf(old, [old])).toBe('ended');
  });
});

describe('the value on a day', () => {
  const all = [fact('yes', '2025-01-01', null, T1, T2), fact('yes', '2025-01-01', '2026-03-01', T2, null), fact('no', '2026-03-01', null, T2, null)];

  it('is that of the days, as it was known then', () => {
    expect(holding(all, day('2026-02-28'), parseInstant(T2))?.value).toBe('yes');
    expect(holding(all, day('2026-03-01'), parseInstant(T2))?.value).toBe('no');
    expect(holding(all, day('2026-03-01'), parseInstant(T1))?.value).toBe('yes');
    expect(holding(all, day('2026-03-01'), parseInstant('2025-12-31T00:00:00.000000Z'))).toBeNull();
    expect(holding(all, day('2024-12-31'), parseInstant(T2))).toBeNull();
  });

  it('was last recorded when it last changed, be it that it was taken back', () => {
    expect(lastRecorded(all)).toBe(T2);
    expect(lastRecorded([fact('yes', '2025-01-01', null, T1, T2)])).toBe(T2);
    expect(lastRecorded([])).toBe('never');
  });
});

describe('what a finding is about', () => {
  it('has the code that the command takes', () => {
    const place = { dwelling: 'B1-2', building: 'B1', staircase: 'klatka 2' };
    expect([subjectCode(place, 'dwelling'), subjectCode(place, 'building'), subjectCode(place, 'staircase'), subjectCode({ ...place, staircase: null }, 'staircase')]).toEqual(['B1-2', 'B1', 'B1/klatka 2', null]);
  });
});
