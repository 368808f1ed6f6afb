/** `ruch` and `sąsiedztwo`: traffic by the building, businesses beside the dwelling. */
import { scopeBindings } from '../../platform/access/scope.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { SPAN_SQL, evidence, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { factSheet } from '../../platform/exchange/facts-sheet.ts';
import { lawOn } from '../../platform/exchange/law.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Exchange, Setting } from '../../platform/exchange/types.ts';
import { dec } from '../../platform/money.ts';
import { column, decimal, option, optional, sheet, text, time, type Column, type ColumnTexts, type RowOf } from '../../platform/tabular/index.ts';
import { fold, nearest } from '../../platform/tabular/nearest.ts';
import { buildingsFor, dwellingsFor } from '../sql.ts';
import { buildingsByCode, dwellingsByCode } from './codes.ts';
import { buildingCode, dwellingCode } from './columns.ts';
import { BUILDING_TRAFFIC, DWELLING_BUSINESSES } from './tables.ts';

const START = parsePlainDate('2019-01-01');

/** Vehicles an hour: the three lists of annex 4. VAL-3 */
const BANDS = { 'powyżej 3000': 'over_3000', '1000-3000': '1000_3000', '500-1000': '500_1000' } as const;

const trafficSheet = sheet({
  name: 'ruch',
  title: 'Ruch uliczny',
  columns: {
    building: buildingCode(),
    street: text('ulica', { help: 'Ulica z załącznika nr 4, pisana jak tam.', example: 'ul. Józefa Dietla' }),
    segment: optional(text('odcinek', { help: 'Odcinek ulicy, jak w załączniku. Puste: cała ulica.', example: 'od ul. Józefa Dietla do Ronda Grzegórzeckiego', maxLength: 500 })),
    band: option('natężenie', { help: 'Wykaz, w którym stoi ulica: pojazdów na godzinę.', example: '1000-3000', words: BANDS }),
    distance: decimal('odległość', { help: 'Odległość budynku od ulicy w m.', example: '12,50', places: 2, min: '0', max: '20000' }),
    ...spanColumns(),
    evidence: evidence(),
  },
});

type TrafficRow = RowOf<typeof trafficSheet>;

export const traffic: Exchange<TrafficRow> = factSheet<TrafficRow>({
  sheet: trafficSheet,
  samples: [
    { building: 'B00001', street: 'ul. Józefa Dietla', segment: null, band: '1000_3000', distance: dec('12.50'), from: START, until: null, evidence: 'pomiar na mapie zasadniczej' },
  ],
  cluster: (row) => row.building,
  about: ({ street, segment }) => [street, segment],
  check(row, setting) {
    const entries = onLists(setting, row.from);
    const named = entries.filter(({ street }) => fold(street) === fold(row.street));
    const inBand = named.filter(({ band }) => band === row.band);
    const [first] = inBand;
    if (first === undefined) return { reasons: [unlisted(row, entries, named)] };
    const segment = inBand.find((entry) => fold(entry.segment) === fold(row.segment ?? ''))?.segment ?? row.segment;
    return { row: { ...row, street: first.street, segment: segment === '' ? null : segment } };
  },
  async place(trx, rows, setting) {
    const ids = await buildingsByCode(trx, rows.map(({ building }) => building));
    return (row) => {
      const id = ids.get(row.building);
      if (id === undefined) return { reasons: [reason('kod_budynku', 'building_unknown', { building: row.building })] };
      return {
        table: BUILDING_TRAFFIC,
        key: { building_id: id, street: row.street, segment: row.segment ?? '' },
        value: { band: row.band, distance_m: row.distance.toFixed(2), evidence: row.evidence },
        warnings: segmentWarnings(row, setting),
      };
    };
  },
  async *read(trx, _setting, scope) {
    const sql = `select b.code as building, f.street, nullif(f.segment, '') as segment, f.band, f.distance_m::text as distance, ${SPAN_SQL}, f.evidence
      from building_traffic f join ${buildingsFor(scope)} on b.id = f.building_id where upper_inf(f.recorded)
      order by b.code collate "C", f.street collate "C", f.segment collate "C", lower(f.valid)`;
    for await (const row of cursorRows<Omit<TrafficRow, 'distance'> & { distance: string }>(trx, sql, scopeBindings(scope))) yield { ...row, distance: dec(row.distance) };
  },
});

interface Listed {
  readonly band: string;
  readonly street: string;
  readonly segment: string;
}

function onLists(setting: Setting, day: PlainDate): readonly Listed[] {
  return lawOn(setting, day).traffic;
}

function bandWord(band: string): string {
  return Object.entries(BANDS).find(([, code]) => code === band)?.[0] ?? band;
}

function unlisted(row: TrafficRow, entries: readonly Listed[], named: readonly Listed[]): Reason {
  const elsewhere = [...new Set(named.map(({ band }) => `„${bandWord(band)}”`))].join(', ');
  return reason(named.length > 0 ? 'natężenie' : 'ulica', 'street_unlisted', {
    street: row.street,
    band: bandWord(row.band),
    nearest: named.length > 0 ? '' : (nearest(row.street, entries.map(({ street }) => street)) ?? ''),
    elsewhere: elsewhere === '' ? '' : ` Ta ulica stoi w wykazie: ${elsewhere}.`,
  });
}

/** The list names streets; a segment that is not on it is believed and pointed out. */
function segmentWarnings(row: TrafficRow, setting: Setting): Reason[] {
  const segments = onLists(setting, row.from).filter(({ street, band }) => street === row.street && band === row.band).map(({ segment }) => segment);
  if (segments.includes(row.segment ?? '')) return [];
  const known = segments.map((segment) => (segment === '' ? 'cała ulica' : `„${segment}”`)).join(', ');
  return [reason('odcinek', 'segment_unlisted', { segment: row.segment ?? 'cała ulica', street: row.street, known })];
}

/** A time of day up to the end of the day, `24:00`. */
function endOfOpening(name: string, texts: ColumnTexts): Column<string> {
  const inner = time(name, texts);
  return column(name, {
    ...texts,
    form: 'godzina, np. 22:00; koniec dnia to 24:00',
    width: inner.width,
    parse: (raw) => (raw === '24:00' ? raw : inner.read(raw)),
    print: (value) => value,
  });
}

const businessSheet = sheet({
  name: 'sąsiedztwo',
  title: 'Sąsiedztwo lokali użytkowych',
  columns: {
    dwelling: dwellingCode(),
    name: text('nazwa', { help: 'Lokal użytkowy, z którym sąsiaduje mieszkanie.', example: 'Piekarnia' }),
    opens: time('otwarcie', { help: 'Godzina otwarcia.', example: '06:00' }),
    closes: endOfOpening('zamknięcie', { help: 'Godzina zamknięcia; po północy godzina następnego dnia.', example: '18:00' }),
    ...spanColumns(),
    evidence: evidence(),
  },
});

type BusinessRow = RowOf<typeof businessSheet>;

export const businesses: Exchange<BusinessRow> = factSheet<BusinessRow>({
  sheet: businessSheet,
  samples: [{ dwelling: 'B00001-005', name: 'Piekarnia', opens: '06:00', closes: '18:00', from: START, until: null, evidence: null }],
  cluster: (row) => row.dwelling,
  about: ({ name }) => [name],
  async place(trx, rows) {
    const known = await dwellingsByCode(trx, rows.map(({ dwelling }) => dwelling));
    return ({ dwelling, name, opens, closes, evidence: proof }) => {
      const id = known.get(dwelling)?.id;
      if (id === undefined) return { reasons: [reason('kod_lokalu', 'dwelling_unknown', { dwelling })] };
      return { table: DWELLING_BUSINESSES, key: { dwelling_id: id, name }, value: { opens: `${opens}:00`, closes: `${closes}:00`, evidence: proof } };
    };
  },
  read: (trx, _setting, scope) =>
    cursorRows<BusinessRow>(
      trx,
      `select d.code as dwelling, f.name, left(f.opens::text, 5) as opens, left(f.closes::text, 5) as closes, ${SPAN_SQL}, f.evidence
       from dwelling_businesses f join ${dwellingsFor(scope)} on d.id = f.dwelling_id where upper_inf(f.recorded) order by d.code collate "C", f.name collate "C", lower(f.valid)`,
      scopeBindings(scope),
    ),
});
