/** Keeping the view of a list that is shown, and the page of one's own views. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { ActionButton } from '../components/form-marks.tsx';
import { Buttons, CommandForm, FlagField, TextField } from '../components/fields.tsx';
import { Empty } from '../components/parts.tsx';
import { Table } from '../components/table.tsx';
import type { PageRoute } from '../declared.ts';
import { flag, text } from '../forms/kinds.ts';
import { actionPage, formPage, page } from '../page.ts';
import type { View } from '../view.ts';
import { isOfList, keptQuery, viewAt } from './address.ts';
import { dropView, saveView, viewInput } from './commands.ts';
import type { SavedView } from './store.ts';
import { viewsOf } from './store.ts';

/** The pages of views of the given lists. */
export function savedViewPages(pages: readonly PageRoute[]): readonly PageRoute[] {
  const lists = new Map(pages.flatMap(({ path, list }) => (list === undefined ? [] : [[path, list] as const])));
  const nameOf = (view: View, list: string): string => lists.get(list)?.(view) ?? list;

  const saving = formPage({
    path: '/views/new', permission: 'view.own', audit: 'view.save', query: z.strictObject({ list: z.string().max(200).optional(), of: z.string().max(4_000).optional() }),
    body: viewInput.pick({ name: true, replace: true }), fields: { name: text, replace: flag },
    show: ({ view, query }, form) => {
      const { list, of } = ofList(lists, query);
      const { t } = view;
      return {
        title: t.views.saveTitle, crumbs: [{ to: of, words: nameOf(view, list) }],
        body: (
          <>
            <p>{t.views.saveHelp(nameOf(view, list))}</p>
            <CommandForm state={form} to={view.address}>
              <TextField name="name" label={t.views.name} hint={t.views.nameHelp} maxLength={60} />
              {form.errors['name'] === undefined ? null : <FlagField name="replace" label={t.views.replace} />}
              <Buttons save={t.views.save} cancel={of} />
            </CommandForm>
          </>
        ),
      };
    },
    submit: async ({ ctx, view: { t }, query }, { name, replace }) => {
      const { list, of } = ofList(lists, query);
      await saveView(ctx, { name, list, query: keptQuery(of), replace });
      return { to: viewAt(of, { query: keptQuery(of) }), notice: { kind: 'good', words: t.views.saved(name) } };
    },
  });

  const own = page({
    path: '/views', permission: 'view.own',
    show: async ({ ctx, view }) => {
      const saved = await viewsOf(ctx.db, ctx.actor.code);
      const { t } = view;
      return {
        title: t.views.heading,
        body: saved.length === 0 ? <Empty title={t.views.none}><p>{t.views.noneHelp}</p></Empty> : (
          <Table
            caption={t.views.heading} rows={saved} keyOf={({ id }) => id}
            columns={[
              { key: 'name', words: t.views.name, head: true, cell: (one) => <Linked of={one} /> },
              { key: 'list', words: t.views.list, cell: ({ list }) => nameOf(view, list) },
              { key: 'drop', words: t.views.drop, cell: ({ id, name }) => <ActionButton to="/views/drop" words={t.views.drop} about={name} values={{ view: id }} /> },
            ]}
          />
        ),
      };
    },
  });

  const dropping = actionPage({
    path: '/views/drop', permission: 'view.own', audit: 'view.drop', body: z.strictObject({ view: z.string().regex(/^[1-9]\d{0,17}$/) }), fields: { view: text }, back: () => '/views',
    submit: async ({ ctx, view: { t } }, { view }) => ({ to: '/views', notice: { kind: 'good', words: t.views.dropped((await dropView(ctx, view)).name) } }),
  });

  return [...saving, ...own, ...dropping];
}

/** A view of a list of one thing is opened from there. */
function Linked({ of }: { readonly of: SavedView }): VNode {
  return of.list.includes(':') ? <>{of.name}</> : <a href={viewAt(of.list, of)}>{of.name}</a>;
}

/** The list and the address of it that are asked for. @throws DomainError `view_list_unknown` */
function ofList(lists: ReadonlyMap<string, unknown>, { list, of }: { readonly list?: string | undefined; readonly of?: string | undefined }): { list: string; of: string } {
  if (list === undefined || of === undefined || !lists.has(list) || !isOfList(of, list)) throw new DomainError('not found', 'view_list_unknown');
  return { list, of };
}
