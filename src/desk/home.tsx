/** Where everybody begins: what there is today, for a tenant their own leases. */
import { listLeases } from '../leases/lists.ts';
import { may } from '../platform/access/roles.ts';
import type { Context } from '../platform/context.ts';
import { listDwellings } from '../stock/lists.ts';
import { at } from '../web/address.ts';
import { Empty, Figures, Section } from '../web/components/parts.tsx';
import { Place } from '../web/components/place.tsx';
import { Table } from '../web/components/table.tsx';
import { Num } from '../web/components/values.tsx';
import type { Shown } from '../web/declared.ts';
import { page } from '../web/page.ts';
import type { View } from '../web/view.ts';
import { LETTER_CODE } from './account/addresses.ts';
import { Tasks, tasksOf } from './tasks.tsx';

/** Of a list the first row is read: its number is what is asked for. */
const COUNTED = { limit: 1, offset: 0, sort: { by: 'lease', descending: false } } as const;

export const homePages = page({
  path: '/', permission: 'law.read', nav: { place: 10, words: ({ t }) => t.desk.home },
  show: ({ ctx, view }) => (may(ctx.actor, 'stock.read') ? staffHome(ctx, view) : tenantHome(ctx, view)),
});

async function staffHome(ctx: Context, view: View): Promise<Shown> {
  const { t, today } = view;
  const [tasks, leases, social, dwellings] = await Promise.all([
    tasksOf(ctx, view), listLeases(ctx, today, {}, COUNTED), listLeases(ctx, today, { kind: 'social' }, COUNTED), listDwellings(ctx, today, {}, { ...COUNTED, sort: { by: 'code', descending: false } }),
  ]);
  return {
    title: t.desk.hello(ctx.actor.name),
    body: (
      <>
        <Tasks of={tasks} />
        <Section id="stock" title={t.desk.stock}>
          <Figures
            of={[
              { name: t.desk.leasesToday, value: <a href="/leases"><Num of={leases.total} /></a> },
              { name: t.desk.socialToday, value: <a href="/leases?kind=social"><Num of={social.total} /></a> },
              { name: t.desk.dwellingsToday, value: <a href="/dwellings"><Num of={dwellings.total} /></a> },
            ]}
          />
        </Section>
      </>
    ),
  };
}

async function tenantHome(ctx: Context, view: View): Promise<Shown> {
  const { t, today } = view;
  const { items } = await listLeases(ctx, today, {}, { limit: 50, offset: 0, sort: { by: 'lease', descending: false } });
  return {
    title: t.desk.hello(ctx.actor.name),
    body: (
      <Section id="own" title={t.desk.yourLeases}>
        {items.length === 0 ? (
          <Empty title={t.desk.noLeases}>
            <p>{t.desk.noLeasesHelp}</p>
            {ctx.actor.person !== null ? null : <p class="buttons"><a class="button main" href={LETTER_CODE}>{t.account.enterCode}</a></p>}
          </Empty>
        ) : (
          <Table
            caption={t.desk.yourLeases}
            rows={items}
            keyOf={({ lease }) => lease}
            columns={[
              { key: 'lease', words: t.lease.lease, head: true, cell: ({ lease }) => <a href={at('/leases/:lease', { lease })}>{lease}</a> },
              { key: 'place', words: t.stock.address, cell: (row) => <Place of={row} /> },
              { key: 'kind', words: t.lease.kind, cell: ({ kind }) => t.lease.kinds[kind] ?? kind },
            ]}
          />
        )}
      </Section>
    ),
  };
}
