/** What a run could not settle, by reason, with the way to mend each. */
import type { VNode } from 'preact';
import { at } from '../../web/address.ts';
import { Empty, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Num } from '../../web/components/values.tsx';
import { useView } from '../../web/view.ts';
import type { ExceptionGroup, MissingFact } from '../runs/spread.ts';
import { DRAFT, MendLink, countedAt } from './shared.tsx';

/** A missing fact with its name in the law. */
interface CountedFact extends MissingFact {
  readonly name: string;
}

export function Exceptions({ run, groups, missing }: { readonly run: string; readonly groups: readonly ExceptionGroup[]; readonly missing: readonly CountedFact[] }): VNode {
  const { t } = useView();
  const { runView: words } = t;
  if (groups.length === 0) return <Section id="exceptions" title={words.exceptions}><Empty title={words.noExceptions} /></Section>;
  return (
    <Section id="exceptions" title={words.exceptions}>
      <p>{words.exceptionsHelp}</p>
      <Table
        caption={words.exceptions} rows={groups} keyOf={({ reason }) => reason}
        columns={[
          { key: 'reason', words: t.run.reason, head: true, cell: ({ reason }) => <a href={countedAt(run, { outcome: 'exception', reason })}>{t.run.reasons[reason] ?? reason}</a> },
          { key: 'leases', words: t.run.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
          { key: 'mend', words: words.mend, cell: ({ reason }) => t.run.mend[reason] ?? t.common.none },
          {
            key: 'some', words: words.some, cell: ({ reason, some }) => (
              <ul class="plain">
                {some.map(({ lease, dwelling }) => <li key={lease}><a href={at(DRAFT, { run, lease })} class="code">{lease}</a> <MendLink reason={reason} lease={lease} dwelling={dwelling} /></li>)}
              </ul>
            ),
          },
        ]}
      />
      {missing.length === 0 ? null : (
        <>
          <h3>{words.missing}</h3>
          <Table
            caption={words.missing} rows={missing} keyOf={(fact) => fact.missing}
            columns={[
              { key: 'what', words: words.missingFact, head: true, cell: (fact) => <a href={countedAt(run, { outcome: 'exception', missing: fact.missing })}>{fact.name}</a> },
              { key: 'leases', words: t.run.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
            ]}
          />
        </>
      )}
    </Section>
  );
}
