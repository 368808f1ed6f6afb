/** One lease in a run: what is proposed and why, both statements side by side; leaving it out and taking it back. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { findLease } from '../../leases/history.ts';
import type { Context } from '../../platform/context.ts';
import type { RenderedStatement } from '../../platform/statement/rendered.ts';
import type { Statement } from '../../platform/statement/types.ts';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, CommandForm } from '../../web/components/fields.tsx';
import { ActionButton } from '../../web/components/form-marks.tsx';
import { Figures, Note, Section } from '../../web/components/parts.tsx';
import { Place } from '../../web/components/place.tsx';
import { StatementView } from '../../web/components/statement.tsx';
import { Facts, Moment, Money, Num, Signed, Span, Status } from '../../web/components/values.tsx';
import { text } from '../../web/forms/kinds.ts';
import { actionPage, formPage, page } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import { Presenter } from '../present.ts';
import { leaveOut, omissionInput, takeBack } from '../runs/decide.ts';
import type { DraftDetail } from '../runs/drafts.ts';
import { viewDraft } from '../runs/drafts.ts';
import { runParam, viewRun } from '../runs/read.ts';
import { namedFacts } from './missing.ts';
import { DRAFT, DRAFTS, MendLink, OMISSION, TAKE_BACK, runCrumbs } from './shared.tsx';

const params = runParam.safeExtend({ lease: omissionInput.shape.lease });

/** A step with its statements in words, its lines that differ, and the facts that are missing by their names. */
interface ShownStep {
  readonly step: DraftDetail;
  readonly old: RenderedStatement | null;
  readonly fresh: RenderedStatement | null;
  readonly missing: readonly string[];
}

async function shownStep(ctx: Context, { language }: View, step: DraftDetail): Promise<ShownStep> {
  const present = new Presenter(ctx, language);
  const render = async (statement: Statement | null, day: string | null, knownAt: string | null): Promise<RenderedStatement | null> =>
    statement === null || day === null || knownAt === null ? null : present.renderFrozen(statement, day, knownAt);
  const named = await namedFacts(ctx, language, step.day, step.missing);
  return { step, old: await render(step.oldStatement, step.oldDay, step.oldKnownAt), fresh: await render(step.statement, step.day, step.knownAt), missing: named.map(({ name }) => name) };
}

const shownPages = page({
  path: '/runs/:run/leases/:lease', permission: 'run.read', params,
  show: async ({ ctx, view, params: { run, lease } }) => {
    const { t } = view;
    const { state } = await viewRun(ctx, run);
    const steps = await viewDraft(ctx, run, lease);
    const place = await findLease(ctx, lease, view.today);
    const shown = await Promise.all(steps.map((step) => shownStep(ctx, view, step)));
    return {
      title: t.runLease.title(lease, run), wide: true,
      crumbs: [...runCrumbs(view, run), { to: at(DRAFTS, { run }), words: t.runDrafts.title(run) }],
      body: (
        <>
          <Facts
            of={[
              [t.stock.address, <Place of={place} />],
              [t.lease.lease, <a href={at('/leases/:lease', { lease })}>{t.runLease.leasePage}</a>],
              [t.stock.dwelling, <a href={at('/dwellings/:dwelling', { dwelling: place.dwelling })}>{place.dwelling}</a>],
              [t.stock.district, place.district ?? t.common.none],
            ]}
          />
          <Omitting run={run} lease={lease} draft={state === 'draft'} omission={steps[0]?.omission ?? null} />
          {shown.map((one, index) => <Step key={one.step.step} of={one} title={shown.length === 1 ? t.runLease.only : t.runLease.step(index + 1)} />)}
        </>
      ),
    };
  },
});

function Omitting({ run, lease, draft, omission }: { readonly run: string; readonly lease: string; readonly draft: boolean; readonly omission: DraftDetail['omission'] }): VNode | null {
  const view = useView();
  const { t } = view;
  const may = draft && mayHere(view, 'run.prepare');
  if (omission === null) return may ? <p class="buttons spaced"><a class="button" href={at(OMISSION, { run, lease })}>{t.runLease.leaveOut}</a></p> : null;
  return (
    <Note>
      <p><strong>{t.runLease.leftOut(lease)}</strong></p>
      <p>{omission.reason} <span class="soft">{t.runLease.leftOutBy(omission.actor)}, <Moment of={omission.at} /></span></p>
      {may ? <div class="buttons"><ActionButton to={at(TAKE_BACK, { run, lease })} words={t.runLease.takeBack} /></div> : null}
    </Note>
  );
}

function Step({ of: { step, old, fresh, missing }, title }: { readonly of: ShownStep; readonly title: string }): VNode {
  const { t } = useView();
  const { runDrafts: words, runLease: own } = t;
  const differing = new Set(step.differing);
  const marked = old !== null && fresh !== null ? differing : undefined;
  return (
    <Section id={`step-${step.step}`} title={title} aside={<Status tone={step.outcome === 'exception' ? 'warn' : 'info'}>{t.run.outcomes[step.outcome] ?? step.outcome}</Status>}>
      <Figures
        of={[
          { name: words.old, value: <Money of={step.oldAmount} /> },
          { name: words.new, value: <Money of={step.newAmount} />, more: step.effectiveFrom === null ? undefined : <Span from={step.effectiveFrom} to={step.effectiveTo} /> },
          ...(step.difference === null ? [] : [{ name: words.difference, value: <Signed of={step.difference} unit="zł" />, more: <Signed of={step.percent} unit="%" /> }]),
          ...(step.rate === null ? [] : [{ name: words.rate, value: <Num of={step.rate} unit="zł/m²" places={2} />, more: step.category === null ? undefined : `${t.runView.category} ${step.category}` }]),
        ]}
      />
      {step.reason === null ? null : (
        <Note tone="bad">
          <p><strong>{t.run.reasons[step.reason] ?? step.reason}</strong></p>
          {missing.length === 0 ? null : <ul>{missing.map((name) => <li key={name}>{name}</li>)}</ul>}
          <p>{t.run.mend[step.reason]} <MendLink reason={step.reason} lease={step.lease} dwelling={step.dwelling} /></p>
        </Note>
      )}
      {step.warnings.length === 0 ? null : (
        <Note>
          <p><strong>{t.runView.toCheck}</strong></p>
          <ul>{step.warnings.map((warning) => <li key={warning}>{t.run.warningNames[warning] ?? warning} <span class="soft code">{warning}</span></li>)}</ul>
        </Note>
      )}
      {marked === undefined ? null : <p>{own.differs(differing.size)}</p>}
      <div class="sides">
        <div>
          <h3>{own.oldStatement}</h3>
          {old === null ? <p class="soft">{step.oldAmount === null ? own.noOldRent : own.noOld}</p> : <StatementView name={`old-${step.step}`} of={old} label={`${own.oldStatement}, ${title}`} {...(marked === undefined ? {} : { marked })} />}
        </div>
        <div>
          <h3>{own.newStatement}</h3>
          {fresh === null ? <p class="soft">{own.noNew}</p> : <StatementView name={`new-${step.step}`} of={fresh} label={`${own.newStatement}, ${title}`} {...(marked === undefined ? {} : { marked })} />}
        </div>
      </div>
    </Section>
  );
}

const leavingPages = formPage({
  path: '/runs/:run/leases/:lease/omission', permission: 'run.prepare', audit: 'run.leave_out', params, body: omissionInput.pick({ reason: true }), fields: { reason: text },
  show: async ({ ctx, view, params: { run, lease } }, form) => {
    await viewDraft(ctx, run, lease);
    const { runLease: words } = view.t;
    const back = at(DRAFT, { run, lease });
    return {
      title: words.leaveOutTitle(lease), crumbs: [...runCrumbs(view, run), { to: back, words: lease }],
      body: (
        <CommandForm state={form} to={at(OMISSION, { run, lease })}>
          <p>{words.leaveOutHelp}</p>
          <AreaField name="reason" label={view.t.run.reason} hint={words.reasonHint} maxLength={500} />
          <Buttons save={words.leaveOutSave} cancel={back} />
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view, params: { run, lease } }, { reason }) => {
    await leaveOut(ctx, run, { lease, reason });
    return { to: at(DRAFT, { run, lease }), notice: { kind: 'good', words: view.t.runLease.leftOut(lease) } };
  },
});

const takingBackPages = actionPage({
  path: '/runs/:run/leases/:lease/return', permission: 'run.prepare', audit: 'run.take_back', params, body: z.strictObject({}), fields: {},
  back: ({ run, lease }) => at(DRAFT, { run, lease }),
  submit: async ({ ctx, view, params: { run, lease } }) => {
    await takeBack(ctx, run, lease);
    return { to: at(DRAFT, { run, lease }), notice: { kind: 'good', words: view.t.runLease.takenBack(lease) } };
  },
});

export const runLeasePages = [...shownPages, ...leavingPages, ...takingBackPages];
