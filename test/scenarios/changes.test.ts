import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/platform/errors.ts';
import { dec } from '../../src/platform/money.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { changedLaw, changedTariff, countChanges, scenarioChanges } from '../../src/scenarios/changes.ts';
import { EffectTally } from '../../src/scenarios/effect.ts';
import type { Side } from '../../src/scenarios/effect.ts';
import type { Tariff } from '../../src/tariffs/rules.ts';
import { categoryOf } from '../../src/tariffs/rules.ts';
import { lawOn } from '../support/law.ts';

const law = lawOn('2026-11-22');

const category = (name: string, from: number | null, to: number | null, rate: string): Tariff['categories'][number] => ({ category: name, from, to, rate: dec(rate), certainty: 'printed' });
const TARIFF: Tariff = {
  code: 't', act: 'Zarządzenie', from: '2026-01-01' as PlainDate, to: null, reference: 'X', certainty: 'printed', socialRate: dec('2.00'), temporaryRoomRate: dec('2.00'),
  index: null, signedOn: null, councilInformedOn: null, categories: [category('C', null, 59, '5.00'), category('B', 60, 79, '7.00'), category('A', 80, null, '9.00')],
};

const refusal = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.flaws.map(({ field, code }) => `${field} ${code}`);
    throw error;
  }
  return [];
};

describe('changes laid over a tariff', () => {
  it('move rates and limits of points, the category below ending before them', () => {
    const changed = changedTariff(TARIFF, scenarioChanges.parse({ rates: { A: '9.90' }, points: { B: '65' }, socialRate: '2.20' }));
    expect(changed.categories.map(({ category: name, from, to, rate }) => [name, from, to, rate.toFixed(2)])).toEqual([['C', null, 64, '5.00'], ['B', 65, 79, '7.00'], ['A', 80, null, '9.90']]);
    expect(changed.socialRate.toFixed(2)).toBe('2.20');
    expect(categoryOf(changed, dec('64'))?.category).toBe('C');
    expect(categoryOf(changed, dec('65'))?.category).toBe('B');
  });

  it('are refused, each at its place, where they name what is not there or cross', () => {
    expect(refusal(() => changedTariff(TARIFF, scenarioChanges.parse({ rates: { D: '1.00' }, points: { C: '10' } })))).toEqual(['rates.D scenario_unknown', 'points.C scenario_open_below']);
    expect(refusal(() => changedTariff(TARIFF, scenarioChanges.parse({ points: { A: '60' } })))).toEqual(['points.A scenario_points_order']);
    expect(refusal(() => changedTariff(TARIFF, scenarioChanges.parse({ points: { A: '61' } })))).toEqual([]);
  });

  it('are nothing where nothing is changed', () => {
    expect(changedTariff(TARIFF, scenarioChanges.parse({}))).toEqual(TARIFF);
    expect(countChanges(scenarioChanges.parse({}))).toBe(0);
    expect(countChanges(scenarioChanges.parse({ tariff: 'x', rates: { A: '1' }, items: { a: '1', b: '2' } }))).toBe(4);
  });
});

describe('changes laid over the law', () => {
  it('move points of an item and a parameter, and leave the law itself alone', () => {
    const [item] = law.items;
    if (!item) throw new Error('no item');
    const before = item.value.toFixed();
    const changed = changedLaw(law, scenarioChanges.parse({ items: { [item.item]: '77' }, parameters: { 'rate.rounding_places': '1' } }));
    expect(changed.items.find((one) => one.item === item.item)?.value.toFixed()).toBe('77');
    expect(changed.integer('rate.rounding_places')).toBe(1);
    expect(law.items[0]?.value.toFixed()).toBe(before);
    expect(law.integer('rate.rounding_places')).toBe(2);
  });

  it('are refused where they name what is not there, or what is no number', () => {
    expect(refusal(() => changedLaw(law, scenarioChanges.parse({ items: { nowhere: '1' }, parameters: { 'no.such': '1', 'rate.category_bases': '1' } })))).toEqual([
      'items.nowhere scenario_unknown', 'parameters.no.such scenario_unknown', 'parameters.rate.category_bases scenario_no_number',
    ]);
  });
});

const side = (amount: string, zone = 'A', category_ = 'B'): Side =>
  ({ amount: dec(amount), rate: dec('1'), area: dec('1'), statement: { version: 1, result: { rent: amount, rate: '1', area: '1', basis: 'points', tariff: 't', zone, category: category_ }, lines: [] } });

describe('what an effect comes to', () => {
  it('adds up by zone, category and basis, and falls into classes at their bounds', () => {
    const tally = new EffectTally();
    const cases: [string, string][] = [['100.00', '100.00'], ['100.00', '105.00'], ['100.00', '105.01'], ['100.00', '95.00'], ['100.00', '94.99'], ['100.00', '40.00'], ['100.00', '151.00'], ['0.00', '3.00']];
    cases.forEach(([before, after], index) => tally.add({ lease: String(index), dwelling: 'd' }, side(before, index % 2 === 0 ? 'A' : 'B'), side(after)));
    tally.add({ lease: 'x', dwelling: 'd' }, { missing: [{ subject: 'lease', what: 'basis' }] }, side('1.00'));
    tally.exempt();
    const { leases, exceptions, exempt, before, after, byZone, spread } = tally.result();
    expect([leases.length, exceptions.map(({ lease, side: of }) => [lease, of]), exempt]).toEqual([8, [['x', 'before']], 1]);
    expect([before.toFixed(2), after.toFixed(2)]).toEqual(['700.00', '694.00']);
    expect(byZone.map(({ key, leases: count }) => [key, count])).toEqual([['A', 4], ['B', 4]]);
    const shown = spread.filter(({ leases: count }) => count > 0).map(({ from, to, leases: count }) => [from, to, count]);
    expect(shown).toEqual([[null, '-50', 1], ['-10', '-5', 1], ['-5', '0', 1], ['0', '0', 1], ['0', '5', 1], ['5', '10', 1], ['50', null, 2]]);
  });

  it('has its categories in the order of the tariff, leases without one last', () => {
    const tally = new EffectTally();
    ['V', 'IX', 'I', 'X'].forEach((name, index) => tally.add({ lease: String(index), dwelling: 'd' }, side('1.00', 'A', name), side('2.00', 'A', name)));
    tally.add({ lease: 'y', dwelling: 'd' }, side('1.00', 'A', ''), side('1.00', 'A', ''));
    expect(tally.result(['I', 'V', 'IX', 'X']).byCategory.map(({ key }) => key)).toEqual(['I', 'V', 'IX', 'X', '']);
  });

  it('counts every lease once, and its parts always add up to the whole', () => {
    const amounts = fc.integer({ min: 0, max: 200_000 }).map((grosze) => (grosze / 100).toFixed(2));
    fc.assert(fc.property(fc.array(fc.tuple(amounts, amounts, fc.constantFrom('A', 'B', 'C')), { maxLength: 60 }), (given) => {
      const tally = new EffectTally();
      given.forEach(([before, after, zone], index) => tally.add({ lease: String(index), dwelling: 'd' }, side(before, zone), side(after, zone)));
      const { leases, before, after, byZone, byCategory, spread } = tally.result();
      expect(leases).toHaveLength(given.length);
      expect(spread.reduce((sum, one) => sum + one.leases, 0)).toBe(given.length);
      for (const parts of [byZone, byCategory]) {
        expect(parts.reduce((sum, part) => sum.plus(part.before), dec('0')).toFixed(2)).toBe(before.toFixed(2));
        expect(parts.reduce((sum, part) => sum.plus(part.after), dec('0')).toFixed(2)).toBe(after.toFixed(2));
      }
    }));
  });
});
