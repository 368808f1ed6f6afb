/** `pomocnicze` and `pomocnicze_użytkownicy`: passages owned by the city and who uses them. VAL-10 */
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { SPAN_SQL, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { factSheet } from '../../platform/exchange/facts-sheet.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Exchange } from '../../platform/exchange/types.ts';
import { dec } from '../../platform/money.ts';
import { code, decimal, optional, sheet, text, type Column, type RowOf } from '../../platform/tabular/index.ts';
import { auxiliaryRoomsFor } from '../sql.ts';
import { auxiliaryRoomsByCode, buildingsByCode, dwellingsByCode } from './codes.ts';
import { buildingCode, dwellingCode } from './columns.ts';
import { AUXILIARY_AREAS, AUXILIARY_USERS } from './tables.ts';

const START = parsePlainDate('2019-01-01');

const auxiliaryCode = (): Column<string> => code('kod_pomieszczenia', { help: 'Kod pomieszczenia pomocniczego.', example: 'B00002-PP1' });

const areaSheet = sheet({
  name: 'pomocnicze',
  title: 'Pomieszczenia pomocnicze',
  columns: {
    room: auxiliaryCode(),
    building: buildingCode(),
    area: decimal('powierzchnia', { help: 'Powierzchnia w m².', example: '6,40', places: 2, min: '0.01', max: '10000' }),
    ...spanColumns(),
  },
});

type AreaRow = RowOf<typeof areaSheet>;

export const auxiliaryRooms: Exchange<AreaRow> = factSheet<AreaRow>({
  sheet: areaSheet,
  samples: [{ room: 'B00002-PP1', building: 'B00002', area: dec('6.40'), from: START, until: null }],
  cluster: (row) => row.room,
  async place(trx, rows) {
    const buildingIds = await buildingsByCode(trx, rows.map(({ building }) => building));
    const known = await ensureRooms(trx, rows, buildingIds);
    return ({ room, building, area }) => {
      if (!buildingIds.has(building)) return { reasons: [reason('kod_budynku', 'building_unknown', { building })] };
      const there = known.get(room);
      if (there !== undefined && there.building !== building) return { reasons: [reason('kod_budynku', 'auxiliary_elsewhere', { room, building: there.building })] };
      return { table: AUXILIARY_AREAS, key: { auxiliary_room_id: there?.id ?? null }, value: { area_m2: area.toFixed(2) } };
    };
  },
  async *read(trx, _setting, scope) {
    const sql = `select a.code as room, b.code as building, f.area_m2::text as area, ${SPAN_SQL}
      from auxiliary_room_areas f join ${auxiliaryRoomsFor(scope)} on a.id = f.auxiliary_room_id join buildings b on b.id = a.building_id
      where upper_inf(f.recorded) order by a.code collate "C", lower(f.valid)`;
    for await (const row of cursorRows<Omit<AreaRow, 'area'> & { area: string }>(trx, sql, scopeBindings(scope))) yield { ...row, area: dec(row.area) };
  },
});

async function ensureRooms(trx: Transaction, rows: readonly AreaRow[], buildingIds: ReadonlyMap<string, string>): Promise<Map<string, { id: string; building: string }>> {
  const known = await auxiliaryRoomsByCode(trx, rows.map(({ room }) => room));
  const fresh = new Map<string, string>();
  for (const { room, building } of rows) {
    const id = buildingIds.get(building);
    if (id !== undefined && !known.has(room) && !fresh.has(room)) fresh.set(room, id);
  }
  if (fresh.size === 0) return known;
  await trx.raw('insert into auxiliary_rooms (code, building_id) select k.code, k.building_id from unnest(?::text[], ?::bigint[]) as k(code, building_id) on conflict do nothing', [
    [...fresh.keys()],
    [...fresh.values()],
  ]);
  return new Map([...known, ...(await auxiliaryRoomsByCode(trx, [...fresh.keys()]))]);
}

const userSheet = sheet({
  name: 'pomocnicze_użytkownicy',
  title: 'Użytkownicy pomocniczych',
  columns: {
    room: auxiliaryCode(),
    premises: text('lokal', { help: 'Czyj to udział: oznaczenie lokalu, także cudzego.', example: 'lokal nr 12 (własność prywatna)', maxLength: 120 }),
    dwelling: optional(dwellingCode()),
    area: optional(decimal('powierzchnia', { help: 'Powierzchnia cudzego lokalu w m²; lokal z zasobu liczy się z powierzchnią najmu.', example: '48,20', places: 2, min: '0.01', max: '10000' })),
    ...spanColumns(),
  },
});

type UserRow = RowOf<typeof userSheet>;

export const auxiliaryUsers: Exchange<UserRow> = factSheet<UserRow>({
  sheet: userSheet,
  samples: [
    { room: 'B00002-PP1', premises: 'lokal nr 1', dwelling: 'B00002-001', area: null, from: START, until: null },
    { room: 'B00002-PP1', premises: 'lokal nr 12 (własność prywatna)', dwelling: null, area: dec('48.20'), from: START, until: null },
  ],
  cluster: (row) => row.room,
  about: ({ premises }) => [premises],
  check: (row) => ((row.dwelling === null) === (row.area === null) ? { reasons: [reason('kod_lokalu', 'user_area')] } : { row }),
  async place(trx, rows) {
    const known = await auxiliaryRoomsByCode(trx, rows.map(({ room }) => room));
    const dwellings = await dwellingsByCode(trx, rows.flatMap(({ dwelling }) => dwelling ?? []));
    return ({ room, premises, dwelling, area }) => {
      const id = known.get(room)?.id;
      if (id === undefined) return { reasons: [reason('kod_pomieszczenia', 'auxiliary_unknown', { room })] };
      const dwellingId = dwelling === null ? null : dwellings.get(dwelling)?.id;
      if (dwellingId === undefined) return { reasons: [reason('kod_lokalu', 'dwelling_unknown', { dwelling: dwelling ?? '' })] };
      return { table: AUXILIARY_USERS, key: { auxiliary_room_id: id, premises }, value: { dwelling_id: dwellingId, area_m2: area?.toFixed(2) ?? null } };
    };
  },
  async *read(trx, _setting, scope) {
    const sql = `select a.code as room, f.premises, d.code as dwelling, f.area_m2::text as area, ${SPAN_SQL}
      from auxiliary_room_users f join ${auxiliaryRoomsFor(scope)} on a.id = f.auxiliary_room_id left join dwellings d on d.id = f.dwelling_id
      where upper_inf(f.recorded) order by a.code collate "C", f.premises collate "C", lower(f.valid)`;
    for await (const row of cursorRows<Omit<UserRow, 'area'> & { area: string | null }>(trx, sql, scopeBindings(scope))) yield { ...row, area: row.area === null ? null : dec(row.area) };
  },
});
