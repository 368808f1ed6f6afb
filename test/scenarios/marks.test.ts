/** What a scenario changed never looks printed: the lines that rest on it, on both sides. */
import { describe, expect, it } from 'vitest';
import type { Law } from '../../src/platform/law/book.ts';
import { dec } from '../../src/platform/money.ts';
import { renderStatement } from '../../src/platform/statement/render.ts';
import type { RenderedStatement } from '../../src/platform/statement/rendered.ts';
import type { Line } from '../../src/platform/statement/types.ts';
import type { LeaseTerms } from '../../src/leases/terms.ts';
import { calculatedRent } from '../../src/rents/rules/rent.ts';
import { changedLaw, changedTariff, scenarioChanges } from '../../src/scenarios/changes.ts';
import type { Sides } from '../../src/scenarios/engine.ts';
import { assumedIn, marksOf } from '../../src/scenarios/marks.ts';
import { changeables, changedOf } from '../../src/scenarios/values.ts';
import { Facts } from '../support/cases/facts.ts';
import { Input } from '../support/cases.ts';
import { BOOK, KNOWN, TARIFF_LOOKUP, day, lawOn, tariffNamed } from '../support/law.ts';

const DAY = day('2026-11-22');
const law: Law = lawOn('2026-11-22');
const tariff = tariffNamed('krk-2025');
const words = { heading: (group: string) => group, rate: (name: string) => name, points: (name: string) => name, social: 's', temporary: 't', field: (name: string) => name, bounds: { from: 'from', over: 'over', to: 'to', below: 'below' } };
const TERMS: LeaseTerms = { kind: 'indefinite', basis: 'points', ownRate: null, document: null, evictionStayed: false, rooms: null, noticeMonths: null, starts: day('2020-01-01'), ends: null };

interface Marked {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly shown: RenderedStatement;
}

/** Lines marked on each side for the usual dwelling with these facts, each with what is changed. */
function marked(given: object, facts: readonly (readonly [string, string])[] = [], basis: LeaseTerms['basis'] = 'points'): Marked {
  const changes = scenarioChanges.parse(given);
  const before = { law, tariff, tariffBefore: null };
  const after = { law: changedLaw(law, changes), tariff: changedTariff(tariff, changes), tariffBefore: null };
  const sides: Sides = { before, after, day: DAY, knownAt: KNOWN };
  const changed = changedOf(changeables(law, BOOK, tariff, words), changes, false);
  const facing = { lease: { ...TERMS, basis }, facts: new Facts(new Input(facts)).on('2026-11-22') };
  const [old, now] = [calculatedRent({ ...before, ...facing }), calculatedRent({ ...after, ...facing })];
  if ('missing' in old || 'missing' in now) throw new Error('not valued');
  const ids = (lines: readonly Line[]): string[] => [...marksOf(lines, changed, sides)].map(([id, of]) => `${id}: ${of.map(({ key, value, now: to }) => `${key} ${value}→${to}`).join(', ')}`);
  const rendered = renderStatement(now.statement, BOOK, DAY, 'pl', { knownAt: KNOWN, tariffs: TARIFF_LOOKUP });
  return { before: ids(old.statement.lines), after: ids(now.statement.lines), shown: assumedIn(rendered, marksOf(now.statement.lines, changed, sides), (of) => of.map(({ value }) => value).join()) };
}

describe('lines that rest on a changed value', () => {
  it('are the item whose points or limit it is, and the group in which none applies any more', () => {
    expect(marked({ items: { 22: '3' } })).toMatchObject({ before: ['item.22: items.22 1→3'], after: ['item.22: items.22 1→3'] });
    const alone = marked({ limits: { '24.storey.from': '4' } }, [['storey', '3']]);
    expect([alone.before, alone.after]).toEqual([['item.24: limits.24.storey.from 3→4'], ['none.storey: limits.24.storey.from 3→4']]);
    const together = marked({ limits: { '24.storey.from': '4', '23.storey.to': '3' } }, [['storey', '3']]);
    expect([together.before, together.after]).toEqual([['item.24: limits.24.storey.from 3→4'], ['item.23: limits.23.storey.to 2→3']]);
    const railway = marked({ limits: { '8.railway_distance.to': '50' } }, [['railway_distance', '60']]);
    expect([railway.before, railway.after]).toEqual([['item.8: limits.8.railway_distance.to 100→50'], []]);
  });

  it('are the rate of the category, its least points and those of the one above', () => {
    const { category } = tariff.categories[1] ?? { category: '' };
    const name = (given: object): string[] => marked(given).after.map((one) => one.split(':')[0] ?? '');
    const own = tariff.categories.find(({ from, to }) => (from === null || from <= 2) && (to === null || to >= 2));
    expect(own).toBeDefined();
    expect(name({ rates: { [own?.category ?? '']: '9.99' } })).toEqual(['rate.category']);
    expect(name({ rates: { [own?.category === category ? 'XI' : category]: '9.99' } })).toEqual([]);
    const above = tariff.categories[tariff.categories.findIndex((one) => one === own) + 1];
    expect(name({ points: { [above?.category ?? '']: String((above?.from ?? 0) + 1) } })).toEqual(['rate.category']);
    expect(marked({ socialRate: '1.00' }).after).toEqual([]);
    expect(marked({ socialRate: '1.00' }, [], 'social').after.map((one) => one.split(':')[0])).toEqual(['rate.social']);
  });

  it('are those of a percentage or a rounding, and none where nothing differs', () => {
    expect(marked({ parameters: { 'area.band.from_140': '60' } }, [['room', 'P1 room 20.00 from_140']]).after.map((one) => one.split(':')[0])).toEqual(['room.P1.1']);
    expect(marked({ items: { 22: '1.0' }, limits: { '24.storey.from': '3' }, parameters: { 'rate.rounding_places': '2' } })).toMatchObject({ before: [], after: [] });
  });

  it('are assumed in the scenario’s statement, listed as uncertain with what they were, and no longer read from any scan', () => {
    const { shown } = marked({ items: { 10: '2' } });
    const line = shown.lines.find(({ id }) => id === 'item.10');
    expect(line).toMatchObject({ certainty: 'assumed', strength: null, note: null });
    expect(shown.uncertain[0]).toMatchObject({ name: line?.text, certainty: 'assumed', note: '1', lines: ['item.10'] });
    const plain = marked({}).shown;
    expect(plain.lines.find(({ id }) => id === 'item.10')).toMatchObject({ certainty: 'printed' });
    expect(plain.uncertain.some(({ lines }) => lines.includes('item.10'))).toBe(false);
  });

  it('are assumed in the tariff itself: the category moved, and the one that ends before it', () => {
    const [, second, third] = tariff.categories;
    const changed = changedTariff({ ...tariff, categories: tariff.categories.map((one) => ({ ...one, certainty: 'printed' as const })) }, scenarioChanges.parse({ points: { [third?.category ?? '']: String((third?.from ?? 0) + 1) } }));
    expect(changed.categories.filter(({ certainty }) => certainty === 'assumed').map(({ category }) => category)).toEqual([second?.category, third?.category]);
    const social = changedTariff({ ...tariff, certainty: 'printed' }, scenarioChanges.parse({ socialRate: tariff.socialRate.plus(dec('1')).toFixed(2) }));
    expect(social.certainty).toBe('assumed');
  });
});
