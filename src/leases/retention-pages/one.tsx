/** One list: its state and hands, and on a page of their own the persons, whose names are an event to look at. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { listRetentionPersons, viewRetentionList } from '../../persons/retention.ts';
import type { RetentionList } from '../../persons/retention.ts';
import { integerParam } from '../../platform/http/index.ts';
import { at } from '../../web/address.ts';
import { Note, Section } from '../../web/components/parts.tsx';
import { Pager, Table } from '../../web/components/table.tsx';
import { TrailLink } from '../../web/components/trail-link.tsx';
import { LastDay } from '../../web/components/values.tsx';
import { page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { listParam } from '../retention-routes.ts';
import { APPROVAL, ENTRIES, ListFacts, ListState, REJECTION, retentionCrumbs } from './shared.tsx';

const PER_PAGE = 50;

export const onePages = page({
  path: '/retention-lists/:list', permission: 'retention.read', params: listParam,
  show: async ({ ctx, view, params: { list: id } }) => {
    const { t: { retention: t } } = view;
    const list = await viewRetentionList(ctx, id);
    return {
      title: t.one(list.list), crumbs: retentionCrumbs(view),
      body: (
        <>
          <Section id="list" title={t.state} aside={<ListState of={list.state} />}>
            <ListFacts of={list} />
            <p class={list.state === 'draft' ? 'buttons spaced' : 'buttons'}><a class="button" href={at(ENTRIES, { list: list.list })}>{t.seePersons}</a> <span class="soft">{t.seePersonsHelp}</span></p>
            {list.state === 'draft' ? <Decision of={list} /> : null}
          </Section>
          <TrailLink kind="retention" id={list.list} />
        </>
      ),
    };
  },
});

/** Whose turn it is, and for whom it is theirs the way on. */
function Decision({ of: { list, preparedBy } }: { readonly of: RetentionList }): VNode {
  const view = useView();
  const { retention: t } = view.t;
  const decides = mayHere(view, 'person.erase');
  const own = preparedBy === view.actor?.code;
  return (
    <>
      <Note><p>{decides ? (own ? t.ownHand : t.waiting) : own ? t.handOver : t.follow}</p></Note>
      {decides && !own ? (
        <div class="buttons">
          <a class="button main" href={at(APPROVAL, { list })}>{t.approve}</a>
          <a class="button" href={at(REJECTION, { list })}>{t.reject}</a>
        </div>
      ) : null}
    </>
  );
}

export const entriesPages = page({
  path: '/retention-lists/:list/persons', permission: 'retention.read', params: listParam, query: z.strictObject({ page: integerParam({ min: 1, max: 100_000 }).optional() }),
  show: async ({ ctx, view, params: { list: id }, query: { page: asked = 1 } }) => {
    const { t: { retention: t } } = view;
    const { list, state } = await viewRetentionList(ctx, id);
    const { items, total } = await listRetentionPersons(ctx, id, { limit: PER_PAGE, offset: (asked - 1) * PER_PAGE, sort: { descending: false } });
    const linked = mayHere(view, 'person.read');
    return {
      title: t.personsTitle(list), crumbs: retentionCrumbs(view, list),
      body: (
        <>
          {state === 'approved' ? <Note><p>{t.namesErased}</p></Note> : null}
          <Table
            caption={t.persons} rows={items} keyOf={({ person }) => person}
            columns={[
              { key: 'person', words: t.person, head: true, cell: ({ person }) => (linked ? <a class="code" href={at('/persons/:person', { person })}>{person}</a> : <span class="code">{person}</span>) },
              { key: 'name', words: t.name, cell: ({ name }) => name },
              { key: 'ended', words: t.lastDay, cell: ({ endedOn }) => <LastDay before={endedOn} /> },
            ]}
          />
          <Pager at={{ page: asked, perPage: PER_PAGE, total, sort: { by: 'person', descending: false } }} />
        </>
      ),
    };
  },
});
