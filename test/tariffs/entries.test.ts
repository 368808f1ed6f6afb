/** A table of the law by what its values are about. */
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import type { LawRow } from '../../src/tariffs/pages/entries.ts';
import { entriesOn, filtered } from '../../src/tariffs/pages/entries.ts';

const row = (change: Partial<Record<keyof LawRow, string | null>>): LawRow => ({
  key: 'a', section: 'Grupa', name: 'Ulica Łąkowa', value: '1', from: '2019-01-01', to: null, reference: 'R1', certainty: 'printed', knownFrom: '-infinity', knownTo: null, ...change,
} as LawRow);
const day = parsePlainDate;
const LATER = '2026-05-01T08:00:00.000000Z' as Instant;

describe('the values of one key', () => {
  const first = row({ value: '1', to: '2026-01-01' });
  const misread = row({ value: '2', from: '2026-01-01', knownTo: LATER });
  const corrected = row({ value: '3', from: '2026-01-01', knownFrom: LATER, reference: 'R2' });

  it('are the one that holds on the day as known now, and the others, the newest first', () => {
    const [entry, ...more] = entriesOn([first, misread, corrected], day('2026-01-01'));
    expect(more).toEqual([]);
    expect(entry?.current?.value).toBe('3');
    expect(entry?.others.map(({ value }) => value)).toEqual(['2', '1']);
    expect(entriesOn([first, misread, corrected], day('2025-12-31'))[0]?.current?.value).toBe('1');
  });

  it('may hold on no day that is asked for, and are still there', () => {
    const [entry] = entriesOn([first, misread, corrected], day('2018-12-31'));
    expect(entry).toMatchObject({ current: null, name: 'Ulica Łąkowa' });
    expect(entry?.others).toHaveLength(3);
  });
});

describe('a table', () => {
  const entries = entriesOn([row({ key: 'a' }), row({ key: 'b', name: 'Aleja Pokoju', certainty: 'assumed', reference: 'R2' })], day('2026-01-01'));
  const found = (filter: Parameters<typeof filtered>[1]): string[] => filtered(entries, filter, (code) => (code === 'R2' ? 'Uchwała o drogach' : '')).map(({ key }) => key);

  it('is searched by all the words, whatever their case and accents, in the source too', () => {
    expect(found({ words: 'lakowa ULICA' })).toEqual(['a']);
    expect(found({ words: 'uchwala drogach' })).toEqual(['b']);
    expect(found({ words: 'lakowa pokoju' })).toEqual([]);
    expect(found({ words: '  ' })).toEqual(['a', 'b']);
  });

  it('is filtered by how sure the value of the day is', () => {
    expect(found({ certainty: 'assumed' })).toEqual(['b']);
    expect(found({ certainty: 'reported' })).toEqual([]);
  });
});
