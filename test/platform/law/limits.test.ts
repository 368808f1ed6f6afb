/** Numbers inside the conditions of items, changed in a copy of the law. VAL-14 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LawMissing } from '../../../src/platform/errors.ts';
import { cutOf, isEmpty, limitPlace, meet, limitsOf, rangeOf, valueAt, wholeSlots } from '../../../src/platform/law/limits.ts';
import { lawOn } from '../../support/law.ts';

const law = lawOn('2026-11-22');
const limits = law.items.flatMap(limitsOf);
const itemOf = (changed: typeof law, item: string): (typeof law.items)[number] | undefined => changed.items.find((one) => one.item === item);

describe('a limit of the law', () => {
  it('has its place: the item, the slot and the side', () => {
    expect(limits.filter(({ item }) => item === '20').map(({ key, value }) => `${key} ${value}`)).toEqual(['20.storey.from 0', '20.storey.to 0', '20.floor_level.from 0', '20.floor_level.below 30']);
    expect(limitPlace('5.distance.to')).toEqual({ item: '5', slot: 'distance', bound: 'to' });
    expect(limitPlace('IV.3.storey.from')).toEqual({ item: 'IV.3', slot: 'storey', bound: 'from' });
    for (const wrong of ['', '24', '24.storey', '24.storey.under', '.storey.from', '24..from']) expect({ wrong, place: limitPlace(wrong) }).toEqual({ wrong, place: null });
  });

  it('is changed in a copy, where the item is then assumed and no longer reconstructed; the law itself stays', () => {
    const changed = law.with({ limits: { '20.floor_level.below': '45' }, items: { 10: '1.5' } });
    expect(itemOf(changed, '20')).toMatchObject({ certainty: 'assumed', when: { attic: ['no'], storey: { from: '0', to: '0' }, floor_level: { from: '0', below: '45' } } });
    expect(itemOf(changed, '20')).not.toHaveProperty('strength');
    expect(itemOf(changed, '10')).toMatchObject({ certainty: 'assumed' });
    expect(itemOf(changed, '21')).toEqual(itemOf(law, '21'));
    expect(itemOf(law, '20')).toMatchObject({ certainty: 'reconstructed', strength: 'strong', when: { floor_level: { below: '30' } } });
  });

  it('that is not there is missing, by its key', () => {
    for (const key of ['99.storey.from', '24.storey.to', '24.lift.from', '24.height.from', 'storey', '24.storey.from.to']) {
      expect(() => law.with({ limits: { [key]: '1' } })).toThrow(LawMissing);
      expect(() => law.with({ limits: { [key]: '1' } })).toThrow(key);
    }
  });

  it('changes nothing when it is set to what it is, however it is written', () => {
    const asItIs = fc.subarray(limits, { minLength: 1 }).chain((some) => fc.record(Object.fromEntries(some.map(({ key, value }) => [key, fc.constantFrom(value, value.includes('.') ? `${value}0` : `${value}.00`)]))));
    fc.assert(fc.property(asItIs, (same) => {
      const changed = law.with({ limits: same, items: { 22: '1.0' }, parameters: { 'rate.rounding_places': '2.0' } });
      expect(changed.items).toEqual(law.items);
      expect(changed.parameters).toEqual(law.parameters);
    }));
  });
});

describe('where a range ends', () => {
  it('is before the next number where things are counted', () => {
    expect([...wholeSlots(law)].sort()).toEqual(['staircase_dwellings', 'storey']);
    expect(cutOf('to', '2', true)).toEqual(cutOf('from', '3', true));
    expect(cutOf('to', '2', false)).not.toEqual(cutOf('from', '3', false));
    expect([valueAt(cutOf('from', '3', true), 'to', true), valueAt(cutOf('from', '3', true), 'over', true), valueAt(cutOf('from', '3', false), 'to', false)]).toEqual(['2', '2', null]);
  });

  it('leaves something between its limits, or is empty', () => {
    const cases: [Parameters<typeof rangeOf>[0], boolean, boolean][] = [
      [{ from: '3', to: '3' }, false, false], [{ from: '3', below: '3' }, false, true], [{ over: '3', to: '3' }, false, true], [{ over: '3', below: '4' }, false, false], [{ over: '3', below: '4' }, true, true], [{ from: '4', to: '3' }, true, true], [{ to: '-5' }, false, false],
    ];
    for (const [range, whole, empty] of cases) expect({ range, whole, empty: isEmpty(rangeOf(range, whole)) }).toEqual({ range, whole, empty });
  });

  it('keeps two items apart where the ranges or the options of one slot have nothing in common', () => {
    const met = (a: string, b: string, besides?: string): boolean => {
      const [one, other] = [itemOf(law, a), itemOf(law, b)];
      if (one === undefined || other === undefined) throw new Error('no such item');
      return meet(one, other, wholeSlots(law), besides);
    };
    expect([met('19', '20'), met('19', '20', 'floor_level'), met('22', '23'), met('12a', '12b'), met('12b', '12c', 'neighbour_distance'), met('24', '27')]).toEqual([false, true, false, false, true, true]);
  });
});
