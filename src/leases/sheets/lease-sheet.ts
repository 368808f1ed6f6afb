/** The columns of `umowy`, and how a row and a piece of a lease's history become one another. */
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { addDays } from '../../platform/dates/plain.ts';
import { spanColumns } from '../../platform/exchange/columns.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { FactCell, KnownFact } from '../../platform/facts/plan.ts';
import { dec } from '../../platform/money.ts';
import { code, decimal, integer, list, option, optional, sheet, text, yesNo, type RowOf } from '../../platform/tabular/index.ts';
import type { Basis, LeaseKind } from '../terms.ts';
import { leaseNumber } from './codes.ts';
import { roomList, roomsIn } from './view.ts';

const KIND_WORDS: Readonly<Record<string, LeaseKind>> = {
  'na czas nieoznaczony': 'indefinite', 'na czas oznaczony': 'fixed', 'najem socjalny': 'social', 'tymczasowe pomieszczenie': 'temporary_room',
  'lokal zamienny': 'replacement', pracownia: 'studio', 'bez tytułu': 'without_title',
};

const BASIS_WORDS: Readonly<Record<string, Basis>> = {
  punkty: 'points', socjalna: 'social', 'tymczasowe pomieszczenie': 'temporary_room', 'przejęty, stawki ogólne': 'taken_over_standard',
  'przejęty, stawka własna': 'taken_over_own', 'przetarg lub oferty': 'tender', 'oferty przed uchwałą': 'offers_before',
  'mieszkanie twórcy': 'artists_dwelling', 'pracownia twórcy': 'artists_studio', indywidualna: 'individual',
};

export const leaseSheet = sheet({
  name: 'umowy',
  title: 'Umowy najmu',
  columns: {
    lease: leaseNumber(),
    dwelling: code('kod_lokalu', { help: 'Kod lokalu w zasobie.', example: 'B00001-005' }),
    kind: option('rodzaj', { help: 'Rodzaj umowy; także zajmowanie lokalu bez tytułu.', example: 'na czas nieoznaczony', words: KIND_WORDS }),
    rooms: optional(list('pokoje', { help: 'Pokoje używane na wyłączność. Puste: cały lokal.', example: 'P1|P2', maxLength: 40 })),
    notice: optional(integer('wypowiedzenie_miesięcy', { help: 'Okres wypowiedzenia czynszu, jeżeli umowa ustala dłuższy niż ustawa; krótszy nie ma skutku.', example: '6', min: 1, max: 24 })),
    stayed: optional(yesNo('eksmisja_wstrzymana', { help: 'Czy sąd wstrzymał eksmisję do czasu oferty lokalu; tylko bez tytułu.', example: 'nie' })),
    basis: optional(option('podstawa', { help: 'Na czym opiera się stawka. Puste: nieustalona.', example: 'punkty', words: BASIS_WORDS })),
    document: optional(text('dokument', { help: 'Dokument, na którym opiera się podstawa; przy podstawie innej niż punkty, socjalna i tymczasowe pomieszczenie konieczny.', example: 'zarządzenie nr 120/2020', maxLength: 500 })),
    ownRate: optional(decimal('stawka_własna', { help: 'Stawka ustalona dla tej umowy, zł/m².', example: '12,40', places: 2, min: '0.01', max: '1000' })),
    ...spanColumns(),
  },
});

export type LeaseRow = RowOf<typeof leaseSheet>;

const plain: Omit<LeaseRow, 'lease' | 'dwelling' | 'from'> = {
  kind: 'indefinite', rooms: null, notice: null, stayed: null, basis: 'points', document: null, ownRate: null, until: null,
};

export const LEASE_SAMPLES: readonly LeaseRow[] = [
  { ...plain, lease: 'ZBK/2020/00012', dwelling: 'B00001-005', from: parsePlainDate('2020-03-01') },
  { ...plain, lease: 'ZBK/2021/00003', dwelling: 'B00001-006', rooms: ['P1'], from: parsePlainDate('2021-01-01') },
  { ...plain, lease: 'ZBK/2021/00004', dwelling: 'B00001-006', rooms: ['P2'], kind: 'social', basis: 'social', from: parsePlainDate('2021-02-01'), until: parsePlainDate('2024-01-31') },
  { ...plain, lease: 'ZBK/2022/00007', dwelling: 'B00002-001', basis: 'tender', document: 'zarządzenie nr 120/2022', ownRate: dec('22.10'), notice: 6, from: parsePlainDate('2022-06-01') },
];

const WITHOUT_DOCUMENT: readonly (Basis | null)[] = ['points', 'social', 'temporary_room', null];

/** What is wrong with a row by itself. */
export function leaseReasons(row: LeaseRow): Reason[] {
  const reasons: Reason[] = [];
  if (row.stayed === true && row.kind !== 'without_title') reasons.push(reason('eksmisja_wstrzymana', 'stayed_with_title'));
  if (row.basis === null && (row.document !== null || row.ownRate !== null)) reasons.push(reason('podstawa', 'basis_missing'));
  if (row.document === null && !WITHOUT_DOCUMENT.includes(row.basis)) reasons.push(reason('dokument', 'basis_undocumented'));
  return reasons;
}

/** What the row says, as cells of a piece of the lease's history. */
export function cellsOf(row: LeaseRow, dwellingId: string): Record<string, FactCell> {
  return {
    dwelling_id: dwellingId,
    kind: row.kind,
    covers: row.rooms === null ? 'whole' : 'rooms',
    notice_months: row.notice === null ? null : String(row.notice),
    eviction_stayed: String(row.stayed ?? false),
    basis: row.basis,
    document: row.document,
    own_rate: row.ownRate?.toFixed(2) ?? null,
    rooms: row.rooms === null ? null : roomList(row.rooms),
  };
}

/** The row that says what a piece of the lease's history says. */
export function rowOf(lease: string, dwelling: string, { value, range }: KnownFact): LeaseRow {
  const rooms = roomsIn(value['rooms']);
  const ownRate = value['own_rate'] ?? null;
  return {
    lease,
    dwelling,
    kind: value['kind'] as LeaseKind,
    rooms: rooms.length === 0 ? null : rooms,
    notice: value['notice_months'] == null ? null : Number(value['notice_months']),
    stayed: value['eviction_stayed'] === 'true' ? true : null,
    basis: value['basis'] as Basis | null,
    document: value['document'] ?? null,
    ownRate: ownRate === null ? null : dec(ownRate),
    from: range.from,
    until: range.to === null ? null : addDays(range.to, -1),
  };
}
