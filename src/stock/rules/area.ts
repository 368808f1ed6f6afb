/** VAL-9, VAL-10: usable area Pw as an explained sum. Pure. */
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { ZERO, halfUp, plain } from '../../platform/money.ts';
import { quantity } from '../../platform/statement/lines.ts';
import type { Line } from '../../platform/statement/types.ts';
import type { Missing, RoomPart } from '../facts.ts';
import { countedArea, countedPart, decimalOf, totalOf, totalOfWhole } from './counted.ts';
import { roomShares } from './shares.ts';

/** The rooms a lease of a shared dwelling uses alone, and those of the other leases and vacant rooms beside it. */
export interface Coverage {
  /** Codes of the rooms the lease uses alone; null = the whole dwelling. */
  readonly rooms: readonly string[] | null;
}

export interface Area {
  /** m², to 0.01. */
  readonly area: Dec;
  readonly lines: readonly Line[];
}

export const WHOLE: Coverage = { rooms: null };

/**
 * Usable area: rooms in or outside the dwelling, whatever their purpose; not balconies, cellars and the like (P ann. 2 I.4). Parts from
 * 2.20 m high count whole, from 1.40 m to under 2.20 m half, lower not at all (UOPL art. 2(2)). In a shared dwelling the common area is
 * charged in proportion to the area each lease uses alone (P ann. 2 I.4).
 */
export function usableArea(law: Law, parts: readonly RoomPart[], coverage: Coverage): Area | { readonly missing: readonly Missing[] } {
  if (parts.length === 0) return { missing: [{ subject: 'dwelling', what: 'rooms' }] };
  const uncounted = law.list('area.kinds_not_counted');
  const own = coverage.rooms === null ? parts : parts.filter((part) => part.use === 'own' && coverage.rooms?.includes(part.room));
  // A room of the lease that is not recorded would be charged as nothing: it is missing instead.
  if (own.length === 0 || coverage.rooms?.some((room) => !own.some((part) => part.room === room))) return { missing: [{ subject: 'lease', what: 'rooms' }] };
  const result: Line[] = [NO_AREA];
  let sum = 0;
  let rest = ZERO;
  for (const part of own) {
    const { line, area, whole } = countedPart(law, part, uncounted);
    result.push(line);
    if (whole === null) rest = rest.plus(area);
    else sum += whole;
  }
  const common = coverage.rooms === null ? null : commonShare(law, parts, uncounted, coverage.rooms);
  if (common && 'missing' in common) return common;
  if (common) {
    rest = rest.plus(common.share);
    result.push(...common.lines);
  }
  const total = rest.isZero() ? totalOfWhole(law, sum) : totalOf(law, rest.plus(decimalOf(sum)));
  if (!total.area.gt(0)) return { missing: [{ subject: 'dwelling', what: 'usable_area' }] };
  result[0] = total.line;
  if (total.rounding !== null) result.push(total.rounding);
  return { area: total.area, lines: result };
}

const NO_AREA: Line = { id: 'area', rule: 'VAL-9', code: 'area' };

/**
 * The lease's part of the common area: every room used alone, let or vacant, has its share by its own area, to 0.01 m² by largest
 * remainder in the order of the rooms' codes, so that the shares add up to the common area exactly. VAL-10, reading
 */
function commonShare(
  law: Law,
  parts: readonly RoomPart[],
  uncounted: readonly string[],
  covered: readonly string[],
): { share: Dec; lines: Line[] } | { missing: readonly Missing[] } {
  const places = law.integer('area.share_places');
  const exact = countedArea(law, parts.filter((part) => part.use === 'common'), uncounted);
  const common = halfUp(exact, places);
  if (common.isZero()) return { share: ZERO, lines: [] };
  const shares = roomShares(law, parts, uncounted, common, places);
  if (shares.size === 0) return { missing: [{ subject: 'dwelling', what: 'usable_area' }] };
  const whole = [...shares.values()].reduce((sum, { own }) => sum.plus(own), ZERO);
  let share = ZERO;
  const lines: Line[] = common.eq(exact) ? [] : [roundedCommon(law, exact, common)];
  for (const room of [...covered].sort()) {
    const entry = shares.get(room);
    if (!entry) continue;
    share = share.plus(entry.share);
    lines.push({
      id: `common.${room}`, parent: 'area', rule: 'VAL-10', code: 'common_share',
      args: { room, own: plain(entry.own), whole: plain(whole), common: plain(common) },
      amount: quantity(entry.share, 'm2'), law: law.cite('area.share_places'),
    });
  }
  return { share, lines };
}

/** What is shared is rounded first, so that the shares add up to it: a line without an amount says so. VAL-10, reading */
function roundedCommon(law: Law, exact: Dec, common: Dec): Line {
  return { id: 'common', parent: 'area', rule: 'VAL-10', code: 'common_rounded', args: { exact: plain(exact), common: plain(common) }, law: law.cite('area.share_places') };
}
