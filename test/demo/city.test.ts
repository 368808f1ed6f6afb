import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { generateCity } from '../../src/demo/index.ts';
import type { City, Times } from '../../src/demo/rows.ts';
import { TABLE_NAMES, TIMED_TABLES } from '../../src/demo/tables.ts';
import { dayOf } from '../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { ANCHOR, grouped, holding, known, overlap, range } from './reading.ts';

const city = generateCity({ seed: 1, dwellings: 300, anchor: ANCHOR });

function fingerprint(of: City): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('hex');
}

describe('a city', () => {
  it('is the same for the same seed, size and day', () => {
    expect(fingerprint(generateCity({ seed: 1, dwellings: 300, anchor: ANCHOR }))).toBe(fingerprint(city));
  });

  it('is another for another seed', () => {
    expect(fingerprint(generateCity({ seed: 2, dwellings: 300, anchor: ANCHOR }))).not.toBe(fingerprint(city));
  });

  it('numbers its rows from 1 without gaps', () => {
    for (const table of TABLE_NAMES) {
      const [first] = city[table];
      if (first === undefined || !('id' in first)) continue;
      expect(city[table].every((row, index) => 'id' in row && row.id === index + 1), table).toBe(true);
    }
  });

  it.each([
    ['too small', { seed: 1, dwellings: 119, anchor: ANCHOR }],
    ['too big', { seed: 1, dwellings: 150_001, anchor: ANCHOR }],
    ['too early', { seed: 1, dwellings: 150, anchor: parsePlainDate('2021-12-31') }],
    ['of half a seed', { seed: 0.5, dwellings: 150, anchor: ANCHOR }],
  ])('is refused when it would be %s', (_, options) => {
    expect(() => generateCity(options)).toThrow(RangeError);
  });
});

describe('what is let', () => {
  const sizes = [
    [120, '2026-11-21', 3], [150, '2022-01-01', 4], [300, '2024-02-29', 5], [150, '2027-02-28', 6], [200, '2027-03-01', 7], [1000, '2026-03-31', 8],
  ] as const;
  it.each(sizes)('adds up at %i dwellings on %s', (dwellings, day, seed) => {
    const made = generateCity({ seed, dwellings, anchor: parsePlainDate(day) });
    const inForce = holding(made.lease_terms, day);
    const count = (fits: (kind: string) => boolean): number => new Set(inForce.filter((row) => fits(row.kind)).map((row) => row.dwelling_id)).size;
    expect(count((kind) => kind !== 'without_title' && kind !== 'temporary_room')).toBe(dwellings);
    expect(inForce.filter((row) => row.kind === 'social')).toHaveLength(Math.round((4933 / 14604) * dwellings));
    const free = made.dwellings.length - count(() => true);
    expect(made.dwellings.length).toBe(dwellings + count((kind) => kind === 'temporary_room') + count((kind) => kind === 'without_title') + free);
    expect(free).toBeGreaterThan(0);
  });

  it('is never let twice: no two leases of a whole dwelling overlap, nor one of the whole and one of rooms', () => {
    for (const terms of grouped(known(city.lease_terms), (row) => row.dwelling_id).values()) {
      for (const [index, term] of terms.entries()) {
        for (const other of terms.slice(index + 1)) {
          if (term.covers === 'rooms' && other.covers === 'rooms') continue;
          expect(overlap(term.valid, other.valid), `${term.lease_id} and ${other.lease_id}`).toBe(false);
        }
      }
    }
  });

  it('has a basis and somebody responsible on every day of the lease', () => {
    const bases = grouped(known(city.lease_bases), (row) => row.lease_id);
    const parties = grouped(known(city.lease_parties), (row) => row.lease_id);
    for (const term of known(city.lease_terms)) {
      const { from } = range(term.valid);
      const wanted = term.kind === 'without_title' ? 'occupant' : 'tenant';
      expect(holding(bases.get(term.lease_id) ?? [], from)).toHaveLength(1);
      expect(holding(parties.get(term.lease_id) ?? [], from).some(({ role }) => role === wanted), `lease ${term.lease_id}`).toBe(true);
    }
  });

  it('lets temporary rooms for one to six months and social dwellings for three years', () => {
    const days = (valid: string): number => (Date.parse(range(valid).to ?? '') - Date.parse(range(valid).from)) / 86_400_000;
    for (const row of city.lease_terms.filter(({ kind }) => kind === 'temporary_room')) expect(days(row.valid)).toBeLessThanOrEqual(184);
    for (const row of city.lease_terms.filter(({ kind }) => kind === 'social')) expect([1095, 1096]).toContain(days(row.valid));
  });

  it('gives every room of a shared dwelling to one lease at a time and all rooms stand in the plan', () => {
    const rooms = new Set(known(city.room_parts).map((row) => `${row.dwelling_id} ${row.room}`));
    for (const row of city.lease_rooms) expect(rooms.has(`${row.dwelling_id} ${row.room}`)).toBe(true);
    const leases = grouped(holding(city.lease_rooms), (row) => row.dwelling_id);
    for (const list of leases.values()) expect(new Set(list.map((row) => row.lease_id)).size).toBeGreaterThan(1);
  });
});

describe('what is known', () => {
  it('was recorded before the anchor day, at office hours of a workday', () => {
    for (const { recorded_at } of city.changes) {
      const day = dayOf(recorded_at);
      expect(day < ANCHOR && day >= '2015-01-01', recorded_at).toBe(true);
      expect([1, 2, 3, 4, 5]).toContain(new Date(`${day}T12:00:00Z`).getUTCDay());
      expect(recorded_at.slice(11, 13) >= '05' && recorded_at.slice(11, 13) <= '14', recorded_at).toBe(true);
    }
  });

  it('rests on the change that recorded it, and was closed by a later one', () => {
    const at = new Map(city.changes.map((change) => [change.id, change.recorded_at as string]));
    for (const table of TIMED_TABLES) {
      for (const row of city[table] as readonly Times[]) {
        const { from, to } = range(row.recorded);
        expect(from).toBe(at.get(row.change_id));
        expect(to).toBe(row.closed_change_id === null ? null : at.get(row.closed_change_id));
        expect(to === null || to > from).toBe(true);
      }
    }
  });

  it('holds by 1 January 2019, so that past months can be computed', () => {
    const early = (rows: readonly (Times & { readonly slot: string })[], slots: readonly string[]): void => {
      const first = new Set(city.changes.filter(({ kind }) => kind === 'survey').map(({ id }) => id));
      const surveyed = rows.filter((row) => slots.includes(row.slot) && first.has(row.change_id));
      expect(surveyed.length).toBeGreaterThan(0);
      for (const row of surveyed) expect(range(row.valid).from <= '2019-01-01').toBe(true);
    };
    early(city.building_options, ['zone', 'building_form']);
    early(city.dwelling_options, ['heating', 'windows', 'entrance']);
    for (const row of city.room_parts.filter(({ room }) => room === 'P1')) expect(range(row.valid).from < ANCHOR).toBe(true);
  });

  it('leaves a needed fact out in about 1.5 % of the dwellings', () => {
    const big = generateCity({ seed: 3, dwellings: 2000, anchor: ANCHOR });
    const dwellings = grouped(holding(big.dwelling_options), (row) => row.dwelling_id);
    const measures = grouped(holding(big.dwelling_measures), (row) => row.dwelling_id);
    const options = ['entrance', 'cellar', 'heating', 'windows', 'gas', 'bathroom', 'hot_water', 'attic_or_drying', 'kitchen_access', 'hall', 'wc'];
    const gaps = big.dwellings.filter(
      ({ id }) =>
        options.some((slot) => !dwellings.get(id)?.some((row) => row.slot === slot)) ||
        ['storey', 'floor_level', 'height'].some((slot) => !measures.get(id)?.some((row) => row.slot === slot)),
    );
    expect(gaps.length / big.dwellings.length).toBeGreaterThan(0.013);
    expect(gaps.length / big.dwellings.length).toBeLessThan(0.017);
  });

  it('speaks the words of the law: slots, options, limits and arteries', () => {
    const slots = law('slots')['slots'] as { slot: string; option_names?: object; min?: number; max?: number }[];
    const known = new Map(slots.map((slot) => [slot.slot, slot]));
    for (const row of [...city.building_options, ...city.staircase_options, ...city.dwelling_options]) {
      expect(Object.keys(known.get(row.slot)?.option_names ?? {}), row.slot).toContain(row.option);
    }
    for (const row of [...city.building_measures, ...city.staircase_measures, ...city.dwelling_measures]) {
      const { min = NaN, max = NaN } = known.get(row.slot) ?? {};
      expect(Number(row.value) >= min && Number(row.value) <= max, `${row.slot} ${row.value}`).toBe(true);
    }
    const register = law('traffic')['streets'] as { band: string; street: string; segment?: string }[];
    const arteries = register.map(({ band, street, segment = '' }) => `${band} ${street} ${segment}`);
    for (const { band, street, segment } of city.building_traffic) expect(arteries).toContain(`${band} ${street} ${segment}`);
  });
});

function law(file: string): Record<string, unknown> {
  return parse(readFileSync(new URL(`../../seeds/law/${file}.yaml`, import.meta.url), 'utf8')) as Record<string, unknown>;
}
