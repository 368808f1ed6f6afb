/** Limits changed on trial: the last value that counts and the first that does not, neighbours, gaps, overlaps, refusals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/platform/errors.ts';
import type { Law } from '../../src/platform/law/book.ts';
import { limitsOf } from '../../src/platform/law/limits.ts';
import { dec } from '../../src/platform/money.ts';
import { changedLaw, countChanges, scenarioChanges } from '../../src/scenarios/changes.ts';
import { crossings, movedAlong, neighbours } from '../../src/scenarios/limits.ts';
import { changeables, changedOf, laidValue, movesRent } from '../../src/scenarios/values.ts';
import { valuePoints } from '../../src/valuation/rules.ts';
import { Facts } from '../support/cases/facts.ts';
import { Input } from '../support/cases.ts';
import { BOOK, lawOn, tariffNamed } from '../support/law.ts';

const law = lawOn('2026-11-22');

const withLimits = (limits: Record<string, string>): Law => changedLaw(law, scenarioChanges.parse({ limits }));

/** Items that apply to the usual dwelling with these facts, or what is missing. */
function itemsOf(of: Law, facts: readonly (readonly [string, string])[]): string[] {
  const found = valuePoints(of, new Facts(new Input(facts)).on('2026-11-22'));
  return 'missing' in found ? found.missing.map(({ what }) => what) : found.lines.map(({ id }) => id);
}

const refusal = (limits: Record<string, string>): string[] => {
  try {
    withLimits(limits);
  } catch (error) {
    if (error instanceof DomainError) return error.flaws.map(({ field, code }) => `${field} ${code}`);
    throw error;
  }
  return [];
};

describe('a limit changed on trial', () => {
  it('of storeys moves exactly the dwellings at that storey', () => {
    const changed = withLimits({ '24.storey.from': '4', '23.storey.to': '3' });
    const on = (of: Law, storey: string): string[] => itemsOf(of, [['storey', storey]]).filter((id) => ['item.22', 'item.23', 'item.24', 'none.storey'].includes(id));
    expect(['1', '2', '3', '4', '5'].map((storey) => on(law, storey))).toEqual([['item.22'], ['item.23'], ['item.24'], ['item.24'], ['item.24']]);
    expect(['1', '2', '3', '4', '5'].map((storey) => on(changed, storey))).toEqual([['item.22'], ['item.23'], ['item.23'], ['item.24'], ['item.24']]);
  });

  it('counts its number in or out as the act does', () => {
    const cases: [Record<string, string>, string, string, [string, string], [string, string]][] = [
      [{ '10.stop_distance.to': '400' }, 'item.10', 'none.public_transport', ['stop_distance', '400'], ['stop_distance', '400.01']],
      [{ '11.stop_distance.over': '900' }, 'none.public_transport', 'item.11', ['stop_distance', '900'], ['stop_distance', '900.01']],
      [{ '52.height.below': '250', '50.height.from': '250' }, 'item.50', 'item.52', ['height', '250'], ['height', '249.99']],
      [{ '51.height.over': '300', '50.height.to': '300' }, 'item.50', 'item.51', ['height', '300'], ['height', '300.01']],
      [{ '12c.neighbour_distance.below': '25.5', '12b.neighbour_distance.from': '25.5' }, 'item.12b', 'item.12c', ['neighbour_distance', '25.5'], ['neighbour_distance', '25.4']],
    ];
    for (const [limits, in_, out, last, first] of cases) {
      const changed = withLimits(limits);
      const found = (fact: [string, string]): string[] => itemsOf(changed, [fact]).filter((id) => id === in_ || id === out);
      expect({ limits, last: found(last), first: found(first) }).toEqual({ limits, last: [in_], first: [out] });
    }
  });

  it('of a finding by a street moves too', () => {
    const by = (of: Law, metres: string): boolean => itemsOf(of, [['traffic', `1000_3000 at ${metres} m`]]).includes('item.6');
    expect([by(law, '30'), by(law, '31')]).toEqual([true, false]);
    const changed = withLimits({ '6.distance.to': '45' });
    expect([by(changed, '45'), by(changed, '46')]).toEqual([true, false]);
  });

  it('is refused at its place where it names nothing, no number, a part of a storey, or leaves nothing between', () => {
    expect(refusal({ '99.storey.from': '1', '24.storey.to': '5', nowhere: '1', '24.lift.from': '1' })).toEqual(['limits.99.storey.from scenario_unknown', 'limits.24.storey.to scenario_unknown', 'limits.nowhere scenario_unknown', 'limits.24.lift.from scenario_no_number']);
    expect(refusal({ '24.storey.from': '3.5' })).toEqual(['limits.24.storey.from scenario_limit_whole']);
    expect(refusal({ '50.height.from': '350.01' })).toEqual(['limits.50.height.from scenario_limit_order']);
    expect(refusal({ '50.height.from': '350' })).toEqual([]);
    expect(refusal({ '19.floor_level.below': '-90' })).toEqual(['limits.19.floor_level.below scenario_limit_order']);
    expect(refusal({ '23.storey.from': '3' })).toEqual(['limits.23.storey.from scenario_limit_order']);
  });
});

describe('limits that meet', () => {
  it('are named: all that end or begin there', () => {
    const keys = (key: string): string[] => neighbours(law, key).map(({ key: other }) => other).sort();
    expect(keys('24.storey.from')).toEqual(['23.storey.to']);
    expect(keys('22.storey.from')).toEqual(['19.storey.to', '20.storey.to', '21.storey.to']);
    expect(keys('21.storey.to')).toEqual(['19.storey.to', '20.storey.to', '22.storey.from']);
    expect(keys('50.height.to')).toEqual(['51.height.over']);
    expect(keys('13a.staircase_dwellings.to')).toEqual(['13b.staircase_dwellings.over']);
    // The act itself leaves 500 to 1000 m open, and railways stand by themselves.
    for (const alone of ['10.stop_distance.to', '8.railway_distance.to', '6.distance.to', '70.window_to_floor.below', 'nowhere', '24.storey.to']) expect(keys(alone)).toEqual([]);
  });

  it('move together', () => {
    expect(movedAlong(law, '24.storey.from', '5')).toEqual({ '23.storey.to': '4' });
    expect(movedAlong(law, '23.storey.to', '4')).toEqual({ '24.storey.from': '5' });
    expect(movedAlong(law, '52.height.below', '245.5')).toEqual({ '50.height.from': '245.5' });
    expect(movedAlong(law, '21.storey.to', '1')).toEqual({ '19.storey.to': '1', '20.storey.to': '1', '22.storey.from': '2' });
  });

  it('moved together leave neither gap nor overlap, wherever they are not refused', () => {
    const all = law.items.flatMap(limitsOf);
    let kept = 0;
    fc.assert(fc.property(fc.constantFrom(...all.filter(({ key }) => neighbours(law, key).length > 0)), fc.integer({ min: -400, max: 400 }), ({ key, value }, by) => {
      const moved = dec(value).plus(by).toFixed();
      const limits = { [key]: moved, ...movedAlong(law, key, moved) };
      if (refusal(limits).length > 0) return;
      kept += 1;
      expect(crossings(law, withLimits(limits))).toEqual([]);
    }), { numRuns: 400 });
    expect(kept).toBeGreaterThan(30);
  });

  it('moved alone leave a gap or an overlap, told with what would mend it', () => {
    const told = (limits: Record<string, string>): unknown[] => crossings(law, withLimits(limits)).map(({ kind, slot, items, mend }) => [kind, slot, ...items, mend?.key, mend?.value]);
    expect(told({ '24.storey.from': '4' })).toEqual([['gap', 'storey', '23', '24', 'limits.23.storey.to', '3']]);
    expect(told({ '24.storey.from': '2' })).toEqual([['overlap', 'storey', '23', '24', 'limits.23.storey.to', '1']]);
    expect(told({ '52.height.below': '260' })).toEqual([['overlap', 'height', '50', '52', 'limits.50.height.from', '260']]);
    expect(told({ '52.height.below': '230' })).toEqual([['gap', 'height', '50', '52', 'limits.50.height.from', '230']]);
    expect(told({ '10.stop_distance.to': '1200' })).toEqual([['overlap', 'stop_distance', '10', '11', undefined, undefined]]);
    expect(told({ '10.stop_distance.to': '1000' })).toEqual([]);
    expect(told({ '8.railway_distance.to': '5' })).toEqual([]);
    expect(told({})).toEqual([]);
  });

  it('that overlap make a dwelling an exception that names the group, and a gap gives no points', () => {
    expect(itemsOf(withLimits({ '52.height.below': '260' }), [['height', '259']])).toEqual(['contradiction:height']);
    expect(itemsOf(withLimits({ '52.height.below': '260' }), [['height', '260']])).toContain('item.50');
    expect(itemsOf(withLimits({ '24.storey.from': '4' }), [['storey', '3']])).toContain('none.storey');
  });
});

describe('what can be changed', () => {
  const words = { heading: (group: string, part: string) => `${group} ${part}`, rate: (name: string) => name, points: (name: string) => name, social: 's', temporary: 't', field: (name: string) => name, bounds: { from: 'from', over: 'over', to: 'to', below: 'below' } };
  const values = changeables(law, BOOK, tariffNamed('krk-2025'), words);

  it('is every limit, below the item whose words it stands in, with its unit', () => {
    const at = values.findIndex(({ key }) => key === 'items.24');
    expect(values[at + 1]).toMatchObject({ key: 'limits.24.storey.from', wording: '24 Położenie na III piętrze i wyżej bez windy', saying: 'kondygnacja głównego poziomu (parter = 0) from', value: '3', unit: '', heading: 'items kondygnacja' });
    expect(values.find(({ key }) => key === 'limits.6.distance.to')).toMatchObject({ value: '30', unit: 'm' });
    expect(values.find(({ key }) => key === 'limits.48.balcony_area.over')).toMatchObject({ value: '1', unit: 'm²' });
    expect(values.filter(({ group }) => group === 'limits')).toHaveLength(law.items.flatMap(limitsOf).length);
    expect(new Set(values.map(({ key }) => key)).size).toBe(values.length);
  });

  it('is laid over and taken back; a value of the law is no change', () => {
    const none = scenarioChanges.parse({});
    const one = laidValue(none, values, 'limits.24.storey.from', '4');
    expect([one.limits, countChanges(one), changedOf(values, one, false).map(({ key, value, now }) => [key, value, now])]).toEqual([{ '24.storey.from': '4' }, 1, [['limits.24.storey.from', '3', '4']]]);
    expect(laidValue(one, values, 'limits.24.storey.from', '3.0')).toEqual(none);
    expect(changedOf(values, scenarioChanges.parse({ limits: { '24.storey.from': '3.0' } }), false)).toEqual([]);
  });

  it('says which values no rent of a day rests on', () => {
    expect(['parameters.notice.months', 'parameters.area.limit.full', 'parameters.retention.audit.years'].map(movesRent)).toEqual([false, false, false]);
    expect(['parameters.area.band.from_140', 'parameters.lowering.max', 'limits.24.storey.from', 'rates.V', 'socialRate'].every(movesRent)).toBe(true);
  });
});
