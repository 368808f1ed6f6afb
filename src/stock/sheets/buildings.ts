/** `budynki` and `klatki`. */
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { SPAN_SQL, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { NO_COUNTS, factSheet, joinKey } from '../../platform/exchange/facts-sheet.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Applied, Exchange, ImportRow, Remark } from '../../platform/exchange/types.ts';
import { code, option, sheet, text, type RowOf } from '../../platform/tabular/index.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { buildingsFor } from '../sql.ts';
import { buildingsByCode, distinct, staircaseKey, staircasesOf } from './codes.ts';
import { buildingCode, staircaseCode } from './columns.ts';
import { BUILDING_DETAILS } from './tables.ts';

const buildingSheet = sheet({
  name: 'budynki',
  title: 'Budynki',
  columns: {
    building: buildingCode(),
    street: text('ulica', { help: 'Ulica z jej rodzajem, jak w adresie.', example: 'ul. Józefa Dietla', maxLength: 120 }),
    number: text('numer', { help: 'Numer budynku.', example: '14a', maxLength: 20 }),
    postcode: code('kod_pocztowy', { help: 'Kod pocztowy budynku.', example: '31-070', pattern: /^\d\d-\d\d\d$/u, form: 'dwie cyfry, kreska, trzy cyfry, np. 31-070' }),
    district: text('dzielnica', { help: 'Dzielnica miasta.', example: 'I Stare Miasto', maxLength: 60 }),
    ownership: option('własność', {
      help: 'Czyj jest budynek.',
      example: 'gmina',
      words: { gmina: 'municipal', wspólnota: 'community', 'Skarb Państwa': 'state', nieustalona: 'unclear' },
    }),
    manager: text('zarządca', { help: 'Kto zarządza budynkiem.', example: 'ZBK', maxLength: 200 }),
    ...spanColumns(),
  },
});

type BuildingRow = RowOf<typeof buildingSheet>;

const START = parsePlainDate('2019-01-01');

export const buildings: Exchange<BuildingRow> = factSheet<BuildingRow>({
  sheet: buildingSheet,
  samples: [
    { building: 'B00001', street: 'ul. Józefa Dietla', number: '14a', postcode: '31-070', district: 'I Stare Miasto', ownership: 'municipal', manager: 'ZBK', from: START, until: null },
    { building: 'B00002', street: 'ul. Kocmyrzowska', number: '4', postcode: '31-750', district: 'XVI Bieńczyce', ownership: 'community', manager: 'Wspólnota Mieszkaniowa ul. Kocmyrzowska 4', from: START, until: null },
  ],
  cluster: (row) => row.building,
  async place(trx, rows) {
    const ids = await ensureBuildings(trx, rows.map(({ building }) => building));
    return ({ building, street, number, postcode, district, ownership, manager }) => ({
      table: BUILDING_DETAILS,
      key: { building_id: ids.get(building) ?? null },
      value: { street, number, postcode, district, ownership, manager },
    });
  },
  read: (trx, _setting, scope) =>
    cursorRows<BuildingRow>(
      trx,
      `select b.code as building, f.street, f.number, f.postcode, f.district, f.ownership, f.manager, ${SPAN_SQL}
       from building_details f join ${buildingsFor(scope)} on b.id = f.building_id where upper_inf(f.recorded) order by b.code collate "C", lower(f.valid)`,
      scopeBindings(scope),
    ),
});

async function ensureBuildings(trx: Transaction, codes: readonly string[]): Promise<Map<string, string>> {
  const known = await buildingsByCode(trx, codes);
  const fresh = distinct(codes).filter((one) => !known.has(one));
  if (fresh.length === 0) return known;
  await trx.raw('insert into buildings (code) select code from unnest(?::text[]) as k(code) on conflict do nothing', [fresh]);
  return new Map([...known, ...(await buildingsByCode(trx, fresh))]);
}

const staircaseSheet = sheet({
  name: 'klatki',
  title: 'Klatki schodowe',
  columns: { building: buildingCode(), staircase: staircaseCode('Oznaczenie klatki w budynku.') },
});

type StaircaseRow = RowOf<typeof staircaseSheet>;

export const staircases: Exchange<StaircaseRow> = {
  sheet: staircaseSheet,
  samples: [
    { building: 'B00001', staircase: '1' },
    { building: 'B00002', staircase: '1' },
  ],
  span: () => null,
  cluster: (row) => row.building,
  key: (row) => joinKey(row.building, row.staircase),
  check: (row) => ({ row }),
  async apply(trx, _stamp, rows): Promise<Applied> {
    const codes = rows.map(({ value }) => value.building);
    const buildingIds = await buildingsByCode(trx, codes);
    const known = await staircasesOf(trx, codes);
    const refused = rows.flatMap(({ line, value: { building } }): Remark[] =>
      buildingIds.has(building) ? [] : [{ line, reasons: [reason('kod_budynku', 'building_unknown', { building })] }],
    );
    const fresh = rows.filter(({ value: { building, staircase } }) => buildingIds.has(building) && !known.has(staircaseKey(building, staircase)));
    await insertStaircases(trx, fresh, buildingIds);
    const counts = { ...NO_COUNTS, added: fresh.length, unchanged: rows.length - refused.length - fresh.length };
    return { counts, refused, warnings: [] };
  },
  read: (trx, _setting, scope) =>
    cursorRows<StaircaseRow>(
      trx,
      `select b.code as building, s.code as staircase from staircases s join ${buildingsFor(scope)} on b.id = s.building_id
       order by b.code collate "C", s.code collate "C"`,
      scopeBindings(scope),
    ),
};

async function insertStaircases(trx: Transaction, rows: readonly ImportRow<StaircaseRow>[], buildingIds: ReadonlyMap<string, string>): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw('insert into staircases (building_id, code) select k.building_id, k.code from unnest(?::bigint[], ?::text[]) as k(building_id, code) on conflict do nothing', [
    rows.map(({ value }) => buildingIds.get(value.building) ?? ''),
    rows.map(({ value }) => value.staircase),
  ]);
}
