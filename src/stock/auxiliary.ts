/** An auxiliary room with its users on a day: area of the room in m², and of the premises that use it. VAL-10 */
import type { Reader } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { rows } from '../platform/database/connect.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { auxiliaryRoomsFor, buildingsFor } from './sql.ts';

export interface AuxiliaryRoom {
  readonly code: string;
  /** m² */
  readonly area: string;
  readonly users: readonly {
    readonly premises: string;
    /** Code of a dwelling of the stock, which counts with its leased area; null = premises owned by somebody else. */
    readonly dwelling: string | null;
    /** m² of premises owned by somebody else. */
    readonly area: string | null;
  }[];
}

/** @throws DomainError `auxiliary_room_unknown` */
export async function auxiliaryRoomAt(reader: Reader, code: string, day: PlainDate, knownAt: Instant): Promise<AuxiliaryRoom> {
  const scope = scopeOf(reader);
  const [found] = await rows<AuxiliaryRoom>(
    reader.db,
    `select a.code, s.area_m2::text as area, coalesce((
        select json_agg(json_build_object('premises', u.premises, 'dwelling', d.code, 'area', u.area_m2::text) order by u.premises)
        from auxiliary_room_users u left join dwellings d on d.id = u.dwelling_id
        where u.auxiliary_room_id = a.id and u.valid @> :day::date and u.recorded @> :known::timestamptz), '[]') as users
     from ${auxiliaryRoomsFor(scope)} join auxiliary_room_areas s on s.auxiliary_room_id = a.id and s.valid @> :day::date and s.recorded @> :known::timestamptz
     where a.code = :code`,
    { ...scopeBindings(scope), code, day, known: knownAt },
  );
  if (!found) throw new DomainError('not found', 'auxiliary_room_unknown', { room: code, day });
  return found;
}

/** Codes of the reader's auxiliary rooms with their buildings. */
export function listAuxiliaryRooms(reader: Reader): Promise<{ room: string; building: string }[]> {
  const scope = scopeOf(reader);
  return rows(reader.db, `select a.code as room, b.code as building from auxiliary_rooms a join ${buildingsFor(scope)} on b.id = a.building_id order by a.code`, scopeBindings(scope));
}
