import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personOf } from '../../src/platform/access/people.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import { dec } from '../../src/platform/money.ts';
import { assembleLease, rentOn } from '../../src/rents/explain.ts';
import { scenarioChanges } from '../../src/scenarios/changes.ts';
import { changeScenario, dropScenario, makeScenario } from '../../src/scenarios/commands.ts';
import { effectInput, effectOf, sidesOf } from '../../src/scenarios/engine.ts';
import { findScenario, listScenarios } from '../../src/scenarios/store.ts';
import { slotText } from '../../src/stock/facts.ts';
import { valuePoints } from '../../src/valuation/rules.ts';
import type { TestApp } from '../support/app.ts';
import { TODAY, cityApp } from '../support/app.ts';
import { limited } from '../support/asking.ts';

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

const ctxOf = (code: string): ReturnType<TestApp['instance']['context']> => city.instance.context(personOf(code));
const effect = (changes: object, code = 'anna.referent', tariff?: string): ReturnType<typeof effectOf> =>
  effectOf(ctxOf(code), effectInput.parse({ day: TODAY, changes: scenarioChanges.parse(changes), ...(tariff === undefined ? {} : { tariff }) }));

describe('the effect of a scenario on the city', () => {
  it('has on its first side the very rents that are calculated one by one', { timeout: 120_000 }, async () => {
    const { leases, exceptions } = await effect({});
    expect(leases.length).toBeGreaterThan(100);
    expect(leases.every(({ difference }) => difference.isZero())).toBe(true);
    for (const { lease, before } of leases.filter((_, index) => index % 9 === 0)) {
      const { calculated } = await rentOn(ctxOf('anna.referent'), { lease, day: TODAY });
      expect({ lease, amount: calculated?.amount }).toEqual({ lease, amount: before.toFixed(2) });
    }
    for (const { lease, side, missing } of exceptions) {
      const view = await rentOn(ctxOf('anna.referent'), { lease, day: TODAY });
      expect({ lease, side, missing: missing.map(({ what }) => what) }).toEqual({ lease, side: 'both', missing: view.missing.map(({ what }) => what) });
    }
  });

  it('has on its second side what another tariff gives, when that is all that is changed', { timeout: 60_000 }, async () => {
    const swapped = await effect({ tariff: 'krk-2027-projekt' });
    const named = await effect({}, 'anna.referent', 'krk-2027-projekt');
    expect(new Map(swapped.leases.map(({ lease, after }) => [lease, after.toFixed(2)]))).toEqual(new Map(named.leases.map(({ lease, before }) => [lease, before.toFixed(2)])));
    expect(swapped.after.gt(swapped.before)).toBe(true);
  });

  it('moves only the leases that the changed value is of, and by what it says', { timeout: 60_000 }, async () => {
    const plain = await effect({});
    const social = await effect({ socialRate: '0.01' });
    for (const { basis, difference, after } of social.leases) {
      expect(difference.isZero()).toBe(basis !== 'social');
      if (basis === 'social') expect(after.lt(dec('2'))).toBe(true);
    }
    expect(social.before.toFixed(2)).toBe(plain.before.toFixed(2));
  });

  it('is over the reader’s own districts alone', async () => {
    const all = await effect({ socialRate: '0.01' });
    const own = await effectOf(city.instance.context(limited('d.one', ['clerk'], 'I Stare Miasto')), effectInput.parse({ day: TODAY, changes: scenarioChanges.parse({ socialRate: '0.01' }) }));
    expect(own.leases.length).toBeGreaterThan(0);
    expect(own.leases.length).toBeLessThan(all.leases.length);
    const whole = new Map(all.leases.map(({ lease, after }) => [lease, after.toFixed(2)]));
    for (const { lease, after } of own.leases) expect(whole.get(lease)).toBe(after.toFixed(2));
  });

  it('writes nothing', async () => {
    const counted = (): Promise<unknown> => rows(city.database.owner, `select (select count(*) from changes) as changes, (select count(*) from audit_events) as events, (select count(*) from rents) as rents, (select count(*) from run_drafts) as drafts, (select count(*) from operations) as operations`);
    const before = await counted();
    await effect({ rates: {}, items: {}, parameters: { 'rate.rounding_places': '1' } });
    expect(await counted()).toEqual(before);
  });

  it('says what is wrong with a change instead of computing it', async () => {
    await expect(effect({ rates: { nowhere: '1.00' } })).rejects.toMatchObject({ code: 'scenario_refused' });
    await expect(effect({ tariff: 'no-such' })).rejects.toMatchObject({ code: 'tariff_unknown' });
  });
});

describe('limits changed in a scenario', () => {
  const MOVED = { limits: { '24.storey.from': '4', '23.storey.to': '3' } };

  it('move exactly the dwellings on the storey between, and no other', { timeout: 60_000 }, async () => {
    const { leases } = await effect(MOVED);
    const sides = await sidesOf(ctxOf('anna.referent'), effectInput.parse({ day: TODAY, changes: scenarioChanges.parse(MOVED) }));
    const seen = new Map<string, number>();
    for (const { lease, difference, basis } of leases.filter((one) => sides.before.law.list('rate.category_bases').includes(one.basis))) {
      const { facts } = await assembleLease(ctxOf('anna.referent'), lease, { from: TODAY, to: addDays(TODAY, 1) }, sides.knownAt, TODAY);
      const on = facts.on(TODAY);
      const [storey, walked] = [slotText(on, 'storey') ?? '', slotText(on, 'lift') === 'no' && slotText(on, 'attic') === 'no'];
      const by = (law: typeof sides.before.law): string => {
        const found = valuePoints(law, on);
        return 'points' in found ? found.points.toFixed() : '';
      };
      const points = dec(by(sides.after.law)).minus(by(sides.before.law)).toNumber();
      // Item 23 gives 1, item 24 takes 1.
      expect({ lease, basis, storey, points }).toEqual({ lease, basis, storey, points: walked && storey === '3' ? 2 : 0 });
      if (points === 0) expect(difference.isZero()).toBe(true);
      if (walked) seen.set(storey, (seen.get(storey) ?? 0) + 1);
    }
    expect(['2', '3', '4'].filter((storey) => !seen.has(storey))).toEqual([]);
    expect(leases.some(({ difference }) => difference.isPositive())).toBe(true);
  });

  it('set to what they are change nothing', async () => {
    const { before, after, leases } = await effect({ limits: { '24.storey.from': '3', '50.height.from': '240.0' } });
    expect(after.toFixed(2)).toBe(before.toFixed(2));
    expect(leases.every(({ difference }) => difference.isZero())).toBe(true);
  });

  it('that overlap turn leases into exceptions with the reason, in no sum; moved along they are leases again', async () => {
    const plain = await effect({});
    const overlapping = await effect({ limits: { '52.height.below': '300' } });
    const lost = overlapping.exceptions.filter(({ side }) => side === 'after');
    expect(lost.length).toBeGreaterThan(0);
    expect(new Set(lost.flatMap(({ missing }) => missing.map(({ what }) => what)))).toEqual(new Set(['contradiction:height']));
    expect(overlapping.leases.length + lost.length).toBe(plain.leases.length);
    expect(lost.reduce((sum, { rent }) => sum.plus(rent ?? '0'), overlapping.before).toFixed(2)).toBe(plain.before.toFixed(2));
    const along = await effect({ limits: { '52.height.below': '300', '50.height.from': '300' } });
    expect(along.exceptions.filter(({ side }) => side !== 'both')).toEqual([]);
    expect(along.after.lt(along.before)).toBe(true);
  });

  it('kept and opened again give the same', async () => {
    const anna = ctxOf('anna.referent');
    const { scenario } = await makeScenario(anna, { name: 'Bez windy od czwartego piętra', day: TODAY, changes: scenarioChanges.parse(MOVED) });
    const { day, changes } = await findScenario(anna.db, scenario);
    expect(changes.limits).toEqual(MOVED.limits);
    const [direct, reopened] = [await effect(MOVED), await effectOf(anna, effectInput.parse({ day, changes }))];
    expect(reopened.leases.map(({ lease, after }) => [lease, after.toFixed(2)])).toEqual(direct.leases.map(({ lease, after }) => [lease, after.toFixed(2)]));
    await dropScenario(anna, scenario);
  });
});

describe('a kept scenario', () => {
  it('is made, changed by its author, and withdrawn, each with its event', async () => {
    const anna = ctxOf('anna.referent');
    const { scenario } = await makeScenario(anna, { name: 'Tańszy najem socjalny', day: TODAY, changes: scenarioChanges.parse({ socialRate: '1.50' }) });
    expect(await findScenario(anna.db, scenario)).toMatchObject({ name: 'Tańszy najem socjalny', day: TODAY, tariff: null, madeBy: 'anna.referent', changes: { socialRate: '1.50' } });
    await changeScenario(anna, scenario, { name: 'Droższy', day: TODAY, changes: scenarioChanges.parse({ socialRate: '2.50' }) });
    expect((await findScenario(anna.db, scenario)).changes.socialRate).toBe('2.50');
    const dawid = ctxOf('dawid.referent');
    await expect(changeScenario(dawid, scenario, { name: 'Cudzy', day: TODAY })).rejects.toMatchObject({ code: 'scenario_not_own' });
    await expect(dropScenario(dawid, scenario)).rejects.toMatchObject({ code: 'scenario_not_own' });
    await dropScenario(anna, scenario);
    await expect(findScenario(anna.db, scenario)).rejects.toMatchObject({ code: 'scenario_unknown_id' });
    expect((await listScenarios(anna.db)).map(({ id }) => id)).not.toContain(scenario);
    const events = await rows<{ event: string }>(city.database.owner, `select event from audit_events where event like 'scenario.%' order by id`);
    expect(events.map(({ event }) => event)).toEqual(['scenario.make', 'scenario.withdraw', 'scenario.make', 'scenario.change', 'scenario.withdraw']);
  });

  it('is not kept where it could not be opened', async () => {
    const anna = ctxOf('anna.referent');
    await expect(makeScenario(anna, { name: 'x', day: TODAY, changes: scenarioChanges.parse({ items: { nowhere: '1' } }) })).rejects.toMatchObject({ code: 'scenario_refused' });
    await expect(makeScenario(anna, { name: 'x', day: '1990-01-01' })).rejects.toMatchObject({ code: 'tariff_none_on' });
    await expect(findScenario(anna.db, '0 or 1=1')).rejects.toMatchObject({ code: 'scenario_unknown_id' });
  });
});
