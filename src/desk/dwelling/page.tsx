/** A dwelling: where it lies, who rents it, what it is worth on any day as known on any day, and everything found out about it. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { LeaseRow } from '../../leases/lists.ts';
import { listLeases } from '../../leases/lists.ts';
import { plainDate } from '../../platform/dates/schema.ts';
import { knownAtOf } from '../../rents/explain.ts';
import type { DwellingRow } from '../../stock/lists.ts';
import { factHistory } from '../../stock/lists.ts';
import { at } from '../../web/address.ts';
import { Section } from '../../web/components/parts.tsx';
import { Place } from '../../web/components/place.tsx';
import { TrailLink } from '../../web/components/trail-link.tsx';
import { Facts } from '../../web/components/values.tsx';
import { day } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { DayQuestion } from '../question.tsx';
import { FindingsPart } from './findings.tsx';
import { slotsOf } from './slots.ts';
import { ValuePart, askedValue } from './value.tsx';

export const dwellingParams = z.strictObject({ dwelling: z.string().min(1).max(60) });

/** More leases than one dwelling has on a day. */
const ALL_LEASES = { limit: 100, offset: 0, sort: { by: 'lease', descending: false } } as const;

export const dwellingPage = page({
  path: '/dwellings/:dwelling', permission: 'stock.read', params: dwellingParams, kinds: { day, known_on: day },
  query: z.strictObject({ day: plainDate.optional(), known_on: plainDate.optional() }),
  show: async ({ ctx, view, params: { dwelling: code }, query, filters }) => {
    const { t, today } = view;
    const asked = query.day ?? today;
    const { dwelling, facts } = await factHistory(ctx, code, today);
    const { items: leases } = await listLeases(ctx, today, { dwelling: code }, ALL_LEASES);
    const knownAt = knownAtOf(ctx, query.known_on);
    const value = await askedValue(ctx, view, { dwelling: code, day: asked, knownOn: query.known_on });
    // Before the law began nothing has a name in it: the names of today serve.
    const named = await slotsOf(ctx, dwelling, asked, knownAt);
    const slots = named.length > 0 ? named : await slotsOf(ctx, dwelling, today, ctx.clock.now());
    const shownFilters: FormState = { ...filters, values: { day: [day.write(asked)], ...filters.values } };
    return {
      title: t.dwelling.title(code),
      crumbs: [{ to: '/dwellings', words: t.stock.list }],
      body: (
        <>
          <Head dwelling={dwelling} leases={leases} />
          <p><a href={at('/dwellings/:dwelling/history', { dwelling: code })}>{t.past.link}</a></p>
          <TrailLink kind="dwelling" id={code} />
          <Section id="asked" title={t.dwelling.asked}>
            <DayQuestion state={shownFilters} to={at('/dwellings/:dwelling', { dwelling: code })} label={t.dwelling.asked} />
            <ValuePart asked={value} dwelling={code} />
          </Section>
          <FindingsPart of={{ dwelling, facts, slots, day: asked, knownAt }} />
        </>
      ),
    };
  },
});

function Head({ dwelling, leases }: { readonly dwelling: DwellingRow; readonly leases: readonly LeaseRow[] }): VNode {
  const view = useView();
  const { t } = view;
  const { building, staircase, district, holder, shared } = dwelling;
  return (
    <Facts
      of={[
        [t.stock.address, <Place of={dwelling} />],
        [t.stock.building, <a class="code" href={at('/dwellings', {}, { building })}>{building}</a>],
        [t.stock.staircase, staircase ?? t.common.none],
        [t.stock.district, district ?? t.common.none],
        [t.stock.holder, holder ?? t.common.none],
        [t.stock.shared, shared === null ? t.common.none : shared ? t.common.yes : t.common.no],
        [t.dwelling.leases, leases.length === 0 ? t.dwelling.noLeases : <Leases of={leases} />],
      ]}
    />
  );
}

function Leases({ of }: { readonly of: readonly LeaseRow[] }): VNode {
  const view = useView();
  const { t } = view;
  return (
    <ul class="found">
      {of.map(({ lease, kind }) => (
        <li key={lease}>
          {mayHere(view, 'lease.read') ? <a href={at('/leases/:lease', { lease })}>{lease}</a> : lease} <span class="soft">{t.lease.kinds[kind] ?? kind}</span>
        </li>
      ))}
    </ul>
  );
}
