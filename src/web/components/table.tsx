/** Tables: a plain one, and the list in pages that sorts and filters by every column, its state in the address. */
import type { ComponentChildren, VNode } from 'preact';
import { groupBy } from '../../platform/collections.ts';
import { changed } from '../address.ts';
import type { FormState } from '../forms/state.ts';
import type { ListViews } from '../saved-views/menu.tsx';
import { ViewsMenu } from '../saved-views/menu.tsx';
import { useView } from '../view.ts';
import { QuestionForm } from './fields.tsx';
import { Empty } from './parts.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly words: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the right. */
  readonly end?: boolean;
  /** Names the row: read out before its other cells. */
  readonly head?: boolean;
  /** Key by which the list sorts. */
  readonly sort?: string;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Heading above the rows that share it; those of one heading follow one another. */
  readonly groupOf?: (row: Row) => string;
}

/** A table that scrolls by itself on a narrow screen, reachable by keyboard. */
export function Table<Row>({ caption, columns, rows, keyOf, groupOf, heads }: TableProps<Row> & { readonly heads?: (column: Column<Row>) => VNode }): VNode {
  const { t } = useView();
  return (
    <div class="scroll" role="region" aria-label={t.table.region(caption)} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>{columns.map((column) => heads?.(column) ?? <th key={column.key} scope="col" class={column.end === true ? 'end' : undefined}>{column.words}</th>)}</tr>
        </thead>
        {[...groupBy(rows, (row) => groupOf?.(row) ?? '')].map(([group, those]) => (
          <tbody key={group}>
            {group === '' ? null : <tr class="group"><th scope="rowgroup" colSpan={columns.length}>{group}</th></tr>}
            {those.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ key, cell, end, head }) =>
                  head === true ? <th key={key} scope="row">{cell(row)}</th> : <td key={key} class={end === true ? 'end' : undefined}>{cell(row)}</td>,
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

export interface ListedPage {
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
  readonly sort: { readonly by: string; readonly descending: boolean };
}

const PART = 'rows';
const NOT_FILTERS = new Set(['page', 'per_page', 'sort']);

/** A link that changes the list in place; without script it is a link like any other. */
function inPlace(to: string): Record<string, string> {
  return { href: to, 'hx-get': to, 'hx-target': `#${PART}`, 'hx-select': `#${PART}`, 'hx-swap': 'outerHTML show:none', 'hx-push-url': 'true' };
}

/** A list in pages: filters above, heads that sort, a pager below, the whole as a file. */
export function List<Row>({ caption, columns, rows, keyOf, at, filters, fields, exports, empty, views }: TableProps<Row> & {
  readonly at: ListedPage;
  readonly filters: FormState;
  readonly fields: ComponentChildren;
  /** Addresses of the whole list as files, by what they are called. */
  readonly exports?: readonly { readonly to: string; readonly words: string }[];
  readonly empty?: ComponentChildren;
  /** One's own views of it; undefined where none can be kept. */
  readonly views?: ListViews | undefined;
}): VNode {
  const { t, address } = useView();
  const [path = ''] = address.split('?');
  const filtered = Object.entries(filters.values).some(([name, [value]]) => !NOT_FILTERS.has(name) && value !== undefined && value !== '');
  return (
    <>
      <details class="filters" open={filtered}>
        <summary>{t.table.filters}</summary>
        <QuestionForm state={filters} to={path} label={t.table.filters} inPlace={PART}>
          <div class="grid">{fields}</div>
          <p class="buttons">
            <button type="submit" class="main">{t.table.filter}</button>
            <a href={path}>{t.table.clear}</a>
          </p>
        </QuestionForm>
      </details>
      <div id={PART}>
        {views === undefined ? null : <ViewsMenu of={views} />}
        <p class="count" role="status">{rows.length === 0 ? t.table.none : t.table.rows((at.page - 1) * at.perPage + 1, (at.page - 1) * at.perPage + rows.length, at.total)}</p>
        {rows.length === 0 ? <Empty title={t.table.none}>{empty ?? <p><a href={path}>{t.table.clear}</a></p>}</Empty> : <Table caption={caption} columns={columns} rows={rows} keyOf={keyOf} heads={(column) => <SortHead key={column.key} column={column} sort={at.sort} />} />}
        <Pager at={at} />
        {exports === undefined ? null : (
          <p class="exports">
            {t.table.exportAs}{' '}
            {exports.map(({ to, words }, index) => (
              <>
                {index === 0 ? null : ' · '}
                <a href={to} download>{words}</a>
              </>
            ))}
          </p>
        )}
      </div>
    </>
  );
}

function SortHead<Row>({ column: { words, end, sort }, sort: now }: { readonly column: Column<Row>; readonly sort: ListedPage['sort'] }): VNode {
  const { t, address } = useView();
  const side = end === true ? 'end' : undefined;
  if (sort === undefined) return <th scope="col" class={side}>{words}</th>;
  const mine = now.by === sort;
  const to = changed(address, { sort: mine && !now.descending ? `-${sort}` : sort, page: null });
  return (
    <th scope="col" class={side} aria-sort={mine ? (now.descending ? 'descending' : 'ascending') : undefined}>
      <a {...inPlace(to)} title={t.table.sortBy(words)}>
        {words}
        <span aria-hidden="true" class="arrow">{mine ? (now.descending ? '▼' : '▲') : '↕'}</span>
      </a>
    </th>
  );
}

export function Pager({ at: { page, perPage, total } }: { readonly at: ListedPage }): VNode | null {
  const { t, address } = useView();
  const last = Math.max(1, Math.ceil(total / perPage));
  if (last === 1 && page === 1) return null;
  const to = (wanted: number): Record<string, string> => inPlace(changed(address, { page: wanted === 1 ? null : String(wanted) }));
  const step = (wanted: number, words: string): VNode => (wanted < 1 || wanted > last || wanted === page ? <span class="soft">{words}</span> : <a {...to(wanted)}>{words}</a>);
  return (
    <nav class="pager" aria-label={t.table.pages}>
      <ul>
        <li>{step(1, t.table.first)}</li>
        <li>{step(page - 1, t.table.previous)}</li>
        <li aria-current="page">{t.table.page(page, last)}</li>
        <li>{step(page + 1, t.table.next)}</li>
        <li>{step(last, t.table.last)}</li>
      </ul>
    </nav>
  );
}
