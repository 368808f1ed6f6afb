/** The runs, the newest first. */
import { z } from 'zod';
import { integerParam } from '../../platform/http/index.ts';
import { at } from '../../web/address.ts';
import { Empty } from '../../web/components/parts.tsx';
import { Pager, Table } from '../../web/components/table.tsx';
import { Day, Num } from '../../web/components/values.tsx';
import { page } from '../../web/page.ts';
import { mayHere } from '../../web/view.ts';
import { listRuns } from '../runs/read.ts';
import { NEW_RUN, RUN, RunState, scopeText } from './shared.tsx';

const PER_PAGE = 50;
const query = z.strictObject({ page: integerParam({ min: 1, max: 100_000 }).optional() });

export const runListPages = page({
  path: '/runs', permission: 'run.read', nav: { place: 40, words: ({ t }) => t.run.list }, query,
  show: async ({ ctx, view, query: { page: asked = 1 } }) => {
    const { t } = view;
    const { items, total } = await listRuns(ctx, { limit: PER_PAGE, offset: (asked - 1) * PER_PAGE });
    return {
      title: t.run.list, wide: true,
      body: (
        <>
          {mayHere(view, 'run.prepare') ? <p class="buttons spaced"><a class="button main" href={NEW_RUN}>{t.run.new}</a></p> : null}
          <div id="rows">
            {items.length === 0 ? <Empty title={t.run.none}><p>{t.run.noneHelp}</p></Empty> : (
              <Table
                caption={t.run.list} rows={items} keyOf={({ run }) => run}
                columns={[
                  { key: 'run', words: t.run.number, head: true, cell: ({ run }) => <a href={at(RUN, { run })}>{t.run.one(run)}</a> },
                  { key: 'state', words: t.run.state, cell: ({ state }) => <RunState of={state} /> },
                  { key: 'tariff', words: t.run.tariff, cell: ({ tariff }) => <span class="code">{tariff}</span> },
                  { key: 'scope', words: t.run.scope, cell: ({ scope }) => scopeText(view, scope) },
                  { key: 'day', words: t.run.businessDate, cell: ({ businessDate }) => <Day of={businessDate} /> },
                  { key: 'prepared', words: t.run.preparedBy, cell: ({ preparedBy }) => preparedBy.join(', ') },
                  { key: 'decided', words: t.run.decidedBy, cell: ({ decidedBy }) => decidedBy ?? t.common.none },
                  { key: 'leases', words: t.run.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
                ]}
              />
            )}
            <Pager at={{ page: asked, perPage: PER_PAGE, total, sort: { by: 'run', descending: true } }} />
          </div>
        </>
      ),
    };
  },
});
