/** `lokale` and `pomieszczenia`. */
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { SPAN_SQL, designation, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import type { Placed } from '../../platform/exchange/facts-sheet.ts';
import { factSheet } from '../../platform/exchange/facts-sheet.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Exchange } from '../../platform/exchange/types.ts';
import { dec } from '../../platform/money.ts';
import { optional, sheet, text, yesNo, type RowOf } from '../../platform/tabular/index.ts';
import { dwellingsFor } from '../sql.ts';
import type { KnownDwelling } from './codes.ts';
import { buildingsByCode, dwellingsByCode, staircaseKey, staircasesOf } from './codes.ts';
import { buildingCode, dwellingCode, staircaseCode } from './columns.ts';
import { roomColumns } from './room-columns.ts';
import { DWELLING_DETAILS, ROOM_PARTS } from './tables.ts';

const START = parsePlainDate('2019-01-01');

const dwellingSheet = sheet({
  name: 'lokale',
  title: 'Lokale',
  columns: {
    dwelling: dwellingCode(),
    building: buildingCode(),
    staircase: optional(staircaseCode('Klatka, na której leży lokal. Puste: lokal nie leży na żadnej.')),
    number: text('numer', { help: 'Numer lokalu w budynku.', example: '5', maxLength: 20 }),
    shared: yesNo('wspólny', { help: 'Czy części lokalu najmuje się odrębnymi umowami.', example: 'nie' }),
    holder: text('dysponent', { help: 'Jednostka, która dysponuje lokalem.', example: 'ZBK', maxLength: 200 }),
    ...spanColumns(),
  },
});

type DwellingRow = RowOf<typeof dwellingSheet>;

export const dwellings: Exchange<DwellingRow> = factSheet<DwellingRow>({
  sheet: dwellingSheet,
  samples: [
    { dwelling: 'B00001-005', building: 'B00001', staircase: '1', number: '5', shared: false, holder: 'ZBK', from: START, until: null },
    { dwelling: 'B00001-006', building: 'B00001', staircase: '1', number: '6', shared: true, holder: 'ZBK', from: START, until: null },
    { dwelling: 'B00002-001', building: 'B00002', staircase: null, number: '1', shared: false, holder: 'ZBK', from: START, until: null },
  ],
  cluster: (row) => row.dwelling,
  async place(trx, rows) {
    const buildingIds = await buildingsByCode(trx, rows.map(({ building }) => building));
    const staircaseIds = await staircasesOf(trx, rows.map(({ building }) => building));
    const known = await ensureDwellings(trx, rows, buildingIds, staircaseIds);
    return (row) => placeDwelling(row, buildingIds, staircaseIds, known);
  },
  read: (trx, _setting, scope) =>
    cursorRows<DwellingRow>(
      trx,
      `select d.code as dwelling, b.code as building, s.code as staircase, f.number, f.shared, f.holder, ${SPAN_SQL}
       from dwelling_details f join ${dwellingsFor(scope)} on d.id = f.dwelling_id join buildings b on b.id = d.building_id left join staircases s on s.id = f.staircase_id
       where upper_inf(f.recorded) order by d.code collate "C", lower(f.valid)`,
      scopeBindings(scope),
    ),
});

type Ids = ReadonlyMap<string, string>;

/** Dwellings that are new belong to the building of the first row that names them. */
async function ensureDwellings(trx: Transaction, rows: readonly DwellingRow[], buildingIds: Ids, staircaseIds: Ids): Promise<Map<string, KnownDwelling>> {
  const known = await dwellingsByCode(trx, rows.map(({ dwelling }) => dwelling));
  const fresh = new Map<string, string>();
  for (const row of rows) {
    const buildingId = buildingIds.get(row.building);
    const placed = row.staircase === null || staircaseIds.has(staircaseKey(row.building, row.staircase));
    if (buildingId !== undefined && placed && !known.has(row.dwelling) && !fresh.has(row.dwelling)) fresh.set(row.dwelling, buildingId);
  }
  if (fresh.size === 0) return known;
  await trx.raw('insert into dwellings (code, building_id) select k.code, k.building_id from unnest(?::text[], ?::bigint[]) as k(code, building_id) on conflict do nothing', [
    [...fresh.keys()],
    [...fresh.values()],
  ]);
  return new Map([...known, ...(await dwellingsByCode(trx, [...fresh.keys()]))]);
}

function placeDwelling({ dwelling, building, staircase, number, shared, holder }: DwellingRow, buildingIds: Ids, staircaseIds: Ids, known: ReadonlyMap<string, KnownDwelling>): Placed {
  if (!buildingIds.has(building)) return { reasons: [reason('kod_budynku', 'building_unknown', { building })] };
  const staircaseId = staircase === null ? null : staircaseIds.get(staircaseKey(building, staircase));
  const there = known.get(dwelling);
  if (there !== undefined && there.building !== building) return { reasons: [reason('kod_budynku', 'dwelling_elsewhere', { dwelling, building: there.building })] };
  if (staircaseId === undefined) return { reasons: [reason('klatka', 'staircase_unknown', { building, staircase: staircase ?? '' })] };
  return { table: DWELLING_DETAILS, key: { dwelling_id: there?.id ?? null }, value: { staircase_id: staircaseId, number, shared: String(shared), holder } };
}

const roomSheet = sheet({
  name: 'pomieszczenia',
  title: 'Pomieszczenia',
  columns: { dwelling: dwellingCode(), room: designation('pomieszczenie', 'Oznaczenie pomieszczenia w lokalu.', 'P1'), ...roomColumns(), ...spanColumns() },
});

type RoomRow = RowOf<typeof roomSheet>;

const sample = (dwelling: string, room: string, kind: string, use: RoomRow['use'], area: string): RoomRow => ({
  dwelling, room, part: 1, kind, use, band: 'from_220', area: dec(area), from: START, until: null,
});

export const rooms: Exchange<RoomRow> = factSheet<RoomRow>({
  sheet: roomSheet,
  samples: [
    sample('B00001-005', 'P1', 'room', 'own', '18.40'),
    sample('B00001-005', 'K1', 'kitchen', 'own', '7.25'),
    sample('B00001-006', 'P1', 'room', 'own', '14.10'),
    sample('B00001-006', 'P2', 'room', 'own', '16.35'),
    sample('B00001-006', 'K1', 'kitchen', 'common', '8.00'),
    sample('B00002-001', 'P1', 'room', 'own', '21.00'),
    { ...sample('B00002-001', 'P1', 'room', 'own', '3.15'), part: 2, band: 'from_140' },
  ],
  cluster: (row) => row.dwelling,
  about: ({ room, part }) => [room, String(part)],
  async place(trx, rows) {
    const known = await dwellingsByCode(trx, rows.map(({ dwelling }) => dwelling));
    return ({ dwelling, room, part, kind, use, band, area }) => {
      const id = known.get(dwelling)?.id;
      if (id === undefined) return { reasons: [reason('kod_lokalu', 'dwelling_unknown', { dwelling })] };
      return { table: ROOM_PARTS, key: { dwelling_id: id, room, part: String(part) }, value: { kind, use, band, area_m2: area.toFixed(2) } };
    };
  },
  async *read(trx, _setting, scope) {
    const sql = `select d.code as dwelling, f.room, f.part, f.kind, f.use, f.band, f.area_m2::text as area, ${SPAN_SQL}
      from room_parts f join ${dwellingsFor(scope)} on d.id = f.dwelling_id where upper_inf(f.recorded) order by d.code collate "C", f.room collate "C", f.part, lower(f.valid)`;
    for await (const row of cursorRows<Omit<RoomRow, 'area'> & { area: string }>(trx, sql, scopeBindings(scope))) yield { ...row, area: dec(row.area) };
  },
});
