/** One run: how far it is while it is drawn, then its state, its hands and everything it comes to. */
import type { ComponentChildren, VNode } from 'preact';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { problemText } from '../../platform/problem-texts.ts';
import { at } from '../../web/address.ts';
import { Empty, Note, Progress, Section } from '../../web/components/parts.tsx';
import { TrailLink } from '../../web/components/trail-link.tsx';
import { choice } from '../../web/forms/kinds.ts';
import { page } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import { listDrafts } from '../runs/drafts.ts';
import type { RunProgress } from '../runs/progress.ts';
import { runProgress } from '../runs/progress.ts';
import type { RunView } from '../runs/read.ts';
import { runParam, viewRun } from '../runs/read.ts';
import { recordedSince } from '../runs/redraw.ts';
import type { Measure } from '../runs/spread.ts';
import { MEASURES, exceptionsOf, spreadOf } from '../runs/spread.ts';
import type { RunSummary } from '../runs/store.ts';
import { Exceptions } from './exceptions.tsx';
import { namedFacts } from './missing.ts';
import { RunState, RUN, NEW_RUN, countedAt, runCrumbs } from './shared.tsx';
import { Biggest, SpreadSection } from './spread.tsx';
import { RunActions, RunFacts, SinceDrawn } from './state.tsx';
import { MonthsAndWarnings, OutcomeTable, PartTotals, RunFigures } from './totals.tsx';

/** The part of the page that changes when the drafts are drawn. */
const PART = 'run';
const SHOWN = 10;

export const runPages = page({
  path: '/runs/:run', permission: 'run.read', params: runParam, kinds: { spread: choice }, query: z.strictObject({ spread: z.enum(MEASURES).optional() }),
  show: async ({ ctx, view, params: { run: id }, query: { spread = 'percent' } }) => {
    const run = await viewRun(ctx, id);
    return {
      title: view.t.run.one(id), crumbs: runCrumbs(view),
      body: <div id={PART}>{run.state === 'drafting' || run.state === 'void' ? <Drawing run={run} progress={await runProgress(ctx, run)} /> : await drawn(ctx, view, run, spread)}</div>,
    };
  },
});

/** Still being drawn, or come to nothing. */
function Drawing({ run, progress: { running, done, total, problem } }: { readonly run: RunView; readonly progress: RunProgress }): VNode {
  const view = useView();
  const { t } = view;
  const to = at(RUN, { run: run.run });
  return (
    <Section id="state" title={t.runView.state} aside={<RunState of={run.state} />}>
      <RunFacts run={run} />
      {running ? (
        <>
          <Progress done={done} total={total} words={t.runView.drawing} running address={to} part={PART} />
          <p class="soft">{t.runView.drawingHelp}</p>
          <noscript><p><a href={to}>{t.runView.refresh}</a></p></noscript>
        </>
      ) : (
        <>
          <Note tone="bad">
            <p><strong>{t.runView.failed}</strong></p>
            <p>{problem ?? t.runView.interrupted}</p>
          </Note>
          {mayHere(view, 'run.prepare') ? <p class="buttons"><a class="button main" href={NEW_RUN}>{t.run.new}</a></p> : null}
        </>
      )}
    </Section>
  );
}

async function drawn(ctx: Context, view: View, run: RunView & { readonly summary: RunSummary | null }, measure: Measure): Promise<ComponentChildren> {
  const { t } = view;
  const { summary } = run;
  const head = (
    <>
      <Section id="state" title={t.runView.state} aside={<RunState of={run.state} />}>
        <RunFacts run={run} />
        <TrailLink kind="run" id={run.run} />
        {run.state === 'draft' ? <SinceDrawn of={await recordedSince(ctx, run.run)} /> : null}
        <RunActions run={run} />
      </Section>
      <TariffWarnings run={run} />
    </>
  );
  if (summary === null || run.leases === 0) return <>{head}<Empty title={t.runView.empty}><p>{t.runView.emptyHelp}</p></Empty></>;
  const biggest = { limit: SHOWN, offset: 0 };
  const counted = { last: 'yes', left_out: 'no' } as const;
  const [spread, exceptions, rises, falls] = await Promise.all([
    spreadOf(ctx, run.run, measure), exceptionsOf(ctx, run.run),
    listDrafts(ctx, run.run, { ...counted, outcome: 'increase' }, { ...biggest, sort: { by: 'difference', descending: true } }),
    listDrafts(ctx, run.run, { ...counted, outcome: 'decrease' }, { ...biggest, sort: { by: 'difference', descending: false } }),
  ]);
  const names = await namedFacts(ctx, view.language, run.businessDate, exceptions.missing.map(({ missing }) => missing));
  return (
    <>
      {head}
      <Section id="totals" title={t.runView.totals} aside={<a href={countedAt(run.run, {})}>{t.runView.all}</a>}>
        <RunFigures summary={summary} />
        <OutcomeTable run={run.run} summary={summary} />
      </Section>
      <SpreadSection run={run.run} measure={measure} spread={spread} />
      <Biggest id="rises" title={t.runView.rises} none={t.runView.noRises} run={run.run} rows={rises.items} all={countedAt(run.run, { outcome: 'increase', sort: '-difference' })} />
      <Biggest id="falls" title={t.runView.falls} none={t.runView.noFalls} run={run.run} rows={falls.items} all={countedAt(run.run, { outcome: 'decrease', sort: 'difference' })} />
      <Exceptions run={run.run} groups={exceptions.groups} missing={exceptions.missing.map((fact, index) => ({ ...fact, name: names[index]?.name ?? fact.missing }))} />
      <PartTotals run={run.run} summary={summary} />
      <MonthsAndWarnings run={run.run} summary={summary} />
    </>
  );
}

function TariffWarnings({ run: { warnings } }: { readonly run: RunView }): VNode | null {
  const { t } = useView();
  if (warnings.length === 0) return null;
  return (
    <Note>
      <p><strong>{t.runView.warnings}</strong></p>
      <ul>
        {warnings.map(({ field, code, args }) => <li key={`${field} ${code}`}>{problemText(code, args)}</li>)}
      </ul>
    </Note>
  );
}
