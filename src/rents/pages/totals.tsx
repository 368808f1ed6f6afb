/** The totals of a run: by outcome, zone, category and basis, by month, and what is to be looked at. Each leads to its leases. */
import type { VNode } from 'preact';
import { ZERO, dec, plain } from '../../platform/money.ts';
import { Figures, Section } from '../../web/components/parts.tsx';
import type { Column } from '../../web/components/table.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, Money, Num, Signed } from '../../web/components/values.tsx';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import type { RunSummary, Totals } from '../runs/store.ts';
import { countedAt } from './shared.tsx';

/** A total with its name and the filter that lists its leases. */
interface Told extends Totals {
  readonly key: string;
  readonly words: string;
  readonly filter: Readonly<Record<string, string | null>>;
}

/** What is not known adds nothing. */
function sumOf(parts: readonly (string | null)[]): string {
  return plain(parts.reduce((sum, part) => (part === null ? sum : sum.plus(dec(part))), ZERO));
}

export function RunFigures({ summary: { outcomes } }: { readonly summary: RunSummary }): VNode {
  const { t } = useView();
  const sum = (part: 'before' | 'after' | 'difference'): string => sumOf(outcomes.map((entry) => entry[part]));
  return (
    <Figures
      of={[
        { name: t.run.leases, value: <Num of={outcomes.reduce((total, { leases }) => total + Number(leases), 0)} /> },
        { name: t.runView.before, value: <Money of={sum('before')} />, more: t.runView.monthly },
        { name: t.runView.after, value: <Money of={sum('after')} />, more: t.runView.monthly },
        { name: t.runView.difference, value: <Signed of={sum('difference')} unit="zł" />, more: t.runView.monthly },
      ]}
    />
  );
}

const ORDER = ['increase', 'decrease', 'first', 'unchanged', 'exception'];

/** Outcomes in the order of their weight; all exceptions together, for they are told by reason below. */
function byOutcome({ t }: Pick<View, 't'>, { outcomes }: RunSummary): Told[] {
  return ORDER.flatMap((outcome) => {
    const those = outcomes.filter((entry) => entry.outcome === outcome);
    if (those.length === 0) return [];
    const sum = (part: 'leases' | 'before' | 'after' | 'difference'): string => sumOf(those.map((entry) => entry[part]));
    return [{ key: outcome, words: t.run.outcomes[outcome] ?? outcome, filter: { outcome }, leases: sum('leases'), before: sum('before'), after: sum('after'), difference: sum('difference') }];
  });
}

export function OutcomeTable({ run, summary }: { readonly run: string; readonly summary: RunSummary }): VNode {
  const view = useView();
  return <TotalsTable caption={view.t.runView.byOutcome} head={view.t.run.outcome} run={run} rows={byOutcome(view, summary)} />;
}

/** Zones, categories and bases are added up without the exceptions. */
const SETTLED = { exception: 'no' };

export function PartTotals({ run, summary: { zones, categories, bases } }: { readonly run: string; readonly summary: RunSummary }): VNode {
  const { t } = useView();
  const { runView: words, lease } = t;
  return (
    <>
      <Section id="zones" title={words.byZone}>
        <TotalsTable caption={words.byZone} head={words.zone} run={run} rows={zones.map(({ zone, ...totals }) => ({ ...totals, key: zone ?? '-', words: zone ?? words.noZone, filter: { ...SETTLED, zone: zone ?? '-' } }))} />
      </Section>
      <Section id="categories" title={words.byCategory}>
        <TotalsTable caption={words.byCategory} head={words.category} run={run} rows={categories.map(({ category, ...totals }) => ({ ...totals, key: category ?? '-', words: category ?? words.noCategory, filter: { ...SETTLED, category: category ?? '-' } }))} />
      </Section>
      <Section id="bases" title={words.byBasis}>
        <TotalsTable caption={words.byBasis} head={lease.basis} run={run} rows={bases.map(({ basis, ...totals }) => ({ ...totals, key: basis ?? '-', words: basis === null ? lease.noBasis : (lease.bases[basis] ?? basis), filter: { ...SETTLED, basis: basis ?? '-' } }))} />
      </Section>
    </>
  );
}

function TotalsTable({ caption, head, run, rows }: { readonly caption: string; readonly head: string; readonly run: string; readonly rows: readonly Told[] }): VNode {
  const { t } = useView();
  const columns: readonly Column<Told>[] = [
    { key: 'what', words: head, head: true, cell: ({ words, filter }) => <a href={countedAt(run, filter)}>{words}</a> },
    { key: 'leases', words: t.run.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
    { key: 'before', words: t.runView.before, end: true, cell: ({ before }) => <Money of={before} /> },
    { key: 'after', words: t.runView.after, end: true, cell: ({ after }) => <Money of={after} /> },
    { key: 'difference', words: t.runView.difference, end: true, cell: ({ difference }) => <Signed of={difference} unit="zł" /> },
  ];
  return <Table caption={caption} rows={rows} keyOf={({ key }) => key} columns={columns} />;
}

/** From which month the new rents hold, and what somebody should look at. */
export function MonthsAndWarnings({ run, summary: { months, warnings } }: { readonly run: string; readonly summary: RunSummary }): VNode {
  const { t } = useView();
  return (
    <>
      {months.length === 0 ? null : (
        <Section id="months" title={t.runView.months}>
          <Table
            caption={t.runView.months} rows={months} keyOf={({ month }) => month}
            columns={[
              { key: 'month', words: t.runView.month, head: true, cell: ({ month }) => <a href={countedAt(run, { effective_since: month, effective_by: month })}><Day of={month} /></a> },
              { key: 'leases', words: t.run.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
            ]}
          />
        </Section>
      )}
      {warnings.length === 0 ? null : (
        <Section id="to-check" title={t.runView.toCheck}>
          <Table
            caption={t.runView.toCheck} rows={warnings} keyOf={({ warning }) => warning}
            columns={[
              { key: 'warning', words: t.runView.warning, head: true, cell: ({ warning }) => <a href={countedAt(run, { warning })}>{t.run.warningNames[warning] ?? warning}</a> },
              { key: 'rule', words: t.run.reason, cell: ({ warning }) => <span class="code">{warning}</span> },
              { key: 'leases', words: t.run.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
            ]}
          />
        </Section>
      )}
    </>
  );
}
