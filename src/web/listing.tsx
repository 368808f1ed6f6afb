/** A list over a slice's own reader: its page, and the whole of it as a file. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { Permission } from '../platform/access/roles.ts';
import { require as requirePermission } from '../platform/access/roles.ts';
import type { Context } from '../platform/context.ts';
import type { ListPage } from '../platform/database/listing.ts';
import type { PageGiven } from '../platform/http/list.ts';
import { pageAsked, pageParams } from '../platform/http/list.ts';
import type { Download } from '../platform/http/files.ts';
import type { NoFields } from '../platform/http/route.ts';
import type { Column as SheetColumn, Sheet } from '../platform/tabular/index.ts';
import { dec } from '../platform/money.ts';
import { date, decimal, optional, part, sheet, text, writeCsv, writeXlsx } from '../platform/tabular/index.ts';
import { at } from './address.ts';
import type { Column } from './components/table.tsx';
import { List } from './components/table.tsx';
import type { Crumb, NavPlace, PageRoute } from './declared.ts';
import type { FieldKinds } from './forms/kinds.ts';
import type { FormState } from './forms/state.ts';
import { filePage, page } from './page.ts';
import type { View } from './view.ts';
import { mayHere } from './view.ts';
import { viewsOfList } from './saved-views/store.ts';

/** A column of a list, on the screen and in a file. */
export interface ListColumn<Row> extends Column<Row> {
  /** What stands in a file; without it the column is on the screen alone. */
  readonly plain?: (row: Row) => string | null;
  readonly kind?: Kind;
}

export interface ListSpec<Row, F extends z.ZodObject, Sort extends string, P extends z.ZodObject = NoFields> {
  /** With parameters its list is of one thing: `/runs/:run/leases`. */
  readonly path: `/${string}`;
  /** Schemas of the parameters; the program does not start where they are not those of the path. */
  readonly params?: P;
  readonly permission: Permission;
  readonly nav?: NavPlace;
  readonly filter: F;
  readonly kinds?: FieldKinds;
  readonly sort: readonly [Sort, ...Sort[]];
  readonly read: (ctx: Context, filter: z.output<F>, asked: ListPage<Sort>, params: z.output<P>) => Promise<{ items: readonly Row[]; total: number }>;
  readonly keyOf: (row: Row) => string;
  readonly title: (view: View, params: z.output<P>) => string;
  readonly crumbs?: (view: View, params: z.output<P>) => readonly Crumb[];
  readonly columns: (view: View, params: z.output<P>) => readonly ListColumn<Row>[];
  /** Fields of the filters; they may look up what there is to choose from, and know which filters are given. */
  readonly fields: (view: View, ctx: Context, params: z.output<P>, filters: FormState) => ComponentChildren | Promise<ComponentChildren>;
  /** What the list is called where views of it are kept; without, as in the navigation. */
  readonly name?: (view: View) => string;
  /** Name of the file, without its ending. */
  readonly file: string;
  /** What stands above the list. */
  readonly intro?: (view: View) => ComponentChildren;
  /** What to do where nothing is. */
  readonly empty?: (view: View) => ComponentChildren;
}

const FORMATS = ['xlsx', 'csv'] as const;
/** More rows than any list of a city has. */
const ALL = 5_000_000;

export function listPages<Row extends object, F extends z.ZodObject, Sort extends string, P extends z.ZodObject = NoFields>(spec: ListSpec<Row, F, Sort, P>): readonly PageRoute[] {
  type Params = z.output<P>;

  const { path, permission, sort } = spec;
  const shape = { ...spec.filter.shape, ...pageParams(sort) };
  const split = (query: Readonly<Record<string, unknown>>): { filter: z.output<F>; asked: ReturnType<typeof pageAsked<Sort>> } => {
    const { page: number, per_page, sort: by, ...filter } = query as PageGiven & Readonly<Record<string, unknown>>;
    return { filter: filter as z.output<F>, asked: pageAsked({ page: number, per_page, sort: by }, sort) };
  };
  const kinds = spec.kinds ?? {};
  // The path is any text here: its type tells no parameters. `declaredPage` holds them against the schema when the program starts.
  const way = { path, permission, kinds, ...(spec.params === undefined ? {} : { params: spec.params }) } as { path: `/${string}`; permission: Permission; kinds: FieldKinds };
  const name = spec.name ?? spec.nav?.words;
  const shown = page({
    ...way, ...(spec.nav === undefined ? {} : { nav: spec.nav }), query: z.strictObject(shape),
    show: async ({ ctx, view, params: given, query, filters }) => {
      const params: Params = given as unknown as Params;
      const { filter, asked } = split(query);
      const { items, total } = await spec.read(ctx, filter, asked, params);
      const exports = mayHere(view, 'export') ? FORMATS.map((format) => ({ to: at(`${path}/export`, params as Record<string, string>, { ...textsOf(filters.values), format }), words: format.toUpperCase() })) : [];
      const body = (
        <>
          {spec.intro?.(view)}
          <List
            caption={spec.title(view, params)} columns={spec.columns(view, params)} rows={items} keyOf={spec.keyOf} filters={filters} fields={await spec.fields(view, ctx, params, filters)}
            at={{ page: asked.page, perPage: asked.perPage, total, sort: asked.sort }} exports={exports} empty={spec.empty?.(view)}
            views={name === undefined || !mayHere(view, 'view.own') ? undefined : { list: path, saved: await viewsOfList(ctx.db, ctx.actor.code, path) }}
          />
        </>
      );
      return { title: spec.title(view, params), wide: true, body, ...(spec.crumbs === undefined ? {} : { crumbs: spec.crumbs(view, params) }) };
    },
  });
  const list = name === undefined ? shown : shown.map((route) => ({ ...route, list: name }));
  const whole = filePage({
    ...way, path: `${path}/export`, query: z.strictObject({ ...shape, format: z.enum(FORMATS).default('xlsx') }),
    make: async ({ ctx, view, params: named, query }) => {
      requirePermission(ctx.actor, 'export');
      const { format, ...given } = query as { format: (typeof FORMATS)[number] } & Readonly<Record<string, unknown>>;
      const { filter, asked } = split(given);
      const params: Params = named as unknown as Params;
      const { items } = await spec.read(ctx, filter, { limit: ALL, offset: 0, sort: asked.sort }, params);
      return sheetDownload({ file: spec.file, title: spec.title(view, params), columns: spec.columns(view, params).flatMap(inFile), format, view, items });
    },
  });
  return [...list, ...whole];
}

/** Filters as the address has them. */
function textsOf(values: Readonly<Record<string, readonly string[]>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== 'page').map(([name, texts]) => [name, texts[0]]));
}

type Cells = Record<string, unknown>;
type Kind = 'text' | 'decimal' | 'day';

const KINDS: Readonly<Record<Kind, (words: string) => SheetColumn<unknown>>> = {
  text: (words) => optional(text(words, { help: words, example: 'x', maxLength: 4_000 })),
  decimal: (words) => optional(decimal(words, { help: words, example: '1', places: 10 })),
  day: (words) => optional(date(words, { help: words, example: '2026-01-31' })),
};

function cellOf(value: string | null, kind: Kind): unknown {
  return value !== null && kind === 'decimal' ? dec(value) : value;
}

/** A column of a file. */
export interface FileColumn<Row> {
  readonly key: string;
  readonly words: string;
  readonly plain: (row: Row) => string | null;
  readonly kind?: Kind;
}

function inFile<Row>({ key, words, plain, kind }: ListColumn<Row>): FileColumn<Row>[] {
  return plain === undefined ? [] : [{ key, words, plain, ...(kind === undefined ? {} : { kind }) }];
}

export interface SheetToSend<Row> {
  /** Name of the file, without day and ending. */
  readonly file: string;
  readonly title: string;
  readonly columns: readonly FileColumn<Row>[];
  readonly items: readonly Row[];
  readonly format: (typeof FORMATS)[number];
  readonly view: Pick<View, 'today'>;
}

/** Rows as a file to download. */
export function sheetDownload<Row extends object>({ file, title, columns, items, format, view }: SheetToSend<Row>): Download {
  const { sheet: of, rows } = sheetOf({ file, title, columns }, items);
  return {
    fileName: `${file}-${view.today}.${format}`,
    type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: async (sink) => pipeline(format === 'csv' ? Readable.from(writeCsv(of, rows)) : Readable.from([await writeXlsx(part(of, rows))]), sink),
  };
}

/** The list as a sheet: its columns under their words on the screen. */
function sheetOf<Row extends object>({ title, columns, file }: Pick<SheetToSend<Row>, 'title' | 'columns' | 'file'>, items: readonly Row[]): { sheet: Sheet<Cells>; rows: Cells[] } {
  const made = Object.fromEntries(columns.map(({ key, words, kind = 'text' }) => [key, KINDS[kind](words)]));
  const rows = items.map((item) => Object.fromEntries(columns.map(({ key, plain, kind = 'text' }) => [key, cellOf(plain(item), kind)])));
  return { sheet: sheet<Cells>({ name: file, title: title.slice(0, 31), columns: made }), rows };
}
