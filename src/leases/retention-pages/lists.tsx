/** The lists, the newest first, and the making of one. */
import { z } from 'zod';
import { listRetentionLists } from '../../persons/retention.ts';
import { integerParam } from '../../platform/http/index.ts';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm, Hidden } from '../../web/components/fields.tsx';
import { Empty, Figures, Note } from '../../web/components/parts.tsx';
import { Pager, Table } from '../../web/components/table.tsx';
import { Day, Num } from '../../web/components/values.tsx';
import { choice } from '../../web/forms/kinds.ts';
import { formPage, page } from '../../web/page.ts';
import { mayHere } from '../../web/view.ts';
import { dueToday, makeRetentionList, retentionInput } from '../retention.ts';
import { LIST, LISTS, ListState, NEW_LIST, retentionCrumbs } from './shared.tsx';

const PER_PAGE = 50;
const NEWEST_FIRST = { sort: { descending: true } } as const;
/** Among so many newest lists one that waits is looked for. */
const LOOKED_THROUGH = 50;

const listsPages = page({
  path: LISTS, permission: 'retention.read', nav: { place: 85, words: ({ t }) => t.retention.list, wholeCity: true },
  query: z.strictObject({ page: integerParam({ min: 1, max: 100_000 }).optional() }),
  show: async ({ ctx, view, query: { page: asked = 1 } }) => {
    const { t: { retention: t, common } } = view;
    const { items, total } = await listRetentionLists(ctx, { limit: PER_PAGE, offset: (asked - 1) * PER_PAGE, ...NEWEST_FIRST });
    return {
      title: t.list, wide: true,
      body: (
        <>
          <p>{t.help}</p>
          {mayHere(view, 'person.write') ? <p class="buttons spaced"><a class="button main" href={NEW_LIST}>{t.new}</a></p> : null}
          <div id="rows">
            {items.length === 0 ? <Empty title={t.none} /> : (
              <Table
                caption={t.list} rows={items} keyOf={({ list }) => list}
                columns={[
                  { key: 'list', words: t.number, head: true, cell: ({ list }) => <a href={at(LIST, { list })}>{t.one(list)}</a> },
                  { key: 'state', words: t.state, cell: ({ state }) => <ListState of={state} /> },
                  { key: 'class', words: t.class, cell: ({ class: kind }) => t.classes[kind] ?? kind },
                  { key: 'persons', words: t.persons, end: true, cell: ({ persons }) => <Num of={persons} /> },
                  { key: 'before', words: t.before, cell: ({ before }) => <Day of={before} /> },
                  { key: 'made', words: t.madeOn, cell: ({ madeOn }) => <Day of={madeOn} /> },
                  { key: 'prepared', words: t.preparedBy, cell: ({ preparedBy }) => preparedBy ?? common.none },
                  { key: 'decided', words: t.decidedBy, cell: ({ decidedBy }) => decidedBy ?? common.none },
                ]}
              />
            )}
            <Pager at={{ page: asked, perPage: PER_PAGE, total, sort: { by: 'list', descending: true } }} />
          </div>
        </>
      ),
    };
  },
});

const newPages = formPage({
  path: NEW_LIST, permission: 'person.write', audit: 'retention.list', body: retentionInput, fields: { class: choice },
  begin: () => ({ class: 'lease_file' }),
  show: async ({ ctx, view }, form) => {
    const { t: { retention: t } } = view;
    const { years, before, persons } = await dueToday(ctx, 'lease_file');
    const { items } = await listRetentionLists(ctx, { limit: LOOKED_THROUGH, offset: 0, ...NEWEST_FIRST });
    const waiting = items.filter(({ state }) => state === 'draft');
    return {
      title: t.new, crumbs: retentionCrumbs(view),
      body: (
        <>
          <p>{t.newHelp(years)}</p>
          {waiting.length === 0 ? null : (
            <Note>
              <p>{t.newOpen}</p>
              <ul>{waiting.map(({ list }) => <li key={list}><a href={at(LIST, { list })}>{t.one(list)}</a></li>)}</ul>
            </Note>
          )}
          <CommandForm state={form} to={NEW_LIST}>
            {persons === 0 ? <Empty title={t.newNobody}><p>{t.newNobodyHelp}</p></Empty> : (
              <>
                <Figures of={[{ name: t.newCount, value: <Num of={persons} /> }, { name: t.newBefore, value: <Day of={before} /> }]} />
                <Hidden name="class" />
                <Buttons save={t.make} cancel={LISTS} />
              </>
            )}
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx, view: { t } }, body) => {
    const { list, persons } = await makeRetentionList(ctx, body);
    return { to: at(LIST, { list }), notice: { kind: 'good', words: t.retention.made(persons) } };
  },
});

export const listPages = [...newPages, ...listsPages];
