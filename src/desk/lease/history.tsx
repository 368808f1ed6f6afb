/** What was when: the rents of a lease, its terms, its parties. */
import type { VNode } from 'preact';
import type { LeaseHistory, PartyRow } from '../../leases/history.ts';
import { daysBetween } from '../../platform/dates/plain.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { RentRow } from '../../rents/history.ts';
import { at } from '../../web/address.ts';
import * as format from '../../web/format.ts';
import { Steps } from '../../web/components/chart.tsx';
import type { Happened } from '../../web/components/parts.tsx';
import { Empty, Section, Timeline } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, LastDay, Moment, Money, Num, Span, Status } from '../../web/components/values.tsx';
import { mayHere, useView } from '../../web/view.ts';

/** Where the axis of days begins, far before any rent. */
const ORIGIN = '1900-01-01' as PlainDate;

export function RentHistory({ of, today }: { readonly of: readonly RentRow[]; readonly today: PlainDate }): VNode {
  const { t, language } = useView();
  const steps = of.map(({ from, amount }) => ({ at: daysBetween(ORIGIN, from), words: format.day(from, language), value: Number(amount), shown: format.money(amount, language) }));
  const last = of.at(-1);
  const until = daysBetween(ORIGIN, last?.to ?? (last !== undefined && last.from > today ? last.from : today));
  return (
    <Section id="history" title={t.rent.history}>
      {of.length === 0 ? <Empty title={t.rent.noHistory} /> : (
        <>
          {of.length < 2 ? null : <Steps steps={steps} until={until} title={t.rent.chart} unit={t.rent.perMonth} />}
          <Table
            caption={t.rent.history}
            rows={[...of].reverse()}
            keyOf={({ from, fixedAt }) => `${from} ${fixedAt}`}
            columns={[
              { key: 'days', words: t.rent.day, head: true, cell: ({ from, to }) => <Span from={from} to={to} /> },
              { key: 'amount', words: t.rent.amount, end: true, cell: ({ amount }) => <Money of={amount} /> },
              { key: 'rate', words: t.rent.rate, end: true, cell: ({ rate }) => <Num of={rate} unit="zł/m²" places={2} /> },
              { key: 'area', words: t.rent.area, end: true, cell: ({ area }) => <Num of={area} unit="m²" places={2} /> },
              { key: 'tariff', words: t.rent.tariff, cell: ({ tariff }) => tariff ?? t.common.none },
              { key: 'origin', words: t.rent.origin, cell: ({ origin, run, fixedAt, actor }) => <>{origin === 'imported' || run === null ? t.rent.imported : t.rent.fromRun(run)}, <Moment of={fixedAt} /> ({actor})</> },
            ]}
          />
        </>
      )}
    </Section>
  );
}

export function Terms({ of: { terms, bases, holds } }: { readonly of: LeaseHistory }): VNode {
  const { t } = useView();
  const told = ({ actor, reason, knownFrom }: { actor: string; reason: string; knownFrom: string }): VNode => <>{t.rent.recordedBy(actor)}, <Moment of={knownFrom} />: {reason}</>;
  const corrected = (over: boolean): VNode | null => (over ? <> <Status tone="quiet">{t.rent.corrected}</Status></> : null);
  const happened: (Happened & { readonly day: string })[] = [
    ...terms.map((term, index) => ({
      day: term.from, key: `t${index}`, when: <Span from={term.from} to={term.to} />, over: term.over, more: told(term),
      what: <>{[t.lease.kinds[term.kind] ?? term.kind, term.covers === 'whole' ? t.rent.whole : t.rent.rooms, ...(term.noticeMonths === null ? [] : [t.rent.notice(term.noticeMonths)]), ...(term.evictionStayed ? [t.rent.stayed] : [])].join(', ')}{corrected(term.over)}</>,
    })),
    ...bases.map((basis, index) => ({
      day: basis.from, key: `b${index}`, when: <Span from={basis.from} to={basis.to} />, over: basis.over, more: told(basis),
      what: <>{t.rent.basisIs}: {[t.lease.bases[basis.basis] ?? basis.basis, ...(basis.document === null ? [] : [basis.document])].join(', ')}{basis.ownRate === null ? null : <>, <Num of={basis.ownRate} unit="zł/m²" places={2} /></>}{corrected(basis.over)}</>,
    })),
    ...holds.map((hold, index) => ({
      day: hold.from, key: `h${index}`, when: <Span from={hold.from} to={hold.to} />, over: hold.over, more: told(hold), what: <>{t.rent.hold}: {hold.why}{corrected(hold.over)}</>,
    })),
  ];
  return (
    <Section id="terms" title={t.rent.terms}>
      <Timeline label={t.rent.terms} of={happened.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))} />
    </Section>
  );
}

export function Parties({ of }: { readonly of: readonly PartyRow[] }): VNode {
  const view = useView();
  const { t } = view;
  const linked = mayHere(view, 'person.read');
  return (
    <Section id="parties" title={t.rent.parties}>
      {of.length === 0 ? <Empty title={t.common.none} /> : (
        <Table
          caption={t.rent.parties}
          rows={of.filter(({ over }) => !over)}
          keyOf={({ person, from }) => `${person} ${from}`}
          columns={[
            { key: 'name', words: t.rent.person, head: true, cell: ({ name, person }) => <>{linked ? <a href={at('/persons/:person', { person })}>{name}</a> : name} <span class="soft code">{person}</span></> },
            { key: 'role', words: t.rent.role, cell: ({ role }) => t.rent.roleNames[role] ?? role },
            { key: 'from', words: t.lease.from, cell: ({ from }) => <Day of={from} /> },
            { key: 'to', words: t.lease.to, cell: ({ to }) => <LastDay before={to} /> },
          ]}
        />
      )}
    </Section>
  );
}
