import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DWELLING_SORTS } from '../../src/stock/lists.ts';
import { LEASE_SORTS } from '../../src/leases/lists.ts';
import { bodyOf, cityApp, places, problemOf } from '../support/app.ts';
import type { Page, Person, TestApp } from '../support/app.ts';

let city: TestApp;
let anna: Person;
beforeAll(async () => {
  city = await cityApp();
  anna = city.as('anna.referent');
});
afterAll(() => city.drop());

interface Dwelling {
  readonly dwelling: string;
  readonly building: string;
  readonly street: string | null;
  readonly district: string | null;
  readonly postcode: string | null;
  readonly holder: string | null;
  readonly buildingNumber: string | null;
  readonly number: string | null;
}
interface Lease {
  readonly lease: string;
  readonly dwelling: string;
  readonly kind: string;
  readonly basis: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly street: string | null;
  readonly district: string | null;
}

/** All rows of a list, page by page. */
async function everything<T>(path: string): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = bodyOf<Page<T>>(await anna.get(`${path}${path.includes('?') ? '&' : '?'}page=${page}&per_page=70`));
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

describe('the list of dwellings', () => {
  it('comes in pages that miss nobody and repeat nobody', async () => {
    const all = await everything<Dwelling>('/dwellings');
    expect(new Set(all.map(({ dwelling }) => dwelling)).size).toBe(all.length);
    const answer = await anna.get('/dwellings?per_page=10&page=2');
    expect(bodyOf<Page<Dwelling>>(answer)).toMatchObject({ page: 2, perPage: 10, total: all.length });
    expect(answer.get('link')).toContain('page=3>; rel="next"');
    expect(bodyOf<Page<Dwelling>>(await anna.get('/dwellings?page=9999')).items).toEqual([]);
  });

  it('is filtered by building, district, street and the beginning of the code', async () => {
    const all = await everything<Dwelling>('/dwellings');
    const one = all[20];
    if (!one) throw new Error('no dwelling');
    const filters = { building: one.building, district: one.district ?? '', street: one.street ?? '' };
    for (const [name, value] of Object.entries(filters)) {
      const found = await everything<Dwelling>(`/dwellings?${name}=${encodeURIComponent(value)}`);
      expect(found.map(({ dwelling }) => dwelling).sort()).toEqual(all.filter((row) => (name === 'street' ? row.street?.includes(value) : row[name as keyof Dwelling] === value)).map(({ dwelling }) => dwelling).sort());
    }
    expect(await everything<Dwelling>(`/dwellings?code=${one.building}`)).toHaveLength(all.filter(({ dwelling }) => dwelling.startsWith(one.building)).length);
    expect(await everything<Dwelling>('/dwellings?code=%25')).toEqual([]);
  });

  it('is sorted both ways by every key', async () => {
    for (const sort of DWELLING_SORTS) {
      const up = await everything<Dwelling>(`/dwellings?sort=${sort}`);
      const down = await everything<Dwelling>(`/dwellings?sort=-${sort}`);
      const keys = (rows: Dwelling[]): (string | null)[] => rows.map((row) => (sort === 'code' ? row.dwelling : row[sort]));
      expect(keys(down).reverse()).toEqual(keys(up));
      expect(new Set(keys(up)).size).toBeGreaterThan(sort === 'holder' ? 0 : 3);
    }
    expect(places(problemOf(await anna.get('/dwellings?sort=rent'), 422, 'invalid_input'))).toEqual([`sort: Wybierz jedną z wartości: ${DWELLING_SORTS.flatMap((sort) => [sort, `-${sort}`]).join(', ')}.`]);
  });

  it('puts house and flat numbers in the order in which people count', async () => {
    const all = await everything<Dwelling>('/dwellings?sort=street');
    const byHouse = new Map<string, number[]>();
    for (const { building, number } of all) byHouse.set(building, [...(byHouse.get(building) ?? []), Number.parseInt(number ?? '0', 10)]);
    for (const numbers of byHouse.values()) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(Math.max(...[...byHouse.values()].flat())).toBeGreaterThan(9);
    const byStreet = new Map<string, number[]>();
    for (const { street, buildingNumber } of all) byStreet.set(street ?? '', [...(byStreet.get(street ?? '') ?? []), Number.parseInt(buildingNumber ?? '0', 10)]);
    for (const numbers of byStreet.values()) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });
});

describe('the list of leases', () => {
  it('has those of the day', async () => {
    const now = await everything<Lease>('/leases');
    expect(now.every(({ from, to }) => from <= '2026-11-22' && (to === null || to > '2026-11-22'))).toBe(true);
    const past = await everything<Lease>('/leases?day=2020-01-15');
    expect(past.every(({ from, to }) => from <= '2020-01-15' && (to === null || to > '2020-01-15'))).toBe(true);
    expect(past.length).not.toBe(now.length);
    expect(await everything<Lease>('/leases?day=1850-01-01')).toEqual([]);
  });

  it('is filtered by kind, basis, dwelling, district and the beginning of the number', async () => {
    const all = await everything<Lease>('/leases');
    const social = all.filter(({ kind }) => kind === 'social');
    expect(social.length).toBeGreaterThan(0);
    expect(await everything<Lease>('/leases?kind=social&sort=lease')).toEqual(social.sort((a, b) => (a.lease < b.lease ? -1 : 1)));
    expect(await everything<Lease>('/leases?basis=points')).toHaveLength(all.filter(({ basis }) => basis === 'points').length);
    const [one] = all;
    if (!one) throw new Error('no lease');
    expect((await everything<Lease>(`/leases?dwelling=${one.dwelling}`)).map(({ lease }) => lease)).toContain(one.lease);
    expect(await everything<Lease>(`/leases?number=${encodeURIComponent(one.lease)}`)).toHaveLength(1);
    expect(places(problemOf(await anna.get('/leases?kind=socjalny'), 422, 'invalid_input'))[0]).toContain('social');
  });

  it('is sorted both ways by every key, leases without an end at the end', async () => {
    for (const sort of LEASE_SORTS) {
      const up = (await everything<Lease>(`/leases?sort=${sort}`)).map((row) => row[sort]);
      const down = (await everything<Lease>(`/leases?sort=-${sort}`)).map((row) => row[sort]);
      const given = (keys: (string | null)[]): (string | null)[] => keys.filter((key) => key !== null);
      expect(given(down).reverse()).toEqual(given(up));
      expect(up.slice(given(up).length).every((key) => key === null)).toBe(true);
      expect(down.slice(given(down).length).every((key) => key === null)).toBe(true);
    }
  });
});

describe('what is wrong with a question', () => {
  it('is named at its place, all of it at once', async () => {
    const told = problemOf(await anna.get('/leases?day=2026-02-30&per_page=0&page=x&kind=a'), 422, 'invalid_input');
    expect(places(told).sort()).toEqual([
      'day: Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-01-31.',
      expect.stringContaining('kind: Wybierz jedną z wartości: indefinite'),
      'page: Podaj liczbę całkowitą od 1 do 1000000.',
      'per_page: Podaj liczbę całkowitą od 1 do 200.',
    ]);
  });
});
