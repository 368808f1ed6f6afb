/** Ending a finding: from a day on nothing is recorded, with a reason and a look at the effect first. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Slot } from '../../platform/law/types.ts';
import { endFact, endInput } from '../../stock/commands.ts';
import { proposeEnd } from '../../stock/preview.ts';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, CommandForm, DayField, Hidden } from '../../web/components/fields.tsx';
import { Empty, Note, Section } from '../../web/components/parts.tsx';
import type { Shown } from '../../web/declared.ts';
import * as format from '../../web/format.ts';
import { choice, day, text } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { valueOf } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { EffectPart } from './effect.tsx';
import { FindingHistory } from './findings.tsx';
import type { EffectLook } from './look.ts';
import { lookAt } from './look.ts';
import type { Known } from './record.tsx';
import { aboutOf, crumbsOf, findingParams, knownOf, requireOwn, toDwelling } from './record.tsx';
import { lastRecorded, subjectCode } from './slots.ts';

const PATH = '/dwellings/:dwelling/findings/end';

export const endPages = formPage({
  path: PATH, permission: 'facts.write', audit: 'fact.end', params: findingParams, body: endInput,
  query: z.strictObject({ slot: z.string().trim().min(1).max(40).optional() }),
  fields: { slot: choice, subject: text, seen: text, on: day, reason: text },
  show: async ({ ctx, view, params, query }, form) => {
    const known = await knownOf(ctx, params.dwelling);
    const wanted = valueOf(form, 'slot') === '' ? query.slot : valueOf(form, 'slot');
    const slot = known.slots.find((one) => one.slot === wanted);
    if (slot === undefined || !known.facts.some((fact) => fact.slot === slot.slot && fact.knownTo === null)) return nothingToEnd(view, known);
    if (form.previewed && form.value !== null) requireOwn(known, form.value);
    const look = form.previewed && form.value !== null ? await lookAt(ctx, view, known.dwelling, await proposeEnd(ctx, form.value)) : null;
    return endForm(view, { known, slot, form, look });
  },
  submit: async ({ ctx, view, params }, body) => {
    const known = await knownOf(ctx, params.dwelling);
    const slot = requireOwn(known, body);
    await endFact(ctx, body);
    return { to: toDwelling(params.dwelling), notice: { kind: 'good', words: view.t.finding.ended(slot.name, aboutOf(known, slot, view), format.day(body.on, view.language)) } };
  },
});

function nothingToEnd(view: View, { dwelling }: Known): Shown {
  const { t } = view;
  return {
    title: t.dwelling.end,
    crumbs: crumbsOf(view, dwelling),
    body: (
      <Empty title={t.finding.nothingToEnd}>
        <p>
          <a href={toDwelling(dwelling.dwelling)}>{t.finding.back}</a>
        </p>
      </Empty>
    ),
  };
}

interface Asked {
  readonly known: Known;
  readonly slot: Slot;
  readonly form: FormState;
  readonly look: EffectLook | string | null;
}

function endForm(view: View, { known, slot, form, look }: Asked): Shown {
  const { t } = view;
  const { dwelling, facts } = known;
  const own = facts.filter((fact) => fact.slot === slot.slot);
  return {
    title: t.finding.endTitle(slot.name),
    crumbs: crumbsOf(view, dwelling),
    body: (
      <>
        {look === null ? null : <EffectPart of={look} dwelling={dwelling.dwelling} />}
        <Section id="finding" title={`${t.finding.about}: ${aboutOf(known, slot, view)}`}>
          <p>
            {t.finding.endHelp} <a href={at('/dwellings/:dwelling/findings/new', { dwelling: dwelling.dwelling }, { slot: slot.slot })}>{t.finding.recordChange}</a>
          </p>
          <Fields form={form} slot={slot.slot} seen={lastRecorded(own)} subject={subjectCode(dwelling, slot.subject) ?? ''} dwelling={dwelling.dwelling} />
        </Section>
        <Section id="so-far" title={t.finding.soFar}>
          <FindingHistory slot={slot} facts={own} dwelling={dwelling.dwelling} />
        </Section>
      </>
    ),
  };
}

function Fields({ form, slot, seen, subject, dwelling }: { readonly form: FormState; readonly slot: string; readonly seen: string; readonly subject: string; readonly dwelling: string }): VNode {
  const { t } = useView();
  const sent = valueOf(form, 'seen');
  return (
    <>
      {sent === '' || sent === seen || form.summary === null ? null : <Note tone="bad">{t.finding.overtaken}</Note>}
      <CommandForm state={form} to={at(PATH, { dwelling }, { slot })}>
        <Hidden name="slot" value={slot} />
        <Hidden name="subject" value={subject} />
        <Hidden name="seen" value={seen} />
        <DayField name="on" label={t.finding.on} hint={t.finding.onHint} />
        <AreaField name="reason" label={t.finding.reason} hint={t.finding.reasonHint} />
        <Buttons save={t.finding.endSave} preview={t.form.preview} cancel={toDwelling(dwelling)} />
      </CommandForm>
    </>
  );
}
