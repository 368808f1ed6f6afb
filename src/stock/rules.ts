/** VAL-9, VAL-10: usable area Pw as an explained sum. Pure. */
import type { Law } from '../platform/law/book.ts';
import type { Dec } from '../platform/money.ts';
import { HUNDRED, ZERO, apportion, halfUp, plain } from '../platform/money.ts';
import { quantity, shared } from '../platform/statement/lines.ts';
import type { Line } from '../platform/statement/types.ts';
import type { Missing, RoomPart } from './facts.ts';

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
  const recorded = new Set(own.map(({ room }) => room));
  if (own.length === 0 || coverage.rooms?.some((room) => !recorded.has(room))) return { missing: [{ subject: 'lease', what: 'rooms' }] };
  const lines = own.map((part) => partLine(law, part, uncounted));
  let before = ZERO;
  for (const { counted } of lines) before = before.plus(counted);
  const common = coverage.rooms === null ? null : commonShare(law, parts, uncounted, coverage.rooms);
  if (common && 'missing' in common) return common;
  const exact = before.plus(common?.share ?? ZERO);
  const area = halfUp(exact, law.integer('area.rounding_places'));
  if (!area.gt(0)) return { missing: [{ subject: 'dwelling', what: 'usable_area' }] };
  const result: Line[] = [{ id: 'area', rule: 'VAL-9', code: 'area', amount: quantity(area, 'm2') }];
  for (const { line } of lines) result.push(line);
  if (common) result.push(...common.lines);
  if (!area.eq(exact)) {
    result.push({ id: 'area.rounding', parent: 'area', rule: 'VAL-9', code: 'rounding', amount: quantity(area.minus(exact), 'm2'), law: law.cite('area.rounding_places') });
  }
  return { area, lines: result };
}

interface CountedPart {
  readonly line: Line;
  /** m² that count. */
  readonly counted: Dec;
}

// The same room of the same size stands in many dwellings of a city, as one object.
const countedParts = new WeakMap<Law, WeakMap<RoomPart, CountedPart>>();

function partLine(law: Law, part: RoomPart, uncounted: readonly string[]): CountedPart {
  let known = countedParts.get(law);
  if (!known) countedParts.set(law, (known = new WeakMap<RoomPart, CountedPart>()));
  let counted = known.get(part);
  if (!counted) known.set(part, (counted = countPart(law, part, uncounted)));
  return counted;
}

function countPart(law: Law, part: RoomPart, uncounted: readonly string[]): CountedPart {
  const id = `room.${part.room}.${part.part}`;
  const args = { room: part.room, kind: part.kind, band: part.band };
  if (uncounted.includes(part.kind)) {
    const line: Line = {
      id, parent: 'area', rule: 'VAL-9', code: 'room_not_counted', args,
      quantity: quantity(part.area, 'm2'), rate: '0 %', amount: '0 m2', law: law.cite('area.kinds_not_counted'),
    };
    return { line: shared(line), counted: ZERO };
  }
  const key = `area.band.${part.band}`;
  const share = law.number(key);
  const counted = part.area.times(share).div(HUNDRED);
  const line: Line = {
    id, parent: 'area', rule: 'VAL-9', code: 'room', args,
    quantity: quantity(part.area, 'm2'), rate: quantity(share, '%'), amount: quantity(counted, 'm2'), law: law.cite(key),
  };
  return { line: shared(line), counted };
}

/** Counted area of the parts, m². */
function countedArea(law: Law, parts: readonly RoomPart[], uncounted: readonly string[]): Dec {
  return parts
    .filter((part) => !uncounted.includes(part.kind))
    .reduce((sum, part) => sum.plus(part.area.times(law.number(`area.band.${part.band}`)).div(HUNDRED)), ZERO);
}

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
  const common = halfUp(countedArea(law, parts.filter((part) => part.use === 'common'), uncounted), places);
  if (common.isZero()) return { share: ZERO, lines: [] };
  const shares = roomShares(law, parts, uncounted, common, places);
  if (shares.size === 0) return { missing: [{ subject: 'dwelling', what: 'usable_area' }] };
  const whole = [...shares.values()].reduce((sum, { own }) => sum.plus(own), ZERO);
  let share = ZERO;
  const lines: Line[] = [];
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

/** Each room used alone with its own area and its share of the common area, m². */
export function roomShares(
  law: Law,
  parts: readonly RoomPart[],
  uncounted: readonly string[],
  common: Dec,
  places: number,
): Map<string, { own: Dec; share: Dec }> {
  const rooms = [...new Set(parts.filter((part) => part.use === 'own').map((part) => part.room))].sort();
  const own = rooms.map((room) => countedArea(law, parts.filter((part) => part.room === room), uncounted));
  if (!own.some((area) => area.gt(0))) return new Map();
  const shares = apportion(common, own, places);
  return new Map(rooms.map((room, index) => [room, { own: own[index] ?? ZERO, share: shares[index] ?? ZERO }]));
}

/** A user of an auxiliary room with the usable area of the premises it owns, m². VAL-10 */
export interface AuxiliaryUser {
  readonly premises: string;
  readonly area: Dec;
}

/** Each user's part of an auxiliary room, to 0.01 m² by largest remainder in the order of the premises' codes. P ann. 2 I.4 */
export function auxiliaryShares(law: Law, room: Dec, users: readonly AuxiliaryUser[]): Map<string, Dec> {
  const ordered = [...users].sort((a, b) => (a.premises < b.premises ? -1 : 1));
  const shares = apportion(room, ordered.map(({ area }) => area), law.integer('area.share_places'));
  return new Map(ordered.map(({ premises }, index) => [premises, shares[index] ?? ZERO]));
}
