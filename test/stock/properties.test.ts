/** VAL-10: what holds of every shared dwelling and every auxiliary room. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dec } from '../../src/platform/money.ts';
import { HUNDRED, ZERO, dec } from '../../src/platform/money.ts';
import { faults } from '../../src/platform/statement/lines.ts';
import type { RoomPart } from '../../src/stock/facts.ts';
import { usableArea } from '../../src/stock/rules/area.ts';
import { auxiliaryShares, roomShares } from '../../src/stock/rules/shares.ts';
import { hundredths } from '../support/arbitraries.ts';
import { lawOn } from '../support/law.ts';

const LAW = lawOn('2026-06-01');
const sum = (values: readonly Dec[]): Dec => values.reduce((total, value) => total.plus(value), ZERO);

const roomsOf = (use: 'own' | 'common', letter: string, most: number, band: fc.Arbitrary<RoomPart['band']>): fc.Arbitrary<RoomPart[]> =>
  fc.array(fc.tuple(hundredths(100, 3000), band), { minLength: use === 'own' ? 2 : 0, maxLength: most }).map((list) =>
    list.map(([area, height], index): RoomPart => ({ room: `${letter}${index + 1}`, part: 1, kind: 'room', use, band: height, area: dec(area) })),
  );

const high = fc.constant('from_220' as const);
const anyBand = fc.constantFrom<RoomPart['band'][]>('from_220', 'from_140', 'under_140');

function areaOf(parts: readonly RoomPart[], rooms: readonly string[] | null): Dec | null {
  const found = usableArea(LAW, parts, { rooms });
  if ('missing' in found) return null;
  expect(faults({ version: 1, result: {}, lines: found.lines })).toEqual([]);
  return found.area;
}

describe('the leases of a shared dwelling', () => {
  test('pay for the whole of it together, let or vacant', () => {
    fc.assert(
      fc.property(roomsOf('own', 'P', 6, high), roomsOf('common', 'W', 4, high), (own, common) => {
        const parts = [...own, ...common];
        const leases = own.map(({ room }) => areaOf(parts, [room]) ?? ZERO);
        expect(sum(leases).eq(areaOf(parts, null) ?? ZERO)).toBe(true);
      }),
    );
  });

  test('share the common area to the hundredth under whatever ceiling', () => {
    fc.assert(
      fc.property(roomsOf('own', 'P', 6, anyBand), hundredths(1, 6000), (own, common) => {
        const shares = roomShares(LAW, own, [], dec(common), 2);
        const counted = sum(own.map(({ area, band }) => area.times(LAW.number(`area.band.${band}`)).div(HUNDRED)));
        if (counted.isZero()) expect(shares.size).toBe(0);
        else expect(sum([...shares.values()].map(({ share }) => share)).eq(dec(common))).toBe(true);
      }),
    );
  });

  test('of several rooms pay what leases of each of them would', () => {
    fc.assert(
      fc.property(roomsOf('own', 'P', 5, high), roomsOf('common', 'W', 3, high), (own, common) => {
        const parts = [...own, ...common];
        const [first = '', second = ''] = own.map(({ room }) => room);
        expect(areaOf(parts, [first, second])?.eq((areaOf(parts, [first]) ?? ZERO).plus(areaOf(parts, [second]) ?? ZERO))).toBe(true);
      }),
    );
  });
});

describe('the users of an auxiliary room', () => {
  test('pay for the whole of it together, in whatever order they are listed', () => {
    const users = fc.uniqueArray(fc.record({ premises: fc.constantFrom('L-1', 'L-2', 'L-3', 'U-1', 'U-2'), area: hundredths(500, 12_000).map(dec) }), { minLength: 1, selector: ({ premises }) => premises });
    fc.assert(
      fc.property(hundredths(50, 4000).map(dec), users, (room, list) => {
        const shares = auxiliaryShares(LAW, room, list);
        expect(sum([...shares.values()]).eq(room)).toBe(true);
        expect([...auxiliaryShares(LAW, room, [...list].reverse())].map(String)).toEqual([...shares].map(String));
      }),
    );
  });
});
