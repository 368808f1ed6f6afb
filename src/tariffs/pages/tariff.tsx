/** Tariffs: all of them, and one with its categories, rules, comparison and use. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { DomainError } from '../../platform/errors.ts';
import type { LawBook } from '../../platform/law/book.ts';
import type { Provenance } from '../../platform/law/types.ts';
import { at } from '../../web/address.ts';
import { ChoiceField, QuestionForm } from '../../web/components/fields.tsx';
import { Empty, Note, Section, Timeline } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, Facts, Num, Span, Status } from '../../web/components/values.tsx';
import { choice } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { page } from '../../web/page.ts';
import type { PageRoute } from '../../web/declared.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import { tariffChecks } from '../checks.ts';
import { compareTariffs } from '../compare.ts';
import { tariffBook, tariffReadings } from '../read.ts';
import type { Tariff } from '../rules.ts';
import { highestRate, lowestRate } from '../rules.ts';
import type { StoredTariff } from '../store.ts';
import { Checks, Comparison, pointsText } from './checks.tsx';
import { CertaintyBadge, RecordedAt, Source } from './parts.tsx';
import type { TariffUse, UseOfTariff } from './use.ts';

export const tariffListPages = page({
  path: '/tariffs', permission: 'law.read',
  show: async ({ ctx, view }) => {
    const { t } = view;
    const { all } = await tariffBook(ctx.db, ctx.clock.now());
    return {
      title: t.tariff.list, wide: true, crumbs: [{ to: '/law', words: t.law.title }],
      body: (
        <>
          <LoadLinks />
          {all.length === 0 ? <Empty title={t.tariff.none}><p>{t.tariff.noneHelp}</p></Empty> : <List of={[...all].reverse()} />}
        </>
      ),
    };
  },
});

function LoadLinks({ like }: { readonly like?: string }): VNode | null {
  const view = useView();
  if (!mayHere(view, 'law.load')) return null;
  const { t } = view;
  return (
    <p class="buttons">
      {like === undefined ? <a class="button" href="/tariffs/new">{t.tariff.load}</a> : <a class="button" href={at('/tariffs/new', {}, { like })}>{t.tariff.like}</a>}
      {like === undefined ? <a href="/tariffs/new/file">{t.tariff.loadFile}</a> : null}
    </p>
  );
}

function List({ of }: { readonly of: readonly StoredTariff[] }): VNode {
  const { t, today } = useView();
  return (
    <Table
      caption={t.tariff.list} rows={of} keyOf={({ code, from }) => `${code} ${from}`}
      columns={[
        { key: 'code', words: t.tariff.code, head: true, cell: ({ code, act }) => <><a href={at('/tariffs/:tariff', { tariff: code })}>{code}</a><br /><span class="soft small">{act}</span></> },
        { key: 'state', words: t.tariff.holds, cell: (tariff) => <><Span from={tariff.from} to={tariff.to} /><br /><State of={tariff} today={today} /></> },
        { key: 'lowest', words: t.tariff.lowest, end: true, cell: (tariff) => <RateOf of={lowestRate(tariff)} /> },
        { key: 'highest', words: t.tariff.highest, end: true, cell: (tariff) => <RateOf of={highestRate(tariff)} /> },
        { key: 'social', words: t.tariff.social, end: true, cell: ({ socialRate }) => <RateOf of={socialRate} /> },
        { key: 'certainty', words: t.law.certainty, cell: (tariff) => <CertaintyBadge of={tariff} /> },
      ]}
    />
  );
}

function RateOf({ of }: { readonly of: Tariff['socialRate'] | null }): VNode {
  return <Num of={of === null ? null : of.toFixed(2)} unit="zł/m²" places={2} />;
}

function State({ of: { from, to }, today }: { readonly of: Provenance; readonly today: PlainDate }): VNode {
  const { t } = useView();
  if (from > today) return <Status tone="info">{t.tariff.draft}</Status>;
  return to !== null && to <= today ? <Status tone="quiet">{t.tariff.past}</Status> : <Status tone="good">{t.tariff.inForce}</Status>;
}

/** `useOf` tells which rents stand on a tariff; it comes from a slice to the right. */
export function tariffPages(useOf: UseOfTariff): readonly PageRoute[] {
  return page({
    path: '/tariffs/:tariff', permission: 'law.read', params: z.strictObject({ tariff: z.string().min(1).max(60) }), query: z.strictObject({ with: z.string().max(60).optional() }), kinds: { with: choice },
    show: async ({ ctx, view, params, query, filters }) => {
      const { t } = view;
      const tariffs = await tariffBook(ctx.db, ctx.clock.now());
      const tariff = tariffs.all.findLast(({ code }) => code === params.tariff);
      if (tariff === undefined) throw new DomainError('not found', 'tariff_unknown', { tariff: params.tariff, known: tariffs.all.map(({ code }) => code).join(', ') });
      const book = await ctx.law.book(ctx.db);
      const others = tariffs.all.filter((other) => other !== tariff);
      const before = others.findLast(({ code }) => code === query.with) ?? others.findLast(({ from }) => from < tariff.from) ?? null;
      const readings = await tariffReadings(ctx.db, tariff.code);
      const use = mayHere(view, 'run.read') ? await useOf(ctx, tariff.code) : null;
      return {
        title: t.tariff.title(tariff.code), wide: true, crumbs: [{ to: '/law', words: t.law.title }, { to: '/tariffs', words: t.tariff.list }],
        body: (
          <>
            <Head of={tariff} book={book} />
            <Section id="categories" title={t.tariff.categories}><Categories of={tariff} /></Section>
            <Section id="checks" title={t.tariff.checks}><Checks of={tariffChecks(tariff, book.at(tariff.from, ctx.clock.now()))} book={book} /></Section>
            <Compared tariff={tariff} before={before} others={others} filters={filters} />
            {use === null ? null : <Use of={use} tariff={tariff} />}
            <Section id="readings" title={t.tariff.readings}><Readings of={readings} book={book} /></Section>
          </>
        ),
      };
    },
  });
}

function Head({ of: tariff, book }: { readonly of: StoredTariff; readonly book: LawBook }): VNode {
  const { t, today } = useView();
  return (
    <>
      <p>{tariff.act}</p>
      {tariff.note === undefined ? null : <Note>{tariff.note}</Note>}
      <Facts
        of={[
          [t.tariff.holds, <><Span from={tariff.from} to={tariff.to} /> <State of={tariff} today={today} /></>],
          [tariff.signedOn !== null && tariff.signedOn > today ? t.tariff.signedPlanned : t.tariff.signed, <Day of={tariff.signedOn} />],
          [t.tariff.informed, <Day of={tariff.councilInformedOn} />],
          [t.tariff.social, <RateOf of={tariff.socialRate} />],
          [t.tariff.temporary, <RateOf of={tariff.temporaryRoomRate} />],
          [t.tariff.index, tariff.index === null ? t.common.none : <Num of={tariff.index.toFixed()} unit="zł/m²" />],
          [t.law.source, <Source book={book} code={tariff.reference} whole />],
          [t.law.certainty, <CertaintyBadge of={tariff} />],
          [t.law.recorded, <><RecordedAt from={tariff.knownFrom} to={tariff.knownTo} /> <span class="soft small">({tariff.loadedBy})</span></>],
        ]}
      />
      <LoadLinks like={tariff.code} />
    </>
  );
}

function Categories({ of: tariff }: { readonly of: Tariff }): VNode {
  const view = useView();
  const { t } = view;
  return (
    <Table
      caption={t.tariff.categories} rows={tariff.categories} keyOf={({ category }) => category}
      columns={[
        { key: 'category', words: t.tariff.category, head: true, cell: ({ category }) => category },
        { key: 'points', words: t.tariff.points, cell: (category) => pointsText(category, view) },
        { key: 'rate', words: t.tariff.rate, end: true, cell: ({ rate }) => <RateOf of={rate} /> },
        { key: 'certainty', words: t.law.certainty, cell: ({ certainty }) => <CertaintyBadge of={{ certainty }} /> },
      ]}
    />
  );
}

function Compared({ tariff, before, others, filters }: { readonly tariff: Tariff; readonly before: Tariff | null; readonly others: readonly Tariff[]; readonly filters: FormState }): VNode {
  const { t } = useView();
  if (before === null) return <Section id="compared" title={t.tariff.compareWith}><Empty title={t.tariff.first} /></Section>;
  const state = { ...filters, values: { with: [before.code] } };
  return (
    <Section id="compared" title={t.tariff.compared(before.code)}>
      {others.length < 2 ? null : (
        <QuestionForm state={state} to={at('/tariffs/:tariff', { tariff: tariff.code })} label={t.tariff.compareWith}>
          <div class="grid">
            <ChoiceField name="with" label={t.tariff.compareWith} options={others.map(({ code }) => ({ value: code, words: code }))} />
            <p class="buttons"><button type="submit">{t.tariff.compare}</button></p>
          </div>
        </QuestionForm>
      )}
      <Comparison of={compareTariffs(before, tariff)} before={before.code} after={tariff.code} />
    </Section>
  );
}

function Use({ of: { run, rows: unordered }, tariff }: { readonly of: TariffUse; readonly tariff: Tariff }): VNode {
  const { t } = useView();
  // A rate of a lease's own, or of an earlier order, is not this tariff's.
  const certaintyOf = ({ category, basis }: TariffUse['rows'][number]): Tariff['certainty'] | null =>
    category === null ? (basis === 'social' || basis === 'temporary_room' ? tariff.certainty : null) : (tariff.categories.find((one) => one.category === category)?.certainty ?? tariff.certainty);
  const placeOf = (category: string | null): number => tariff.categories.findIndex((one) => one.category === category);
  const rows = [...unordered].sort((a, b) => placeOf(a.category) - placeOf(b.category));
  const uncertain = rows.filter((row) => certaintyOf(row) !== null && certaintyOf(row) !== 'printed');
  return (
    <Section id="use" title={t.tariff.use}>
      {rows.length === 0 ? <Empty title={t.tariff.noUse} /> : (
        <>
          <p class="soft">{t.tariff.useHelp}</p>
          {uncertain.length === 0 ? null : <Note>{t.tariff.useUncertain(`${t.tariff.rents(sum(uncertain, 'inForce'))}, ${t.tariff.drafts(sum(uncertain, 'drafts'))}`)}</Note>}
          <Table
            caption={t.tariff.use} rows={rows} keyOf={({ category, basis }) => `${category ?? ''} ${basis ?? ''}`}
            columns={[
              { key: 'category', words: t.tariff.category, head: true, cell: ({ category }) => category ?? t.tariff.outside },
              { key: 'basis', words: t.tariff.basis, cell: ({ basis }) => (basis === null ? t.common.none : (t.lease.bases[basis] ?? basis)) },
              { key: 'certainty', words: t.law.certainty, cell: (row) => { const certainty = certaintyOf(row); return certainty === null ? t.common.none : <CertaintyBadge of={{ certainty }} />; } },
              { key: 'inForce', words: t.tariff.inForceToday, end: true, cell: ({ inForce }) => <Num of={inForce} /> },
              ...(run === null ? [] : [{ key: 'drafts', words: t.tariff.inRun(run), end: true, cell: ({ drafts }: TariffUse['rows'][number]) => <Num of={drafts} /> }]),
            ]}
          />
        </>
      )}
    </Section>
  );
}

function sum(rows: TariffUse['rows'], of: 'inForce' | 'drafts'): number {
  return rows.reduce((all, row) => all + row[of], 0);
}

function Readings({ of, book }: { readonly of: readonly StoredTariff[]; readonly book: LawBook }): VNode {
  const { t, language } = useView();
  return (
    <Timeline
      label={t.tariff.readings}
      of={of.map((tariff) => ({
        key: tariff.id, when: <Span from={tariff.from} to={tariff.to} />, over: tariff.knownTo !== null,
        what: <><CertaintyBadge of={tariff} /> <Source book={book} code={tariff.reference} /> {tariff.knownTo === null ? null : <Status tone="quiet">{t.law.superseded}</Status>}</>,
        more: <>{tariff.categories.map((category) => `${category.category} ${pointsText(category, { t, language } satisfies Pick<View, 't' | 'language'>)}: ${category.rate.toFixed(2).replace('.', language === 'pl' ? ',' : '.')}`).join('; ')} zł/m². <RecordedAt from={tariff.knownFrom} to={tariff.knownTo} />, {t.tariff.loadedBy(tariff.loadedBy)}</>,
      }))}
    />
  );
}
