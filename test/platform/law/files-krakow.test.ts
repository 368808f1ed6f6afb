/** The law of Kraków as it stands in `seeds/law`. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LawFiles } from '../../../src/platform/law/files.ts';
import { readLawFolder, readTariffFile } from '../../../src/platform/law/files.ts';
import type { Condition, Item, Provenance } from '../../../src/platform/law/types.ts';
import { dec, halfUp } from '../../../src/platform/money.ts';

const LAW = 'seeds/law';
const law: LawFiles = readLawFolder(LAW);
const now = <T extends Provenance>(values: readonly T[]): T[] => values.filter(({ from, to }) => from <= '2026-06-01' && (to === null || to > '2026-06-01'));
const items = now(law.items);
const streets = now(law.traffic);

describe('points of annex 5', () => {
  test('are 81 rows, of which 36 are printed, 19 reconstructed and 26 assumed', () => {
    const count = (certainty: string): number => items.filter((item) => item.certainty === certainty).length;
    expect([items.length, count('printed'), count('reconstructed'), count('assumed')]).toEqual([81, 36, 19, 26]);
  });

  test('before 2026 are the same rows, all assumed and with no strength', () => {
    const before = law.items.filter(({ to }) => to === '2026-01-01');
    expect(before.map(({ item, value }) => `${item} ${value.toFixed()}`)).toEqual(items.map(({ item, value }) => `${item} ${value.toFixed()}`));
    expect(before.every((item) => item.certainty === 'assumed' && item.strength === undefined && item.reference === 'KRK-P-2019-ZAL')).toBe(true);
  });

  test('have these values', () => {
    const by = (certainty: string): string => items.filter((item) => item.certainty === certainty).map(({ item, value }) => `${item}:${value.toFixed()}`).join(' ');
    expect(by('printed')).toBe('1:4 2:1 3:0 10:1 12b:0 13a:2 13b:1 14:3 16:0 50:0 51:1 52:-2 53:1 54:0 55:-4 56:-5 57:0 58:-3 59:0 60:-1 61:-4 62:-2 63:0 64:2 65:2 66:1 67:1 68:-3 69:-1 70:-1 71:-1 72:5 73:5 74:5 75:5 76:30');
    expect(by('reconstructed')).toBe('12a:2 20:-2 22:1 33a:0 33b:-1 33c:-2 34:-4 35:-1 36:-2 37:-2 38:-2 39:-2 40:-6 41:-4 42:-4 43:-3 44:-2 45:-3 46:-6');
  });

  test('stand in groups as the readings of VAL-5 say', () => {
    const members = new Map<string, string[]>();
    for (const { group, item } of items) members.set(group, [...(members.get(group) ?? []), item]);
    const told = now(law.groups).sort((a, b) => a.position - b.position).map(({ group, cardinality }) => `${cardinality}: ${(members.get(group) ?? []).join(' ')}`);
    expect(told).toEqual([
      'exactly one: 1 2 3 4', 'at most one: 5 6 7', 'each or not: 8', 'each or not: 9', 'at most one: 10 11', 'at most one: 12a 12b 12c 13a 13b 14',
      'each or not: 15', 'at most one: 16 17 18', 'at most one: 19 20 21 22 23 24 25', 'each or not: 26', 'each or not: 27', 'each or not: 28 29 30 31 32 34',
      'at most one: 33a 33b 33c', 'at most one: 35 42', 'at most one: 36 41 43', 'each or not: 37 39 40', 'at most one: 38 44 45 46', 'each or not: 47',
      'each or not: 48', 'each or not: 49', 'exactly one: 50 51 52', 'at most one: 53 54', 'at most one: 55 56', 'at most one: 57 58', 'at most one: 59 60',
      'each or not: 61', 'exactly one: 62 63 64', 'each or not: 65', 'each or not: 66', 'each or not: 67', 'each or not: 68 69 70 71', 'each or not: 72 73 74 75 76',
    ]);
  });

  test('of a group exclude one another by their own conditions, whatever is observed', () => {
    for (const group of now(law.groups).filter(({ over, cardinality }) => over === 'slots' && cardinality !== 'each or not')) {
      const own = items.filter((item) => item.group === group.group);
      for (const facts of combinations(own)) {
        const held = own.filter((item) => holds(item, facts)).map(({ item }) => item);
        expect(held.length, `${group.group} ${JSON.stringify(facts)}: ${held.join(' ')}`).toBeLessThanOrEqual(1);
        if (group.cardinality === 'exactly one') expect(held.length, `${group.group} ${JSON.stringify(facts)}`).toBe(1);
      }
    }
  });

  test.each([
    [{ storey: '0', floor_level: '-90', attic: 'no', lift: 'no' }, ['19', '-4']],
    [{ storey: '0', floor_level: '-91', attic: 'no', lift: 'no' }, null],
    [{ storey: '0', floor_level: '0', attic: 'no', lift: 'no' }, ['20', '-2']],
    [{ storey: '0', floor_level: '29', attic: 'no', lift: 'no' }, ['20', '-2']],
    [{ storey: '0', floor_level: '30', attic: 'no', lift: 'no' }, ['21', '0']],
    [{ storey: '3', floor_level: '900', attic: 'no', lift: 'no' }, ['24', '-1']],
    [{ storey: '3', floor_level: '900', attic: 'no', lift: 'yes' }, null],
    [{ storey: '5', floor_level: '1500', attic: 'yes', lift: 'yes' }, ['25', '-1']],
  ])('by storey: %j gives %j', (facts, expected) => {
    const found = items.find((item) => item.group === 'storey' && holds(item, facts));
    expect(found ? [found.item, found.value.toFixed()] : null).toEqual(expected);
  });
});

describe('streets of annex 4', () => {
  test('are 19, 95 and 121 on the three lists', () => {
    const count = (band: string): number => streets.filter((street) => street.band === band).length;
    expect([count('over_3000'), count('1000_3000'), count('500_1000'), streets.length]).toEqual([19, 95, 121, 235]);
  });

  test('of which nineteen stand on two lists, one of them whole on both', () => {
    const lists = new Map<string, typeof streets>();
    for (const street of streets) lists.set(street.street, [...(lists.get(street.street) ?? []), street]);
    const twice = [...lists.values()].filter((entries) => new Set(entries.map(({ band }) => band)).size === 2);
    expect(twice.length).toBe(19);
    expect(twice.filter((entries) => entries.every(({ segment }) => segment === '')).map(([entry]) => entry?.street)).toEqual(['ul. Powstańców Wielkopolskich']);
    expect(Math.max(...[...lists.values()].map((entries) => entries.length))).toBe(2);
  });

  test('are spelled with Polish letters and name an avenue, a square or a street', () => {
    expect(streets.filter(({ street }) => !/^(ul\.|Aleja|Plac) [\p{L}\d]/u.test(street))).toEqual([]);
    expect(streets.filter(({ street, segment }) => /[^\p{L}\d .„”-]|[éèáäöüß]/u.test(street + segment))).toEqual([]);
  });
});

describe('zones of annex 3', () => {
  test('are four, S before A, B everything else', () => {
    expect(now(law.zones).sort((a, b) => a.precedence - b.precedence).map(({ zone }) => zone)).toEqual(['S', 'A', 'C', 'B']);
  });
});

describe('parameters', () => {
  test('have exactly one value on every day from 2019 on', () => {
    for (const key of new Set(law.parameters.map((parameter) => parameter.key))) {
      const values = law.parameters.filter((parameter) => parameter.key === key).sort((a, b) => (a.from < b.from ? -1 : 1));
      expect(values[0] && values[0].from <= '2019-01-01', key).toBe(true);
      values.forEach((value, index) => {
        const next = values[index + 1];
        expect(value.to === null || value.to === next?.from, `${key} ${value.from}`).toBe(true);
      });
    }
  });

  test('that are decimals are plain decimals', () => {
    const numeric = law.parameters.filter(({ unit }) => ['%', 'cm', '1', 'zł/m2', 'mies.', 'dni', 'lata'].includes(unit));
    for (const { key, value } of numeric) expect(() => dec(String(value)), key).not.toThrow();
    expect(law.parameters.filter(({ unit }) => unit === '').length).toBe(0);
  });
});

describe('days off', () => {
  test('take in 24 December from 2025 and Saturdays since 2017', () => {
    const from = (name: string): string | undefined => law.holidays.find((holiday) => holiday.name === name)?.from;
    expect([from('Wigilia Bożego Narodzenia'), from('Święto Trzech Króli'), from('sobota')]).toEqual(['2025-02-01', '2011-01-01', '2017-01-01']);
    expect(law.holidays.length).toBe(17);
  });
});

describe('tariffs of Kraków', () => {
  test('have eleven categories in equal steps and ranges that leave no gap', () => {
    expect(law.tariffs.map(({ code, from }) => `${code} ${from}`)).toEqual(['krk-2020 2020-07-01', 'krk-2023 2023-01-01', 'krk-2025 2025-01-01', 'krk-2027-projekt 2027-01-01']);
    for (const { code, categories, socialRate, temporaryRoomRate } of law.tariffs) {
      const [first, last] = [categories[0], categories[10]];
      if (!first || !last || categories.length !== 11) throw new Error(`${code}: ${categories.length}`);
      expect([first.from, last.to]).toEqual([null, null]);
      categories.forEach((category, index) => {
        expect(category.rate.toFixed(2), `${code} ${category.category}`).toBe(halfUp(first.rate.plus(last.rate.minus(first.rate).times(index).div(10)), 2).toFixed(2));
        const next = categories[index + 1];
        if (next) expect(next.from, `${code} ${next.category}`).toBe((category.to ?? Number.NaN) + 1);
      });
      expect([socialRate.times(2).toFixed(2), temporaryRoomRate.times(2).toFixed(2)]).toEqual([first.rate.toFixed(2), first.rate.toFixed(2)]);
    }
  });

  test('run from 4.90–12.52 to 6.64–16.96, and the draft ends exactly at 3 % of the index', () => {
    expect(law.tariffs.map(({ categories }) => `${categories[0]?.rate.toFixed(2)}–${categories.at(-1)?.rate.toFixed(2)}`)).toEqual(['4.90–12.52', '5.96–15.22', '6.64–16.96', '7.94–20.28']);
    const draft = law.tariffs.at(-1);
    expect(draft?.index?.times(3).div(100).div(12).toFixed(2)).toBe('20.28');
  });

  test('have a sample to copy that can be read but is not law', () => {
    expect(readTariffFile(readFileSync(`${LAW}/tariff-sample.yaml`, 'utf8'), 'tariff-sample.yaml').categories.length).toBe(3);
    expect(law.tariffs.some(({ code }) => code === 'krk-2030')).toBe(false);
  });

  test('use no field that the description of the format leaves out', () => {
    const readme = readFileSync(`${LAW}/tariffs/README.md`, 'utf8');
    for (const name of readdirSync(`${LAW}/tariffs`).filter((file) => file.endsWith('.yaml'))) {
      const fields = [...readFileSync(`${LAW}/tariffs/${name}`, 'utf8').matchAll(/^([a-z_]+):/gm)].map(([, field]) => field ?? '');
      expect(fields.filter((field) => !readme.includes(`| \`${field}\` |`)), name).toEqual([]);
    }
  });
});

type Facts = Readonly<Record<string, string>>;

function within(value: string, condition: Condition): boolean {
  if (isOptions(condition)) return condition.includes(value);
  const { from, over, to, below } = condition;
  const number = dec(value);
  return (from === undefined || number.gte(from)) && (over === undefined || number.gt(over)) && (to === undefined || number.lte(to)) && (below === undefined || number.lt(below));
}

function isOptions(condition: Condition): condition is readonly string[] {
  return Array.isArray(condition);
}

function holds(item: Item, facts: Facts): boolean {
  return Object.entries(item.when).every(([slot, condition]) => within(facts[slot] ?? '0', condition));
}

/** Every option, and every limit with its neighbours, of the slots that these items ask for. */
function combinations(own: readonly Item[]): Facts[] {
  const names = [...new Set(own.flatMap(({ when }) => Object.keys(when)))];
  return names.reduce<Facts[]>((all, name) => {
    const slot = law.slots.find((known) => known.slot === name);
    const limits = own.flatMap(({ when }) => limitsOf(when[name])).map(dec);
    const values = slot?.shape === 'option' ? slot.options : limits.flatMap((limit) => [limit.minus(1), limit, limit.plus(1)].map((value) => value.toFixed()));
    return all.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })));
  }, [{}]);
}

function limitsOf(condition: Condition | undefined): string[] {
  if (condition === undefined || isOptions(condition)) return [];
  return [condition.from, condition.over, condition.to, condition.below].filter((limit) => limit !== undefined);
}
