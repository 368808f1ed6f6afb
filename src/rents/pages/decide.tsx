/** Deciding a run: drawing the changed leases anew, approving and rejecting, each asked once more. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, CommandForm } from '../../web/components/fields.tsx';
import { Note, Section } from '../../web/components/parts.tsx';
import { text } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { actionPage, formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { approveRun, redrawChanged, rejectRun, rejectionInput } from '../runs/decide.ts';
import type { RunView } from '../runs/read.ts';
import { runParam, viewRun } from '../runs/read.ts';
import { recordedSince } from '../runs/redraw.ts';
import type { RunSummary } from '../runs/store.ts';
import { APPROVAL, REJECTION, RUN, runCrumbs } from './shared.tsx';
import { RunFacts, SinceDrawn } from './state.tsx';
import { OutcomeTable, RunFigures } from './totals.tsx';

const NAMED = 20;

const redrawPages = actionPage({
  path: '/runs/:run/redraw', permission: 'run.prepare', audit: 'run.redraw', params: runParam, body: z.strictObject({}), fields: {},
  back: ({ run }) => at(RUN, { run }),
  submit: async ({ ctx, view: { t }, params: { run } }) => {
    const { leases } = await redrawChanged(ctx, run);
    const words = leases.length === 0 ? t.runView.redrawnNone : `${t.runView.redrawn(leases.length)} ${leases.slice(0, NAMED).join(', ')}${leases.length > NAMED ? ' …' : ''}`;
    return { to: at(RUN, { run }), notice: { kind: leases.length === 0 ? 'info' : 'good', words } };
  },
});

/** Why whoever looks cannot decide the run; null where they can. The command asks again. */
function hindrance({ t, actor }: View, { state, preparedBy }: RunView): string | null {
  if (state !== 'draft') return t.runDecide.notDraft;
  return preparedBy.includes(actor?.code ?? '') ? t.runView.ownHand : null;
}

/** What was refused stands above, with what can be done; without a form where nothing more can be. */
function Refused({ run, form, why }: { readonly run: string; readonly form: FormState; readonly why: string | null }): VNode | null {
  const { t: { runDecide: words, runView } } = useView();
  if (why === null && form.summary === null) return null;
  const back = <p><a href={at(RUN, { run })}>{words.refusedBack}</a></p>;
  if (why !== null) {
    return (
      <Note tone="bad">
        <p><strong>{form.summary ?? why}</strong></p>
        <p>{runView.fourEyes}</p>
        {back}
      </Note>
    );
  }
  return (
    <Note>
      <p><strong>{words.refusedHelp}</strong></p>
      <ul>
        <li>{words.refusedChanged}</li>
        <li>{words.refusedTariff}</li>
      </ul>
      {back}
    </Note>
  );
}

function Asked({ run }: { readonly run: RunView & { readonly summary: RunSummary | null } }): VNode {
  const { t } = useView();
  return (
    <Section id="totals" title={t.runView.totals}>
      <RunFacts run={run} />
      {run.summary === null ? null : <><RunFigures summary={run.summary} /><OutcomeTable run={run.run} summary={run.summary} /></>}
    </Section>
  );
}

const approvalPages = formPage({
  path: '/runs/:run/approval', permission: 'run.approve', audit: 'run.approve', params: runParam, body: z.strictObject({}), fields: {},
  show: async ({ ctx, view, params: { run: id } }, form) => {
    const { t } = view;
    const run = await viewRun(ctx, id);
    const why = hindrance(view, run);
    return {
      title: t.runDecide.approveTitle(id), crumbs: runCrumbs(view, id),
      body: (
        <>
          <Refused run={id} form={form} why={why} />
          <Asked run={run} />
          {why !== null ? null : (
            <CommandForm state={form} to={at(APPROVAL, { run: id })}>
              <SinceDrawn of={await recordedSince(ctx, id)} />
              <p>{t.runDecide.approveHelp}</p>
              <Buttons save={t.runDecide.approveSave} cancel={at(RUN, { run: id })} />
            </CommandForm>
          )}
        </>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { run } }) => {
    const { rents } = await approveRun(ctx, run);
    return { to: at(RUN, { run }), notice: { kind: 'good', words: t.runDecide.approved(rents) } };
  },
});

const rejectionPages = formPage({
  path: '/runs/:run/rejection', permission: 'run.approve', audit: 'run.reject', params: runParam, body: rejectionInput, fields: { reason: text },
  show: async ({ ctx, view, params: { run: id } }, form) => {
    const { t } = view;
    const run = await viewRun(ctx, id);
    const why = hindrance(view, run);
    return {
      title: t.runDecide.rejectTitle(id), crumbs: runCrumbs(view, id),
      body: why !== null ? <Refused run={id} form={form} why={why} /> : (
        <CommandForm state={form} to={at(REJECTION, { run: id })}>
          <p>{t.runDecide.rejectHelp}</p>
          <AreaField name="reason" label={t.run.reason} maxLength={500} />
          <Buttons save={t.runDecide.rejectSave} cancel={at(RUN, { run: id })} />
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { run } }, body) => {
    await rejectRun(ctx, run, body);
    return { to: at(RUN, { run }), notice: { kind: 'good', words: t.runDecide.rejected } };
  },
});

export const decidePages = [...redrawPages, ...approvalPages, ...rejectionPages];
