/** Deciding a list: approval erases for good, so it says what goes and what stays, and asks for the number of persons. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { rejectRetentionList, listRejection, viewRetentionList } from '../../persons/retention.ts';
import type { RetentionList } from '../../persons/retention.ts';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { Note, Section } from '../../web/components/parts.tsx';
import { text, whole } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { listParam } from '../retention-routes.ts';
import { approveLeaseFiles, trailYears } from '../retention.ts';
import { APPROVAL, LIST, ListFacts, REJECTION, retentionCrumbs } from './shared.tsx';

/** Why whoever looks cannot decide the list; null where they can. The command asks again. */
function hindrance({ t, actor }: View, { state, preparedBy }: RetentionList): string | null {
  if (state !== 'draft') return t.retention.notDraft;
  return preparedBy === actor?.code ? t.retention.ownHand : null;
}

/** What the command answered, if it came so far; a field that is wrong is nothing to mend where there is no form. */
function Hindered({ list, why, form: { errors, summary } }: { readonly list: string; readonly why: string; readonly form: FormState }): VNode {
  const { t } = useView();
  return <Note tone="bad"><p><strong>{Object.keys(errors).length > 0 ? why : (summary ?? why)}</strong></p><p><a href={at(LIST, { list })}>{t.retention.back}</a></p></Note>;
}

/** What is typed to show that one knows how many are erased. */
const approvalInput = z.strictObject({ persons: z.int().min(1) });

const approvalPages = formPage({
  path: '/retention-lists/:list/approval', permission: 'person.erase', audit: 'retention.approve', params: listParam, body: approvalInput, fields: { persons: whole },
  show: async ({ ctx, view, params: { list: id } }, form) => {
    const list = await viewRetentionList(ctx, id);
    const why = hindrance(view, list);
    return {
      title: view.t.retention.approveTitle(list.list), crumbs: retentionCrumbs(view, list.list),
      body: why === null ? <Approval of={list} form={form} years={await trailYears(ctx)} /> : <Hindered list={list.list} why={why} form={form} />,
    };
  },
  submit: async ({ ctx, view: { t }, params: { list } }, { persons }) => {
    await requireCount(ctx, list, persons);
    const { erased } = await approveLeaseFiles(ctx, list);
    return { to: at(LIST, { list }), notice: { kind: 'good', words: t.retention.approved(erased) } };
  },
});

/** @throws DomainError `retention_count` */
async function requireCount(ctx: Context, id: string, typed: number): Promise<void> {
  const { persons, state } = await viewRetentionList(ctx, id);
  // Of one that is decided the command itself tells.
  if (state === 'draft' && persons !== typed) throw new DomainError('invalid', 'retention_count', { persons: String(persons) }, [{ field: 'persons', code: 'retention_count', args: { persons: String(persons) } }]);
}

function Approval({ of, form, years }: { readonly of: RetentionList; readonly form: FormState; readonly years: number }): VNode {
  const { t: { retention: t } } = useView();
  return (
    <>
      <Note tone="bad"><p><strong>{t.irrevocable}</strong> {t.irrevocableHelp}</p></Note>
      <ListFacts of={of} />
      <Section id="goes" title={t.goes}><ul>{t.goesList.map((words) => <li key={words}>{words}</li>)}</ul></Section>
      <Section id="stays" title={t.stays}>
        <ul>{t.staysList.map((words) => <li key={words}>{words}</li>)}</ul>
        <p>{t.trailYears(years)}</p>
      </Section>
      <CommandForm state={form} to={at(APPROVAL, { list: of.list })}>
        <TextField name="persons" label={t.count} hint={t.countHint(of.persons)} maxLength={9} mode="numeric" />
        <Buttons save={t.approveSave} cancel={at(LIST, { list: of.list })} />
      </CommandForm>
    </>
  );
}

const rejectionPages = formPage({
  path: '/retention-lists/:list/rejection', permission: 'person.erase', audit: 'retention.reject', params: listParam, body: listRejection, fields: { reason: text },
  show: async ({ ctx, view, params: { list: id } }, form) => {
    const { t: { retention: t } } = view;
    const list = await viewRetentionList(ctx, id);
    const why = hindrance(view, list);
    return {
      title: t.rejectTitle(list.list), crumbs: retentionCrumbs(view, list.list),
      body: why !== null ? <Hindered list={list.list} why={why} form={form} /> : (
        <>
          <ListFacts of={list} />
          <CommandForm state={form} to={at(REJECTION, { list: list.list })}>
            <p>{t.rejectHelp}</p>
            <AreaField name="reason" label={t.reason} maxLength={500} />
            <Buttons save={t.rejectSave} cancel={at(LIST, { list: list.list })} />
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { list } }, body) => {
    await rejectRetentionList(ctx, list, body);
    return { to: at(LIST, { list }), notice: { kind: 'good', words: t.retention.rejected } };
  },
});

export const decidePages = [...approvalPages, ...rejectionPages];
