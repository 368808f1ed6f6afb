/** How the changes of a run are spread: classes as a drawing, the biggest rises and falls. */
import type { VNode } from 'preact';
import { at, changed } from '../../web/address.ts';
import type { Bar } from '../../web/components/chart.tsx';
import { Histogram } from '../../web/components/chart.tsx';
import { Empty, Section, Tabs } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, Money, Signed } from '../../web/components/values.tsx';
import * as format from '../../web/format.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import type { DraftView } from '../runs/drafts.ts';
import type { ChangeClass, Measure, Spread } from '../runs/spread.ts';
import { MEASURES } from '../runs/spread.ts';
import { DRAFT, countedAt } from './shared.tsx';

/** Of the same class: nothing changes, to the hundredth. */
const isSame = ({ from, below }: ChangeClass): boolean => from === '0' && below === '0.01';

export function barsOf({ t, language }: Pick<View, 't' | 'language'>, run: string, measure: Measure, { classes }: Spread): Bar[] {
  const shown = (bound: string): string => format.number(bound === '0.01' ? '0' : bound, language).replace('-', '−');
  return classes.map((one) => {
    const { from, below, leases } = one;
    const words = isSame(one) ? t.runView.same : from === null ? t.runView.less(shown(below ?? '')) : below === null ? t.runView.more(shown(from)) : t.runView.between(shown(from), shown(below));
    const tone = isSame(one) ? 'same' : below !== null && Number(below) <= 0 ? 'less' : 'more';
    return { words, count: leases, tone, to: countedAt(run, { [`${measure}_from`]: from, [`${measure}_below`]: below }) };
  });
}

export function SpreadSection({ run, measure, spread }: { readonly run: string; readonly measure: Measure; readonly spread: Spread }): VNode {
  const view = useView();
  const { t, address } = view;
  const tabs = MEASURES.map((one) => ({ to: `${changed(address, { spread: one === 'percent' ? null : one })}#spread`, words: t.runView.measure[one], here: one === measure }));
  return (
    <Section id="spread" title={t.runView.spread}>
      <Tabs label={t.runView.measures} of={tabs} />
      <Histogram bars={barsOf(view, run, measure, spread)} title={t.runView.spreadTitle[measure]} unit={t.runView.class[measure]} />
      <p class="soft">{t.runView.counted}{spread.without === 0 ? null : <> {t.runView.without(spread.without)}</>}</p>
    </Section>
  );
}

/** The first few of a list, biggest first. */
export function Biggest({ id, title, none, run, rows, all }: {
  readonly id: string; readonly title: string; readonly none: string; readonly run: string; readonly rows: readonly DraftView[];
  /** Where the whole of it is. */
  readonly all: string;
}): VNode {
  const { t } = useView();
  return (
    <Section id={id} title={title} aside={rows.length === 0 ? null : <a href={all}>{t.runView.all}<span class="unseen">: {title}</span></a>}>
      {rows.length === 0 ? <Empty title={none} /> : (
        <Table
          caption={title} rows={rows} keyOf={({ lease, step }) => `${lease} ${step}`}
          columns={[
            { key: 'lease', words: t.runDrafts.lease, head: true, cell: ({ lease }) => <a href={at(DRAFT, { run, lease })}>{lease}</a> },
            { key: 'from', words: t.runDrafts.from, cell: ({ effectiveFrom }) => <Day of={effectiveFrom} /> },
            { key: 'old', words: t.runDrafts.old, end: true, cell: ({ oldAmount }) => <Money of={oldAmount} /> },
            { key: 'new', words: t.runDrafts.new, end: true, cell: ({ newAmount }) => <Money of={newAmount} /> },
            { key: 'difference', words: t.runDrafts.difference, end: true, cell: ({ difference }) => <Signed of={difference} unit="zł" /> },
            { key: 'percent', words: t.runDrafts.percent, end: true, cell: ({ percent }) => <Signed of={percent} unit="%" /> },
          ]}
        />
      )}
    </Section>
  );
}
