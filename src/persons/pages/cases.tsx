/** What a person's page tells of the person's leases, and of how long the file is kept. */
import type { VNode } from 'preact';
import { at } from '../../web/address.ts';
import { Empty, Section } from '../../web/components/parts.tsx';
import { Place } from '../../web/components/place.tsx';
import { Table } from '../../web/components/table.tsx';
import { Facts, LastDay, Span } from '../../web/components/values.tsx';
import { useView } from '../../web/view.ts';
import { RETENTION_LIST } from './shared.tsx';
import type { Keeping, LeaseOfPerson } from './told.ts';

export function Leases({ of }: { readonly of: readonly LeaseOfPerson[] }): VNode {
  const { t, actor } = useView();
  const limited = actor?.districts != null;
  return (
    <Section id="leases" title={t.person.leases}>
      {of.length === 0 ? <Empty title={limited ? t.person.noLeasesSeen : t.person.noLeases} /> : (
        <Table
          caption={t.person.leases} rows={of} keyOf={({ lease, from, role }) => `${lease} ${from} ${role}`}
          columns={[
            { key: 'lease', words: t.lease.lease, head: true, cell: ({ lease }) => <a href={at('/leases/:lease', { lease })}>{lease}</a> },
            { key: 'place', words: t.stock.address, cell: (row) => <Place of={row} /> },
            { key: 'role', words: t.rent.role, cell: ({ role }) => t.rent.roleNames[role] ?? role },
            { key: 'days', words: t.person.days, cell: ({ from, to }) => <Span from={from} to={to} /> },
          ]}
        />
      )}
      {limited && of.length > 0 ? <p class="soft">{t.person.leasesOwn}</p> : null}
    </Section>
  );
}

export function KeepingSection({ of, lists }: { readonly of: Keeping; readonly lists: readonly string[] }): VNode {
  const { t: { person: t, retention }, today } = useView();
  return (
    <Section id="keeping" title={t.keeping}>
      {of.state === 'none' ? <p>{t.keptNone}</p> : of.state === 'in use' ? <p>{t.keptInUse}</p> : (
        <>
          <Facts of={[[t.keptEnded, <LastDay before={of.endedOn} />], [t.keptUntil, <LastDay before={of.until} />]]} />
          <p>{of.until <= today ? t.keptLong : t.keptYears(of.years)}</p>
        </>
      )}
      {lists.length === 0 ? null : (
        <p>
          {t.onLists}{' '}
          {lists.map((list, index) => <>{index === 0 ? null : ', '}<a href={at(RETENTION_LIST, { list })}>{retention.one(list)}</a></>)}
        </p>
      )}
    </Section>
  );
}
