/** VAL-5, VAL-15: groups that exclude one another, facts in whatever order, law that contradicts itself. */
import { describe, expect, test } from 'vitest';
import { LawBook } from '../../src/platform/law/book.ts';
import type { Law } from '../../src/platform/law/book.ts';
import type { Item } from '../../src/platform/law/types.ts';
import { dec } from '../../src/platform/money.ts';
import type { DwellingFacts } from '../../src/stock/facts.ts';
import { lowerings, valuePoints } from '../../src/valuation/rules.ts';
import { businessClass } from '../../src/valuation/hours.ts';
import { Facts } from '../support/cases/facts.ts';
import { Input } from '../support/cases.ts';
import { BOOK, KNOWN, day, lawOn } from '../support/law.ts';

const LAW = lawOn('2026-06-01');

function facts(lines: readonly (readonly [string, string])[] = []): DwellingFacts {
  return new Facts(new Input(lines)).on('2026-06-01');
}

/** The law with one item changed. */
function lawWith(item: string, change: Partial<Item>): Law {
  const items = BOOK.tables.items.map((entry) => (entry.item === item ? { ...entry, ...change } : entry));
  return new LawBook({ ...BOOK.tables, items }).at(day('2026-06-01'), KNOWN);
}

describe('law whose items overlap', () => {
  test('makes the dwelling a contradiction that names the group', () => {
    const law = lawWith('52', { when: { height: { to: '300' } } });
    expect(valuePoints(law, facts())).toEqual({ missing: [{ subject: 'law', what: 'contradiction:height' }] });
  });

  test('is no contradiction for a dwelling that it does not touch', () => {
    expect('missing' in valuePoints(lawWith('52', { when: { height: { to: '260' } } }), facts())).toBe(false);
  });
});

describe('an item that applies', () => {
  test('settles a group of which one counts, whatever else of the group is unknown', () => {
    const found = valuePoints(LAW, facts([['attic', 'yes'], ['storey', 'unknown'], ['floor_level', 'unknown']]));
    expect('missing' in found ? found.missing : found.lines.map(({ id }) => id)).toContain('item.25');
  });

  test('counts with the value of a what-if', () => {
    const found = valuePoints(LAW.with({ items: { '22': '7' } }), facts());
    expect('points' in found && found.points.eq(dec('8'))).toBe(true);
    expect(() => LAW.with({ items: { '99': '1' } })).toThrow('item 99');
  });
});

describe('lowerings', () => {
  test('name each item once, in its order', () => {
    const technical = ['danger', 'gas', 'water_sewage', 'gas'].map((installation) => ({ installation, scope: 'building' as const }));
    expect(lowerings(LAW, { ...facts(), technical }).map(({ item, percent }) => `${item} ${percent.toFixed()}`)).toEqual(['72 5', '74 5', '76 30']);
  });
});

describe('the class of a business', () => {
  test('follows the hours of the law, not of the code', () => {
    const law = LAW.with({ parameters: { 'business.day_8_20': ['09:00', '17:00'] } });
    expect(businessClass(law, { name: 'sklep', opens: '08:00', closes: '17:00' })).toBe('day_6_22');
    expect(businessClass(law, { name: 'sklep', opens: '09:00', closes: '17:00' })).toBe('day_8_20');
  });
});
