/** VAL-10: shares of a common area and of an auxiliary room. Pure. */
import type { Law } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { ZERO, apportion } from '../../platform/money.ts';
import type { RoomPart } from '../facts.ts';
import { countedArea } from './counted.ts';

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
