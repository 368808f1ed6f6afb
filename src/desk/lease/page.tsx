/** A lease: its rent on any day as known on any day, how it came about, and its history. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { LeaseHistory } from '../../leases/history.ts';
import { leaseHistory, partiesOf } from '../../leases/history.ts';
import { may } from '../../platform/access/roles.ts';
import { plainDate } from '../../platform/dates/schema.ts';
import { rentHistory } from '../../rents/history.ts';
import { at } from '../../web/address.ts';
import { Section } from '../../web/components/parts.tsx';
import { Place } from '../../web/components/place.tsx';
import { TrailLink } from '../../web/components/trail-link.tsx';
import { Facts } from '../../web/components/values.tsx';
import { day } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { page } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import { DayQuestion } from '../question.tsx';
import { Parties, RentHistory, Terms } from './history.tsx';
import { askedRent } from './asked.ts';
import { AskedRent } from './rent.tsx';

export const leaseParams = z.strictObject({ lease: z.string().min(1).max(60) });

export const leasePages = page({
  path: '/leases/:lease', permission: 'lease.read', params: leaseParams, kinds: { day, known_on: day },
  query: z.strictObject({ day: plainDate.optional(), known_on: plainDate.optional() }),
  show: async ({ ctx, view, params: { lease }, query, filters }) => {
    const { t, today } = view;
    const history = await leaseHistory(ctx, lease, today);
    const rents = await rentHistory(ctx, lease);
    const asked = await askedRent(ctx, { lease, day: query.day, knownOn: query.known_on }, view.language);
    const parties = may(ctx.actor, 'person.read') ? await partiesOf(ctx, lease) : null;
    const shownFilters: FormState = { ...filters, values: { day: [day.write(asked.day)], ...filters.values } };
    return {
      title: t.rent.title(lease),
      crumbs: [{ to: '/leases', words: t.lease.list }],
      body: (
        <>
          <Head history={history} />
          <TrailLink kind="lease" id={lease} />
          <Section id="asked" title={t.rent.asked}>
            <DayQuestion label={t.rent.asked} state={shownFilters} to={at('/leases/:lease', { lease })} />
            <AskedRent asked={asked} />
          </Section>
          <RentHistory of={rents} today={today} />
          <Terms of={history} />
          {parties === null ? null : <Parties of={parties} />}
        </>
      ),
    };
  },
});

function Head({ history: { lease, terms } }: { readonly history: LeaseHistory }): VNode {
  const view = useView();
  const { t } = view;
  const current = terms.filter(({ over }) => !over).at(-1);
  const dwelling = may({ roles: view.actor?.roles ?? [] }, 'stock.read') ? <a href={at('/dwellings/:dwelling', { dwelling: lease.dwelling })}>{lease.dwelling}</a> : lease.dwelling;
  return (
    <Facts
      of={[
        [t.stock.address, <Place of={lease} />],
        [t.stock.dwelling, dwelling],
        [t.stock.district, lease.district ?? t.common.none],
        [t.lease.kind, current === undefined ? t.common.none : (t.lease.kinds[current.kind] ?? current.kind)],
      ]}
    />
  );
}
