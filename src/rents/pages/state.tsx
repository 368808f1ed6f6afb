/** State and hands of a run, and what may be done with it next. */
import type { VNode } from 'preact';
import { at } from '../../web/address.ts';
import { ActionButton } from '../../web/components/form-marks.tsx';
import { Note } from '../../web/components/parts.tsx';
import { Day, Facts, Moment, Num } from '../../web/components/values.tsx';
import { mayHere, useView } from '../../web/view.ts';
import type { RunView } from '../runs/read.ts';
import type { RecordedSince } from '../runs/redraw.ts';
import { APPROVAL, COMPARISON, DRAFTS, REDRAW, REJECTION, scopeText } from './shared.tsx';

export function RunFacts({ run }: { readonly run: RunView }): VNode {
  const view = useView();
  const { run: words, common } = view.t;
  const { stateReason } = run;
  return (
    <Facts
      of={[
        [words.tariff, <span class="code">{run.tariff}</span>],
        [words.scope, scopeText(view, run.scope)],
        [words.businessDate, <Day of={run.businessDate} />],
        [words.delivered, <Day of={run.delivered} />],
        [words.knownAt, <Moment of={run.knownAt} />],
        [words.preparedBy, run.preparedBy.join(', ')],
        [words.decidedBy, run.decidedBy === null ? common.none : <>{run.decidedBy}, <Moment of={run.decidedAt} /></>],
        ...(run.state === 'rejected' && stateReason !== null ? [[words.reason, stateReason] as const] : []),
        ...(run.leases === null ? [] : [[words.leases, <Num of={run.leases} />] as const]),
        ...(run.leftOut === 0 ? [] : [[words.leftOut, <a href={at(DRAFTS, { run: run.run }, { left_out: 'yes', last: 'yes' })}>{run.leftOut}</a>] as const]),
      ]}
    />
  );
}

export function RunActions({ run: { run, state, preparedBy } }: { readonly run: RunView }): VNode {
  const view = useView();
  const { runView: words } = view.t;
  const compare = <a href={at(COMPARISON, { run })}>{words.compare}</a>;
  if (state !== 'draft') return <p class="buttons">{compare}</p>;
  const approves = mayHere(view, 'run.approve');
  const prepares = mayHere(view, 'run.prepare');
  const own = preparedBy.includes(view.actor?.code ?? '');
  return (
    <>
      <Note>
        {approves ? <p>{own ? words.ownHand : words.waiting}</p> : prepares ? <p>{words.handOver}</p> : null}
        <p>{words.fourEyes}</p>
      </Note>
      <div class="buttons spaced">
        {approves && !own ? (
          <>
            <a class="button main" href={at(APPROVAL, { run })}>{words.approve}</a>
            <a class="button" href={at(REJECTION, { run })}>{words.reject}</a>
          </>
        ) : null}
        {prepares ? <ActionButton to={at(REDRAW, { run })} words={words.redraw} /> : null}
        {compare}
      </div>
      {prepares ? <p class="soft">{words.redrawHelp}</p> : null}
    </>
  );
}

/** What was recorded beneath the draft: whoever decides should know it before. */
export function SinceDrawn({ of: { law, leases, named } }: { readonly of: RecordedSince }): VNode | null {
  const { t: { runView: t } } = useView();
  if (!law && leases === 0) return null;
  return (
    <Note>
      {law ? <p><strong>{t.lawSince}</strong></p> : null}
      {leases === 0 ? null : (
        <>
          <p><strong>{t.since(leases)}</strong> {t.sinceHelp}</p>
          <ul class="found">{named.map((lease) => <li key={lease}><a href={at('/leases/:lease', { lease })}>{lease}</a></li>)}</ul>
        </>
      )}
    </Note>
  );
}
