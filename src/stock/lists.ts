/** Lists of buildings and dwellings, and one dwelling with everything recorded about it. */
import { z } from 'zod';
import type { Reader, Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { ListPage, Listing } from '../platform/database/listing.ts';
import { has, polish, readList } from '../platform/database/listing.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { buildingsFor, dwellingPlacesFor, dwellingsFor, placeOrder, placesOn, streetHas } from './sql.ts';

const part = z.string().trim().min(1).max(120).optional();
const word = z.string().trim().min(1).max(60).optional();

export const dwellingFilter = z.strictObject({
  /** Beginning of the code. */
  code: word,
  building: word,
  /** Code within the building. */
  staircase: word,
  /** Part of the name, whatever its case. */
  street: part,
  building_number: word,
  number: word,
  /** Beginning of the postcode. */
  postcode: word,
  district: word,
  /** Part of the name of whoever holds it. */
  holder: part,
});
export type DwellingFilter = z.output<typeof dwellingFilter>;

export const DWELLING_SORTS = ['code', 'street', 'district', 'building', 'postcode', 'holder'] as const;
export type DwellingSort = (typeof DWELLING_SORTS)[number];

export interface DwellingRow {
  readonly dwelling: string;
  readonly building: string;
  readonly street: string | null;
  readonly buildingNumber: string | null;
  readonly number: string | null;
  readonly postcode: string | null;
  readonly district: string | null;
  readonly staircase: string | null;
  readonly shared: boolean | null;
  readonly holder: string | null;
}

const COLUMNS = 'p.dwelling, p.building, p.street, p.building_number as "buildingNumber", p.number, p.postcode, p.district, p.staircase, p.shared, p.holder';

const listing = (scope: Scope): Listing<DwellingFilter, DwellingSort> => ({
  columns: COLUMNS,
  from: dwellingPlacesFor(scope),
  indexed: true,
  where: ['p.since <= :day::date', 'p.until > :day::date'],
  filters: {
    code: 'starts_with(p.dwelling, :code)', building: 'p.building = :building', staircase: 'p.staircase = :staircase', street: streetHas('p.street', 'street'),
    building_number: 'p.building_number = :building_number', number: 'p.number = :number', postcode: 'starts_with(p.postcode, :postcode)', district: 'p.district = :district', holder: has('p.holder', 'holder'),
  },
  sorts: {
    code: ['p.dwelling'], street: placeOrder('p'), district: [polish('p.district'), ...placeOrder('p')], building: ['p.building', 'p.number_order', polish('p.number')],
    postcode: ['p.postcode', ...placeOrder('p')], holder: [polish('p.holder'), ...placeOrder('p')],
  },
  key: 'p.dwelling_id',
});

/** Dwellings as they stand on the day, those that lie then in the reader's scope. */
export function listDwellings(reader: Reader, day: PlainDate, filter: DwellingFilter, page: ListPage<DwellingSort>): Promise<{ items: DwellingRow[]; total: number }> {
  const scope = scopeOf(reader, day);
  return readList<DwellingRow, DwellingFilter, DwellingSort>(reader.db, listing(scope), filter, page, { ...scopeBindings(scope), day });
}

/** Districts in which dwellings of the reader's lie on the day, in Polish order. */
export async function listDistricts(reader: Reader, day: PlainDate): Promise<string[]> {
  const scope = scopeOf(reader, day);
  const found = await rows<{ district: string }>(
    reader.db,
    `select z.district from (select distinct bd.district from ${buildingsFor(scope)} join building_details bd on bd.building_id = b.id and bd.valid @> :day::date and upper_inf(bd.recorded)) z
     where z.district is not null order by ${polish('z.district')}`,
    { ...scopeBindings(scope), day },
  );
  return found.map(({ district }) => district);
}

/** A recorded fact with its days and who recorded it; what was corrected stays in the history. */
export interface FactRow {
  readonly subject: 'building' | 'staircase' | 'dwelling';
  readonly slot: string;
  readonly value: string;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly evidence: string | null;
  readonly knownFrom: string;
  readonly knownTo: string | null;
  readonly actor: string;
  readonly reason: string;
  /** Who corrected, cut or ended it, and why; null while it counts. */
  readonly closedBy: string | null;
  readonly closedReason: string | null;
}

function factSql(subject: string, shape: 'option' | 'value', where: string): string {
  const table = `${subject}_${shape === 'option' ? 'options' : 'measures'}`;
  return `select '${subject}' as subject, f.slot, f.${shape}::text as value, lower(f.valid) as from, upper(f.valid) as to, f.evidence,
    lower(f.recorded) as "knownFrom", upper(f.recorded) as "knownTo", c.actor, c.reason, x.actor as "closedBy", x.reason as "closedReason"
    from ${table} f join changes c on c.id = f.change_id left join changes x on x.id = f.closed_change_id where ${where}`;
}

/** Everything ever recorded about a dwelling, its staircase and its building. @throws DomainError `dwelling_unknown` */
export async function factHistory(reader: Reader, code: string, day: PlainDate): Promise<{ dwelling: DwellingRow; facts: FactRow[] }> {
  const { db } = reader;
  const scope = scopeOf(reader);
  const found = await rows<DwellingRow>(db, `select ${COLUMNS} from ${dwellingsFor(scope)} join ${placesOn(':day::date')} p on p.dwelling_id = d.id where d.code = :code`, { ...scopeBindings(scope), day, code });
  const [dwelling] = found;
  if (!dwelling) throw new DomainError('not found', 'dwelling_unknown', { dwelling: code });
  const ids = await row<{ id: string; building_id: string; staircase_id: string | null }>(
    db,
    `select d.id, d.building_id, (select dd.staircase_id from dwelling_details dd where dd.dwelling_id = d.id and dd.valid @> ?::date and upper_inf(dd.recorded)) as staircase_id
     from dwellings d where d.code = ?`,
    [day, code],
  );
  const parts = ([['building', ids.building_id], ['staircase', ids.staircase_id ?? '0'], ['dwelling', ids.id]] as const).flatMap(([subject, id]) =>
    (['option', 'value'] as const).map((shape) => ({ sql: factSql(subject, shape, `f.${subject}_id = ?`), id })),
  );
  const facts = await rows<FactRow>(db, `${parts.map(({ sql }) => sql).join(' union all ')} order by subject, slot, "from", "knownFrom"`, parts.map(({ id }) => id));
  return { dwelling, facts };
}
