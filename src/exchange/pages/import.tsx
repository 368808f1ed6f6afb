/** A trial or a load: how far it is, what came of it, the rejected rows, and loading what was tried. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { Note, Progress, Section } from '../../web/components/parts.tsx';
import type { Shown } from '../../web/declared.ts';
import { emptyForm } from '../../web/forms/read.ts';
import { text } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { filePage, formPage, page } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import { importReason } from '../import.ts';
import { rejectsOf } from '../rejects-given.ts';
import type { SeenImport } from '../trials.ts';
import { loadTried, mayLoad, seenImport } from '../trials.ts';
import { Failed } from '../../web/components/failed.tsx';
import { Outcome } from './outcome.tsx';
import { rejectsToShow } from './rejected.tsx';
import { said } from '../../platform/problem-texts.ts';

const params = z.strictObject({ operation: z.string().regex(/^\d{1,18}$/, said('number_of_operation')) });
const RESULT = '/files/imports/:operation';
const LOAD = '/files/imports/:operation/load';

const reasonField = { reason: text };

export const importPages = [
  ...page({
    path: RESULT, permission: 'operation.read', params,
    show: async ({ ctx, view, params: { operation } }) => resultShown(ctx, view, await seenImport(ctx, operation)),
  }),
  ...filePage({ path: '/files/imports/:operation/rejects', permission: 'import', params, make: ({ ctx, params: { operation } }) => rejectsOf(ctx, operation) }),
  ...formPage({
    path: LOAD, permission: 'import', audit: 'import.file', params, body: z.strictObject({ reason: importReason }), fields: reasonField,
    begin: ({ view: { t } }) => ({ reason: t.files.whyDefault }),
    show: async ({ ctx, view: { t }, params: { operation } }, form) => {
      const { report } = await seenImport(ctx, operation);
      return {
        title: t.files.loadNowTitle,
        crumbs: [...crumbs(t), { to: at(RESULT, { operation }), words: t.files.backToTrial }],
        body: <LoadForm state={form} operation={operation} rejected={report?.rejected ?? 0} />,
      };
    },
    submit: async ({ ctx, view: { t }, params: { operation } }, { reason }) => ({
      to: at(RESULT, { operation: await loadTried(ctx, operation, reason) }), notice: { kind: 'info', words: t.files.started },
    }),
  }),
];

function crumbs(t: View['t']): NonNullable<Shown['crumbs']> {
  return [{ to: '/files', words: t.files.heading }];
}

async function resultShown(ctx: Context, view: View, seen: SeenImport): Promise<Shown> {
  const { t } = view;
  const { operation, report } = seen;
  const shown = { title: t.files.importTitle(operation.id), crumbs: crumbs(t) };
  if (report === null) return { ...shown, body: <div id="import"><Unfinished of={seen} /></div> };
  const rejects = await rejectsToShow(ctx, operation, report);
  const loadable = await mayLoad(ctx, seen);
  return { ...shown, body: <div id="import"><Outcome of={report} operation={operation.id} rejects={rejects} />{report.dryRun ? <Loading of={seen} loadable={loadable} /> : null}</div> };
}

function Unfinished({ of: { operation: { id, state, done, total, message, problem } } }: { readonly of: SeenImport }): VNode {
  const view = useView();
  const { t } = view;
  const address = at(RESULT, { operation: id });
  const again = mayHere(view, 'import') ? <p><a href="/files/import">{t.files.again}</a></p> : null;
  if (state === 'running') {
    return (
      <>
        <Progress done={Number(done)} total={total === null ? null : Number(total)} words={message ?? t.operation.working} running address={address} part="import" />
        <p>{t.operation.leaveOpen}</p>
        <p><a href={address}>{t.files.refresh}</a></p>
      </>
    );
  }
  if (state === 'void') return <><Note tone="bad"><p>{t.files.interrupted}</p></Note>{again}</>;
  return <><Failed problem={problem}>{t.files.failed}</Failed>{again}</>;
}

/** What may be done after a trial. */
function Loading({ of: { operation, report }, loadable }: { readonly of: SeenImport; readonly loadable: boolean }): VNode | null {
  const view = useView();
  const { t } = view;
  if (report === null || !mayHere(view, 'import')) return null;
  const told = operation.actor !== view.actor?.code ? t.files.loadOthers
    : report.added + report.changed + report.corrected === 0 ? t.files.loadNothing
      : loadable ? null : t.files.loadGone;
  if (told !== null) return <Note><p>{told}</p><p><a href={at('/files/:sheet/import', { sheet: report.sheet })}>{report.rejected > 0 ? t.files.againMended : t.files.again}</a></p></Note>;
  return (
    <Section id="load" title={t.files.loadNowTitle}>
      <LoadForm state={emptyForm(reasonField, { reason: t.files.whyDefault })} operation={operation.id} rejected={report.rejected} />
    </Section>
  );
}

function LoadForm({ state, operation, rejected }: { readonly state: FormState; readonly operation: string; readonly rejected: number }): VNode {
  const { t } = useView();
  return (
    <CommandForm state={state} to={at(LOAD, { operation })}>
      <p>{t.files.loadNowIntro(rejected)}</p>
      <TextField name="reason" label={t.files.why} hint={t.files.whyHint} maxLength={500} />
      <Buttons save={t.files.loadNow} cancel="/files" />
    </CommandForm>
  );
}
