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
import type { Column as SheetColumn, Sheet } from '../platform/tabular/index.ts';
import { dec } from '../platform/money.ts';
import { date, decimal, optional, part, sheet, text, writeCsv, writeXlsx } from '../platform/tabular/index.ts';
import { at } from './address.ts';
import type { Column } from './components/table.tsx';
import { List } from './components/table.tsx';
import type { NavPlace, PageRoute } from './declared.ts';
import type { FieldKinds } from './forms/kinds.ts';
import { filePage, page } from './page.ts';
import type { View } from './view.ts';
import { mayHere } from './view.ts';

/** A column of a list, on the screen and in a file. */
export interface ListColumn<Row> extends Column<Row> {
  /** What stands in a file; without it the column is on the screen alone. */
  readonly plain?: (row: Row) => string | null;
  readonly kind?: Kind;
}

export interface ListSpec<Row, F extends z.ZodObject, Sort extends string> {
  readonly path: `/${string}`;
  readonly permission: Permission;
  readonly nav: NavPlace;
  readonly filter: F;
  readonly kinds?: FieldKinds;
  readonly sort: readonly [Sort, ...Sort[]];
  readonly read: (ctx: Context, filter: z.output<F>, asked: ListPage<Sort>) => Promise<{ items: readonly Row[]; total: number }>;
  readonly keyOf: (row: Row) => string;
  readonly title: (view: View) => string;
  readonly columns: (view: View) => readonly ListColumn<Row>[];
  /** Fields of the filters; they may look up what there is to choose from. */
  readonly fields: (view: View, ctx: Context) => ComponentChildren | Promise<ComponentChildren>;
  /** Name of the file, without its ending. */
  readonly file: string;
  /** What to do where nothing is. */
  readonly empty?: (view: View) => ComponentChildren;
}

const FORMATS = ['xlsx', 'csv'] as const;
/** More rows than any list of a city has. */
const ALL = 5_000_000;

export function listPages<Row extends object, F extends z.ZodObject, Sort extends string>(spec: ListSpec<Row, F, Sort>): readonly PageRoute[] {
  const { path, permission, sort } = spec;
  const shape = { ...spec.filter.shape, ...pageParams(sort) };
  const split = (query: Readonly<Record<string, unknown>>): { filter: z.output<F>; asked: ReturnType<typeof pageAsked<Sort>> } => {
    const { page: number, per_page, sort: by, ...filter } = query as PageGiven & Readonly<Record<string, unknown>>;
    return { filter: filter as z.output<F>, asked: pageAsked({ page: number, per_page, sort: by }, sort) };
  };
  const kinds = spec.kinds ?? {};
  const list = page({
    path, permission, nav: spec.nav, kinds, query: z.strictObject(shape),
    show: async ({ ctx, view, query, filters }) => {
      const { filter, asked } = split(query);
      const { items, total } = await spec.read(ctx, filter, asked);
      const exports = mayHere(view, 'export') ? FORMATS.map((format) => ({ to: at(`${path}/export`, {}, { ...textsOf(filters.values), format }), words: format.toUpperCase() })) : [];
      const body = (
        <List
          caption={spec.title(view)} columns={spec.columns(view)} rows={items} keyOf={spec.keyOf} filters={filters} fields={await spec.fields(view, ctx)}
          at={{ page: asked.page, perPage: asked.perPage, total, sort: asked.sort }} exports={exports} empty={spec.empty?.(view)}
        />
      );
      return { title: spec.title(view), wide: true, body };
    },
  });
  const whole = filePage({
    path: `${path}/export`, permission, kinds, query: z.strictObject({ ...shape, format: z.enum(FORMATS).default('xlsx') }),
    make: async ({ ctx, view, query }) => {
      requirePermission(ctx.actor, 'export');
      const { format, ...given } = query as { format: (typeof FORMATS)[number] } & Readonly<Record<string, unknown>>;
      const { filter, asked } = split(given);
      const { items } = await spec.read(ctx, filter, { limit: ALL, offset: 0, sort: asked.sort });
      const { sheet: of, rows } = sheetOf(spec, view, items);
      return {
        fileName: `${spec.file}-${view.today}.${format}`,
        type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        write: async (sink) => pipeline(format === 'csv' ? Readable.from(writeCsv(of, rows)) : Readable.from([await writeXlsx(part(of, rows))]), sink),
      };
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

/** The list as a sheet: its columns under their words on the screen. */
function sheetOf<Row extends object>(spec: { readonly title: (view: View) => string; readonly columns: (view: View) => readonly ListColumn<Row>[]; readonly file: string }, view: View, items: readonly Row[]): { sheet: Sheet<Cells>; rows: Cells[] } {
  const columns = spec.columns(view).filter((column) => column.plain !== undefined);
  const made = Object.fromEntries(columns.map(({ key, words, kind = 'text' }) => [key, KINDS[kind](words)]));
  const rows = items.map((item) => Object.fromEntries(columns.map(({ key, plain, kind = 'text' }) => [key, cellOf(plain?.(item) ?? null, kind)])));
  return { sheet: sheet<Cells>({ name: spec.file, title: spec.title(view).slice(0, 31), columns: made }), rows };
}
