/** What a scenario does to the city, in figures, a drawing and tables. */
import type { VNode } from 'preact';
import { dec, fixed2 } from '../../platform/money.ts';
import { at } from '../../web/address.ts';
import * as format from '../../web/format.ts';
import type { Bar } from '../../web/components/chart.tsx';
import { Histogram } from '../../web/components/chart.tsx';
import { Empty, Figures, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Money, Num, Signed } from '../../web/components/values.tsx';
import { useView } from '../../web/view.ts';
import type { Effect, LeaseEffect, LeaseException, Part, SpreadClass } from '../effect.ts';

const MONTHS = dec('12');
const SHOWN = 10;
const MOST_EXCEPTIONS = 100;

/** `names` are the words for what is missing, by its key. */
export function EffectOf({ of, scenario, names }: { readonly of: Effect; readonly scenario: string; readonly names: ReadonlyMap<string, string> }): VNode {
  const { t: { scenarios: words } } = useView();
  const difference = of.after.minus(of.before);
  const moved = of.leases.filter((lease) => !lease.difference.isZero());
  const sorted = [...moved].sort((a, b) => b.difference.comparedTo(a.difference));
  const rises = sorted.filter((lease) => lease.difference.isPositive()).slice(0, SHOWN);
  const falls = sorted.filter((lease) => lease.difference.isNegative()).reverse().slice(0, SHOWN);
  return (
    <>
      <Figures
        of={[
          { name: words.before, value: <Money of={fixed2(of.before)} />, more: words.perMonth },
          { name: words.after, value: <Money of={fixed2(of.after)} />, more: words.perMonth },
          { name: words.difference, value: <Signed of={fixed2(difference)} unit="zł" />, more: <><Signed of={fixed2(difference.times(MONTHS))} unit="zł" /> {words.perYear}</> },
          { name: words.moved, value: <Num of={moved.length} />, more: <>{words.counted}: <Num of={of.leases.length} /></> },
        ]}
      />
      <Histogram title={words.spread} unit={words.percentClass} bars={of.spread.map((one) => barOf(one, words))} />
      <Parts id="zones" title={words.byZone} head={words.zone} of={of.byZone} />
      <Parts id="categories" title={words.byCategory} head={words.category} of={of.byCategory} />
      <Parts id="bases" title={words.byBasis} head={words.basis} of={of.byBasis} basis />
      <Leases id="rises" title={words.rises} none={words.noRises} of={rises} scenario={scenario} />
      <Leases id="falls" title={words.falls} none={words.noFalls} of={falls} scenario={scenario} />
      {of.exceptions.length === 0 ? null : <Exceptions of={of.exceptions} exempt={of.exempt} names={names} />}
    </>
  );
}

function barOf({ from, to, leases }: SpreadClass, words: { unchanged: string; below(to: string): string; above(from: string): string; between(from: string, to: string): string }): Bar {
  const shown = (edge: string): string => `${edge.replace('-', '−')} %`;
  if (from === '0' && to === '0') return { words: words.unchanged, count: leases };
  const rising = from !== null && !from.startsWith('-');
  return { words: from === null ? words.below(shown(to ?? '')) : to === null ? words.above(shown(from)) : words.between(from.replace('-', '−'), shown(to)), count: leases, tone: rising ? 'more' : 'less' };
}

function Parts({ id, title, head, of, basis = false }: { readonly id: string; readonly title: string; readonly head: string; readonly of: readonly Part[]; readonly basis?: boolean }): VNode {
  const { t, language } = useView();
  const { scenarios: words } = t;
  const percent = ({ before, after }: Part): string => (before.isZero() ? t.common.none : `${format.signed(after.minus(before).times(dec('100')).div(before).toFixed(2), language)}\u00a0%`);
  return (
    <Section id={id} title={title}>
      <Table
        caption={title} rows={of} keyOf={({ key }) => key}
        columns={[
          { key: 'key', words: head, head: true, cell: ({ key }) => (key === '' ? t.common.none : basis ? (t.lease.bases[key] ?? key) : key) },
          { key: 'leases', words: words.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
          { key: 'before', words: words.before, end: true, cell: ({ before }) => <Money of={fixed2(before)} /> },
          { key: 'after', words: words.after, end: true, cell: ({ after }) => <Money of={fixed2(after)} /> },
          { key: 'difference', words: words.difference, end: true, cell: ({ before, after }) => <Signed of={fixed2(after.minus(before))} unit="zł" /> },
          { key: 'percent', words: words.percent, end: true, cell: percent },
        ]}
      />
    </Section>
  );
}

function Leases({ id, title, none, of, scenario }: { readonly id: string; readonly title: string; readonly none: string; readonly of: readonly LeaseEffect[]; readonly scenario: string }): VNode {
  const { t } = useView();
  const { scenarios: words } = t;
  return (
    <Section id={id} title={title}>
      {of.length === 0 ? <Empty title={none} /> : (
        <Table
          caption={title} rows={of} keyOf={({ lease }) => lease}
          columns={[
            { key: 'lease', words: t.lease.lease, head: true, cell: ({ lease }) => <a class="code" href={at('/scenarios/:scenario/leases/:lease', { scenario, lease })}>{lease}</a> },
            { key: 'category', words: words.category, cell: ({ categoryBefore, categoryAfter }) => (categoryBefore === categoryAfter ? (categoryBefore ?? t.common.none) : `${categoryBefore ?? t.common.none} → ${categoryAfter ?? t.common.none}`) },
            { key: 'before', words: words.before, end: true, cell: ({ before }) => <Money of={fixed2(before)} /> },
            { key: 'after', words: words.after, end: true, cell: ({ after }) => <Money of={fixed2(after)} /> },
            { key: 'difference', words: words.difference, end: true, cell: ({ difference }) => <Signed of={fixed2(difference)} unit="zł" /> },
            { key: 'percent', words: words.percent, end: true, cell: ({ percent }) => <Signed of={percent === null ? null : fixed2(percent)} unit="%" /> },
          ]}
        />
      )}
    </Section>
  );
}

function Exceptions({ of, exempt, names }: { readonly of: readonly LeaseException[]; readonly exempt: number; readonly names: ReadonlyMap<string, string> }): VNode {
  const { t } = useView();
  const { scenarios: words } = t;
  return (
    <Section id="exceptions" title={`${words.exceptions}: ${of.length}`}>
      <p>{words.exceptionsHelp} {words.exempt}: <Num of={exempt} />.</p>
      <Table
        caption={words.exceptions} rows={of.slice(0, MOST_EXCEPTIONS)} keyOf={({ lease }) => lease}
        columns={[
          { key: 'lease', words: t.lease.lease, head: true, cell: ({ lease }) => <a class="code" href={at('/leases/:lease', { lease })}>{lease}</a> },
          { key: 'side', words: words.effect, cell: ({ side }) => words.side[side] ?? side },
          { key: 'missing', words: words.missing, cell: ({ missing, dwelling }) => <><a class="code" href={at('/dwellings/:dwelling', { dwelling })}>{dwelling}</a>: {missing.map(({ what }) => names.get(what) ?? what).join(', ')}</> },
        ]}
      />
    </Section>
  );
}
