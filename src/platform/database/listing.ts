/** Lists of many thousand rows: filtered and sorted on typed columns, one page of them and their number. */
import type { Bindings, Queryable } from './connect.ts';
import { row, rows } from './connect.ts';

/** What a list is read by. Everything in it is SQL of the slice that owns the tables; what people give comes as bindings. */
export interface Listing<Filter extends object, Sort extends string> {
  readonly columns: string;
  /** The tables after `from`. */
  readonly from: string;
  /** An index gives a page in its order without going over all rows: they are counted apart. */
  readonly indexed?: boolean;
  /** Always true of its rows. */
  readonly where?: readonly string[];
  /** Condition of each filter, its value bound under the filter's name. */
  readonly filters: Readonly<Record<keyof Filter, string>>;
  /** What each key sorts by. */
  readonly sorts: Readonly<Record<Sort, readonly string[]>>;
  /** Makes the order total. */
  readonly key: string;
}

/** Which rows, and in which order. */
export interface ListPage<Sort extends string> {
  readonly limit: number;
  readonly offset: number;
  readonly sort: { readonly by: Sort; readonly descending: boolean };
}

/** Texts in the order of the Polish alphabet, whatever the database's own order is. */
export function polish(column: string): string {
  return `${column} collate "pl-x-icu"`;
}

/** Condition: the column has the text in it, whatever its case, on every server. */
export function has(column: string, name: string): string {
  return `strpos(lower(${column} collate "und-x-icu"), lower(:${name}::text collate "und-x-icu")) > 0`;
}

/** The rows of a page and how many there are on all pages, as they stand at one moment. */
// The row is what the columns say: whoever calls knows it.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export async function readList<Row extends object, Filter extends object, Sort extends string>(
  db: Queryable, listing: Listing<Filter, Sort>, filter: Filter, page: ListPage<Sort>, bindings: Extract<Bindings, Readonly<Record<string, unknown>>>,
): Promise<{ items: Row[]; total: number }> {
  const given = Object.entries(filter).filter((entry): entry is [keyof Filter & string, string] => typeof entry[1] === 'string');
  const conditions = [...(listing.where ?? []), ...given.map(([name]) => listing.filters[name])];
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const direction = page.sort.descending ? 'desc' : 'asc';
  const order = [...listing.sorts[page.sort.by].map((column) => `${column} ${direction} nulls last`), listing.key].join(', ');
  const values = { ...bindings, ...Object.fromEntries(given), limit: page.limit, offset: page.offset };
  const items = await rows<Row & { list_total?: number }>(db, pageSql(listing, where, order), values);
  const counted = items[0]?.list_total;
  for (const item of items) delete item.list_total;
  if (counted !== undefined || page.offset === 0) return { items, total: counted ?? 0 };
  // Beyond the last page: nothing came that could say how many there are.
  const { total } = await row<{ total: number }>(db, `select count(*)::int as total from ${listing.from}${where}`, values);
  return { items, total };
}

function pageSql<Filter extends object, Sort extends string>({ columns, from, indexed = false }: Listing<Filter, Sort>, where: string, order: string): string {
  const total = indexed ? `(select count(*) from ${from}${where})` : 'count(*) over ()';
  return `select ${columns}, ${total}::int as list_total from ${from}${where} order by ${order} limit :limit offset :offset`;
}
