/** Recording a finding: first what was found out, then its value, with a look at the effect before anything is saved. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { plainDate } from '../../platform/dates/schema.ts';
import { DomainError } from '../../platform/errors.ts';
import { problemText } from '../../platform/problem-texts.ts';
import type { Context } from '../../platform/context.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { addDays } from '../../platform/dates/plain.ts';
import type { Slot } from '../../platform/law/types.ts';
import { factInput, recordFact } from '../../stock/commands.ts';
import type { DwellingRow, FactRow } from '../../stock/lists.ts';
import { factHistory } from '../../stock/lists.ts';
import { proposeFact } from '../../stock/preview.ts';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, ChoiceField, CommandForm, DayField, DecimalField, Hidden, QuestionForm, RadioField, TextField } from '../../web/components/fields.tsx';
import { Note, Section } from '../../web/components/parts.tsx';
import { placeText } from '../../web/components/place.tsx';
import type { Shown } from '../../web/declared.ts';
import * as format from '../../web/format.ts';
import { choice, day, decimal, lastDay, text } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { valueOf } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { EffectPart } from './effect.tsx';
import { FindingHistory } from './findings.tsx';
import type { EffectLook } from './look.ts';
import { lookAt } from './look.ts';
import { holding, lastRecorded, shownFact, slotsOf, subjectCode } from './slots.ts';

const PATH = '/dwellings/:dwelling/findings/new';
const WAYS = ['new', 'change', 'correction'] as const;

export const findingParams = z.strictObject({ dwelling: z.string().min(1).max(60) });

/** A dwelling, what was found out about it, and what may be. */
export interface Known {
  readonly dwelling: DwellingRow;
  readonly facts: readonly FactRow[];
  readonly slots: readonly Slot[];
}

/** @throws DomainError `dwelling_unknown` */
export async function knownOf(ctx: Context, code: string): Promise<Known> {
  const today = ctx.clock.today();
  const { dwelling, facts } = await factHistory(ctx, code, today);
  return { dwelling, facts, slots: await slotsOf(ctx, dwelling, today, ctx.clock.now()) };
}

/** The form of one dwelling speaks of nothing else. @throws DomainError `subject_unknown` */
export function requireOwn({ dwelling, slots }: Known, given: { readonly slot: string; readonly subject: string }): Slot {
  const slot = slots.find((one) => one.slot === given.slot);
  if (slot === undefined) throw new DomainError('not found', 'slot_unknown', { slot: given.slot }, [{ field: 'slot', code: 'slot_unknown', args: { slot: given.slot } }]);
  if (subjectCode(dwelling, slot.subject) !== given.subject) throw new DomainError('not found', 'subject_unknown', { subject: given.subject, kind: slot.subject });
  return slot;
}

/** `klatka B00001/klatka 1`. */
export function aboutOf({ dwelling }: Known, { subject }: Slot, { t }: View): string {
  return `${t.dwelling.subjectAs[subject]} ${subjectCode(dwelling, subject) ?? ''}`;
}

/** Back to the dwelling. */
export function toDwelling(dwelling: string): string {
  return at('/dwellings/:dwelling', { dwelling });
}

export const recordPages = formPage({
  path: PATH, permission: 'facts.write', audit: 'fact.record', params: findingParams, body: factInput,
  query: z.strictObject({ slot: z.string().trim().min(1).max(40).optional(), from: plainDate.optional(), as: z.enum(WAYS).optional() }),
  fields: { slot: choice, subject: text, seen: text, value: decimal, from: day, to: lastDay, as: choice, evidence: text, reason: text },
  begin: async ({ ctx, params, query }) => {
    const known = await knownOf(ctx, params.dwelling);
    return query.slot === undefined ? {} : beginning(ctx, known, { ...query, slot: query.slot });
  },
  show: async ({ ctx, view, params, query }, form) => {
    const known = await knownOf(ctx, params.dwelling);
    const wanted = valueOf(form, 'slot') === '' ? query.slot : valueOf(form, 'slot');
    const slot = known.slots.find((one) => one.slot === wanted);
    if (slot === undefined) return chooseSlot(view, known, wanted);
    if (form.previewed && form.value !== null) requireOwn(known, form.value);
    const look = form.previewed && form.value !== null ? await lookAt(ctx, view, known.dwelling, await proposeFact(ctx, form.value)) : null;
    return recordForm(view, { known, slot, form, look });
  },
  submit: async ({ ctx, view, params }, body) => {
    const known = await knownOf(ctx, params.dwelling);
    const slot = requireOwn(known, body);
    await recordFact(ctx, body);
    const { t, language } = view;
    const told = [slot.name, aboutOf(known, slot, view), shownFact(slot, body.value, language), format.day(body.from, language)] as const;
    const words = body.to === null || body.to === undefined ? t.finding.saved(...told) : t.finding.savedUntil(...told, format.day(addDays(body.to, -1), language));
    return { to: toDwelling(params.dwelling), notice: { kind: 'good', words } };
  },
});

/** What the form holds at first: a correction begins with what is corrected. */
function beginning(ctx: Context, { facts }: Known, asked: { readonly slot: string; readonly from?: PlainDate | undefined; readonly as?: (typeof WAYS)[number] | undefined }): Record<string, string> {
  const own = facts.filter(({ slot }) => slot === asked.slot);
  const current = holding(own, ctx.clock.today(), ctx.clock.now());
  const corrected = asked.as === 'correction' && asked.from !== undefined ? holding(own, asked.from, ctx.clock.now()) : null;
  return {
    slot: asked.slot, seen: lastRecorded(own), as: asked.as ?? (current === null ? 'new' : 'change'), ...(asked.from === undefined ? {} : { from: asked.from }),
    ...(corrected === null ? {} : { value: corrected.value, evidence: corrected.evidence ?? '', ...(corrected.to === null ? {} : { to: corrected.to }) }),
  };
}

/** The first step: what was found out. Without script too, for the second step has the right field for it. */
function chooseSlot(view: View, { dwelling, slots }: Known, wanted: string | undefined): Shown {
  const { t } = view;
  const errors: Record<string, string> = wanted === undefined ? {} : { slot: problemText('choice_unknown', { known: t.finding.slot }) };
  const state: FormState = { values: {}, errors, summary: null, value: null, previewed: false };
  const groups = slots.map(({ slot, name, subject }) => ({ value: slot, words: name, group: `${t.dwelling.subjects[subject]} ${subjectCode(dwelling, subject) ?? ''}` }));
  return {
    title: t.finding.title,
    crumbs: crumbsOf(view, dwelling),
    body: (
      <Section id="choose" title={t.finding.choose}>
        <QuestionForm state={state} to={at(PATH, { dwelling: dwelling.dwelling })} label={t.finding.choose}>
          <ChoiceField name="slot" label={t.finding.slot} hint={t.finding.chooseHelp} any={t.form.choose} options={groups} />
          <p class="buttons">
            <button type="submit" class="main">{t.finding.goOn}</button>
            <a href={toDwelling(dwelling.dwelling)}>{t.form.cancel}</a>
          </p>
        </QuestionForm>
      </Section>
    ),
  };
}

export function crumbsOf({ t }: View, dwelling: DwellingRow): NonNullable<Shown['crumbs']> {
  return [{ to: '/dwellings', words: t.stock.list }, { to: toDwelling(dwelling.dwelling), words: [placeText(dwelling), dwelling.dwelling].filter((part) => part !== null).join(', ') }];
}

interface Asked {
  readonly known: Known;
  readonly slot: Slot;
  readonly form: FormState;
  readonly look: EffectLook | string | null;
}

function recordForm(view: View, asked: Asked): Shown {
  const { t } = view;
  const { known: { dwelling, facts }, slot, look } = asked;
  const own = facts.filter((fact) => fact.slot === slot.slot);
  return {
    title: t.finding.titleOf(slot.name),
    crumbs: crumbsOf(view, dwelling),
    body: (
      <>
        {look === null ? null : <EffectPart of={look} dwelling={dwelling.dwelling} />}
        <Section id="finding" title={`${t.finding.about}: ${aboutOf(asked.known, slot, view)}`}>
          <Fields asked={asked} seen={lastRecorded(own)} />
        </Section>
        <Section id="so-far" title={t.finding.soFar}>
          {own.length === 0 ? <p>{t.finding.nothing}</p> : <FindingHistory slot={slot} facts={own} dwelling={dwelling.dwelling} />}
        </Section>
      </>
    ),
  };
}

function Fields({ asked: { known: { dwelling }, slot, form }, seen }: { readonly asked: Asked; readonly seen: string }): VNode {
  const { t } = useView();
  const sent = valueOf(form, 'seen');
  return (
    <>
      {sent === '' || sent === seen || form.summary === null ? null : <Note tone="bad">{t.finding.overtaken}</Note>}
      <CommandForm state={form} to={at(PATH, { dwelling: dwelling.dwelling }, { slot: slot.slot })}>
        <Hidden name="slot" value={slot.slot} />
        <Hidden name="subject" value={subjectCode(dwelling, slot.subject) ?? ''} />
        <Hidden name="seen" value={seen} />
        <ValueField slot={slot} />
        <RadioField name="as" label={t.finding.as} hint={t.finding.asHelp} options={WAYS.map((way) => ({ value: way, words: t.finding.ways[way] }))} />
        <DayField name="from" label={t.finding.from} hint={t.finding.fromHint} />
        <DayField name="to" label={t.finding.to} hint={t.finding.toHint} optional />
        <TextField name="evidence" label={t.finding.evidence} hint={t.finding.evidenceHint} maxLength={500} optional />
        <AreaField name="reason" label={t.finding.reason} hint={t.finding.reasonHint} />
        <Buttons save={t.form.save} preview={t.form.preview} cancel={toDwelling(dwelling.dwelling)} />
      </CommandForm>
    </>
  );
}

function ValueField({ slot: { shape, options, optionNames, unit, min, max } }: { readonly slot: Slot }): VNode {
  const { t, language } = useView();
  if (shape === 'option') return <ChoiceField name="value" label={t.finding.value} any={t.form.choose} options={options.map((option) => ({ value: option, words: optionNames[option] ?? option }))} />;
  const hint = min === null || max === null ? undefined : t.finding.between(format.number(min, language), format.number(max, language));
  return <DecimalField name="value" label={t.finding.value} hint={hint} {...(unit === null || unit === '1' ? {} : { unit: unit === 'm2' ? 'm²' : unit })} />;
}
