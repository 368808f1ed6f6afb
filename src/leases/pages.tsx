/** Leases on pages: the list of those in force today. */
import { listDistricts } from '../stock/lists.ts';
import { at } from '../web/address.ts';
import { ChoiceField, DayField, TextField } from '../web/components/fields.tsx';
import { Place, placeText } from '../web/components/place.tsx';
import { Day, LastDay } from '../web/components/values.tsx';
import { day } from '../web/forms/kinds.ts';
import { listPages } from '../web/listing.tsx';
import { addDays } from '../platform/dates/plain.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { LeaseRow } from './lists.ts';
import { LEASE_SORTS, leaseFilter, listLeases } from './lists.ts';
import { BASES, LEASE_KINDS } from './terms.ts';

/** The last day on which it holds, as people say it. */
const lastDay = (to: PlainDate | null): PlainDate | null => (to === null ? null : addDays(to, -1));

export const leasePages = listPages<LeaseRow, typeof leaseFilter, (typeof LEASE_SORTS)[number]>({
  path: '/leases', permission: 'lease.read', nav: { place: 30, words: ({ t }) => t.lease.list }, file: 'umowy-lista',
  filter: leaseFilter, sort: LEASE_SORTS, kinds: { starts_since: day, ends_by: day },
  read: (ctx, filter, asked) => listLeases(ctx, ctx.clock.today(), filter, asked),
  keyOf: ({ lease }) => lease,
  title: ({ t }) => t.lease.list,
  columns: ({ t }) => [
    { key: 'lease', words: t.lease.lease, sort: 'lease', head: true, cell: ({ lease }) => <a href={at('/leases/:lease', { lease })}>{lease}</a>, plain: ({ lease }) => lease },
    { key: 'place', words: t.stock.address, sort: 'street', cell: (row) => <Place of={row} />, plain: placeText },
    { key: 'dwelling', words: t.stock.dwelling, sort: 'dwelling', cell: ({ dwelling }) => <span class="code">{dwelling}</span>, plain: ({ dwelling }) => dwelling },
    { key: 'district', words: t.stock.district, sort: 'district', cell: ({ district }) => district ?? t.common.none, plain: ({ district }) => district },
    { key: 'kind', words: t.lease.kind, sort: 'kind', cell: ({ kind }) => t.lease.kinds[kind] ?? kind, plain: ({ kind }) => t.lease.kinds[kind] ?? kind },
    { key: 'basis', words: t.lease.basis, sort: 'basis', cell: ({ basis }) => (basis === null ? t.lease.noBasis : (t.lease.bases[basis] ?? basis)), plain: ({ basis }) => (basis === null ? null : (t.lease.bases[basis] ?? basis)) },
    { key: 'from', words: t.lease.from, sort: 'from', cell: ({ from }) => <Day of={from} />, plain: ({ from }) => from, kind: 'day' },
    { key: 'to', words: t.lease.to, sort: 'to', cell: ({ to }) => <LastDay before={to} />, plain: ({ to }) => lastDay(to), kind: 'day' },
  ],
  fields: async ({ t, today }, ctx) => (
    <>
      <TextField name="number" label={t.lease.number} maxLength={60} />
      <TextField name="street" label={t.stock.street} maxLength={120} />
      <TextField name="dwelling" label={t.stock.dwelling} maxLength={60} />
      <ChoiceField name="district" label={t.stock.district} any={t.form.any} options={(await listDistricts(ctx, today)).map((district) => ({ value: district, words: district }))} />
      <ChoiceField name="kind" label={t.lease.kind} any={t.form.any} options={LEASE_KINDS.map((kind) => ({ value: kind, words: t.lease.kinds[kind] ?? kind }))} />
      <ChoiceField name="basis" label={t.lease.basis} any={t.form.any} options={BASES.map((basis) => ({ value: basis, words: t.lease.bases[basis] ?? basis }))} />
      <DayField name="starts_since" label={t.lease.startsSince} />
      <DayField name="ends_by" label={t.lease.endsBy} />
    </>
  ),
});
