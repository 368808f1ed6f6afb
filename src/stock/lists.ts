/** Lists of buildings and dwellings, and one dwelling with everything recorded about it. */
import { z } from 'zod';
import type { Reader, Scope } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { dwellingsFor } from './sql.ts';

export const dwellingFilter = z.strictObject({
  building: z.string().max(60).optional(),
  district: z.string().max(60).optional(),
  street: z.string().max(120).optional(),
  /** Beginning of the code. */
  code: z.string().max(60).optional(),
});

export const DWELLING_SORTS = ['code', 'street', 'district'] as const;
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

const fromOf = (scope: Scope): string => `
  from ${dwellingsFor(scope)} join buildings b on b.id = d.building_id
  left join building_details bd on bd.building_id = b.id and bd.valid @> :day::date and upper_inf(bd.recorded)
  left join dwelling_details dd on dd.dwelling_id = d.id and dd.valid @> :day::date and upper_inf(dd.recorded)
  left join staircases s on s.id = dd.staircase_id`;

const COLUMNS = `d.code as dwelling, b.code as building, bd.street, bd.number as "buildingNumber", dd.number, bd.postcode, bd.district, s.code as staircase,
  dd.shared, dd.holder`;

/** Numbers of houses and flats in the order in which people count: 2, 9, 11, 11a. */
const counted = (column: string): string[] => [`substring(${column} from '^[0-9]{1,9}')::int`, column];
const PLACE = ['bd.street', ...counted('bd.number'), ...counted('dd.number')];

const SORTS: Readonly<Record<DwellingSort, readonly string[]>> = { code: ['d.code'], street: PLACE, district: ['bd.district', ...PLACE] };

/** Dwellings as they stand on the day, those that lie then in the reader's scope. */
export async function listDwellings(
  reader: Reader,
  day: PlainDate,
  filter: z.infer<typeof dwellingFilter>,
  page: { limit: number; offset: number; sort: { by: DwellingSort; descending: boolean } },
): Promise<{ items: DwellingRow[]; total: number }> {
  const where = [
    ...(filter.building === undefined ? [] : ['b.code = :building']),
    ...(filter.district === undefined ? [] : ['bd.district = :district']),
    ...(filter.street === undefined ? [] : ['bd.street = :street']),
    ...(filter.code === undefined ? [] : ['starts_with(d.code, :code)']),
  ];
  const condition = where.length === 0 ? '' : ` where ${where.join(' and ')}`;
  const scope = scopeOf(reader, day);
  const from = fromOf(scope);
  const bindings = { ...scopeBindings(scope), day, ...definedOf(filter), limit: page.limit, offset: page.offset };
  const direction = page.sort.descending ? 'desc' : 'asc';
  const order = SORTS[page.sort.by].map((column) => `${column} ${direction} nulls last`).join(', ');
  const items = await rows<DwellingRow>(reader.db, `select ${COLUMNS} ${from}${condition} order by ${order}, d.id limit :limit offset :offset`, bindings);
  const { total } = await row<{ total: number }>(reader.db, `select count(*)::int as total ${from}${condition}`, bindings);
  return { items, total };
}

function definedOf(filter: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined));
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
}

function factSql(subject: string, shape: 'option' | 'value', where: string): string {
  const table = `${subject}_${shape === 'option' ? 'options' : 'measures'}`;
  return `select '${subject}' as subject, f.slot, f.${shape}::text as value, lower(f.valid) as from, upper(f.valid) as to, f.evidence,
    lower(f.recorded) as "knownFrom", upper(f.recorded) as "knownTo", c.actor, c.reason
    from ${table} f join changes c on c.id = f.change_id where ${where}`;
}

/** Everything ever recorded about a dwelling, its staircase and its building. @throws DomainError `dwelling_unknown` */
export async function factHistory(reader: Reader, code: string, day: PlainDate): Promise<{ dwelling: DwellingRow; facts: FactRow[] }> {
  const { db } = reader;
  const scope = scopeOf(reader);
  const found = await rows<DwellingRow>(db, `select ${COLUMNS} ${fromOf(scope)} where d.code = :code`, { ...scopeBindings(scope), day, code });
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
