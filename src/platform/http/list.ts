/** Lists in pages: `page`, `per_page` and `sort` in, `{ items, page, perPage, total }` and links out. */
import { z } from 'zod';
import type { Permission } from '../access/roles.ts';
import type { Call, Limits, Route, Words } from './declared.ts';
import { declared } from './declared.ts';
import type { Immutable, PageAt } from './output.ts';
import { integerParam } from './params.ts';
import type { NoFields, ParamsOf } from './route.ts';

/** Most rows of a page. */
export const MOST_PER_PAGE = 200;
/** Rows of a page unless something else is asked for. */
const PER_PAGE = 50;
const LAST_PAGE = 1_000_000;

/** Which page is asked for; `limit` and `offset` are for the query. */
export interface PageAsked<Sort extends string> {
  readonly page: number;
  readonly perPage: number;
  readonly limit: number;
  readonly offset: number;
  readonly sort: { readonly by: Sort; readonly descending: boolean };
}

export interface ListParts<Path extends string, P extends z.ZodObject, Q extends z.ZodObject, Sort extends string, I extends z.ZodType> extends Words, Limits {
  readonly path: Path;
  readonly permission: Permission;
  /** Null unless reading it is itself an event. */
  readonly audit: string | null;
  readonly params?: P;
  /** Filters, strict; `page`, `per_page` and `sort` are added. */
  readonly query?: Q;
  /** Keys one may sort by; the first is the default. Make the order total by adding the key of the row. */
  readonly sort: readonly [Sort, ...Sort[]];
  readonly item: I;
  readonly handle: (call: Call<z.output<P>, z.output<Q>, undefined> & { readonly page: PageAsked<Sort> }) => Promise<{
    readonly items: readonly Immutable<z.output<I>>[];
    /** Rows that fit the filters, on all pages. */
    readonly total: number;
  }>;
}

export interface PageGiven {
  readonly page?: number;
  readonly per_page?: number;
  readonly sort?: string;
}

/** Declares a GET route that gives a list in pages. */
export function listRoute<
  const Path extends string,
  const Sort extends string,
  I extends z.ZodType,
  P extends z.ZodObject = NoFields,
  Q extends z.ZodObject = NoFields,
>(spec: ListParts<Path, P, Q, Sort, I> & ParamsOf<Path>): Route {
  const { sort: keys, item, query, handle } = spec;
  const { path, permission, audit, summary, description, tag, bodyLimit, answerWithin } = spec;
  return declared({
    ...{ path, permission, audit, summary, description, tag, bodyLimit, answerWithin },
    method: 'GET',
    params: spec.params,
    query: (query ?? z.strictObject({})).safeExtend(pageParams(keys)),
    output: pageOf(item),
    paged: true,
    reply: async ({ ctx, log, upload, params, query: given }) => {
      const { page, per_page, sort, ...filters } = given as PageGiven & Readonly<Record<string, unknown>>;
      const asked = pageAsked({ page, per_page, sort }, keys);
      const { items, total } = await handle({ ctx, log, upload, params: params as z.output<P>, query: filters as z.output<Q>, body: undefined, page: asked });
      const at: PageAt = { page: asked.page, perPage: asked.perPage, total };
      return { body: { items, ...at }, page: at };
    },
  });
}

/** The parameters of a list, to be added to its filters. */
export function pageParams(keys: readonly string[]): z.core.$ZodLooseShape {
  const both = keys.flatMap((key) => [key, `-${key}`]);
  return {
    page: integerParam({ min: 1, max: LAST_PAGE, description: 'Numer strony, od 1.' }).optional().meta({ 'x-default': 1 }),
    per_page: integerParam({ min: 1, max: MOST_PER_PAGE, example: PER_PAGE, description: 'Liczba pozycji na stronie.' }).optional().meta({ 'x-default': PER_PAGE }),
    sort: z.enum(both).optional().meta({ description: 'Kolejność; minus oznacza malejącą.', default: keys[0], examples: [keys[0]] }),
  };
}

/** Which page the parameters ask for. */
export function pageAsked<Sort extends string>(given: { [K in keyof PageGiven]: PageGiven[K] | undefined }, keys: readonly [Sort, ...Sort[]]): PageAsked<Sort> {
  const { page = 1, per_page: perPage = PER_PAGE, sort = keys[0] } = given;
  const descending = sort.startsWith('-');
  const wanted = descending ? sort.slice(1) : sort;
  const by = keys.find((key) => key === wanted) ?? keys[0];
  return { page, perPage, limit: perPage, offset: (page - 1) * perPage, sort: { by, descending } };
}

/** The answer of a list. */
function pageOf(item: z.ZodType): z.ZodType {
  return z.strictObject({
    items: z.array(item),
    page: z.int().min(1).meta({ description: 'Numer tej strony.', examples: [1] }),
    perPage: z.int().min(1).max(MOST_PER_PAGE).meta({ description: 'Liczba pozycji na stronie.', examples: [PER_PAGE] }),
    total: z.int().min(0).meta({ description: 'Liczba pozycji na wszystkich stronach.', examples: [1] }),
  });
}

/** `Link` of a list (RFC 8288): first, prev, next and last, with the other parameters as they were given. */
export function pageLinks(path: string, values: Readonly<Record<string, string>>, { page, perPage, total }: PageAt): string {
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams({ ...values, page: String(to) });
    return `<${path}?${query.toString()}>; rel="${rel}"`;
  };
  return [link(1, 'first'), ...(page > 1 ? [link(Math.min(page - 1, last), 'prev')] : []), ...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')].join(', ');
}
