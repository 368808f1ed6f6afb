/** The drafts of a run as a list: sorted and filtered by every column, as a file too. */
import type { ComponentChildren, VNode } from 'preact';
import { listDistricts } from '../../stock/lists.ts';
import { at } from '../../web/address.ts';
import { ChoiceField, DayField, DecimalField, TextField } from '../../web/components/fields.tsx';
import type { Option } from '../../web/components/fields.tsx';
import { Day, LastDay, Money, Num, Signed, Status } from '../../web/components/values.tsx';
import { addDays, parsePlainDate } from '../../platform/dates/plain.ts';
import type { FieldKinds } from '../../web/forms/kinds.ts';
import { day, decimal } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { valueOf } from '../../web/forms/state.ts';
import type { ListColumn } from '../../web/listing.tsx';
import { listPages } from '../../web/listing.tsx';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import type { DraftSort, DraftView, NumberColumn } from '../runs/drafts.ts';
import { DRAFT_SORTS, NONE, NUMBER_COLUMNS, draftFilter, listDrafts } from '../runs/drafts.ts';
import { runParam, viewRun } from '../runs/read.ts';
import { exceptionsOf } from '../runs/spread.ts';
import type { RunSummary } from '../runs/store.ts';
import type { NamedFact } from './missing.ts';
import { namedFacts } from './missing.ts';
import { DRAFT, DRAFTS, MendLink, outcomeText, runCrumbs } from './shared.tsx';

const kinds: FieldKinds = {
  effective_since: day, effective_by: day,
  ...Object.fromEntries(NUMBER_COLUMNS.flatMap((column) => [[`${column}_from`, decimal], [`${column}_below`, decimal]])),
};

export const draftListPages = listPages<DraftView, typeof draftFilter, DraftSort, typeof runParam>({
  path: DRAFTS, params: runParam, permission: 'run.read', file: 'propozycje', filter: draftFilter, sort: DRAFT_SORTS, kinds,
  read: (ctx, filter, asked, { run }) => listDrafts(ctx, run, filter, asked),
  keyOf: ({ lease, step }) => `${lease} ${step}`,
  title: ({ t }, { run }) => t.runDrafts.title(run), name: ({ t }) => t.runDrafts.list,
  crumbs: (view, { run }) => runCrumbs(view, run),
  columns: (view, { run }) => [...columnsOfLease(view, run), ...columnsOfRent(view)],
  fields: async ({ today, language }, ctx, { run }, filters) => {
    const [{ summary, businessDate }, { missing }, districts] = await Promise.all([viewRun(ctx, run), exceptionsOf(ctx, run), listDistricts(ctx, today)]);
    return <Fields summary={summary} missing={await namedFacts(ctx, language, businessDate, missing.map((fact) => fact.missing))} districts={districts} filters={filters} />;
  },
});

function columnsOfLease(view: View, run: string): ListColumn<DraftView>[] {
  const { t } = view;
  const { runDrafts: words } = t;
  return [
    { key: 'lease', words: words.lease, sort: 'lease', head: true, cell: ({ lease }) => <a class="code" href={at(DRAFT, { run, lease })}>{lease}</a>, plain: ({ lease }) => lease },
    { key: 'dwelling', words: t.stock.dwelling, sort: 'dwelling', cell: ({ dwelling }) => <span class="code">{dwelling}</span>, plain: ({ dwelling }) => dwelling },
    { key: 'district', words: t.stock.district, sort: 'district', cell: ({ district }) => district ?? t.common.none, plain: ({ district }) => district },
    {
      key: 'outcome', words: t.run.outcome, sort: 'outcome', plain: ({ outcome }) => t.run.outcomes[outcome] ?? outcome,
      cell: ({ outcome, leftOut }) => <>{t.run.outcomes[outcome] ?? outcome}{leftOut ? <> <Status tone="quiet">{words.leftOut}</Status></> : null}</>,
    },
    {
      key: 'reason', words: t.run.reason, sort: 'reason', plain: ({ reason }) => (reason === null ? null : (t.run.reasons[reason] ?? reason)),
      cell: ({ reason, lease, dwelling }) => (reason === null ? t.common.none : <span class="roomy">{t.run.reasons[reason] ?? reason} <MendLink reason={reason} lease={lease} dwelling={dwelling} /></span>),
    },
    { key: 'from', words: words.from, sort: 'effective_from', cell: ({ effectiveFrom }) => <Day of={effectiveFrom} />, plain: ({ effectiveFrom }) => effectiveFrom, kind: 'day' },
    { key: 'to', words: words.to, cell: ({ effectiveFrom, effectiveTo }) => (effectiveFrom === null ? t.common.none : <LastDay before={effectiveTo} />), plain: ({ effectiveTo }) => (effectiveTo === null ? null : addDays(parsePlainDate(effectiveTo), -1)), kind: 'day' },
  ];
}

function columnsOfRent({ t }: View): ListColumn<DraftView>[] {
  const { runDrafts: words } = t;
  const warned = ({ warnings }: DraftView): string => warnings.map((warning) => t.run.warningNames[warning] ?? warning).join('; ');
  return [
    { key: 'old', words: words.old, sort: 'old_amount', end: true, cell: ({ oldAmount }) => <Money of={oldAmount} />, plain: ({ oldAmount }) => oldAmount, kind: 'decimal' },
    { key: 'new', words: words.new, sort: 'new_amount', end: true, cell: ({ newAmount }) => <Money of={newAmount} />, plain: ({ newAmount }) => newAmount, kind: 'decimal' },
    { key: 'difference', words: words.difference, sort: 'difference', end: true, cell: ({ difference }) => <Signed of={difference} unit="zł" />, plain: ({ difference }) => difference, kind: 'decimal' },
    { key: 'percent', words: words.percent, sort: 'percent', end: true, cell: ({ percent }) => <Signed of={percent} unit="%" />, plain: ({ percent }) => percent, kind: 'decimal' },
    { key: 'rate', words: words.rate, sort: 'rate', end: true, cell: ({ rate }) => <Num of={rate} unit="zł/m²" places={2} />, plain: ({ rate }) => rate, kind: 'decimal' },
    { key: 'area', words: words.area, sort: 'area', end: true, cell: ({ area }) => <Num of={area} unit="m²" places={2} />, plain: ({ area }) => area, kind: 'decimal' },
    { key: 'points', words: words.points, sort: 'points', end: true, cell: ({ points }) => <Num of={points} />, plain: ({ points }) => points, kind: 'decimal' },
    { key: 'category', words: t.runView.category, sort: 'category', cell: ({ category }) => category ?? t.common.none, plain: ({ category }) => category },
    { key: 'zone', words: t.runView.zone, sort: 'zone', cell: ({ zone }) => zone ?? t.common.none, plain: ({ zone }) => zone },
    { key: 'basis', words: t.lease.basis, sort: 'basis', cell: ({ basis }) => (basis === null ? t.common.none : (t.lease.bases[basis] ?? basis)), plain: ({ basis }) => (basis === null ? null : (t.lease.bases[basis] ?? basis)) },
    { key: 'warnings', words: words.warnings, cell: (row) => (row.warnings.length === 0 ? t.common.none : <span class="roomy">{warned(row)}</span>), plain: (row) => (row.warnings.length === 0 ? null : warned(row)) },
  ];
}

/** The column's name where its bounds are asked for. */
function numberWords({ t: { runDrafts: words } }: View, column: NumberColumn): string {
  const units: Readonly<Record<NumberColumn, string>> = { old: 'zł', new: 'zł', difference: 'zł', percent: '%', rate: 'zł/m²', area: 'm²', points: '' };
  return units[column] === '' ? words[column] : `${words[column]} (${units[column]})`;
}

function Fields({ summary, missing, districts, filters }: { readonly summary: RunSummary | null; readonly missing: readonly NamedFact[]; readonly districts: readonly string[]; readonly filters: FormState }): VNode {
  const view = useView();
  const { t } = view;
  const { runDrafts: words } = t;
  const any = t.form.any;
  const named = (values: readonly (string | null)[], wordsOf: (value: string | null) => string): Option[] => values.map((value) => ({ value: value ?? NONE, words: wordsOf(value) }));
  const warnings = (summary?.warnings ?? []).map(({ warning }) => ({ value: warning, words: t.run.warningNames[warning] ?? warning }));
  const reasons = [...new Set((summary?.outcomes ?? []).flatMap(({ reason }) => (reason === null ? [] : [reason])))];
  const numbers: ComponentChildren = NUMBER_COLUMNS.flatMap((column) => [
    <DecimalField key={`${column}_from`} name={`${column}_from`} label={words.atLeast(numberWords(view, column))} />,
    <DecimalField key={`${column}_below`} name={`${column}_below`} label={words.below(numberWords(view, column))} />,
  ]);
  const numbersGiven = NUMBER_COLUMNS.some((column) => valueOf(filters, `${column}_from`) !== '' || valueOf(filters, `${column}_below`) !== '');
  return (
    <>
      <TextField name="number" label={t.lease.number} maxLength={60} />
      <TextField name="dwelling" label={t.stock.dwelling} maxLength={60} />
      <ChoiceField name="district" label={t.stock.district} any={any} options={districts.map((district) => ({ value: district, words: district }))} />
      <ChoiceField name="outcome" label={t.run.outcome} any={any} options={draftFilter.shape.outcome.unwrap().options.map((outcome) => ({ value: outcome, words: outcomeText(view, outcome, null) ?? outcome }))} />
      <ChoiceField name="reason" label={t.run.reason} any={any} options={reasons.map((reason) => ({ value: reason, words: t.run.reasons[reason] ?? reason }))} />
      <ChoiceField name="zone" label={t.runView.zone} any={any} options={named((summary?.zones ?? []).map(({ zone }) => zone), (zone) => zone ?? t.runView.noZone)} />
      <ChoiceField name="category" label={t.runView.category} any={any} options={named((summary?.categories ?? []).map(({ category }) => category), (category) => category ?? t.runView.noCategory)} />
      <ChoiceField name="basis" label={t.lease.basis} any={any} options={named((summary?.bases ?? []).map(({ basis }) => basis), (basis) => (basis === null ? t.lease.noBasis : (t.lease.bases[basis] ?? basis)))} />
      <ChoiceField name="warning" label={words.warnings} any={any} options={warnings} />
      <ChoiceField name="missing" label={words.missing} any={any} options={missing.map((fact) => ({ value: fact.missing, words: fact.name }))} />
      <DayField name="effective_since" label={words.since} />
      <DayField name="effective_by" label={words.by} />
      <ChoiceField name="last" label={words.last} any={any} options={[{ value: 'yes', words: words.onlyLast }, { value: 'no', words: words.earlier }]} />
      <ChoiceField name="left_out" label={words.leftOutColumn} any={any} options={[{ value: 'yes', words: words.onlyLeftOut }, { value: 'no', words: words.notLeftOut }]} />
      <ChoiceField name="exception" label={words.withoutExceptions} any={any} options={[{ value: 'yes', words: words.onlyExceptions }, { value: 'no', words: words.noExceptions }]} />
      <details class="whole" open={numbersGiven}>
        <summary>{words.numbers}</summary>
        <div class="grid">{numbers}</div>
      </details>
    </>
  );
}
