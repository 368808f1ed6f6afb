/** A tariff held against the rules of tariffs, and against another tariff. */
import type { ComponentChildren, VNode } from 'preact';
import type { LawBook } from '../../platform/law/book.ts';
import type { Dec } from '../../platform/money.ts';
import { problemText } from '../../platform/problem-texts.ts';
import { number } from '../../web/format.ts';
import type { Tone } from '../../web/components/values.tsx';
import { Num, Signed, Status } from '../../web/components/values.tsx';
import { Table } from '../../web/components/table.tsx';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import type { Check, Outcome } from '../checks.ts';
import type { RateChange, TariffComparison } from '../compare.ts';
import { CertaintyBadge, Source } from './parts.tsx';

const TONES: Readonly<Record<Outcome, Tone>> = { kept: 'good', broken: 'bad', warned: 'warn', unknown: 'warn' };

export function Checks({ of, book }: { readonly of: readonly Check[]; readonly book: LawBook }): VNode {
  const { t, language } = useView();
  return (
    <Table
      caption={t.tariff.checks} rows={of} keyOf={({ rule }) => rule}
      columns={[
        { key: 'rule', words: t.tariff.rule, head: true, cell: ({ rule }) => <>{t.tariff.rules[rule]} <span class="soft code small">{rule}</span></> },
        { key: 'outcome', words: t.tariff.outcome, cell: ({ outcome }) => <Status tone={TONES[outcome]}>{t.tariff.outcomes[outcome]}</Status> },
        {
          key: 'figures', words: t.tariff.figures,
          cell: ({ rule, args, flaws, outcome }) => (
            <>
              {t.tariff.told[rule](Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value === '' ? '' : number(value, language)])))}
              {outcome === 'unknown' || flaws.length === 0 ? null : <ul>{flaws.map(({ field, code, args: told }) => <li key={`${field} ${code}`}>{problemText(code, told)}</li>)}</ul>}
            </>
          ),
        },
        { key: 'law', words: t.law.source, cell: ({ law }) => law.map(({ key, reference, certainty }) => <div key={key}><Source book={book} code={reference} /> {certainty === 'printed' ? null : <CertaintyBadge of={{ certainty }} />}</div>) },
      ]}
    />
  );
}

/** Points from–to as people say them. */
export function pointsText({ from, to }: { readonly from: number | null; readonly to: number | null }, { t, language }: Pick<View, 't' | 'language'>): string {
  const said = (points: number): string => number(points, language).replace('-', '−');
  if (from === null) return to === null ? t.tariff.everything : t.tariff.upTo(said(to));
  if (to === null) return t.tariff.fromPoints(said(from));
  return from === to ? said(from) : t.tariff.pointsBetween(said(from), said(to));
}

interface ComparedRow extends RateChange {
  readonly key: string;
  readonly points: ComponentChildren;
  readonly categories: readonly [before: string | null, after: string | null];
}

export function Comparison({ of, before, after }: { readonly of: TariffComparison; readonly before: string; readonly after: string }): VNode {
  const view = useView();
  const { t } = view;
  const rows: ComparedRow[] = [
    ...of.ranges.map((range) => ({ ...range, key: String(range.from), points: pointsText(range, view), categories: [range.categoryBefore, range.categoryAfter] as const })),
    { ...of.social, key: 'social', points: t.tariff.social, categories: [null, null] },
    { ...of.temporaryRoom, key: 'temporary', points: t.tariff.temporary, categories: [null, null] },
  ];
  return (
    <Table
      caption={t.tariff.compared(before)} rows={rows} keyOf={({ key }) => key}
      columns={[
        { key: 'points', words: t.tariff.points, head: true, cell: ({ points }) => points },
        { key: 'before', words: before, end: true, cell: (row) => <Rate of={row.before} category={row.categories[0]} /> },
        { key: 'after', words: after, end: true, cell: (row) => <Rate of={row.after} category={row.categories[1]} /> },
        { key: 'difference', words: t.tariff.difference, end: true, cell: ({ difference }) => <Signed of={difference === null ? null : difference.toFixed(2)} unit="zł/m²" /> },
        { key: 'percent', words: t.tariff.percent, end: true, cell: ({ percent }) => <Signed of={percent === null ? null : percent.toFixed(1)} unit="%" places={1} /> },
      ]}
    />
  );
}

function Rate({ of, category }: { readonly of: Dec | null; readonly category: string | null }): VNode {
  return <>{category === null ? null : <span class="soft small">{category} </span>}<Num of={of === null ? null : of.toFixed(2)} unit="zł/m²" places={2} /></>;
}
